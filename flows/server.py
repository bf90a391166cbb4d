"""Prefect's server: its settings for one machine, and a temporary one where none is configured."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator

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

#: Seconds that what is still to be told to the temporary server may take.
PATIENCE = 30


def settle_environment() -> None:
    """Set what Prefect reads from the environment, where the user has not. Before Prefect is imported."""
    for name, value in PREFECT_SETTINGS.items():
        os.environ.setdefault(name, value)


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
            try:
                yield
            finally:
                tell_the_rest()
    finally:
        server.stop()


def tell_the_rest() -> None:
    """Send the log records and events that Prefect still holds in its queues; a warning where that takes too long.

    Prefect sends them from threads of its own, at the latest when the interpreter ends. By then a temporary server is
    gone: the run's last records are lost, and each event is tried for ten seconds before the process may end.
    """
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        told = worker.drain_all(timeout=PATIENCE)
        if isinstance(told, tuple) and told[1]:
            logging.getLogger(__name__).warning("%s: not all told within %d s", worker.__name__, PATIENCE)
