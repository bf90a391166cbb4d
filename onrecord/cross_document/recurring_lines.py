"""Lines that stand in many articles of one publisher: what no single article can show to be boilerplate.

Counted are the lines that an article read alone takes for its own words; what their form tells of stays what it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from onrecord.document.article import READ_KINDS, Block
from onrecord.layout.lines import line_key, plain
from onrecord.layout.recurring import counted_key

#: A line is boilerplate from this many articles on, and from this share of the publisher's articles.
LEAST_ARTICLES, LEAST_SHARE = 5, 0.1
#: So many of a publisher's articles tell for all: memory and work stay bounded however many there are. With fewer,
#: a line that is near the share changes sides more often (`benchmarks/recurring.py`).
MOST_ARTICLES = 2000
#: So many of an article's longest lines tell its story from another; it is a copy where most of them are another's.
STORY_LINES = 5


@dataclass(frozen=True, slots=True)
class ArticleLines:
    """What an article tells of its publisher's lines: keys of those that could be boilerplate, and of its longest."""

    lines: frozenset[int]
    story: frozenset[int]


def article_lines(text: str, blocks: Sequence[Block]) -> ArticleLines:
    """The lines of an article, from its blocks as `segment` gives them without knowing of others."""
    words = {plain(text[block.start : block.end]) for block in blocks if block.kind in READ_KINDS}
    longest = nlargest(STORY_LINES, words, key=lambda line: (len(line), line))
    return ArticleLines(_known(map(counted_key, words)), _known(map(line_key, longest)))


def recurring_lines(articles: Iterable[ArticleLines]) -> frozenset[int]:
    """The keys of lines that stand in at least five of a publisher's articles and in a tenth of them.

    Pass them to `segment` as `boilerplate`. Copies of a story count once, lest its sentences become boilerplate: an
    article is left out where most of its longest lines stand among those of articles before it. Give the articles in an
    order that does not depend on how they came (by id); only the first `MOST_ARTICLES` are looked at.
    """
    counts: Counter[int] = Counter()
    told: set[int] = set()
    stories = 0
    for article in islice(articles, MOST_ARTICLES):
        if 2 * len(article.story & told) > len(article.story):
            continue
        told |= article.story
        stories += 1
        counts.update(article.lines)
    least = max(LEAST_ARTICLES, math.ceil(LEAST_SHARE * stories))
    return frozenset(key for key, count in counts.items() if count >= least)


def _known(keys: Iterable[int | None]) -> frozenset[int]:
    return frozenset(key for key in keys if key is not None)
