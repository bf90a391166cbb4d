"""How a sentence puts a name forward: as whom it tells of, as what a body is called by, or in a clause before that."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.document.sentences import Token
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words

#: "For Venn, she said" and "As for Venn, she said" announce her.
_TOPICAL = frozenset({"for", "as"})
_LONGEST_LIST = 7  # words before a name in which a body and others whose it is may stand


def begins_with_description(tokens: Sequence[Token]) -> bool:
    """Whether a sentence begins with somebody described, not named: ``The harbour master signed for Quill.``"""
    words = people_words()
    if tokens[0].lower not in words.definite:
        return False
    for token in tokens[1:5]:
        if not token.is_word or token.lower in words.prepositions:
            return False
        if words.may_be_person(token.lower):
            return True
    return False


def names_a_body(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a name only tells which body is meant: ``the Venn regime``, ``the government of Venn and Quill``."""
    bodies = people_words().organizations
    after = next((t for t in tokens[at:] if t.end > end), None)  # in "Venn's regime" the name's own word
    if after is not None and after.lower in bodies:
        return True
    before = tokens[max(0, at - _LONGEST_LIST) : at]
    small = people_words().prepositions
    of = next(
        (i for i, t in enumerate(reversed(before), start=1) if not (t.is_word or t.lower == ".") or t.lower in small), 0
    )
    return 0 < of < len(before) and before[-of].lower == "of" and before[-of - 1].lower in bodies


def is_fronted(tokens: Sequence[Token], start: int, end: int, subject: int) -> bool:
    """Whether a name stands in a phrase before a subject: ``Asked by the chair, Tam Quill, she said``.

    Such a subject is not the one named there, unless a verb follows the name: ``After Tam Quill left, he said``.

    :param start: where the name begins, `end` where it ends, `subject` where the subject begins.
    """
    before = [token for token in tokens if token.end <= subject]
    opens = before[0].lower if before and before[-1].lower == "," else ""
    known = people_words()
    if not (opens in known.prepositions - _TOPICAL or opens in known.fronting or opens.endswith(("ed", "ing"))):
        return False
    at = next((i for i, token in enumerate(before) if token.start >= start), len(before))
    after = next((token for token in before[at:] if token.end > end), None)
    if after is None or after.start < end or (at == 1 and opens in known.subordinators):
        return False
    return after.lower == "," or after.lower in known.prepositions


def opens_clause(tokens: Sequence[Token], end: int) -> bool:
    """Whether a name stands in a clause before the main one: ``Though they say Venn is well, she stays at home.``"""
    if tokens[0].lower not in people_words().subordinators:
        return False
    comma = next((i for i, t in enumerate(tokens) if t.lower == "," and t.start >= end), len(tokens))
    pronoun, verb = [*(t.lower for t in tokens[comma + 1 : comma + 3]), "", ""][:2]
    return pronoun in people_words().pronouns and not reporting_words().is_in(verb, "speech", "telling", "manner")


def governing(tokens: Sequence[Token], at: int) -> str:
    """The word before a name, over the titles and nouns that belong to it."""
    words = people_words()
    i = at - 1
    while i >= 0 and at - i < 7 and (tokens[i].is_word or tokens[i].lower == "."):
        lower = tokens[i].lower
        if lower == ".":  # of a title: Mr.
            i -= 1
            continue
        if lower in words.governing or not (words.is_title(lower) or words.is_person(lower) or lower in words.definite):
            return lower
        i -= 1
    return tokens[i].lower if i >= 0 else ""
