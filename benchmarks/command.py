"""A command of ours in a process of its own: its seconds, and the memory that it and its processes had."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.settings import Settings

#: Seconds between two looks at the memory of processes.
_EVERY = 0.2
_KIB = 1024
_ONRECORD = "from flows.cli import main; main()"
#: What the command line answers where all was done, and where some files were rejected.
_DONE = (0, 3)


@dataclass(frozen=True, slots=True)
class Command:
    """What a command took: seconds of the clock and the processor, and MiB of its process and of its largest child.

    Of the processor, user and system, all processes; of memory the most at once.
    """

    wall: float
    cpu: float
    parent: float = 0.0
    child: float = 0.0

    def __str__(self) -> str:
        return f"{self.wall:8.1f} ({self.cpu:8.1f}) s; {self.parent:,.0f} MiB, a worker {self.child:,.0f} MiB"


def python(*arguments: str) -> Command:
    """Run Python with these arguments. Raises `CalledProcessError` where it fails.

    Modules are compiled once and kept, as where a package is installed, whatever PYTHONDONTWRITEBYTECODE says here.
    """
    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment())  # noqa: S603 - our own
    parent = child = 0.0
    while process.poll() is None:
        parent = max(parent, most_memory(process.pid))
        child = max([child, *(most_memory(pid) for pid in _below(process.pid))])
        time.sleep(_EVERY)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in _DONE:
        raise subprocess.CalledProcessError(process.returncode, command)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return Command(wall, cpu, parent, child)


def onrecord(*arguments: str) -> Command:
    """Run the command line. Raises `CalledProcessError` where it fails."""
    return python("-c", _ONRECORD, *arguments)


def folders(settings: Settings) -> Sequence[str]:
    """The options that name a warehouse and its raw folder."""
    return "--raw", str(settings.raw), "--warehouse", str(settings.warehouse)


def median(runs: Sequence[Command]) -> Command:
    """The run in the middle by processor time."""
    return sorted(runs, key=lambda run: run.cpu)[len(runs) // 2]


def most_memory(pid: int) -> float:
    """The most MiB that a process has had; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / _KIB for line in lines if line.startswith("VmHWM")), 0.0)


def environment() -> dict[str, str]:
    """The environment of a command: compiled modules are kept, and nobody is told of it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "GX_ANALYTICS_ENABLED": "false"}


def _below(pid: int) -> Iterator[int]:
    """The processes that a process has started, and those that these have."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for found in map(int, children):
        yield found
        yield from _below(found)
