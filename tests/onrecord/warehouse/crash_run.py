"""Writers that are killed and readers that look on: one scenario for the test and for the long run in benchmarks/.

`write` commits one step after another, each following from the number of the snapshot alone, so that a writer that
starts anew carries on where the killed one stopped. `read` looks through the globs that anybody would use.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.warehouse.check import check
from onrecord.warehouse.protocol import SnapshotStore
from onrecord.warehouse.query import quoted
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.store import Warehouse
from tests.onrecord.warehouse.made_up_rows import path_of, run_of, tables_of

ARTICLES = 12
MONTHS = 3
KEEP = 100_000  # so that at the end every state that ever was can be looked at

#: Seconds between two looks of the reader, which would take a whole processor without them.
PAUSE = 0.2

#: A fingerprint of all rows of a table, whatever their order.
FINGERPRINT = "select count(*), bit_xor(hash(t)) from {rows} t"


def step(warehouse: Warehouse, number: int) -> None:
    """The commit after snapshot `number - 1`: an ingest, a backfill of a month, a withdrawal or a rollback."""
    kind = number % 5
    if kind == 4 and number > 2:
        warehouse.rollback(number - 3, f"run{number}")
        return
    with warehouse.transaction(f"run{number}", kind="backfill" if kind == 2 else "ingest") as tx:
        if kind == 3:
            tx.remove_articles([article_id(path_of(number % ARTICLES))])
        elif kind == 2:  # one month, read again
            month = number % MONTHS
            tx.upsert_articles(rows(range(month, ARTICLES, MONTHS), number))
        else:  # new and changed articles, some of which move to another month
            tx.upsert_articles(
                rows(sorted({number * 5 % ARTICLES, number * 7 % ARTICLES}), number, 1 + number % MONTHS)
            )
        tx.upsert("runs", run_of(f"run{number}"))


def rows(numbers: range | list[int], edition: int, months: int = MONTHS) -> dict[str, pa.Table]:
    return tables_of(numbers, edition=edition, months=months, words=30, run_id=f"run{edition}")


def write(root: Path, acknowledge: Connection) -> None:
    """Commits for ever, and says the number of each commit once it is done."""
    warehouse = Warehouse(root, keep=KEEP)
    while True:
        number = warehouse.latest().number + 1 if warehouse.exists() else 0
        step(warehouse, number)
        acknowledge.send(number)


def read(root: Path, stop: Event, seen: Connection) -> None:
    """Looks at one table after the other, by glob, until told to stop; sends what it saw and how often it failed."""
    found: dict[str, set[tuple[int, int]]] = {"quotes": set(), "articles": set(), "runs": set()}
    tally: Counter[str] = Counter()
    connection = connected()
    while not stop.wait(PAUSE):
        for table, states in found.items():
            try:
                states.add(fingerprint(connection, f"read_parquet('{root}/{table}/**/*.parquet')"))
                tally["reads"] += 1
            except duckdb.IOException:
                tally["retries"] += 1
        try:
            tally["orphans"] += orphans(root)
            tally["views"] += 1
        except (duckdb.IOException, FileNotFoundError):
            tally["retries"] += 1
    seen.send((found, tally))


def connected() -> duckdb.DuckDBPyConnection:
    """A connection that reads files anew each time: to make one takes longer than to read what is here."""
    return duckdb.connect(config={"threads": 1, "enable_external_file_cache": False})


def fingerprint(connection: duckdb.DuckDBPyConnection, rows: str) -> tuple[int, int]:
    (found,) = connection.execute(FINGERPRINT.format(rows=rows)).fetchall()
    count, digest = found
    return count, digest


def orphans(root: Path) -> int:
    """Quotes without their article, over the views: must be none, ever."""
    with connected() as connection:
        connection.execute(f"set file_search_path = {quoted(root)}")
        connection.execute((root / "views.sql").read_text())
        (found,) = connection.execute("select count(*) from quotes anti join articles using (article_id)").fetchall()
    return int(found[0])


@dataclass
class Outcome:
    """What a run of kills gave. `mixed`: states that a reader saw and that no commit made."""

    kills: int = 0
    commits: int = 0
    reads: int = 0
    retries: int = 0
    orphans: int = 0
    lost: list[int] = field(default_factory=list)
    mixed: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def kill_at_random(
    root: Path, kills: int, context: ForkServerContext, rng: random.Random, tell: Callable[[str], None] = lambda _: None
) -> Outcome:
    """Starts a writer, kills it a random while later, and so on; a reader looks on all the while."""
    outcome = Outcome()
    stop, (ours, theirs) = context.Event(), context.Pipe()
    acknowledged = -1
    acknowledged = _until(root, context, acknowledged, lambda last: last >= 2)  # there is something to read
    reader = context.Process(target=read, args=(root, stop, theirs))
    reader.start()
    pace = _pace(root, context)
    for _ in range(kills):
        acknowledged = max(acknowledged, _until(root, context, acknowledged, _after(rng.uniform(0, 3) * pace)))
        outcome.kills += 1
        current = SnapshotStore(root, KEEP, _NEVER).current()
        if current is None or current < acknowledged:
            outcome.lost.append(acknowledged)
        tell(f"{outcome.kills} kills, snapshot {current}")
    stop.set()
    states, tally = ours.recv()
    reader.join()
    _judge(root, outcome, states, tally)
    return outcome


def _until(root: Path, context: ForkServerContext, last: int, enough: Callable[[int], bool]) -> int:
    """Lets a writer write until it is enough, then kills it; the last commit that it said was done."""
    ours, theirs = context.Pipe(duplex=False)
    writer: BaseProcess = context.Process(target=write, args=(root, theirs))
    writer.start()
    theirs.close()
    while not enough(last):
        if ours.poll(0.002):
            last = ours.recv()
        if not writer.is_alive():
            raise AssertionError(f"the writer ended by itself, with exit code {writer.exitcode}")
    writer.kill()
    writer.join()
    try:
        while ours.poll():
            last = ours.recv()
    except EOFError:
        pass
    return last


def _after(seconds: float) -> Callable[[int], bool]:
    deadline = time.monotonic() + seconds
    return lambda _: time.monotonic() >= deadline


def _pace(root: Path, context: ForkServerContext) -> float:
    """Seconds from the start of a writer to its first commit, here and now."""
    start = time.monotonic()
    before = Warehouse(root).latest().number
    _until(root, context, before, lambda last: last > before)
    return time.monotonic() - start


def _judge(root: Path, outcome: Outcome, states: dict[str, set[tuple[int, int]]], tally: Counter[str]) -> None:
    warehouse = Warehouse(root, keep=KEEP)
    with warehouse.writing():  # what a next run does first
        pass
    outcome.commits = len(warehouse.kept())
    outcome.reads, outcome.retries, outcome.orphans = tally["reads"], tally["retries"], tally["orphans"]
    if warehouse.kept() != [past.number for past in reversed(warehouse.history())]:
        outcome.problems.append("the history and the snapshots differ")
    snapshots = [warehouse.at(number) for number in warehouse.kept()]
    connection = connected()
    for table, seen in states.items():
        made = {snapshot.commit.tables[table]: snapshot.path for snapshot in snapshots}
        committed = {fingerprint(connection, f"read_parquet('{path}/{table}/**/*.parquet')") for path in made.values()}
        outcome.mixed.extend((table, state) for state in seen - committed)
    outcome.problems.extend(
        str(problem)
        for snapshot in snapshots[-3:]
        for problem in check(snapshot)
        if problem.rule != "reference" or "entities" not in problem.reason  # this scenario has no entities
    )


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


_NEVER = dt.timedelta(days=1000)
