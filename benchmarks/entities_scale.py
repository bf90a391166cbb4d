"""Resolve a million mentions of a hundred thousand invented names, then ten thousand more: time, memory, growth.

Usage: python -m benchmarks.entities_scale [--names 100000] [--mentions 1000000] [--more 10000] [--steps 3]

Names are made of invented syllables and of common given names, people two thirds of them, with the spellings and
shorter forms that newspapers print; how often each is named falls off as in real text (Zipf). Each step is a tenth of
the one after it, in a process of its own, so that its peak memory is its own. State lies in Parquet files, as in the
warehouse.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from onrecord.cross_document.entities import Batch, State, apply_change, empty_state, resolve
from onrecord.cross_document.entities.state import ARTICLES, MENTIONS, STATE_TABLES

_ONSETS = ("b", "ch", "d", "f", "g", "gh", "h", "j", "k", "kh", "l", "m", "n", "q", "r", "s", "sh", "t", "v", "y", "z")
_VOWELS = ["a", "e", "i", "o", "u", "aa", "ai", "ou"]
_CODAS = ["", "", "n", "r", "l", "m", "d", "b", "h", "sh", "k"]
_GIVEN = (
    "Ahmed",
    "Ali",
    "Anna",
    "Carlos",
    "David",
    "Elena",
    "Fatima",
    "George",
    "Hassan",
    "Ivan",
    "James",
    "Maria",
    "Omar",
)
_ROLES = ["president", "defence minister", "spokesman", "general", "striker", "singer", "mayor", "party leader"]
_KINDS = ["Party", "Bank", "Group", "Ministry", "Brigade", "University", "Council", "Front"]


def _word(rng: random.Random, syllables: int) -> str:
    parts = (rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))
    return "".join(parts).capitalize()


def _respelt(rng: random.Random, name: str) -> str:
    for old, new in rng.sample([("aa", "a"), ("ou", "u"), ("q", "k"), ("gh", "g"), ("kh", "k"), (" ", " al-")], 3):
        name = name.replace(old, new, 1)
    return name


def invented_names(rng: random.Random, count: int) -> list[tuple[str, str]]:
    """Distinct (type, name) pairs; about one in five is another spelling or shorter form of an earlier one."""
    out: dict[tuple[str, str], None] = {}
    listed: list[tuple[str, str]] = []
    surnames = [_word(rng, 2 + (i % 2)) for i in range(max(10, count // 4))]
    while len(out) < count:
        kind = rng.random()
        if kind < 0.15 and listed:
            entity_type, name = listed[rng.randrange(len(listed))]
            pair = (entity_type, _respelt(rng, name)) if entity_type == "PERSON" else (entity_type, "The " + name)
        elif kind < 0.2:
            pair = ("PERSON", rng.choice(surnames))
        elif kind < 0.7:
            given = rng.choice(_GIVEN) if rng.random() < 0.5 else _word(rng, 2)
            pair = ("PERSON", f"{given} {rng.choice(surnames)}")
        elif kind < 0.9:
            pair = ("ORG", f"{_word(rng, 2)} {rng.choice(_KINDS)}")
        else:
            pair = ("LOC", _word(rng, 3))
        if pair not in out:
            out[pair] = None
            listed.append(pair)
    return listed


def batch_of(names: list[tuple[str, str]], mentions: int, seed: int) -> Batch:
    """Articles of twelve names, two mentions each, until `mentions`."""
    rng = np.random.default_rng(seed)
    local = mentions // 2
    weights = 1.0 / (np.arange(len(names)) + 10.0)
    drawn = rng.choice(len(names), size=local, p=weights / weights.sum())
    article = np.arange(local) // 12
    _, first = np.unique(np.stack([article, drawn]), axis=1, return_index=True)
    drawn, article = drawn[np.sort(first)], article[np.sort(first)]
    local_id = np.arange(len(drawn)) - np.searchsorted(article, article)
    numbers = pa.array(drawn, pa.int64())
    types = pa.array([t for t, _ in names]).take(numbers)
    printed = pa.array([n for _, n in names]).take(numbers)
    roles = [[_ROLES[d % len(_ROLES)]] if d % 3 == 0 else [] for d in drawn.tolist()]
    ids = pa.array([f"{seed}-{a}" for a in article.tolist()])
    one = pa.table(
        [ids, pa.array(local_id, pa.int32()), printed, types, printed, pa.array(roles, MENTIONS.field("roles").type)],
        schema=MENTIONS,
    )
    days = dt.date(2015, 1, 1)
    articles = pa.table(
        {
            "article_id": ids.unique(),
            "date_published": pa.array(
                [days + dt.timedelta(days=i % 3000) for i in range(len(ids.unique()))], pa.date32()
            ),
            "publisher": pa.array(["Outlet"] * len(ids.unique())),
        },
        schema=ARTICLES,
    )
    return Batch(pa.concat_tables([one, one]), articles)


def run(names_count: int, mentions: int, more: int) -> None:
    """One step: everything from nothing, then `more` mentions against it, a tenth of their names new."""
    rng = random.Random(7)  # noqa: S311 - invented names, no secret
    names = invented_names(rng, names_count)
    fresh = invented_names(random.Random(8), max(1, more // 20))  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        began, work = time.perf_counter(), time.process_time()
        found = resolve(batch_of(names, mentions, 1), empty_state(), spill=root / "spill")
        whole, whole_work = time.perf_counter() - began, time.process_time() - work
        for name, (schema, key) in STATE_TABLES.items():
            pq.write_table(apply_change(schema.empty_table(), found.changes[name], key), root / f"{name}.parquet")
        entities = found.changes["entities"].upserts.num_rows
        del found
        state = State(**{name: ds.dataset(root / f"{name}.parquet") for name in STATE_TABLES})
        began, work = time.perf_counter(), time.process_time()
        resolve(batch_of(names + fresh, more, 2), state, spill=root / "spill")
        added, added_work = time.perf_counter() - began, time.process_time() - work
        size = sum(path.stat().st_size for path in root.glob("*.parquet")) / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    times = f"{whole:>8.1f} {whole_work:>8.1f} {added:>9.1f} {added_work:>8.1f}"
    sizes = f"{mentions:>9,} {names_count:>8,} {entities:>9,}"
    print(f"{sizes} {times} {peak:>8.2f} {size:>9.0f}", flush=True)


def main() -> None:
    """Print one line a step: mentions, names, entities, seconds, seconds for the addition, peak memory, state."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--more", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=3)
    args = parser.parse_args()
    if args.steps == 1:
        run(args.names, args.mentions, args.more)
        return
    print(" mentions    names  entities  all (s)  CPU (s)  more (s)  CPU (s)  GiB max state MiB", flush=True)
    for step in reversed(range(args.steps)):
        names, mentions = f"--names={args.names // 10**step}", f"--mentions={args.mentions // 10**step}"
        command = [sys.executable, "-m", "benchmarks.entities_scale", names, mentions, f"--more={args.more}"]
        subprocess.run([*command, "--steps=1"], check=True)  # noqa: S603 - this very file


if __name__ == "__main__":
    main()
