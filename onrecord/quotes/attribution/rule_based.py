"""Attributions by plain patterns: what can be read off verbs, commas and quotation marks without a model.

It stands in where the tagger found nothing (or found a quotation without its cue), and gives the candidates that the
tagger doubts, those inside quotations and who signs a quotation. One attribution a sentence, by
five patterns: a quotation and the clause that attributes it, ``source cue content``, ``content, source cue``,
``according to``, and the verbless ``Source: "..."`` and ``"..." - Source``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Attribution, EntityType, Span
from onrecord.document.quotations import Quotation
from onrecord.document.sentences import Sentence, Token, sentence_words
from onrecord.document.words import WORD
from onrecord.lexicon.outlets import agency_named
from onrecord.lexicon.reporting import reporting_words

_DASHES = frozenset("-–—―")
_NOT_FINITE = frozenset({
    "to", "the", "a", "an", "his", "her", "its", "their", "my", "our", "your", "this", "that's", "who",
    "which", "of", "no", "any", "some", "for", "by", "and", "or", "with", "he'd",
})  # fmt: skip
_LINKING = frozenset({"that", "whether", "if", "why", "how", "what", "where", "who"})
_TURNS = frozenset({"but", "while", "though", "although", "yet", ";"})  # a new clause, with a subject of its own
_RELATIVE = frozenset({"who", "which", "that"})
_LONGEST_NAME = 7  # tokens of a bare ``Orla Venn:``
_LONGEST_CREDIT = 12  # words of a line under a quotation that tells whose it is
_LONGEST_SOURCE = 30  # tokens; a longer stretch before a verb is more than its subject

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
            attribution = _attribution(text, _Clause(text, sentence.tokens, quotations))
            if attribution is not None:
                result.append(attribution)
    return tuple(result)


def introduction(text: str, sentence: Sentence, quotations: Sequence[Quotation]) -> tuple[Span, Span | None] | None:
    """Source and cue of a sentence that ends in a colon and so announces what comes next: ``Orla Venn went on:``"""
    tokens = sentence.tokens
    if tokens[-1].lower != ":" or any(t.quotation is not None for t in tokens):
        return None
    clause = _Clause(text, tokens, quotations)
    start = _start_of_source(clause)
    found = clause.cue(start + 1, len(tokens), *_SPEECH, "asking", "stance") if len(tokens) > start + 2 else None
    if found is None and (announced := _announced(text, sentence.span)) is not None:
        return announced, None
    if found is None:
        source = clause.source(start, len(tokens)) if len(tokens) <= _LONGEST_NAME else None
        return None if source is None or not text[source.start].isupper() else (source, None)
    source, cue = clause.source(start, found[0]), clause.span(*found)
    return None if source is None or cue is None else (source, cue)


#: ``And from Chairwoman Orla Venn:``, ``Statement by Orla Venn, the chair:``, ``From the desk of Orla Venn:``
_FROM = re.compile(
    r"(?:[\w’']+[ ,]+){0,5}?(?:[Ff]rom|[Bb]y)\s(?:the\s(?:desk|office|pen)\sof\s)?(?P<source>[^\W\d_a-z].{2,100}):\Z"
)
#: ``Chairwoman Orla Venn on the new bridge:``
_ON = re.compile(
    r"(?P<source>[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'.-]*){1,5}),?\s(?:on|about|commenting)\s[^:]{2,80}:\Z"
)


#: ``And Orla Venn:``, ``In the words of Orla Venn:``
_LED = re.compile(
    r"(?:And|But|Then|Next|Again|Also|Now|Here is|Here['’]s|In the words of|To which)(?:,? (?:then|again|now))?,?\s"
    r"(?P<source>[^\W\d_a-z][^:]{2,80}):\Z"
)


def _announced(text: str, sentence: Span) -> Span | None:
    """Who speaks next by a line without a verb that ends in a colon."""
    forms = (_FROM, _ON, _LED)
    match = next((m for form in forms if (m := form.match(text, sentence.start, sentence.end))), None)
    return None if match is None else Span(*match.span("source"))


#: A line of its own under a quotation: ``— Orla Venn, Harbour Board``
_CREDIT = re.compile(r"[-–—―]{1,2}\s?(?P<source>[^\W\d_a-z][^\n:“”\"]{3,90}?)\.?\Z")


def credit(text: str, passage: Span) -> Span | None:
    """The source that a passage is that holds nothing but a dash and who spoke just before it."""
    match = _CREDIT.match(text, passage.start, passage.end)
    named = match is not None and len(match["source"].split()) <= _LONGEST_CREDIT
    return Span(*match.span("source")) if match is not None and named else None


def is_signature(text: str, passage: Span, names: Mentions) -> bool:
    """Whether a passage is a person, and nothing that makes it a sentence: ``Orla Venn, harbour master``."""
    first = next(iter(names.within(passage)), None)
    if first is None or first.start != passage.start or first.entity_type is not EntityType.PERSON:
        return False
    words = passage.of(text)
    behind = WORD.findall(text[first.end : passage.end].lower())
    is_sentence = words[-1] in ".!?:;," or not reporting_words().auxiliaries.isdisjoint(behind)
    apart = text[first.end : passage.end].startswith(", ") or first.end == passage.end
    return len(words.split()) <= _LONGEST_CREDIT and apart and not is_sentence


def subject(text: str, sentence: Sentence, cue: Span, quotations: Sequence[Quotation]) -> Span | None:
    """The subject of a sentence whose verb is a participle of saying: ``Orla Venn left the hall, saying "no".``"""
    clause = _Clause(text, sentence.tokens, quotations)
    start = _start_of_source(clause)
    end = next((i for i, t in enumerate(sentence.tokens) if t.start >= cue.start), len(sentence.tokens))
    last = start
    while last < end and _in_capitals(text, sentence.tokens[last]):
        last += 1
    return clause.source(start, last) if start < last < end else None


def _in_capitals(text: str, token: Token) -> bool:
    return (
        token.lower in {"he", "she"} or (token.quotation is None and text[token.start].isupper()) or token.lower == "."
    )


class _Clause:
    """The tokens of one sentence and what the patterns ask about them."""

    def __init__(self, text: str, tokens: Sequence[Token], quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.tokens = tokens
        self.quotations = quotations
        self.words = reporting_words()

    @cached_property
    def _may_report(self) -> list[int]:
        """The tokens that a reporting verb may begin with."""
        return [i for i, token in enumerate(self.tokens) if token.lower in self.words.openings]

    @cached_property
    def _is_headline(self) -> bool:
        """Whether no longer word is in lower case."""
        return not any(t.is_word and len(t.lower) > 3 and self.text[t.start].islower() for t in self.tokens)

    def verb(self, i: int, end: int, *groups: str) -> int:
        """How many tokens the reporting verb at `i` has: 0 if there is none."""
        token = self.tokens[i]
        if not token.is_word or self._in_name(i) or (i and self.tokens[i - 1].lower in _NOT_FINITE):
            return 0
        if i + 1 < end and self.words.is_in(f"{token.lower} {self.tokens[i + 1].lower}", *groups):
            return 2
        if token.lower in self.words.bases and not self._behind_plural(i):
            return 0
        return int(self.words.is_in(token.lower, *groups))

    def _in_name(self, i: int) -> bool:
        """Whether the word is a capitalised one after another, in a sentence that is no headline: the United States."""
        if not i or not self.text[self.tokens[i].start].isupper() or not self.text[self.tokens[i - 1].start].isupper():
            return False
        return not self._is_headline

    def _behind_plural(self, i: int) -> bool:
        before = self.tokens[i - 1].lower if i else ""
        return before in {"i", "you", "we", "they", "who", "people"} or (before.endswith("s") and len(before) > 3)

    def cue(self, start: int, end: int, *groups: str) -> tuple[int, int] | None:
        """The first finite reporting verb between two tokens, with the auxiliaries before it: its token range."""
        for i in self._may_report:
            length = self.verb(i, end, *groups) if start <= i < end else 0
            if length and not (self.tokens[i].lower.endswith("ing") and not self._progressive(i)):
                first = i
                while first > start and self.tokens[first - 1].lower in self.words.auxiliaries:
                    first -= 1
                return first, i + length
        return None

    def _progressive(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].lower in self.words.auxiliaries

    def span(self, start: int, end: int) -> Span | None:
        """The text from token `start` up to token `end`, without punctuation at its edges."""
        while start < end and not (self.tokens[start].is_word or self.tokens[start].quotation is not None):
            start += 1
        while end > start and not (self.tokens[end - 1].is_word or self.tokens[end - 1].quotation is not None):
            end -= 1
        return Span(self.tokens[start].start, self.tokens[end - 1].end) if start < end else None

    def source(self, start: int, end: int) -> Span | None:
        """The source between two tokens, or nothing where the stretch cannot be a noun phrase."""
        span = self.span(start, end)
        if span is None or end - start > _LONGEST_SOURCE:
            return None
        return span if any(t.is_word for t in self.tokens[start:end]) else None


_SPEECH = ("speech", "manner", "telling")


def _attribution(text: str, clause: _Clause) -> Attribution | None:
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


def _quotation_first(text: str, clause: _Clause) -> Attribution | None:
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
    if parted and clause.cue(start, end, *_SPEECH) is None:
        source = clause.source(start, end)
        named = source is not None and text[source.start].isupper() and source.end - source.start < 80
        # An agency there has sent the words, and did not say them: ``"We stay." (Reuters)``
        if source is None or not named or agency_named(source.of(text)) is not None:
            return None
        return _made(contents[:1], None, source, QUOTED_SCORE)
    cue = clause.cue(start, end, *_SPEECH) or (clause.cue(start, start + 1, "stance") if end > start + 1 else None)
    if cue is None:
        return None
    if cue[0] == start:
        source = clause.source(cue[1], _end_of_inverted_source(clause, cue[1], end))
    else:
        source = clause.source(start, cue[0])
    return _made(contents, clause.span(*cue), source, QUOTED_SCORE)


def _end_of_inverted_source(clause: _Clause, start: int, end: int) -> int:
    """Where the noun phrase after ``said`` stops: before a relative clause, a phrase of time or place, a new clause."""
    tails = sentence_words().tails - {"of", "to", "from", "with"}
    for i in range(start + 1, end):
        lower = clause.tokens[i].lower
        if lower in {"who", "which", "whose", "where", ";", ":", "(", "adding", "referring", "speaking", "."}:
            return i
        if lower in tails and not _inside_title(clause, i):
            return i
    return end


def _inside_title(clause: _Clause, i: int) -> bool:
    """``a lecturer in physics at Corran College``: a preposition after a common noun without a day behind it."""
    before, after = clause.tokens[i - 1], clause.tokens[i + 1] if i + 1 < len(clause.tokens) else None
    common = before.is_word and clause.text[before.start].islower()
    return common and clause.tokens[i].lower in {"in", "at", "for", "on"} and after is not None and after.lower != "a"


def _source_first(clause: _Clause) -> Attribution | None:
    """``Source cue content``, with or without marks, a hearer or ``that``; and ``Source: "..."``."""
    tokens, start = clause.tokens, _start_of_source(clause)
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


def _direct_or_whole(clause: _Clause, content: int, whole: Span) -> tuple[tuple[Span, ...], float]:
    rest = [t for t in clause.tokens[content:] if t.is_word or t.quotation is not None]
    if rest and all(t.quotation is not None for t in rest):
        return tuple(clause.quotations[t.quotation].inner for t in rest if t.quotation is not None), QUOTED_SCORE
    quoted = any(t.quotation is not None for t in rest)
    return (whole,), QUOTED_SCORE if quoted else UNQUOTED_SCORE


def _start_of_source(clause: _Clause) -> int:
    """Past a phrase before the subject: ``In a statement on Friday, the ministry ...``"""
    tokens, openers = clause.tokens, sentence_words().openers
    first = int(tokens[0].lower in {"and", "but", "so", "yet"} and len(tokens) > 1)
    if tokens[first].lower not in openers:
        return first
    for i, token in enumerate(tokens[:_LONGEST_SOURCE]):
        if token.lower == "," and i > first:
            return i + 1
    return first


def _start_of_content(clause: _Clause, after_cue: int) -> int | None:
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


def _verbless(clause: _Clause, quotation: int | None) -> Attribution | None:
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


def _content_first(clause: _Clause) -> Attribution | None:
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


def _according_to(clause: _Clause) -> Attribution | None:
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
