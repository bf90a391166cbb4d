"""Steps as Prefect task runs, their batches in processes of this machine or on a Dask cluster (the extra `dask`)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import Any, Self

from prefect import Task, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner
from prefect.utilities.callables import get_call_parameters

from flows.interruption import ignore_interrupts, in_flow_run, uninterrupted
from flows.orchestration import PROGRESS, Amount, counted, in_processes, of_total, silent, told
from onrecord.settings import Engine, Settings
from tasks.step import Step

#: Seconds between two lines of progress in a log.
LOG_SECONDS = 30.0


class Prefect:
    """Steps as task runs of the flow that is running.

    A context manager: the engine is started by the first map that needs it, and stopped on leaving.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        shown = PROGRESS.get()
        self.progress = LoggedProgress() if shown is silent else shown
        self._running = contextlib.ExitStack()
        self._runner: TaskRunner[Any] | None = None

    def __enter__(self) -> Self:
        in_flow_run(str(flow_run.id) if flow_run.id else None)
        return self

    def __exit__(self, *_error: object) -> None:
        self._runner = None
        self._running.close()

    def call(self, step: Step, *args: Any) -> Any:
        return told(self.progress, step, lambda: task_of(step)(*args))

    def map(self, step: Step, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        if self.settings.engine is Engine.LOCAL and not in_processes(step.name, items, self.settings.workers):
            return counted(self.progress, step.name, (task_of(step)(*args) for args in items), items)
        with uninterrupted():
            if self._runner is None:
                self._runner = self._running.enter_context(task_runner(self.settings))
            futures = [self._runner.submit(task_of(step), get_call_parameters(step.fn, args, {})) for args in items]
        return counted(self.progress, step.name, (future.result() for future in futures), items)


@cache
def task_of(step: Step) -> Task[..., Any]:
    """The step as Prefect's task; its results are the files that it stages, and Prefect keeps none."""
    delays = list(step.retry_delays)
    retrying: dict[str, Any] = {"retries": len(delays), "retry_delay_seconds": delays} if delays else {}
    return task(name=step.name, task_run_name=step.run_name, persist_result=False, cache_policy=NO_CACHE, **retrying)(
        step.fn
    )


class LoggedProgress:
    """Progress in the log of the flow run, for runs that nobody sits in front of: a line now and then."""

    def __init__(self, seconds: float = LOG_SECONDS) -> None:
        self.seconds = seconds
        self._began = self._last = time.monotonic()
        self._step = ""

    def __call__(self, step: str, done: Amount, total: Amount) -> None:
        now = time.monotonic()
        if step != self._step:
            self._step, self._began, self._last = step, now, now
        elif now - self._last >= self.seconds and done.files < total.files:
            self._last = now
            share = done.bytes / total.bytes if total.bytes else done.files / total.files
            left = f", about {(now - self._began) * (1 / share - 1):,.0f} s left" if share else ""
            get_run_logger().info("%s: %s%s", step, of_total(done, total), left)


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """Prefect's task runner for the engine, not started yet.

    Without an address, Dask's cluster is `workers` processes of this machine, which talk to nobody else: on the
    loopback interface, with certificates that live as long as they do.
    """
    if settings.engine is Engine.LOCAL:
        return ProcessPoolTaskRunner(max_workers=settings.workers, initializer=ignore_interrupts)
    from prefect_dask.task_runners import DaskTaskRunner

    if settings.dask_address:
        return DaskTaskRunner(address=settings.dask_address)
    cluster = {"n_workers": settings.workers, "threads_per_worker": 1, "security": True}
    return DaskTaskRunner(cluster_kwargs={**cluster, "dashboard_address": "127.0.0.1:0"})


def ready(settings: Settings) -> Settings:
    """The settings as every worker of their engine understands them: a Dask worker has a working directory of its own.

    Raises `RuntimeError` where the engine is not installed.
    """
    if settings.engine is Engine.LOCAL:
        return settings
    if find_spec("prefect_dask") is None:
        raise RuntimeError(
            "--engine dask needs the extra `dask`, which is not installed: "
            "`uv sync --extra dask` in a checkout, `pip install 'onrecord[dask]'` elsewhere"
        )
    known = settings.known and settings.known.absolute()
    return replace(settings, raw=settings.raw.absolute(), warehouse=settings.warehouse.absolute(), known=known)
