"""Posts of social networks printed whole, with a line of credit: ``The quay is ours. — Orla Venn (@orla) May 3, 2024``.

The words before the dash are the post, without the links and pictures at its end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from onrecord.document.article import QuoteType, Span
from onrecord.document.sentences import Sentence
from onrecord.document.words import ACCOUNT
from onrecord.quotes.attribution.boundaries import stripped
from onrecord.quotes.attribution.draft import Draft, Link

#: The credit of a post: a dash, who wrote it, the account, and perhaps the day.
_CREDIT = re.compile(
    rf"\s*(?:-{{1,2}}|[–—―])\s?(?P<source>[^\W_@](?:[^\n@()–—―]{{0,60}}[^\W_])?){ACCOUNT.pattern}"
    r"(?:\s+(?P<day>[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4}|\d{1,2}\s[A-Z][a-z]{2,8}\.?,?\s\d{4}))?"
)
#: Links, pictures and labels at the end of a post.
_LINKS = re.compile(r"(?:[\s:]*(?:https?://\S+|pic\.twitter\.com/\S+|t\.co/\S+|[#@]\w+))+\s*\Z")
_LONGEST = 300  # letters of a post
#: ``1/2``, the number of a post in a series.
_NUMBER = re.compile(r"\d{1,2}/\d{0,2}\s*")
_EDGES = ' \t\n\r\u00a0"“”*'
#: Chance that a post is read right; those of the speech gold nearly all were.
_SCORE = 0.9


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its words, who wrote it as printed, where its credit ends, and the number of its passage."""

    content: Span
    source: Span
    end: int
    passage: int

    @property
    def whole(self) -> Span:
        """The post with its credit."""
        return Span(self.content.start, self.end)


def posts(text: str, passages: Sequence[Span], numbers: Collection[int], split: Sequence[Sentence]) -> tuple[Post, ...]:
    """The posts of an article, in reading order.

    A post begins with its passage or right behind the post before it. Where more words stand there than a post has,
    only the last sentence is sure to be its own. A credit without a day ends its passage: elsewhere it is somebody
    with an account, of whom a sentence tells.

    :param numbers: those of `passages` that are paragraphs.
    """
    starts = [sentence.span.start for sentence in split]
    found: list[Post] = []
    for number in sorted(numbers):
        passage = passages[number]
        before = passage.start
        for credit in _CREDIT.finditer(text, passage.start, passage.end):
            if credit["day"] is None and credit.end() < passage.end:
                continue
            first = before
            if credit.start() - before > _LONGEST:
                first = max(before, starts[max(0, bisect_right(starts, credit.start() - 1) - 1)])
            content = _words(text, first, credit.start())
            if content is not None:
                found.append(Post(content, Span(*credit.span("source")), credit.end(), number))
                before = credit.end()
    return tuple(found)


def _words(text: str, start: int, end: int) -> Span | None:
    """The words of a post, without its number, links and marks at its edges; none where no word is left."""
    if (number := _NUMBER.match(text, start, end)) is not None:
        start = number.end()
    if (links := _LINKS.search(text, start, end)) is not None:
        end = links.start()
    words = stripped(text, Span(start, end), _EDGES)
    return words if any(character.isalpha() for character in words.of(text)) else None


def drafts_of_posts(found: Sequence[Post]) -> list[Draft]:
    """Each post as a direct quote of who wrote it."""
    return [
        Draft(
            contents=(post.content,),
            cue=None,
            source=post.source,
            quote_type=QuoteType.DIRECT,
            link=Link.POST,
            passage=post.passage,
            score=_SCORE,
            content_score=_SCORE,
            source_score=_SCORE,
        )
        for post in found
    ]
