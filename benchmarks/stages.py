"""Digests of what each stage of reading gives on the sample corpus: `python -m benchmarks.stages [--write]`.

`tests/test_stages.py` compares them with `benchmarks/stages.json`. A digest that differs means that a stage gives
something else: on purpose (raise its number in `onrecord/version.py`, then run this with `--write`) or not. Digests of
scores are left out, since processors differ in the last digits.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from onrecord.files import Unreadable, decode
from onrecord.files.source import Source
from onrecord.reading import read_each, shipped_tagger
from onrecord.version import STAGES

ROOT = Path(__file__).resolve().parents[1]
STORED = Path(__file__).with_suffix(".json")
#: Fields that are probabilities or printed ones of them.
SCORES = frozenset(
    {"confidence", "speaker_confidence", "probability", "score", "content_score", "cue_score", "source_score"}
)


def digests(raw: Path = ROOT / "raw") -> dict[str, str]:
    """Eight hex digits for each stage of `onrecord.version.STAGES`, over the text files below `raw` by path."""
    found = {stage: hashlib.sha256() for stage in STAGES}
    for stage, output in _outputs(raw):
        found[stage].update(json.dumps(output, sort_keys=True, default=str).encode())
    return {stage: digest.hexdigest()[:8] for stage, digest in found.items()}


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
    found = {stage: {"number": STAGES[stage], "digest": digest} for stage, digest in digests().items()}
    print(json.dumps(found, indent=1))
    if options.write:
        STORED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
