"""How steps are run: in plain Python here, by Prefect in `engine.py`, with the same result."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol, Self

from flows.interruption import ignore_interrupts, uninterrupted
from tasks.batches import RawFile
from tasks.staging import Staged
from tasks.step import Step


@dataclass(frozen=True, slots=True)
class Amount:
    """Files, and the bytes of them where they are known."""

    files: int = 0
    bytes: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.files + other.files, self.bytes + other.bytes)


#: Called when a step begins and after each item of it: its name, what is done, and what there is to do.
Progress = Callable[[str, Amount, Amount], None]


def of_total(done: Amount, total: Amount) -> str:
    """Both as a person reads them.

    >>> of_total(Amount(12, 1_500_000), Amount(84, 9_000_000))
    '12 of 84 files, 1.5 of 9.0 MB'
    """
    of_bytes = f", {done.bytes / 1e6:.1f} of {total.bytes / 1e6:.1f} MB" if total.bytes else ""
    return f"{done.files:,} of {total.files:,} files{of_bytes}"


def silent(_step: str, _done: Amount, _all: Amount) -> None:
    """No progress is shown."""


def amount(item: Sequence[Any]) -> Amount:
    """What the arguments of a step are: a batch of files, what was staged of one, or one thing."""
    first = item[0] if item else None
    if isinstance(first, Staged):
        return Amount(first.files, first.bytes)
    if isinstance(first, tuple) and all(isinstance(file, RawFile) for file in first):
        return Amount(len(first), sum(file.size for file in first))
    return Amount(1)


#: Bytes of raw files that pay for one more process in a step that imports much before it begins: Great Expectations
#: takes some three seconds, in which it judges the rows of so many.
PROCESS_BYTES = {"validate": 1_000_000}


def in_processes(step: str, items: Sequence[Sequence[Any]], workers: int) -> bool:
    """Whether a step over several items is done in processes of its own, and not in this one."""
    size = sum(amount(item).bytes for item in items)
    pays = size // PROCESS_BYTES[step] if step in PROCESS_BYTES else len(items)
    return min(workers, len(items), pays) > 1


#: Who is told of progress while a flow runs: not a parameter of the flow, since it is no value that can be recorded.
PROGRESS: ContextVar[Progress] = ContextVar("PROGRESS", default=silent)


def counted(progress: Progress, name: str, results: Iterable[Any], items: Sequence[Sequence[Any]]) -> list[Any]:
    """The results of a step over several items, with progress told before the first and after each."""
    amounts = [amount(item) for item in items]
    total, done = sum(amounts, Amount()), Amount()
    found = []
    if items:
        progress(name, done, total)
    for result, one in zip(results, amounts, strict=True):
        found.append(result)
        done += one
        progress(name, done, total)
    return found


def told(progress: Progress, step: Step, call: Callable[[], Any]) -> Any:
    """The result of a step that is one call, with its begin and its end told."""
    progress(step.name, Amount(), Amount(1))
    result = call()
    progress(step.name, Amount(1), Amount(1))
    return result


class Orchestra(Protocol):
    """Runs steps."""

    def call(self, step: Step, *args: Any) -> Any:
        """The step's result."""
        ...

    def map(self, step: Step, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The results of a step over several argument tuples, in order."""
        ...


class Plain:
    """Steps as plain function calls; mapped ones in as many processes as there are workers, where that pays.

    A context manager: the processes are started by the first map that needs them, and stopped on leaving.
    """

    def __init__(self, workers: int = 1, progress: Progress = silent) -> None:
        self.workers = workers
        self.progress = progress
        self._running = contextlib.ExitStack()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool = None
        self._running.close()

    def call(self, step: Step, *args: Any) -> Any:
        return told(self.progress, step, lambda: step.fn(*args))

    def map(self, step: Step, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        if not in_processes(step.name, items, self.workers):
            return counted(self.progress, step.name, (step.fn(*args) for args in items), items)
        with uninterrupted():
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=ignore_interrupts)
                self._pool = self._running.enter_context(pool)
            futures = [self._pool.submit(step.fn, *args) for args in items]
        return counted(self.progress, step.name, (future.result() for future in futures), items)
