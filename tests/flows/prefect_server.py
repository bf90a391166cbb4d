"""A Prefect server of our own for tests, as a subprocess: offline, in a folder and at a port of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from flows.server import PREFECT_SETTINGS

#: Seconds for anything to happen. A quiet machine needs a tenth; what waits longer is broken.
LIMIT = 240
#: So often is a busy server asked, a second apart.
TRIES = 10
#: Seconds that a process has to end by itself.
GRACE = 30
#: Asks servers: one for all, since each `httpx.get` reads all certificates first (50 ms of a processor). Connections
#: are not kept, as a server may close one at the moment at which it is used again.
CLIENT = httpx.Client(timeout=LIMIT, limits=httpx.Limits(max_keepalive_connections=0))


@dataclass(frozen=True)
class Server:
    """The server, and Prefect's commands against it. All that anything prints stands in files of `place`."""

    place: Path
    url: str
    pid: int = 0

    def send(self, number: signal.Signals) -> None:
        """Stop the server's processes for a time, or let them go on (SIGSTOP, SIGCONT)."""
        os.killpg(self.pid, number)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **PREFECT_SETTINGS,
            "PREFECT_HOME": str(self.place / "home"),
            "PREFECT_API_URL": self.url,
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",  # 7 s of a processor, and no test has any
            "NO_COLOR": "1",
        }

    def get(self, path: str) -> Any:
        return CLIENT.get(self.url + path).raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:
        """The answer; a server that is busy writing (503) is asked again, as Prefect's own client does."""
        for _ in range(TRIES):
            answer = CLIENT.post(self.url + path, json=body)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(1)
        return answer.raise_for_status().json()

    def prefect(self, cwd: Path, *arguments: str) -> None:
        """Run one of Prefect's own commands to its end."""
        command = [sys.executable, "-m", "prefect", *arguments]
        done = subprocess.run(
            command, cwd=cwd, env=self.environment, timeout=LIMIT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"prefect {' '.join(arguments)}\n{done.stdout}{done.stderr}\n{self.logs()}"

    @contextlib.contextmanager
    def started(self, name: str, cwd: Path, *module: str) -> Iterator[subprocess.Popen[bytes]]:
        """A Python module with arguments that runs until the block is left, with all of its children."""
        with (self.place / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=cwd, env=self.environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            try:
                yield process
            finally:
                _end(process)

    def until(self, what: str, found: Callable[[], Any], process: subprocess.Popen[bytes]) -> Any:
        """Ask until there is an answer. Fails, with all logs, when the process ends first or the limit is over."""
        end = time.monotonic() + LIMIT
        while not (answer := found()):
            assert process.poll() is None, f"{what}: the process ended with {process.returncode}\n{self.logs()}"
            assert time.monotonic() < end, f"{what}: not within {LIMIT} s\n{self.logs()}"
            time.sleep(0.1)
        return answer

    def run(self, deployment: str, process: subprocess.Popen[bytes]) -> dict[str, Any]:
        """Trigger a run of a deployment, and wait until `process` has brought it to an end: the run as it ended."""
        made = self.post(f"/deployments/{deployment}/create_flow_run")

        def ended() -> Any:
            run = self.get(f"/flow_runs/{made['id']}")
            return run if run["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None

        run: dict[str, Any] = self.until("the end of the flow run", ended, process)
        assert run["state_type"] == "COMPLETED", f"{run['state']}\n{self.logs()}"
        return run

    def copy_database(self, home: Path) -> None:
        """Give a folder, as PREFECT_HOME, the database that this server made when it started: it takes 10 s to make."""
        home.mkdir(parents=True)
        shutil.copy(self.place / "empty.db", home / "prefect.db")

    def logs(self) -> str:
        """The end of everything that was printed."""
        return "\n".join(f"--- {log.name}\n{log.read_text('utf-8')[-4000:]}" for log in self.place.glob("*.log"))


@contextlib.contextmanager
def prefect_server(place: Path) -> Iterator[Server]:
    """Start a server in an empty folder, and stop it in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(place, f"http://127.0.0.1:{port}/api")

    def healthy() -> bool:
        try:
            return CLIENT.get(f"{server.url}/health").is_success
        except httpx.ConnectError:
            return False

    with server.started("server", place, "prefect", "server", "start", "--port", str(port), "--no-ui") as process:
        server.until("the server's start", healthy, process)
        with (
            contextlib.closing(sqlite3.connect(place / "home" / "prefect.db")) as made,
            contextlib.closing(sqlite3.connect(place / "empty.db")) as copy,
        ):
            made.backup(copy)
        yield replace(server, pid=process.pid)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children. Prefect's worker does not always end when it is asked to on a busy machine."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
