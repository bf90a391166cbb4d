"""Sentences of a passage and their words, with every outermost quotation as one opaque token."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.document.article import Mention, Span
from onrecord.document.quotations import Quotation
from onrecord.document.words import TOKEN
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.word_lists import word_list

_LONGEST = 300  # tokens; what goes on without a full stop is cut, so that no step is more than linear in the text
_ENDS = frozenset(".!?…")
#: "U.S", "N.D.A", "J": the stop behind them is theirs, and may be the sentence's too.
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_CLOSERS = frozenset(")]”’\"'»›")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark or (with `quotation` set) a whole outermost quotation."""

    start: int
    end: int
    lower: str
    quotation: int | None = None

    @property
    def is_word(self) -> bool:
        return self.quotation is None and self.lower[0].isalnum()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the passage numbered `passage`; quotations that it takes in count as one token each."""

    passage: int
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].start, self.tokens[-1].end)


@dataclass(frozen=True, slots=True)
class _Words:
    abbreviations: frozenset[str]
    starters: frozenset[str]
    openers: frozenset[str]
    tails: frozenset[str]


@cache
def sentence_words() -> _Words:
    """Abbreviations, words that begin a sentence, those that open a phrase before the source or behind the cue."""
    data = word_list("sentence_words.yaml")
    return _Words(*(frozenset(data[key]["words"]) for key in ("abbreviations", "starters", "openers", "tails")))


def sentences(text: str, passages: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Sentence, ...]:
    """The sentences of every passage, in reading order. `quotations` may hold nested ones; they are passed over."""
    found: list[Sentence] = []
    outermost = [(index, q) for index, q in enumerate(quotations) if q.depth == 0]
    at = 0
    for number, passage in enumerate(passages):
        inside: list[tuple[int, Quotation]] = []
        while at < len(outermost) and outermost[at][1].start < passage.end:
            if outermost[at][1].start >= passage.start:
                inside.append(outermost[at])
            at += 1
        tokens = list(_tokens(text, passage, inside))
        found.extend(Sentence(number, part) for part in _split(text, tokens, quotations))
    return tuple(found)


def sentence_around(split: Sequence[Sentence], span: Span | Mention) -> Span:
    """The sentence that a span begins in, and the span, whole."""
    index = bisect_right(split, span.start, key=lambda sentence: sentence.span.start) - 1
    around = split[max(0, index)].span if split else Span(span.start, span.end)
    return Span(min(around.start, span.start), max(around.end, span.end))


def _tokens(text: str, passage: Span, inside: Sequence[tuple[int, Quotation]]) -> Iterator[Token]:
    start = passage.start
    for index, quotation in inside:
        yield from _plain_tokens(text, start, quotation.start)
        yield Token(quotation.start, quotation.end, text[quotation.start], index)
        start = quotation.end
    yield from _plain_tokens(text, start, passage.end)


def _plain_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in TOKEN.finditer(text, start, end):
        yield Token(match.start(), match.end(), match[0].lower())


def _split(text: str, tokens: Sequence[Token], quotations: Sequence[Quotation]) -> Iterator[tuple[Token, ...]]:
    first = 0
    for i, token in enumerate(tokens[:-1]):
        if i - first >= _LONGEST:
            yield tuple(tokens[first : i + 1])
            first = i + 1
        elif _ends_sentence(text, tokens, i, quotations):
            if tokens[i + 1].lower in _CLOSERS and tokens[i + 1].start == token.end:
                continue
            yield tuple(tokens[first : i + 1])
            first = i + 1
    if first < len(tokens):
        yield tuple(tokens[first:])


def _ends_sentence(text: str, tokens: Sequence[Token], i: int, quotations: Sequence[Quotation]) -> bool:
    token, following = tokens[i], tokens[i + 1]
    if token.quotation is not None:
        last = text[quotations[token.quotation].inner.end - 1]
        if last not in _ENDS or following.quotation is not None:
            return last in _ENDS
        if not text[following.start].isupper():
            return False
        return last in ".…" or not _says_next(tokens, i + 1)
    if token.lower in _CLOSERS and i and tokens[i - 1].lower in _ENDS and tokens[i - 1].end == token.start:
        return _starts_sentence(text, following)
    if token.lower not in _ENDS or following.start == token.end:
        return False
    if token.lower == "." and i and tokens[i - 1].end == token.start:
        before = tokens[i - 1].lower
        if _INITIALS.fullmatch(before):
            return text[following.start].isupper() and following.lower in sentence_words().starters
        if before in sentence_words().abbreviations:
            return False
    return _starts_sentence(text, following)


def _starts_sentence(text: str, token: Token) -> bool:
    return token.quotation is not None or text[token.start].isupper() or not token.is_word or token.lower[0].isdigit()


def _says_next(tokens: Sequence[Token], i: int) -> bool:
    """Whether the clause after a question or exclamation is its attribution: ``"Why?" Orla Venn asked.``"""
    words = reporting_words()
    for token in tokens[i : i + 9]:
        if token.quotation is not None or token.lower in _ENDS:
            return False
        if words.is_in(token.lower, "speech", "manner", "telling"):
            return True
    return False
