"""One writer at a time, by a lock that the operating system drops when its process dies."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
import threading
import time
from pathlib import Path
from typing import IO

from onrecord.warehouse.errors import Locked, NotPosix
from onrecord.warehouse.file_locks import lock_for_process

#: Seconds between two looks at a lock that is held.
POLL = 0.05

# A POSIX lock keeps other processes out but not this one, and is lost when the process closes any descriptor of the
# file; so what this process holds is kept here. (flock would do both, but is inherited by forked workers, and one
# that outlives its killed parent would hold the warehouse for ever.)
_held: set[Path] = set()
_guard = threading.Lock()


class WriterLock:
    """The lock of one warehouse. Not re-entrant."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._file: IO[str] | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def acquire(self, purpose: str, timeout: float = 0.0) -> None:
        """Takes the lock, waiting up to `timeout` seconds. Raises Locked, which names the holder, or NotPosix."""
        deadline = time.monotonic() + timeout
        while not self._try(purpose):
            if time.monotonic() >= deadline:
                raise Locked(f"{self.path.parent.parent} is being written by {self._holder()}; wait for it or stop it")
            time.sleep(POLL)

    def release(self) -> None:
        if self._file is None:
            return
        self._file.truncate(0)
        self._file.close()
        self._file = None
        with _guard:
            _held.discard(self.path)

    def _try(self, purpose: str) -> bool:
        with _guard:
            if self.path in _held:
                return False
            _held.add(self.path)
        file = None
        try:
            file = self.path.open("a+")
            lock_for_process(file)
        except (OSError, NotPosix) as error:
            if file is not None:
                file.close()  # while no other thread can have locked it: closing would take its lock away
            with _guard:
                _held.discard(self.path)
            if file is None or not isinstance(error, BlockingIOError | PermissionError):
                raise
            return False
        file.truncate(0)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": now, "purpose": purpose}, file)
        file.flush()
        self._file = file
        return True

    def _holder(self) -> str:
        with _guard:
            if self.path in _held:
                return f"another writer in this process (pid {os.getpid()})"
        with contextlib.suppress(OSError, ValueError, KeyError):
            holder = json.loads(self.path.read_text())
            return f"process {holder['pid']} on {holder['host']} ({holder['purpose']}, since {holder['since']})"
        return "another process"
