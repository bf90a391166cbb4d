"""Measure on which day something was said, by the words that annotators read it from.

    python -m training.days_said CORPORA [--folds 0 1]

`training/gold/days_said.jsonl` gives, for attributions of the speech gold on folds 0 to 3, the place of the words that
tell when it was said ("on Monday"); no other attribution of these articles has any. Most of the articles give no day of
their own, so each is read as published on one fixed day: what is measured is which expression belongs to a report, not
what it means. Folds 2 and 3 are kept aside from whoever changes the rules.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord import read
from onrecord.document.article import Article, Metadata, Precision, Quote, Span
from training.corpora import read_jsonl
from training.quote_matching import NEAR, overlap, words_of
from training.speech_gold import FILES

GOLD = Path(__file__).parent / "gold/days_said.jsonl"
PUBLISHED = dt.date(2022, 7, 30)


def same(quote: Quote, first: dt.date, last: dt.date) -> bool:
    """Whether the quote's day, month or year lies in what is meant."""
    said = quote.date_said
    if said is None:
        return False
    if quote.date_said_precision is Precision.DAY:
        return first <= said <= last
    month = quote.date_said_precision is Precision.YEAR or said.month == first.month
    return said.year == first.year and month


def measured(row: dict[str, Any], article: Article, words: dict[int, Span]) -> Counter[str]:
    """Counts for one article: reports found, with a day in the gold, with one of ours, and both the same."""
    counts: Counter[str] = Counter()
    contents = [words_of(article.text, quote.content_spans) for quote in article.quotes]
    for number, gold in enumerate(row["attributions"]):
        wanted = words_of(article.text, (Span(*span) for span in gold["content"]))
        shares = [overlap(wanted, content) for content in contents]
        if max(shares, default=0) < NEAR:
            continue
        quote = article.quotes[shares.index(max(shares))]
        place = words.get(number)
        meant = [t for t in article.dates if place and t.start < place.end and place.start < t.end and t.date_from]
        if place is not None and not meant:
            counts["without a day in the words"] += 1
            continue
        counts["reports"] += 1
        counts["with a day"] += bool(meant)
        counts["given one"] += quote.date_said is not None
        first, last = (meant[0].date_from, meant[0].date_to) if meant else (None, None)
        counts["right"] += first is not None and last is not None and same(quote, first, last)
    return counts


def main() -> None:
    """Read the articles of some folds and print precision and recall of the day."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--folds", type=int, nargs="+", default=[0, 1])
    given = parser.parse_args()
    words: dict[str, dict[int, Span]] = {}
    for entry in read_jsonl(GOLD):
        words.setdefault(entry["article"], {})[entry["attribution"]] = Span(*entry["words"])
    total: Counter[str] = Counter()
    for file in FILES:
        for row in read_jsonl(given.corpora / file):
            if row["fold"] in given.folds:
                day = dt.date.fromisoformat(row["date"][:10]) if row.get("date") else PUBLISHED
                article = read(row["text"], metadata=Metadata(date_published=day))
                total += measured(row, article, words.get(row["id"], {}))
    print(dict(total))
    precision, recall = (total["right"] / max(1, total[name]) for name in ("given one", "with a day"))
    print(f"precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
