"""Steps give the same results in whatever way they are run; Prefect's settings are declared once."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from prefect import task

from flows.orchestration import Plain
from flows.server import PREFECT_SETTINGS, settle_environment


def double(number: int) -> int:
    return number * 2


double_task = task(name="double")(double)


@pytest.mark.parametrize("workers", [1, 2])
def test_mapped_results_come_in_order_and_progress_is_told(workers: int) -> None:
    told: list[tuple[str, int, int]] = []
    plain = Plain(workers, lambda *step: told.append(step))
    assert plain.map(double_task, [(n,) for n in range(5)]) == [0, 2, 4, 6, 8]
    assert told == [("double", n, 5) for n in range(1, 6)]


def test_nothing_to_map() -> None:
    assert Plain(2).map(double_task, []) == []


def test_a_users_own_environment_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    monkeypatch.delenv("PREFECT_SERVER_ANALYTICS_ENABLED", raising=False)
    settle_environment()
    assert os.environ["DO_NOT_TRACK"] == "0"
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_pyproject_says_the_same() -> None:
    """Prefect's own command line reads pyproject.toml, and only from the working directory."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))

    def flat(prefix: str, value: object) -> dict[str, str]:
        if isinstance(value, dict):
            return {k: v for name, inner in value.items() for k, v in flat(f"{prefix}_{name}", inner).items()}
        return {prefix.upper(): str(value).lower()}

    declared = flat("prefect", project["tool"]["prefect"])
    assert declared == {name: value for name, value in PREFECT_SETTINGS.items() if name.startswith("PREFECT_")}
