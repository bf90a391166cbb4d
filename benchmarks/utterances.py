"""How fast utterances are found: python -m benchmarks.utterances [--known 1000000] [--new 1000].

Made-up quotes of as many speakers as the square root of their number (so that some speak very often), one in four of
them a copy of another, cut. Prints processor time for a first call with all of them and for `--new` more.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from itertools import accumulate

import pyarrow as pa

from onrecord.cross_document.utterances import NEW, QUOTES, STATE, identify, sketched


def made(count: int, seed: int) -> pa.Table:
    """Quotes to identify."""
    chance = random.Random(seed)  # noqa: S311
    syllables = ["ba", "do", "ri", "ken", "tal", "mor", "shi", "ve", "lun", "gar", "pel", "os", "wen", "dri"]
    draw = random.Random(1)  # noqa: S311
    words = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) for _ in range(5_000)] + ["the", "of", "not"] * 10
    often = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    speakers = int(count**0.5)
    weights = list(accumulate(1 / rank for rank in range(1, speakers + 1)))
    rows: list[dict[str, object]] = []
    for n in range(count):
        (speaker,) = chance.choices(range(speakers), cum_weights=weights)
        content = " ".join(chance.choices(words, cum_weights=often, k=chance.randint(5, 35)))
        if n % 4 == 3:
            before = rows[chance.randrange(len(rows))]
            speaker, content = int(str(before["speaker_entity_id"])), " ".join(str(before["content"]).split()[1:-1])
        day = dt.date(2017, 1, 1) + dt.timedelta(chance.randrange(365))
        identity = f"{seed}-{n}"
        rows.append(
            {
                "quote_id": identity,
                "article_id": identity,
                "content": content,
                "speaker_entity_id": str(speaker),
                "date_published": day,
            }
        )
    return pa.Table.from_pylist(rows, schema=QUOTES)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--known", type=int, default=1_000_000)
    parser.add_argument("--new", type=int, default=1_000)
    options = parser.parse_args()
    quotes = made(options.known, 2)
    start = time.process_time()
    old = sketched(quotes)
    print(f"{options.known:,} quotes: words {time.process_time() - start:.1f} s")
    start = time.process_time()
    found = identify(old, STATE.empty_table())
    utterances = len(found["utterance_id"].unique())
    print(f"  first call {time.process_time() - start:.1f} s, {utterances:,} utterances")
    known = _state(old, found)
    print(f"  state {known.nbytes / 1e6:.0f} MB")
    new = made(options.new, 3)
    start = time.process_time()
    found = identify(sketched(new), known)
    print(f"  {options.new:,} more: {time.process_time() - start:.2f} s, {len(found):,} rows changed")


def _state(old: pa.Table, found: pa.Table) -> pa.Table:
    """The quotes with their utterances: both sorted by the id of the quote."""
    by_id = old.select(NEW.names).sort_by("quote_id")
    return by_id.append_column("utterance_id", found.sort_by("quote_id")["utterance_id"]).cast(STATE)


if __name__ == "__main__":
    main()
