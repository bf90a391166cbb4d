"""Measure on which day something was said, by the words that annotators read it from.

    python -m training.days_said CORPORA [--folds 0 1 2]

Annotators marked the words that tell when something was said ("on Monday"): `training/gold/days_said.jsonl` has their
places in the articles of the speech corpora, `training/gold/speech.jsonl` (`date_text`) in those that were read for the
project; no other attribution of these articles has any. Most articles give no day of their own, so each is read as
published on one fixed day: what is measured is which expression belongs to a report, not what it means. Each article is
read by a tagger that has not seen it. Fold 3 is kept aside from whoever changes the rules.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord import read
from onrecord.document.article import SPOKEN_KINDS, Article, Precision, Quote, Span
from training.corpora import read_jsonl
from training.fold_tagger import tagger_for
from training.quote_matching import NEAR, overlap, words_of
from training.speech_gold import READ, read_speech_gold

GOLD = Path(__file__).parent / "gold/days_said.jsonl"
PUBLISHED = dt.date(2022, 7, 30)


def places() -> dict[str, dict[int, Span]]:
    """Where the day of attributions stands, by article and by their number in it."""
    found: dict[str, dict[int, Span]] = {}
    for entry in read_jsonl(GOLD):
        found.setdefault(entry["article"], {})[entry["attribution"]] = Span(*entry["words"])
    for row in read_jsonl(READ):
        for number, attribution in enumerate(row["attributions"]):
            if "date_text" in attribution:
                found.setdefault(row["id"], {})[number] = Span(*attribution["date_text"])
    return found


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
    """Counts for one article: reports found, with a day in the gold, with one of ours, with both, and both the same."""
    counts: Counter[str] = Counter()
    quotes = [quote for quote in article.quotes if quote.report_kind in SPOKEN_KINDS]
    contents = [words_of(article.text, quote.content_spans) for quote in quotes]
    for number, gold in enumerate(row["attributions"]):
        wanted = words_of(article.text, (Span(*span) for span in gold["content"]))
        shares = [overlap(wanted, content) for content in contents]
        if max(shares, default=0) < NEAR:
            continue
        quote = quotes[shares.index(max(shares))]
        place = words.get(number)
        meant = [t for t in article.dates if place and t.start < place.end and place.start < t.end and t.date_from]
        if place is not None and not meant:
            counts["without a day in the words"] += 1
            continue
        counts["reports"] += 1
        counts["with a day"] += bool(meant)
        counts["given one"] += quote.date_said is not None
        counts["both"] += bool(meant) and quote.date_said is not None
        first, last = (meant[0].date_from, meant[0].date_to) if meant else (None, None)
        counts["right"] += first is not None and last is not None and same(quote, first, last)
    return counts


def main() -> None:
    """Read the articles of some folds and print precision and recall of the day."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--folds", type=int, nargs="+", default=[0, 1, 2])
    given = parser.parse_args()
    words = places()
    total: Counter[str] = Counter()
    for row in read_speech_gold(given.corpora, given.folds):
        day = dt.date.fromisoformat(row["date"][:10]) if row.get("date") else PUBLISHED
        article = read(row["text"], published=day, tagger=tagger_for(row))
        total += measured(row, article, words.get(row["id"], {}))
    print(dict(total))
    for name in ("both", "right"):
        precision, recall = (total[name] / max(1, total[of]) for of in ("given one", "with a day"))
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
