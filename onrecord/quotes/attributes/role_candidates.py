"""The words that may say what a person is: beside her names, and those by which a source calls her."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile, before
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.sentences import Sentence
from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.name_words import title_key, titles
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attributes.role_words import (
    LONGEST,
    MARKS,
    as_role,
    is_role,
    printed,
    role_words,
    without_examples,
)


class Place(StrEnum):
    """Where a candidate stands, from the name."""

    TITLE = "title"  # Works Director Orla Venn, as the reader of names has it
    BEFORE = "before"  # the harbour's works director, Orla Venn
    BEHIND = "behind"  # Orla Venn, works director
    RELATIVE = "relative"  # Orla Venn, who heads the works
    BEING = "being"  # Orla Venn is the works director
    FROM = "from"  # Orla Venn of the Harbour Board
    CALLED = "called"  # "We stay," said the works director, who is she


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a person's role. `start`: offset of the name or source that they stand beside.

    `quoted`: whether that is in the source of an attribution.
    """

    role: str
    place: Place
    start: int
    quoted: bool


_BEHIND = frozenset({Place.BEHIND, Place.RELATIVE, Place.BEING, Place.FROM})
#: What may stand between a name and its apposition: the name in another script, a party, letters, an age.
_BEHIND_NAME = r"(?:\s?\([^()\n]{1,60}\))?(?:\s[A-Z]{2,4})?"
_AGE = r"(?:(?:aged\s)?\d{1,3},\s+)?"
_ADVERBS = r"(?:(?:also|now|currently|then|both|himself|herself)\s+)*"
_COMMA = re.compile(rf"{_BEHIND_NAME},\s+{_AGE}{_ADVERBS}")
_DASH = re.compile(r"\s?[–—]\s?(?=\w[^–—\n]{2,120}[–—])")
_IS = rf"(?:is|was|has\s+been|serves\s+as|served\s+as|works\s+as|worked\s+as|became)\s+{_ADVERBS}"
_WHO_IS = re.compile(rf"{_BEHIND_NAME},?\s+{_AGE}who\s+{_IS}")
_BEING = re.compile(rf"{_BEHIND_NAME}\s+{_IS}(?=(?:an?|the|one\sof|[\w.-]+['’]s)\s)")
_WHO_HEADS = re.compile(rf"{_BEHIND_NAME},?\s+{_AGE}who\s+(?=(?:heads|leads|runs|chairs|directs|represents)\b)")
_FROM = re.compile(r"\s?,?\s(?P<role>(?:from|of|at|with)\s)")
#: Ends of a role behind a name: a relative clause, a second apposition, a mark of its own.
_ENDS = re.compile(
    r",?\s(?:who|whom|whose|which|that|where|when|while|during|after|since|because|but)\s|,\s(?:an?|the|one\sof|also)\s"
    r"|,?\sand\s(?:others?|also)\b|\s?[;:—–“”\"]"
)
_AND_SOMEBODY = re.compile(r",?\s(?:and|&)\s*\Z")
_PIECE = re.compile(r",\s+")
_COMMAS = 3  # pieces between commas that one role may have
_FINITE = frozenset(
    {
        "is", "are", "was", "were", "has", "had", "have", "will", "would", "can", "could", "may", "might", "must",
        "should", "did", "does", "do", "went", "came", "took", "made",
    }
)  # fmt: skip
#: Behind the name of somebody else in a role.
_ENDS_NAME = re.compile(r"(?:,|\sand\b|\Z)")
_IN = re.compile(r"\s(?:in|of|at)\s(?:the\s)?")
_LONGEST_FROM = 9  # words from a preposition to the end of the body that it is of


def candidates_of(
    text: str,
    person: PersonProfile,
    own: Sequence[Span],
    sources: Sequence[Span],
    sentences: Sequence[Sentence],
    names: Mentions,
) -> list[Candidate]:
    """The candidates for one person's role, in reading order; the same words may stand there several times.

    :param own: the sources whose speaker is the person.
    :param sources: all of the article, in reading order.
    """
    found: list[Candidate] = []
    starts = [source.start for source in sources]
    for mention in person.mentions:
        at = bisect_right(starts, mention.start) - 1
        source = sources[at] if at >= 0 and mention.end <= sources[at].end else None
        beside = list(_beside(text, mention, source, _sentence_around(sentences, mention), names))
        behind = {words for place, words in beside if place in _BEHIND}
        for place, words in beside:
            if place not in _BEHIND and words in behind:
                continue  # the reader of names gives an apposition as a title, too
            if any(longer != words and longer.startswith(words) for _, longer in beside):
                continue  # cut at a comma that is inside of the role
            role = _cleaned(words if place in _BEHIND else _from_head(words, mention, names))
            if role is not None and (place in _BEHIND or not _joins(role, person, names)):
                found.append(Candidate(role, place, mention.start, source is not None))
    for source in own:
        if not names.are_of(person.local_id, [source]):
            called = as_role(without_examples(up_to_end(text, source, names)))
            if called is not None and (role := _cleaned(called)) is not None:
                found.append(Candidate(role, Place.CALLED, source.start, quoted=True))
    return sorted(found, key=lambda candidate: candidate.start)


def _sentence_around(sentences: Sequence[Sentence], mention: Mention) -> Span:
    index = bisect_right(sentences, mention.start, key=lambda sentence: sentence.span.start) - 1
    span = sentences[max(0, index)].span if sentences else Span(mention.start, mention.end)
    return Span(min(span.start, mention.start), max(span.end, mention.end))


def _beside(
    text: str, mention: Mention, source: Span | None, sentence: Span, names: Mentions
) -> Iterator[tuple[Place, str]]:
    for title in mention.roles:
        yield Place.TITLE, title
    if (described := before(text, mention)) is not None:
        yield Place.BEFORE, described.of(text)
    if source is not None and (printed_before := _before_in_source(text, source, mention, names)) is not None:
        yield Place.BEFORE, printed_before
    if (set_off := _set_off(text, Span(sentence.start, mention.start), names)) is not None:
        yield Place.BEFORE, set_off
    rest = Span(mention.end, sentence.end)
    for place, pattern in (
        (Place.BEHIND, _COMMA),
        (Place.BEHIND, _DASH),
        (Place.RELATIVE, _WHO_IS),
        (Place.BEING, _BEING),
    ):
        opened = pattern.match(text, rest.start, rest.end)
        if opened is not None and (role := _apposition(text, Span(opened.end(), rest.end), names)) is not None:
            yield place, role
    heads = _WHO_HEADS.match(text, rest.start, rest.end)
    if heads is not None:
        yield Place.RELATIVE, up_to_end(text, Span(heads.end(), rest.end), names)
    if (body := _from(text, rest, names)) is not None:
        yield Place.FROM, body


def _before_in_source(text: str, source: Span, mention: Mention, names: Mentions) -> str | None:
    """What stands before the name in its source, where that is one phrase: ``Corran lock Tam Quill``."""
    if any(m.entity_type is EntityType.PERSON and m.start < mention.start for m in names.within(source)):
        return None
    stretch = re.split(r"\bby\s", text[source.start : mention.start])[-1]
    words = stretch.split()
    if words and words[-1].endswith(",") and not is_role(stretch, head_last=True):
        return None
    last = words[-1].rstrip(",").lower() if words else ""
    known = people_words()
    if not last or last in known.prepositions | known.definite | known.indefinite | known.stops:
        return None
    return stretch


#: What an apposition before a name may follow: a mark, a verb, or a word that governs it.
_BEFORE_SET_OFF = re.compile(r"[,;:“”\"()–—]\s*|\b(?:and|by|with|from|to|against|that|but|as|when|while|for|of)\s")


def _set_off(text: str, lead: Span, names: Mentions) -> str | None:
    """The apposition before a comma before a name: ``A spokesman for the board, Orla Venn,``."""
    comma = re.search(r",\s+\Z", text[lead.start : lead.end])
    if comma is None:
        return None
    end = lead.start + comma.start()
    begins = [lead.start, *(m.end() for m in _BEFORE_SET_OFF.finditer(text, lead.start, end))]
    verbs = reporting_words()
    begins += [
        word.end() + 1
        for word in PRINTED_WORD.finditer(text, lead.start, end)
        if word[0].lower() in _FINITE or verbs.is_in(word[0].lower(), "speech", "telling")
    ]
    for start in sorted(begins):
        role = text[start:end]
        people = [m for m in names.within(Span(start, end)) if m.entity_type is EntityType.PERSON]
        if any(m.start == start and text[m.end : m.end + 2] not in {"'s", "’s"} for m in people):
            continue
        words = role.split()
        first = words[0].lower() if words else ""
        if first and first not in people_words().prepositions and is_role(role, head_last=True) and "," not in role:
            return role
    return None


def _apposition(text: str, rest: Span, names: Mentions) -> str | None:
    """The apposition that `rest` begins with, up to its end; None where it begins with something else."""
    opener = PRINTED_WORD.match(text, rest.start)
    if opener is None or opener[0].lower() in {"who", "which", "whose", "and", "but", "in", "on", "as", "when"}:
        return None
    person = names.within(Span(rest.start, min(rest.end, rest.start + LONGEST)))
    if person and person[0].start == rest.start and person[0].entity_type is EntityType.PERSON:
        owner = text[person[0].end : person[0].end + 2] in {"'s", "’s"}
        if not owner:
            return None
    role = up_to_end(text, rest, names)
    return role if is_role(role.split(", ")[0], head_last=True) else None


def up_to_end(text: str, rest: Span, names: Mentions) -> str:
    """The words up to what ends a role: a clause, another person, a finite verb, a comma unless a body follows."""
    end = _ENDS.search(text, rest.start, rest.end)
    until = rest.end if end is None else end.start()
    people = (m.start for m in names.within(Span(rest.start, until)) if m.entity_type is EntityType.PERSON)
    until = next((start for start in people if _AND_SOMEBODY.search(text, rest.start, start)), until)
    verbs = reporting_words()
    before_verb: set[str] = set()
    for word in PRINTED_WORD.finditer(text, rest.start, until):
        lower = word[0].lower()
        verb = word[0] == lower and (lower in _FINITE or verbs.is_in(lower, "speech", "telling"))
        if verb and not before_verb & people_words().prepositions:
            until = word.start()
            break
        before_verb = {lower}
    until = _last_piece(text, Span(rest.start, until), names)
    if text.count("(", rest.start, until) > text.count(")", rest.start, until) and text[until : until + 1] == ")":
        until += 1
    return _AND_SOMEBODY.sub("", printed(text[rest.start : until]))


def _last_piece(text: str, rest: Span, names: Mentions) -> int:
    """The end of the pieces between commas that are one role: ``director (works), Harbour Board``."""
    commas = [m for m in _PIECE.finditer(text, rest.start, rest.end) if not _in_bracket(text, rest.start, m.start())]
    until = commas[0].start() if commas else rest.end
    for i, comma in enumerate(commas[:_COMMAS]):
        ends = commas[i + 1].start() if i + 1 < len(commas) else rest.end
        if not _belongs(text, Span(comma.end(), ends), names):
            break
        until = ends
    return until


def _in_bracket(text: str, start: int, offset: int) -> bool:
    return text.count("(", start, offset) > text.count(")", start, offset)


def _belongs(text: str, piece: Span, names: Mentions) -> bool:
    """Whether a piece behind a comma is the body of the office before it, or one more office."""
    inside = names.within(piece)
    if inside and inside[0].start == piece.start and inside[0].entity_type is EntityType.ORG:
        return True
    first = text[piece.start : piece.end].split()[:1]
    if first in (["and"], ["&"]):
        return is_role(text[piece.start + len(first[0]) : piece.end], head_last=True)
    opener = first[0].lower() if first else ""
    listed = opener.isalpha() and opener not in people_words().definite | people_words().indefinite
    return listed and re.search(r"\b(?:and|&)\b", text[piece.start : piece.end]) is not None


def _from(text: str, rest: Span, names: Mentions) -> str | None:
    """``from the Corran office of the Harbour Board``; ``of the lobby group Harbour Watch``."""
    match = _FROM.match(text, rest.start, rest.end)
    if match is None:
        return None
    ahead = Span(match.end(), min(rest.end, match.end() + LONGEST))
    body = next(iter(names.within(ahead)), None)
    if body is None or body.entity_type not in (EntityType.ORG, EntityType.MISC):
        return None
    between = text[match.end() : body.start].split()
    if len(between) > _LONGEST_FROM or any(not word.islower() or not word.isalpha() for word in between):
        return None
    end = body.end
    for inside in names.within(Span(body.end, rest.end)):
        if not _IN.fullmatch(text, end, inside.start):
            break
        end = inside.end
    return printed(text[match.start("role") : end])


#: Before the head of a role that stands right before a name, these begin another phrase.
_GOVERNS = frozenset(
    {
        "over", "on", "in", "at", "from", "by", "with", "to", "against", "about", "after", "before", "than", "like",
        "into", "through", "because", "that", "p.m", "a.m",
    }
)  # fmt: skip
_BRACKET = re.compile(r"\((?P<initials>[A-Z&]{2,8})\)\s")


def _from_head(role: str, mention: Mention, names: Mentions) -> str:
    """What of the words before a name is one phrase with their head, which is the last of them.

    ``Harbour Party leader`` of ``ahead of a vote on the quay with Harbour Party leader``. Words that end in a comma or
    hold an office before the preposition stay whole: ``minister in charge of works``. A bracket that holds no initials
    of the words before it is a dateline's: ``CORRAN (CRW) Mayor``.
    """
    for bracket in _BRACKET.finditer(role):
        initials = "".join(word[0] for word in role[: bracket.start()].split() if word[0].isupper())
        if not initials.endswith(bracket["initials"].replace("&", "")):
            role = role[bracket.end() :]
            break
    own = mention.name.split()
    begins, starts = 0, 0
    for word in PRINTED_WORD.finditer(role):
        lower = word[0].lower()
        if lower in _FINITE or lower in role_words().clauses:
            starts = begins = word.end()
        elif lower in _GOVERNS:
            begins = word.end()
        elif word[0] in names.surnames and word[0] not in own and not role.startswith(("'", "’"), word.end()):
            rest = role[word.end() :]
            starts = begins = word.end() if is_role(rest, head_last=True) else begins
    ahead = role[starts:begins].rpartition(" ")[0]
    whole = is_role(ahead, head_last=True) and not is_role(role[begins:], head_last=True)
    return (role[starts:] if whole else role[begins:]).strip(" .,")


_OPENERS = frozenset({"and", "now", "currently", "while", "since", "as", "when", "with", "including"})
_MARKS_INSIDE = re.compile(r"[:;!?“”\"]")


def _cleaned(role: str) -> str | None:
    """A role without what clings to its edges: a clock or a dateline before it, ``surnamed`` behind it."""
    role = role.rsplit(") ", 1)[-1] if role.count("(") < role.count(")") else role
    words = without_courtesy(role).split()
    while words and words[-1].lower() in {"surnamed", "named", "called"}:
        words.pop()
    while words and words[0].lower() in _OPENERS:
        words = words[1:]
    if words and (words[-1] in {"and", "&"} or words[0].lower() in people_words().possessive):
        words = [] if words[-1] in {"and", "&"} or not role_words().kin.isdisjoint(map(str.lower, words)) else words[1:]
    role = " ".join(words).strip(MARKS + " ")
    return role if role and len(role) <= LONGEST and _is_no_clause(role) and not _MARKS_INSIDE.search(role) else None


def _is_no_clause(role: str) -> bool:
    return role_words().clauses.isdisjoint(word.lower() for word in PRINTED_WORD.findall(role))


def without_courtesy(before_name: str) -> str:
    """``Works director`` of ``Works director Dr.``; ``Mayor`` of ``Mayor Tan Sri``, ``Prime Minister Sheikh``."""
    words = before_name.split()
    while words:
        size = next((n for n in (2, 1) if title_key(" ".join(words[-n:])) in titles().honorifics), 0)
        office = people_words().is_person(words[-1].lower())
        if (
            title_key(words[-1]) in {"sheikh", "prof"}
            and len(words) > 1
            and people_words().is_person(words[-2].lower())
        ):
            size, office = 1, False
        if not size or office:
            break
        words = words[:-size]
    return " ".join(words).rstrip(",")


def _joins(role: str, person: PersonProfile, names: Mentions) -> bool:
    """Whether a role runs over somebody else: ``President Venn and Mayor``, not ``a spokesman for Venn``."""
    own = {mention.name.split()[-1] for mention in person.mentions[:1]}
    known = people_words()
    ahead: list[str] = []
    for word in PRINTED_WORD.finditer(role):
        other = word[0] in names.surnames and word[0] not in own
        if other and _ENDS_NAME.match(role, word.end()) and known.prepositions.isdisjoint(ahead):
            return True
        ahead.append(word[0].lower())
    return False
