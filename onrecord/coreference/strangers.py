"""Strangers: people whom an article brings in by a description and does not name ("A spokesman in Corran said ...")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.source_phrases import Phrase
from onrecord.document.article import Span
from onrecord.lexicon.people import people_words

_PHRASE = re.compile(r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother)\s(?P<words>(?:[\w’'-]+\s){0,5}[\w’'-]+)")
_WORD = re.compile(r"[\w’'-]+")
_BEFORE = re.compile(r"(\w+|[,(])\s?\Z")
_PREDICATES = frozenset({"is", "was", "be", "became", "as", "being", "been", ",", "("})
_BESIDE = 3  # letters between a description and the name that it is of
_MOST = 12  # strangers of one head that are compared


@dataclass(frozen=True, slots=True)
class Stranger:
    """A description at `offset` that brings somebody in; `words` are those up to its head noun, lower case."""

    offset: int
    words: frozenset[str]


class Strangers:
    """The strangers of an article by the head nouns of their descriptions.

    :param reported: whether what stands at an offset is reported: only the article's own words bring somebody in.
    """

    def __init__(self, text: str, mentions: Mentions, reported: Callable[[int], bool]) -> None:
        self._text = text
        self._mentions = mentions
        self._reported = reported
        self._by_head: dict[str, list[Stranger]] = {}
        for head, stranger in self._found():
            self._by_head.setdefault(head, []).append(stranger)

    def before(self, head: str, offset: int) -> list[Stranger]:
        """The last strangers with a head before an offset, in reading order."""
        found = self._by_head.get(head, [])
        end = bisect_left(found, offset, key=lambda stranger: stranger.offset)
        return found[max(0, end - _MOST) : end]

    def means(self, phrase: Phrase, source: Span, last: int, described: Collection[str]) -> bool:
        """Whether a description means a stranger, rather than a person named before.

        "The spokesman" is "a spokesman" who was brought in since that person was named last, or whenever that was if
        the person is not said to be one; "the Corran spokesman" is "a Corran spokesman" likewise.

        :param last: where the person was named last before the source.
        :param described: the words of the person's descriptions.
        """
        others = set(phrase.words) - {phrase.head}
        unlike = phrase.head not in described
        return phrase.determiner == "the" and any(
            stranger.offset > last or unlike or (others and others <= stranger.words and not others <= set(described))
            for stranger in self.before(phrase.head, source.start)
        )

    def _found(self) -> Iterator[tuple[str, Stranger]]:
        for match in _PHRASE.finditer(self._text):
            read = self._read(match.start("words"), match.end("words"))
            if read is not None and not self._says_more(match.start()) and not self._reported(match.start()):
                yield read[0], Stranger(match.start(), read[1])

    def _read(self, start: int, end: int) -> tuple[str, frozenset[str]] | None:
        """The head of a description that nobody's name follows at once, and its words."""
        words: list[str] = []
        known = people_words()
        for match in _WORD.finditer(self._text, start, end):
            word = match[0].lower()
            if word in known.prepositions:
                return None
            words.append(word)
            if known.is_person(word):
                beside = self._mentions.starting_within(Span(match.end(), match.end() + _BESIDE))
                return None if beside else (known.singular(word), frozenset(words))
        return None

    def _says_more(self, start: int) -> bool:
        """Whether a description is of the one named before it: ``Venn, a spokesman``, ``Venn is a lawyer``."""
        before = _BEFORE.search(self._text, max(0, start - 20), start)
        return before is not None and before[1].lower() in _PREDICATES
