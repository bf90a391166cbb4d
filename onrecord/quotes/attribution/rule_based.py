"""Attributions by plain patterns: what can be read off verbs, commas and quotation marks without a model.

It stands in where the tagger found nothing (or found a quotation without its cue), and gives the candidates that the
tagger doubts and those inside quotations. One attribution a sentence, by five patterns: a quotation and the clause that
attributes it, ``source cue content``, ``content, source cue``, ``according to``, and the verbless ``Source: "..."`` and
``"..." - Source``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.document.article import Attribution, Span
from onrecord.document.quotations import Quotation
from onrecord.document.sentences import Sentence, sentence_words
from onrecord.lexicon.outlets import agency_named
from onrecord.quotes.attribution.clause import SPEECH, Clause, start_of_subject

_DASHES = frozenset("-–—―")
_LINKING = frozenset({"that", "whether", "if", "why", "how", "what", "where", "who"})
_TURNS = frozenset({"but", "while", "though", "although", "yet", ";"})  # a new clause, with a subject of its own
_RELATIVE = frozenset({"who", "which", "that"})

#: Rough chance that a whole triple found by a pattern is right, measured on polnear_train (benchmarks/quotes.py).
QUOTED_SCORE = 0.7
UNQUOTED_SCORE = 0.35


def attributions(
    text: str, found: Sequence[Sentence], quotations: Sequence[Quotation], unquoted: bool = True
) -> tuple[Attribution, ...]:
    """One attribution for each sentence that a pattern fits, in reading order.

    :param found: the article's sentences, with `quotations` as opaque tokens.
    :param unquoted: whether to read indirect speech too, or only sentences that hold a quotation.
    """
    result: list[Attribution] = []
    for sentence in found:
        quoted = any(t.quotation is not None for t in sentence.tokens)
        if quoted or unquoted:
            attribution = _attribution(text, Clause(text, sentence.tokens, quotations))
            if attribution is not None:
                result.append(attribution)
    return tuple(result)


def _attribution(text: str, clause: Clause) -> Attribution | None:
    tokens = clause.tokens
    according = _according_to(clause)
    if according is not None:
        return according
    if tokens[0].quotation is not None:
        return _quotation_first(text, clause)
    return _source_first(clause) or _content_first(clause)


#: Behind quoted words, who quotes whom: ``"..." the Harbour Times quoted Orla Venn as saying``.
_QUOTED_AS = re.compile(
    r"[,.]?\s(?!(?:\S+\s){0,6}(?:is|was|were|been)\s)(?:[^\s.;:,“”\"]+\s){1,8}?(?:quot|cit)(?:ed|es)\s"
    r"(?P<who>[^.;:\n“”\"]{2,100}?),?\s(?P<cue>as\s(?:saying|telling|stating|writing|adding))\b"
)


def _quotation_first(text: str, clause: Clause) -> Attribution | None:
    """``"...," source cue`` or ``"...," cue source``, with whatever quotations follow in the sentence."""
    tokens = clause.tokens
    contents = tuple(clause.quotations[t.quotation].inner for t in tokens if t.quotation is not None)
    if (quoted := _QUOTED_AS.match(text, tokens[0].end, tokens[-1].end)) is not None:
        return _made(contents[:1], Span(*quoted.span("cue")), Span(*quoted.span("who")), QUOTED_SCORE)
    end = next((i for i in range(1, len(tokens)) if tokens[i].quotation is not None), len(tokens))
    start = 1
    while start < end and not tokens[start].is_word:
        start += 1
    if start == end:
        return None
    parted = start > 1 and (tokens[start - 1].lower in _DASHES or tokens[start - 1].lower in {":", "("})
    if parted and clause.cue(start, end, *SPEECH) is None:
        source = clause.source(start, end)
        named = source is not None and text[source.start].isupper() and source.end - source.start < 80
        # An agency there has sent the words, and did not say them: ``"We stay." (Reuters)``
        if source is None or not named or agency_named(source.of(text)) is not None:
            return None
        return _made(contents[:1], None, source, QUOTED_SCORE)
    cue = clause.cue(start, end, *SPEECH) or (clause.cue(start, start + 1, "stance") if end > start + 1 else None)
    if cue is None:
        return None
    if cue[0] == start:
        source = clause.source(cue[1], _end_of_inverted_source(clause, cue[1], end))
    else:
        source = clause.source(start, cue[0])
    return _made(contents, clause.span(*cue), source, QUOTED_SCORE)


def _end_of_inverted_source(clause: Clause, start: int, end: int) -> int:
    """Where the noun phrase after ``said`` stops: before a relative clause, a phrase of time or place, a new clause."""
    tails = sentence_words().tails - {"of", "to", "from", "with"}
    for i in range(start + 1, end):
        lower = clause.tokens[i].lower
        if lower in {"who", "which", "whose", "where", ";", ":", "(", "adding", "referring", "speaking", "."}:
            return i
        if lower in tails and not _inside_title(clause, i):
            return i
    return end


def _inside_title(clause: Clause, i: int) -> bool:
    """``a lecturer in physics at Corran College``: a preposition after a common noun without a day behind it."""
    before, after = clause.tokens[i - 1], clause.tokens[i + 1] if i + 1 < len(clause.tokens) else None
    common = before.is_word and clause.text[before.start].islower()
    return common and clause.tokens[i].lower in {"in", "at", "for", "on"} and after is not None and after.lower != "a"


def _source_first(clause: Clause) -> Attribution | None:
    """``Source cue content``, with or without marks, a hearer or ``that``; and ``Source: "..."``."""
    tokens, start = clause.tokens, start_of_subject(clause)
    first_quotation = next((i for i, t in enumerate(tokens) if t.quotation is not None), None)
    limit = first_quotation if first_quotation is not None else len(tokens)
    quoted = ("manner", "attitude") if first_quotation is not None else ()
    cue = clause.cue(start + 1, limit, "speech", "telling", "asking", "stance", *quoted)
    if cue is None:
        return _verbless(clause, first_quotation)
    turn = max((i + 1 for i in range(start, cue[0]) if tokens[i].lower in _TURNS), default=start)
    source = clause.source(turn, cue[0]) if tokens[cue[0] - 1].lower not in _RELATIVE else None
    content = _start_of_content(clause, cue[1])
    if source is None or content is None:
        return None
    stop = len(tokens)
    span = clause.span(content, stop)
    if span is None or not clause.text[source.start].isalnum():
        return None
    contents, score = _direct_or_whole(clause, content, span)
    return _made(contents, clause.span(*cue), source, score)


def _direct_or_whole(clause: Clause, content: int, whole: Span) -> tuple[tuple[Span, ...], float]:
    rest = [t for t in clause.tokens[content:] if t.is_word or t.quotation is not None]
    if rest and all(t.quotation is not None for t in rest):
        return tuple(clause.quotations[t.quotation].inner for t in rest if t.quotation is not None), QUOTED_SCORE
    quoted = any(t.quotation is not None for t in rest)
    return (whole,), QUOTED_SCORE if quoted else UNQUOTED_SCORE


def _start_of_content(clause: Clause, after_cue: int) -> int | None:
    """The token that the content begins with, past hearer and time; nothing where only such a phrase follows."""
    tokens = clause.tokens
    if after_cue >= len(tokens):
        return None
    verb = tokens[after_cue - 1].lower
    first = tokens[after_cue]
    telling = clause.words.is_in(verb, "telling")
    if telling or first.lower in sentence_words().tails or not first.is_word:
        for i in range(after_cue, len(tokens)):
            if tokens[i].quotation is not None or tokens[i].lower in _LINKING:
                return i
            if tokens[i].lower == ":" and i + 1 < len(tokens):
                return i + 1
        only_object = clause.words.is_in(verb, "stance") and first.is_word
        return after_cue if only_object else None
    return after_cue


def _verbless(clause: Clause, quotation: int | None) -> Attribution | None:
    """``Toner: "..."`` at the start of a sentence or headline, with or without marks."""
    tokens = clause.tokens
    colon = next((i for i, t in enumerate(tokens[:8]) if t.lower == ":"), None)
    if colon is None or colon == 0 or (quotation is not None and colon != quotation - 1):
        return None
    source = clause.source(0, colon)
    if source is None or not clause.text[source.start].isupper() or quotation is None:
        return None
    contents = tuple(clause.quotations[t.quotation].inner for t in tokens[colon:] if t.quotation is not None)
    return _made(contents, None, source, QUOTED_SCORE)


def _content_first(clause: Clause) -> Attribution | None:
    """``The bridge is safe, Orla Venn said on Friday.``"""
    tokens = clause.tokens
    commas = [i for i, t in enumerate(tokens) if t.lower == ","]
    for comma in reversed(commas):
        cue = clause.cue(comma + 1, len(tokens), "speech", "manner", "telling")
        if cue is None or cue[0] == comma + 1:
            continue
        source, content = clause.source(comma + 1, cue[0]), clause.span(0, comma)
        if source is None or content is None or _start_of_content(clause, cue[1]) is not None:
            continue
        if comma >= 4 and cue[0] - comma <= 12:
            return _made((content,), clause.span(*cue), source, UNQUOTED_SCORE)
    return None


def _according_to(clause: Clause) -> Attribution | None:
    tokens = clause.tokens
    for i in range(len(tokens) - 2):
        if tokens[i].lower == "according" and tokens[i + 1].lower == "to":
            break
    else:
        return None
    end = next((j for j in range(i + 2, len(tokens)) if tokens[j].lower in {",", ";"}), len(tokens))
    source, cue = clause.source(i + 2, end), clause.span(i, i + 2)
    content = clause.span(0, i) if i > 2 else clause.span(end, len(tokens))
    if source is None or content is None:
        return None
    return _made((content,), cue, source, UNQUOTED_SCORE)


def _made(contents: tuple[Span, ...], cue: Span | None, source: Span | None, score: float) -> Attribution:
    return Attribution(contents, cue, source, score, content_score=score, cue_score=score, source_score=score)
