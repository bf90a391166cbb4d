"""Measure how the time of reading one article grows with its length, by stage.

    python -m benchmarks.long_article [--sentences 1000 5000 50000]

Seconds of the processor, of one thread, for invented text; `x` is how many times as long as the size before. Linear is
the ratio of the sizes.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from typing import TypeVar

from benchmarks.invented_text import long_text
from onrecord.coreference import find_mentions
from onrecord.dates import find_dates
from onrecord.files.source import Source
from onrecord.quotes import find_quotes
from onrecord.reading import outline, shipped_tagger

Result = TypeVar("Result")


def stages(text: str) -> tuple[int, dict[str, float]]:
    """The sentences of a text, and the seconds that each stage takes to read it."""
    took: dict[str, float] = {}

    def timed(stage: str, step: Callable[[], Result]) -> Result:
        began = time.process_time()
        found = step()
        took[stage] = time.process_time() - began
        return found

    document, facts = timed("layout, publication", lambda: outline(Source(text)))
    (tagging,) = timed("tagger", lambda: shipped_tagger().tag([document]))
    dates = timed("dates", lambda: find_dates(text, document.dated, facts.date_published))
    mentions = timed("names, coreference", lambda: find_mentions(document, tagging.names))
    timed("quotes", lambda: find_quotes(document, tagging, mentions, dates, facts))
    return len(document.sentences), took


def main() -> None:
    """Print the seconds of each stage, size by size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, nargs="+", default=[1000, 5000, 50_000])
    options = parser.parse_args()
    stages(long_text(50))  # loads models and word lists
    before: dict[str, float] = {}
    for size in options.sentences:
        sentences, took = stages(long_text(size))
        took["all"] = sum(took.values())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{sentences:,} sentences; most memory so far {memory:,.0f} MiB", flush=True)
        for stage, seconds in took.items():
            times = f"  x {seconds / before[stage]:.1f}" if before.get(stage) else ""
            print(f"  {stage:<22}{seconds:9.2f}{times}", flush=True)
        before = took


if __name__ == "__main__":
    main()
