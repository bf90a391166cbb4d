"""Ctrl-C on a terminal, and SIGTERM: a run ends at once, with one line, and leaves nothing running or half done."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.warehouse.store import Warehouse
from tests.flows.prefect_server import Server

ROOT = Path(__file__).parents[2]
#: Seconds for a run to begin to read on a busy machine, and for it to end.
START, END = 240, 10
STORY = "HARROW: “The bridge number {n} is safe,” Mayor Ada Quill said on Monday. It rained all day long. "


def corpus(raw: Path) -> None:
    """Batches enough that two workers read for seconds behind the first; each is two more tasks of Prefect."""
    raw.mkdir()
    for n in range(12):
        (raw / f"{n:03d}.txt").write_text("\n\n".join(STORY.format(n=f"{n}-{k}") for k in range(40)), "utf-8")


class Terminal:
    """A command in a terminal of its own, as a shell starts it."""

    def __init__(self, place: Path, *arguments: str) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        environment |= {"PREFECT_HOME": str(place / "home"), "PYTHONPATH": str(ROOT), "TERM": "xterm"}
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.chdir(place)
            os.execve(sys.executable, [sys.executable, "-m", "flows.cli", *arguments], environment)  # noqa: S606
        os.set_blocking(self.screen, False)
        self.shown = b""

    def read(self) -> None:
        with contextlib.suppress(BlockingIOError, OSError):  # the end of a terminal is an error
            while some := os.read(self.screen, 65536):
                self.shown += some

    def until(self, what: Callable[[], object], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not what():
            self.read()
            assert time.monotonic() < end, f"not within {seconds} s\n{self.shown.decode(errors='replace')}"
            time.sleep(0.05)

    def ended(self) -> int:
        """The exit code, within the seconds that a run has to end."""
        status: list[int] = []

        def gone() -> bool:
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            status.append(code)
            return pid != 0

        self.until(gone, END)
        self.read()
        return os.waitstatus_to_exitcode(status[-1])


def running(place: Path) -> list[str]:
    """The processes that have the place as their home or folder."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and process.name != str(os.getpid()):
            with contextlib.suppress(OSError):
                if str(place).encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_text().replace("\0", " "))
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("options", "number", "code"),
    [((), signal.SIGINT, 130), (("--no-prefect",), signal.SIGINT, 130), (("--no-prefect",), signal.SIGTERM, 143)],
    ids=["Ctrl-C under Prefect", "Ctrl-C", "SIGTERM"],
)
def test_a_run_that_is_interrupted_ends_and_leaves_nothing(
    options: tuple[str, ...], number: signal.Signals, code: int, server: Server, tmp_path: Path
) -> None:
    corpus(tmp_path / "raw")
    server.copy_database(tmp_path / "home")
    terminal = Terminal(tmp_path, "ingest", "--workers", "2", "--batch-files", "1", *options)
    staging = tmp_path / "warehouse" / ".staging"
    terminal.until(lambda: list(staging.glob("*/*/quotes.parquet")), START)  # a batch is read, the others are on
    terminal.read()
    before = len(terminal.shown)
    if number is signal.SIGINT:
        os.write(terminal.screen, b"\x03")
    else:
        os.kill(terminal.pid, number)
    assert terminal.ended() == code, terminal.shown.decode(errors="replace")
    told = terminal.shown[before:].decode(errors="replace")
    assert "onrecord: stopped; nothing was left half done" in told
    assert "Traceback" not in told, told
    terminal.until(lambda: not running(tmp_path), END)
    assert not list(staging.glob("*")) and not Warehouse(tmp_path / "warehouse").exists()
