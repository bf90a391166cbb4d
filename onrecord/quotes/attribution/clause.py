"""The tokens of a sentence, asked for the reporting verb and the noun phrases around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from onrecord.document.article import Span
from onrecord.document.quotations import Quotation
from onrecord.document.sentences import Sentence, Token, sentence_words
from onrecord.lexicon.reporting import reporting_words

#: No verb behind these reports: "the claims", "to say", "who claims".
_NOT_FINITE = frozenset({
    "to", "the", "a", "an", "his", "her", "its", "their", "my", "our", "your", "this", "that's", "who",
    "which", "of", "no", "any", "some", "for", "by", "and", "or", "with", "he'd",
})  # fmt: skip
_LONGEST_SOURCE = 30  # tokens; a longer stretch before a verb is more than its subject

#: Groups of the verbs of `reporting.yaml` that tell speech and nothing else.
SPEECH = ("speech", "manner", "telling")


class Clause:
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


def start_of_subject(clause: Clause) -> int:
    """Past a phrase before the subject: ``In a statement on Friday, the ministry ...``"""
    tokens, openers = clause.tokens, sentence_words().openers
    first = int(tokens[0].lower in {"and", "but", "so", "yet"} and len(tokens) > 1)
    if tokens[first].lower not in openers:
        return first
    for i, token in enumerate(tokens[:_LONGEST_SOURCE]):
        if token.lower == "," and i > first:
            return i + 1
    return first


def subject(text: str, sentence: Sentence, cue: Span, quotations: Sequence[Quotation]) -> Span | None:
    """The subject of a sentence whose verb is a participle of saying: ``Orla Venn left the hall, saying "no".``"""
    clause = Clause(text, sentence.tokens, quotations)
    start = start_of_subject(clause)
    end = next((i for i, t in enumerate(sentence.tokens) if t.start >= cue.start), len(sentence.tokens))
    last = start
    while last < end and _in_capitals(text, sentence.tokens[last]):
        last += 1
    return clause.source(start, last) if start < last < end else None


def _in_capitals(text: str, token: Token) -> bool:
    return (
        token.lower in {"he", "she"} or (token.quotation is None and text[token.start].isupper()) or token.lower == "."
    )
