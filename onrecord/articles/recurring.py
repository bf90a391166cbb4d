"""Lines that stand in many articles of one publisher: what no single article can show to be boilerplate."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from onrecord.articles.lines import line_key, lines_of

#: A line is boilerplate from this many articles on, and from this share of the publisher's articles.
LEAST_ARTICLES, LEAST_SHARE = 5, 0.1


def article_keys(text: str) -> frozenset[str]:
    """The keys of the article's lines, each once: what is counted over a publisher's articles."""
    keys = (line_key(text[line.start : line.end]) for line in lines_of(text))
    return frozenset(key for key in keys if key)


def count_lines(texts: Iterable[str]) -> Counter[str]:
    """In how many of the articles each line stands, by its key."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(article_keys(text))
    return counts


def recurring_lines(counts: Mapping[str, int], articles: int) -> frozenset[str]:
    """The keys that stand in at least five articles and in a tenth of the publisher's `articles`.

    Pass them to `segment` as `boilerplate`. Copies of one story must not make its sentences boilerplate: five copies
    in one publisher's fifty articles are rarer than a line of the site.
    """
    least = max(LEAST_ARTICLES, math.ceil(LEAST_SHARE * articles))
    return frozenset(key for key, count in counts.items() if count >= least)
