"""Steps of a run: plain functions with what an orchestrator has to know of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a run.

    `run_name`: what one call is named, of the function's parameters ("extract-{number}"); null for the step's name.
    `retry_delays`: seconds to wait before each further attempt, where one may help (a disk that is busy).
    """

    name: str
    fn: Callable[..., Any]
    run_name: str | None = None
    retry_delays: tuple[int, ...] = ()
