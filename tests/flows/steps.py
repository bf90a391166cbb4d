"""Steps of a few lines, in a module that imports no more than they need: every process that does one imports it."""

from __future__ import annotations

import os
from typing import Any

from tasks.step import Step


def double(value: Any) -> tuple[Any, int]:
    """Twice the value, and the process that did it."""
    return value * 2, os.getpid()


def process(_item: object) -> int:
    """The process that runs this."""
    return os.getpid()


def worker_of(_number: int) -> str:
    """The address of the Dask worker that runs this."""
    from distributed import get_worker

    address: str = get_worker().address
    return address


DOUBLE, WORKER_OF = Step("double", double), Step("worker-of", worker_of)
