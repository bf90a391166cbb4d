"""What the flow reads in the sample corpus (raw/), beside what a careful reader finds (tests/sample_truth.yaml).

    python -m benchmarks.sample WAREHOUSE [--errors] [--json] [--truth FILE]

Of each attribution that the gold requires: whether there is a quote whose content begins so, and if so whether its
speaker, kind of speaker, quote type, day and medium are the gold's. Of each article: its publication facts. Values on
which fair readers differ (`..._maybe`) are left out. `wrong name` counts quotes that name somebody else than the gold:
the worst that can happen.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse

TRUTH = Path(__file__).parents[1] / "tests/sample_truth.yaml"
#: Key in the gold -> column of `quotes`; columns of `articles` have the gold's own keys.
QUOTE_COLUMNS = {
    "speaker": "speaker_name",
    "kind": "speaker_kind",
    "type": "quote_type",
    "said": "date_said",
    "medium": "medium",
}
FACTS = {
    "headline": "headline",
    "publisher": "publisher",
    "agency": "agency",
    "authors": "authors",
    "date_published": "date_published",
    "precision": "date_published_precision",
    "method": "date_published_method",
    "language": "language",
}
_EDGE = " \"'“”‘’«»,.;:"


@dataclass(slots=True)
class Comparison:
    """Counts by what was compared: how many the gold has, how many are right; and each difference in words."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong_names: int = 0
    differences: list[str] = field(default_factory=list)

    def share(self, what: str) -> float:
        """Right among asked, 0 to 1."""
        return self.right[what] / self.asked[what]

    def percentages(self) -> dict[str, float]:
        """Percent right of what was asked, by what was compared; `wrong name` is of the quotes found."""
        wrong = self.wrong_names / max(1, self.right["quotes found"])
        return {what: round(100 * self.share(what), 1) for what in self.asked} | {"wrong name": round(100 * wrong, 1)}

    def note(self, what: str, place: str, gold: object, found: object) -> bool:
        """Count one value; say so where it differs."""
        self.asked[what] += 1
        same = _plain(gold) == _plain(found)
        self.right[what] += same
        if not same:
            self.differences.append(f"{place}: {what} is {found!r}, should be {gold!r}")
        return same


def compare(snapshot: Snapshot, truth: Mapping[str, Mapping[str, Any]]) -> Comparison:
    """The committed articles and quotes of the files in `truth` beside their gold."""
    made = Comparison()
    articles = {row["source_path"]: row for row in snapshot.read("articles").to_pylist()}
    quotes: dict[str, list[dict[str, Any]]] = {}
    for row in snapshot.read("quotes").sort_by([("article_id", "ascending"), ("quote_index", "ascending")]).to_pylist():
        quotes.setdefault(row["article_id"], []).append(row)
    for name, gold in truth.items():
        made.asked["articles"] += 1
        if name not in articles:
            made.differences.append(f"{name}: no article")
            continue
        made.right["articles"] += 1
        article = articles[name]
        for key, column in FACTS.items():
            if f"{key}_maybe" not in gold:
                made.note(key, name, gold.get(key, [] if key == "authors" else None), article[column])
        _compare_quotes(made, name, gold["quotes"], quotes.get(article["article_id"], []))
    return made


def _compare_quotes(
    made: Comparison, name: str, golds: Sequence[Mapping[str, Any]], rows: list[dict[str, Any]]
) -> None:
    left = list(rows)
    for gold in golds:
        row = next((row for row in left if _begins(row["content"], gold)), None)
        if row is not None:
            left.remove(row)
        if gold.get("maybe"):
            continue
        place = f"{name}: {gold['starts']!r}"
        made.asked["quotes found"] += 1
        if row is None:
            made.differences.append(f"{place}: not found")
            continue
        made.right["quotes found"] += 1
        for key, column in QUOTE_COLUMNS.items():
            usual = "person" if key == "kind" else None
            if f"{key}_maybe" not in gold:
                same = made.note(key, place, gold.get(key, usual), row[column])
                made.wrong_names += key == "speaker" and not same and row[column] is not None


def _begins(content: str, gold: Mapping[str, Any]) -> bool:
    """Whether a content begins as the gold does; where fair readers differ on the edges, whether it holds the words."""
    words, wanted = _plain(content), _plain(gold["starts"])
    return wanted in words if "edges_maybe" in gold else words.removeprefix("that ").startswith(wanted)


def _plain(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).strip(_EDGE).casefold()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--errors", action="store_true", help="print each difference")
    parser.add_argument("--json", action="store_true", help="print percentages as one JSON object")
    parser.add_argument("--truth", type=Path, default=TRUTH, help="the gold, if not all of it")
    given = parser.parse_args()
    truth = yaml.safe_load(given.truth.read_text(encoding="utf-8"))
    with Warehouse(given.warehouse).latest() as snapshot:
        made = compare(snapshot, truth)
    if given.json:
        print(json.dumps(made.percentages()))
        return
    for what, asked in made.asked.items():
        print(f"{what:15} {made.right[what]:4} of {asked:4}  {100 * made.share(what):5.1f} %")
    print(f"{'wrong name':15} {made.wrong_names:4}")
    if given.errors:
        print(*made.differences, sep="\n")


if __name__ == "__main__":
    main()
