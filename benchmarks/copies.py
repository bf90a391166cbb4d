"""How well and how fast copies are found.

    python -m benchmarks.copies ../shared/corpora/copies/dev.jsonl [--known 100000]

Prints, one figure a line: the adjusted Rand index (Hubert and Arabie 1985) on labelled clusters (JSON Lines with `id`,
`cluster`, `text`), taken from the articles' bodies; how many signatures and how many articles altogether a
second of processor time gives; the index by threshold, from which `THRESHOLD` was chosen; and the time that one new
article takes against `--known` made-up ones.

`THRESHOLD`: the lower, the more of the badly damaged copies are found (the figures by threshold). In 2,175 real
articles (PolNeAR, Worldwide, re3d, MEANTIME) the pairs from 0.55 up are one article published twice, updated or
edited; between 0.22 and 0.35 there are four, short market reports of two days and two accounts of one statement, and
from 0.22 down there are many. So it stands just above 0.22. Two of the dev clusters hold the same article, so that
0.987 is the highest index to be had there.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from math import comb
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.cross_document.copies import NEW, STATE, cluster, clusters, signature
from onrecord.layout import body, segment


def rand_index(found: Sequence[object], gold: Sequence[object]) -> float:
    """The adjusted Rand index of two labellings: 1 where they agree, 0 where they agree no more than by chance."""
    both = sum(comb(count, 2) for count in Counter(zip(gold, found, strict=True)).values())
    one, other = (sum(comb(count, 2) for count in Counter(labels).values()) for labels in (gold, found))
    chance = one * other / comb(len(gold), 2)
    return (both - chance) / ((one + other) / 2 - chance)


def measure(gold: list[dict[str, str]], prose: Callable[[str], str]) -> None:
    """The index, as it is and by threshold, and the speed."""
    bodies = [prose(doc["text"]) for doc in gold]
    signature(bodies[0])  # tables of letters are made once
    start = time.process_time()
    signatures = [signature(text) for text in bodies]
    signed = time.process_time()
    rows = [{"article_id": doc["id"], "signature": made} for doc, made in zip(gold, signatures, strict=True)]
    new = pa.Table.from_pylist(rows, schema=NEW).sort_by("article_id")
    labels = {doc["id"]: doc["cluster"] for doc in gold}

    def index() -> float:
        found = cluster(new, STATE.empty_table())
        return rand_index(
            found["copy_cluster_id"].to_pylist(), [labels[row["article_id"]] for row in found.to_pylist()]
        )

    clustering = time.process_time()
    print(f"adjusted Rand index        {index():.3f}")
    done = time.process_time()
    print(f"signatures a second        {len(gold) / (signed - start):,.0f}")
    print(f"articles a second, all in  {len(gold) / (signed - start + done - clustering):,.0f}")
    chosen = clusters.THRESHOLD
    for threshold in (0.15, 0.2, 0.23, 0.25, 0.3, 0.35, 0.4, 0.5):
        clusters.THRESHOLD = threshold
        print(f"  index at threshold {threshold:.2f}  {index():.3f}")
    clusters.THRESHOLD = chosen


def incremental(count: int) -> None:
    """One article against `count` known ones, read from a Parquet file."""
    chance = random.Random(1)  # noqa: S311
    words = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 9))) for _ in range(20_000)]
    texts = [" ".join(chance.choices(words, k=300)) for _ in range(200)]
    made = [bytearray(signature(text)) for text in texts]
    for n in range(count - len(made)):
        other = bytearray(made[n % 200])
        other[8:] = chance.randbytes(len(other) - 8)
        made.append(other)
    rows = [{"article_id": f"{n:08d}", "signature": bytes(one)} for n, one in enumerate(made)]
    first = pa.Table.from_pylist(rows, schema=NEW)
    ids = first["article_id"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signatures.parquet"
        known = pa.table([*first.columns, ids, ids, pa.nulls(len(first), pa.string())], schema=STATE)
        pq.write_table(known, path)
        start, ticks = time.perf_counter(), time.process_time()
        new = pa.Table.from_pylist([{"article_id": "new", "signature": signature(texts[7] + " More.")}], schema=NEW)
        found = cluster(new, pq.read_table(path))
        wall, cpu = time.perf_counter() - start, time.process_time() - ticks
        print(f"one against {count:,}: {wall:.2f} s by the clock, {cpu:.2f} s of processor time, loading included")
        print(f"  file {path.stat().st_size / 1e6:.0f} MB, {len(found)} rows changed")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--known", type=int, default=100_000)
    parser.add_argument("--raw-text", action="store_true", help="sign the whole text, not the body")
    options = parser.parse_args()
    with options.gold.open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    measure(gold, (lambda text: text) if options.raw_text else (lambda text: body(text, segment(text))))
    incremental(options.known)


if __name__ == "__main__":
    main()
