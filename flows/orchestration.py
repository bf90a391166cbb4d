"""How steps are run: in plain Python here, by Prefect in `engine.py`, with the same result."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextvars import ContextVar
from typing import Any, Protocol

from flows.interruption import ignore_interrupts, uninterrupted

#: Called after each mapped item with how many are done and how many there are.
Progress = Callable[[str, int, int], None]


def silent(_step: str, _done: int, _all: int) -> None:
    """No progress is shown."""


#: Who is told of progress while a flow runs: not a parameter of the flow, since it is no value that can be recorded.
PROGRESS: ContextVar[Progress] = ContextVar("PROGRESS", default=silent)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles where much is made and kept: a listing of 100,000 files, the modules of Prefect.

    They have none that could go, and would be looked through again and again: a fifth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def counted(progress: Progress, name: str, results: Iterable[Any], total: int) -> list[Any]:
    """The results of a step, with progress told after each."""
    done = []
    for result in results:
        done.append(result)
        progress(name, len(done), total)
    return done


class Orchestra(Protocol):
    """Runs steps. `step` is a Prefect task; `step.fn` is the plain function under it."""

    def call(self, step: Any, *args: Any) -> Any:
        """The step's result."""
        ...

    def map(self, step: Any, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The results of a step over several argument tuples, in order."""
        ...


class Plain:
    """Steps as plain function calls; mapped ones in as many processes as there are workers."""

    def __init__(self, workers: int = 1, progress: Progress = silent) -> None:
        self.workers = workers
        self.progress = progress

    def call(self, step: Any, *args: Any) -> Any:
        return step.fn(*args)

    def map(self, step: Any, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        workers = min(self.workers, len(items))
        if workers <= 1:
            return counted(self.progress, step.name, (step.fn(*args) for args in items), len(items))
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context, initializer=ignore_interrupts) as pool:
            with uninterrupted():
                futures = [pool.submit(step.fn, *args) for args in items]
            return counted(self.progress, step.name, (future.result() for future in futures), len(items))
