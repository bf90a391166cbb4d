"""Kill the workers of a Dask cluster at random while it reads, and compare what it made with a local run.

    python -m benchmarks.dask_kill [--articles 200] [--batch-files 10] [--workers 2] [--kills 6] [--folder DIR]

Scheduler and workers are processes of their own, each worker in a working folder of its own, as on other machines that
mount the raw folder and the warehouse. Once the first batch is read a worker is killed every few seconds (SIGKILL, at a
random moment), and another one is started in its place. Both runs have the same time (`SOURCE_DATE_EPOCH`).

Prints kills, seconds, batches, articles that were lost or stand twice, files of tables that differ, and the most memory
that the parent had. The exit code is 1 where anything is lost, twice or other than it was locally.

Dask gives a batch up that has been on four workers that died (`distributed.scheduler.allowed-failures`): then the run
fails, nothing is committed, and the next one carries on.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.dataset as ds

from benchmarks.command import environment, most_memory, onrecord
from benchmarks.invented_text import Newsroom
from onrecord.warehouse.arrow import strings

#: The time of both runs.
EPOCH = "1714550400"
TABLES = ("articles", "quotes", "mentions", "dates", "entities", "rejects")
#: Words of an article: the cost of a task is not what is measured.
WORDS = 80
#: Seconds between two kills, at random.
BETWEEN = (6.0, 20.0)
_ROOT = Path(__file__).parents[1]


@dataclass
class Cluster:
    """A scheduler and workers, each a process of its own in a folder of its own."""

    root: Path
    workers: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    started: int = 0

    def __post_init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        port = self.address.rsplit(":", 1)[1]
        place = ("--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self.scheduler = self._start("scheduler", "scheduler", *place)
        for _ in range(self.workers):
            self.add()

    def add(self) -> None:
        """Start one more worker."""
        self.started += 1
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "120")
        self.running.append(self._start(f"worker-{self.started}", "worker", self.address, *options))

    def kill(self, rng: random.Random) -> None:
        """Kill one of the workers, and start another one."""
        worker = self.running.pop(rng.randrange(len(self.running)))
        worker.kill()
        worker.wait()
        self.add()

    def stop(self) -> None:
        for process in (*self.running, self.scheduler):
            process.send_signal(signal.SIGKILL)
            process.wait()

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        folder = self.root / name
        folder.mkdir(parents=True)
        with (folder / "log").open("wb") as log:
            command = [sys.executable, "-m", "dask", *arguments]
            return subprocess.Popen(command, cwd=folder, env=_environment(), stdout=log, stderr=log)  # noqa: S603


def _environment() -> dict[str, str]:
    return {**environment(), "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": str(_ROOT)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exit code of a run, workers that were killed during it, its seconds, and the most MiB of its process."""

    code: int
    killed: int
    seconds: float
    parent: float


def on_cluster(cluster: Cluster, arguments: list[str], warehouse: Path, kills: int, rng: random.Random) -> Outcome:
    """A run on the cluster, whose workers are killed from the first batch on."""
    command = [sys.executable, "-m", "flows.cli", "ingest", "--engine", "dask", "--dask-address", cluster.address]
    began = time.perf_counter()
    run = subprocess.Popen([*command, *arguments], env=_environment(), stdout=subprocess.DEVNULL)  # noqa: S603
    killed, parent, next_kill = 0, 0.0, float("inf")
    while run.poll() is None:
        time.sleep(0.2)
        parent = max(parent, most_memory(run.pid))
        now = time.perf_counter()
        if next_kill == float("inf") and any(warehouse.glob(".staging/*/*/article_lines.parquet")):
            next_kill = now + rng.uniform(*BETWEEN)
        if killed < kills and now >= next_kill:
            cluster.kill(rng)
            killed, next_kill = killed + 1, now + rng.uniform(*BETWEEN)
    return Outcome(run.returncode, killed, time.perf_counter() - began, parent)


def files(warehouse: Path) -> set[str]:
    """The files of tables, whose names carry the digests of their bytes."""
    return {f"{t}/{path.name}" for t in TABLES for path in (warehouse / t).resolve().rglob("*.parquet")}


def articles(warehouse: Path) -> Counter[str]:
    """How often each source path stands among the articles."""
    folder = (warehouse / "articles").resolve()
    if not folder.is_dir():
        return Counter()
    return Counter(strings(ds.dataset(folder, format="parquet").to_table(["source_path"])["source_path"]))


def wrong_of(root: Path, code: int) -> dict[str, object]:
    """What must not be: by what it is, what was found of it."""
    local, cluster = articles(root / "local"), articles(root / "cluster")
    return {
        "exit code": code,
        "articles lost": sorted((local - cluster).elements()),
        "articles twice": sorted(path for path, count in cluster.items() if count > 1),
        "files that differ": sorted(files(root / "local") ^ files(root / "cluster")),
    }


@contextlib.contextmanager
def cluster_of(root: Path, workers: int) -> Iterator[Cluster]:
    """A cluster that is gone after the block."""
    cluster = Cluster(root, workers)
    try:
        yield cluster
    finally:
        cluster.stop()


def main() -> int:
    """Run it, print the outcome, and say by the exit code whether anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--batch-files", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--folder", type=Path, help="where to make it (default: a temporary folder)")
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp(dir=options.folder, prefix="cluster"))
    Newsroom(2_000, WORDS).write(root / "raw", range(options.articles))
    raw = ["--raw", str(root / "raw"), "--batch-files", str(options.batch_files)]
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    print(f"locally {onrecord('ingest', '--no-prefect', '--workers', '1', *raw, '--warehouse', str(root / 'local'))}")
    with cluster_of(root / "processes", options.workers) as cluster:
        rng = random.Random(options.seed)  # noqa: S311 - moments, no secret
        arguments = [*raw, "--warehouse", str(root / "cluster")]
        done = on_cluster(cluster, arguments, root / "cluster", options.kills, rng)
    batches = -(-options.articles // options.batch_files)
    print(f"{done.killed} workers killed over {batches} batches of three steps in {done.seconds:.0f} s")
    print(f"memory of the parent: {done.parent:,.0f} MiB")
    wrong = wrong_of(root, done.code)
    for name, found in wrong.items():
        print(f"{name}: {found or 'none'}")
    if any(wrong.values()):
        return 1
    shutil.rmtree(root)
    return 0


if __name__ == "__main__":
    sys.exit(main())
