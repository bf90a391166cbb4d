"""How steps are run: by Prefect, or in plain Python with the same result."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextvars import ContextVar
from typing import Any, Protocol

#: Prefect's settings for one machine: offline, and a recorder that keeps up with mapped tasks. `pyproject.toml` says
#: the same for Prefect's own command line, which reads it from the working directory only.
PREFECT_SETTINGS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
}

#: Called after each mapped item with how many are done and how many there are.
Progress = Callable[[str, int, int], None]


def settle_environment() -> None:
    """Set what Prefect reads from the environment, where the user has not. Before Prefect is imported."""
    for name, value in PREFECT_SETTINGS.items():
        os.environ.setdefault(name, value)


def silent(_step: str, _done: int, _all: int) -> None:
    """No progress is shown."""


#: Who is told of progress while a flow runs: not a parameter of the flow, since it is no value that can be recorded.
PROGRESS: ContextVar[Progress] = ContextVar("PROGRESS", default=silent)


@contextlib.contextmanager
def one_server() -> Iterator[None]:
    """Where no Prefect server is configured, one temporary one for this process and all of its workers.

    Left to itself, Prefect starts one in each worker process.
    """
    from prefect.server.api.server import SubprocessASGIServer
    from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

    if get_current_settings().api.url:
        yield
        return
    server = SubprocessASGIServer()
    server.start()
    try:
        with temporary_settings({PREFECT_API_URL: server.api_url}):
            yield
    finally:
        server.stop()


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
            return [self._counted(step, n, len(items), step.fn(*args)) for n, args in enumerate(items, 1)]
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            futures = [pool.submit(step.fn, *args) for args in items]
            return [self._counted(step, n, len(items), future.result()) for n, future in enumerate(futures, 1)]

    def _counted(self, step: Any, done: int, total: int, result: Any) -> Any:
        self.progress(step.name, done, total)
        return result


class Prefect:
    """Steps as Prefect task runs of the flow that is running; mapped ones on its task runner."""

    def __init__(self) -> None:
        self.progress = PROGRESS.get()

    def call(self, step: Any, *args: Any) -> Any:
        return step(*args)

    def map(self, step: Any, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        futures = [step.submit(*args) for args in items]
        results = []
        for done, future in enumerate(futures, 1):
            results.append(future.result())
            self.progress(step.name, done, len(items))
        return results
