"""Ctrl-C and SIGTERM end a run at once: its workers and its server too, with one line, and with nothing half committed.

A run may end at any moment (a commit is one rename), so nothing is waited for: threads and queues of Prefect, of which
one may be blocked for good, are not asked to end.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
#: Seconds in which a Prefect server has to take note that the run is over.
TIMEOUT_SECONDS = 3


class Interruption:
    """What a run leaves behind tidy: `staging` holds a folder for each of its `runs`; `flow_run` is Prefect's id."""

    def __init__(self, staging: Path, runs: Sequence[str]) -> None:
        self.staging = staging
        self.runs = runs
        self.flow_run: str | None = None

    def handle(self) -> None:
        """Let this process end by it, from now on. Only its main thread can; elsewhere nothing happens."""
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                signal.signal(number, self._end)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        from flows.server import stop_server

        for one in SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        for worker in multiprocessing.active_children():
            worker.kill()
        if sys.stdout.isatty():
            sys.stdout.write("\r\x1b[K\x1b[?25h")  # over the progress; the cursor again
            sys.stdout.flush()
        sys.stderr.write("onrecord: stopped; nothing was left half done, and the next run carries on\n")
        sys.stderr.flush()
        for run in list(self.runs):
            shutil.rmtree(self.staging / run, ignore_errors=True)
        if self.flow_run is not None:
            cancel(self.flow_run)
        stop_server()
        os._exit(128 + number)


#: What ends the run that is on; null where a signal does what it always does.
CURRENT: list[Interruption] = []


@contextlib.contextmanager
def interruptible(warehouse: Path, runs: Sequence[str]) -> Iterator[None]:
    """End this process as it should be for as long as the block runs. `runs`: the ids of the runs that it begins."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    interruption = Interruption(warehouse / ".staging", runs)
    interruption.handle()
    CURRENT.append(interruption)
    try:
        yield
    finally:
        CURRENT.remove(interruption)
        if threading.current_thread() is threading.main_thread():
            for number, handler in before.items():
                signal.signal(number, handler)


def in_flow_run(flow_run: str | None) -> None:
    """Say that the run is a flow run, which has handlers of its own for signals: ours take their place."""
    if CURRENT:
        CURRENT[-1].flow_run = flow_run
        CURRENT[-1].handle()


def ignore_interrupts() -> None:
    """Let the main process alone answer Ctrl-C, which a terminal sends to all processes of a command."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach before they have come to `ignore_interrupts`."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cancel(flow_run: str) -> None:
    """Tell a Prefect server of the user's that the flow run is cancelled; one of our own ends with the run.

    The server and its key are those of Prefect's settings: the environment or a profile.
    """
    from prefect.settings import get_current_settings

    from flows.server import has_own_server

    api = get_current_settings().api
    if has_own_server() or not api.url:
        return
    state = {"type": "CANCELLED", "name": "Cancelled", "message": "interrupted"}
    headers = {"Content-Type": "application/json"}
    if api.key is not None:
        headers["Authorization"] = f"Bearer {api.key.get_secret_value()}"
    request = urllib.request.Request(  # noqa: S310 - the user's own server
        f"{api.url}/flow_runs/{flow_run}/set_state", json.dumps({"state": state, "force": True}).encode(), headers
    )
    with contextlib.suppress(OSError, ValueError), urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
        pass
