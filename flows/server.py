"""Prefect's server: its settings for one machine, and a temporary one where none is configured."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import cache

#: Prefect's settings for one machine: offline, and a recorder that keeps up with mapped tasks. `pyproject.toml` says
#: the same for Prefect's own command line, which reads it from the working directory only.
PREFECT_SETTINGS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
}

#: What a temporary server has besides: no pages, and no types of blocks, which this project has none of and whose
#: registration is a third of the time of a first start. "Final": its app is made once.
_TEMPORARY_SETTINGS = {
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT__SERVER_FINAL": "1",
}

#: Seconds in which a temporary server has to answer, and in which it has to end.
START_TIMEOUT_SECONDS, STOP_TIMEOUT_SECONDS = 120, 10


def settle_environment() -> None:
    """Set what Prefect reads from the environment, where the user has not. Before Prefect is imported."""
    for name, value in PREFECT_SETTINGS.items():
        os.environ.setdefault(name, value)


@contextlib.contextmanager
def one_server() -> Iterator[None]:
    """Where no Prefect server is configured, run the block against a temporary one for this process and its workers.

    Left to itself, Prefect starts one in each worker process. The temporary server lives until the interpreter ends:
    Prefect sends its last log records and events when threads are joined, which is before `atexit` stops the server.
    Raises RuntimeError where the server does not start.
    """
    from prefect.context import refresh_global_settings_context
    from prefect.settings import get_current_settings

    if not get_current_settings().api.url:
        # For the whole process: what Prefect sends at its end goes to this server and starts none of its own.
        os.environ["PREFECT_API_URL"] = temporary_server()
        refresh_global_settings_context()
    yield


#: The temporary servers of this process.
_OWN: list[subprocess.Popen[bytes]] = []


def has_own_server() -> bool:
    """Whether a temporary server has been started."""
    return bool(_OWN)


def stop_server() -> None:
    """End the temporary server now, at once. Whatever it had to record still is lost with it."""
    for process in _OWN:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    _OWN.clear()


@cache
def temporary_server() -> str:
    """Start a server as a child process, once, and return the address of its API.

    As Prefect starts its own, without its command line, whose import takes seconds.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("--host", "127.0.0.1", "--port", str(port), "--lifespan", "on", "--log-level", "warning")
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app", *options],
        env=os.environ | _TEMPORARY_SETTINGS,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C ends the run first, and the run ends the server
    )
    _OWN.append(process)
    atexit.register(_stop, process)
    address = f"http://127.0.0.1:{port}/api"
    _await(process, f"{address}/health")
    return address


def _await(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(
                f"Prefect's temporary server ended with {process.returncode}; `prefect server start` shows why. "
                "--no-prefect runs the same steps without it"
            )
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
            return
        time.sleep(0.1)
    raise RuntimeError(f"Prefect's temporary server did not answer within {START_TIMEOUT_SECONDS} s")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and whatever it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_TIMEOUT_SECONDS)
            return
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
