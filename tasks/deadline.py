"""The time that reading may take: what goes on for ever is ended, as a fault of this program."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

#: Seconds that any reading may take, and characters for which it may take another one: a fiftieth of the usual pace.
SECONDS, CHARACTERS_A_SECOND = 600.0, 300


class OverdueError(Exception):
    """Reading has taken longer than it may."""


def allowed(characters: int) -> float:
    """Seconds, of the clock, in which texts of so many characters have to be read."""
    return SECONDS + characters / CHARACTERS_A_SECOND


def place_of(error: Exception) -> str:
    """File and line that an error comes from: of a reading that was ended, where it hung, and not this file."""
    place = [at for at in traceback.extract_tb(error.__traceback__) if at.filename != __file__][-1]
    return f"{Path(place.filename).name}:{place.lineno}"


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `OverdueError` in the block when it has taken so many seconds.

    In a process's main thread by a timer's signal, which also ends a regular expression that backtracks for ever; in
    another one (a worker of Dask) between two steps of the interpreter. One deadline at a time.
    """
    if threading.current_thread() is threading.main_thread():
        with _by_signal(seconds):
            yield
    else:
        with _by_thread(seconds):
            yield


@contextlib.contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise OverdueError(_reason(seconds))

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    thread, over, lock = threading.get_ident(), False, threading.Lock()

    def end() -> None:
        with lock:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OverdueError))

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except OverdueError as error:
        raise OverdueError(_reason(seconds)) from error
    finally:
        with lock:
            over = True
        timer.cancel()


def _reason(seconds: float) -> str:
    return f"it was not read within {seconds:,.0f} s"
