"""Digests of what each stage of reading gives on the sample corpus: `python -m benchmarks.stages [--write]`.

`tests/test_stages.py` compares them with `benchmarks/stages.json`. A digest that differs means that a stage gives
something else: on purpose (raise its number in `onrecord/version.py`, then run this with `--write`) or not. Scores, and
the candidates that are listed by them, are left out, since processors differ in the last digits; where such a digit
decides, a text may come out otherwise on another kind of processor, so there a few may differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.gate.workplace import processor
from onrecord.files import Unreadable, decode
from onrecord.files.source import Source
from onrecord.reading import read_each, shipped_tagger
from onrecord.version import STAGES

ROOT = Path(__file__).resolve().parents[1]
STORED = Path(__file__).with_suffix(".json")
#: Fields that are probabilities, or lists of what has them.
SCORES = frozenset({"confidence", "speaker_confidence", "speaker_candidates"})
#: So many texts may differ in a stage on another kind of processor than the digests were written on.
OTHER_PROCESSOR = 2


def digests(raw: Path = ROOT / "raw") -> dict[str, list[str]]:
    """For each stage of `onrecord.version.STAGES` eight hex digits for each text file below `raw`, by path."""
    found: dict[str, list[str]] = {stage: [] for stage in STAGES}
    for stage, output in _outputs(raw):
        printed = json.dumps(output, sort_keys=True, default=str).encode()
        found[stage].append(hashlib.sha256(printed).hexdigest()[:8])
    return found


def differing(stored: Mapping[str, Any], found: Mapping[str, Sequence[str]], kind: str) -> list[str]:
    """The stages that give something else than is stored, on a kind of processor."""
    most = 0 if stored["processor"] == kind else OTHER_PROCESSOR
    return [stage for stage, now in found.items() if _is_other(stored["stages"][stage]["digests"], now, most)]


def _is_other(before: Sequence[str], now: Sequence[str], most: int) -> bool:
    """Whether there are more or fewer texts, or more than `most` have another digest."""
    return len(before) != len(now) or sum(a != b for a, b in zip(before, now, strict=True)) > most


def _outputs(raw: Path) -> Iterator[tuple[str, object]]:
    sources = []
    for path in sorted(raw.rglob("*.txt")):
        try:
            decoded = decode(path.read_bytes())
        except Unreadable as refusal:
            yield "files", str(refusal)
        else:
            yield "files", (decoded.text, decoded.encoding)
            sources.append(Source(decoded.text))
    for article in read_each(sources, shipped_tagger()):
        yield "layout", [asdict(block) for block in article.blocks]
        yield "publication", asdict(article.publication)
        yield "tagger", [(m.start, m.end, m.entity_type) for m in article.mentions]
        yield "dates", [_without_scores(asdict(date)) for date in article.dates]
        yield "coreference", [_without_scores(asdict(mention)) for mention in article.mentions]
        yield "quotes", [_without_scores(asdict(quote)) for quote in article.quotes]


def _without_scores(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in SCORES}


def main() -> None:
    """Print the digests, or write them down with the stages' numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="store the digests")
    options = parser.parse_args()
    stages = {stage: {"number": STAGES[stage], "digests": held} for stage, held in digests().items()}
    text = json.dumps({"processor": processor(), "stages": stages}, indent=1)
    print(text)
    if options.write:
        STORED.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
