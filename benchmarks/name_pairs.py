"""Compare names pair by pair against labelled pairs: precision, recall and F1, and the pairs that are wrong.

Usage: python -m benchmarks.name_pairs name_pairs.csv [--half dev|held] [--schema Person] [--errors]

The file has the columns `schema`, `name1`, `name2`, `is_match` (OpenSanctions' labelled pairs, MIT). Pairs are put
into the development or the held-out half by a hash of the two names, so that both halves stay what they are.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

from onrecord.cross_document.entities import Comparison, compare_names

PEOPLE = ("Person",)


def half_of(row: dict[str, str]) -> str:
    """The half that a pair belongs to: dev or held."""
    both = "|".join(sorted((row["name1"].lower(), row["name2"].lower())))
    return ("dev", "held")[int(hashlib.sha256(both.encode()).hexdigest(), 16) % 2]


def judged(rows: Iterable[dict[str, str]]) -> list[tuple[dict[str, str], bool, Comparison]]:
    """Each row with its label and the comparison."""
    out = []
    for row in rows:
        entity_type = "PERSON" if row["schema"] in PEOPLE else "ORG"
        out.append((row, row["is_match"] == "true", compare_names(row["name1"], row["name2"], entity_type)))
    return out


def figures(found: list[tuple[dict[str, str], bool, Comparison]], threshold: float | None = None) -> dict[str, float]:
    """Precision, recall and F1 of `is_match`, or of a score of `threshold` or more."""
    said = [c.is_match if threshold is None else c.score >= threshold for _, _, c in found]
    hit = sum(s and gold for s, (_, gold, _) in zip(said, found, strict=True))
    precision = hit / max(1, sum(said))
    recall = hit / max(1, sum(gold for _, gold, _ in found))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"pairs": len(found), "P": round(precision, 3), "R": round(recall, 3), "F1": round(f1, 3)}


def main() -> None:
    """Print the figures for people and for all, for each half asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--half", choices=["dev", "held", "both"], default="both")
    parser.add_argument("--errors", action="store_true", help="print the pairs that are wrong")
    parser.add_argument("--sweep", action="store_true", help="print the figures over thresholds")
    args = parser.parse_args()
    with args.pairs.open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if args.half in ("both", half_of(r))]
    for name, subset in (
        ("people", [r for r in rows if r["schema"] in PEOPLE]),
        ("others", [r for r in rows if r["schema"] not in PEOPLE]),
    ):
        found = judged(subset)
        print(f"{name} ({args.half}): {figures(found)}")
        if args.sweep:
            for step in range(50, 100, 5):
                print(f"  >= {step / 100:.2f}: {figures(found, step / 100)}")
        if args.errors:
            for row, gold, c in found:
                if c.is_match != gold:
                    print(f"  {'miss' if gold else 'FALSE'} {row['name1']} | {row['name2']} | {c}")


if __name__ == "__main__":
    main()
