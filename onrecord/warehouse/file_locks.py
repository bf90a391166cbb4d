"""Locks on open files, which the operating system drops when whoever holds them dies. Only POSIX systems have them.

The standard library's `fcntl` is imported when a lock is taken, so that everything can be imported on any system.
"""

from __future__ import annotations

from types import ModuleType
from typing import IO

from onrecord.warehouse.errors import NotPosix


def lock_for_process(file: IO[str]) -> None:
    """Takes the POSIX lock of a file, without waiting; forked children do not have it.

    Raises BlockingIOError or PermissionError where another process holds it.
    """
    fcntl = _fcntl()
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def share(descriptor: int) -> None:
    """Holds an open file together with others that share it; waits while somebody has it exclusively."""
    fcntl = _fcntl()
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def take(descriptor: int) -> None:
    """Holds an open file exclusively, without waiting. Raises BlockingIOError where anybody else holds it."""
    fcntl = _fcntl()
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _fcntl() -> ModuleType:
    try:
        import fcntl
    except ImportError:
        raise NotPosix(
            "a warehouse needs the file locks and links of a POSIX system (Linux, macOS, WSL on Windows);"
            " a single article can be read on any (`onrecord read FILE`)"
        ) from None
    return fcntl
