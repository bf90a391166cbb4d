"""Steps give the same results in whatever way they are run; Prefect's settings are declared once."""

from __future__ import annotations

import io
import logging
import os
import tomllib
from pathlib import Path

import pytest
from rich.console import Console

from flows.engine import LoggedProgress
from flows.orchestration import PROCESS_BYTES, Amount, Plain, amount
from flows.server import PREFECT_SETTINGS, settle_environment
from flows.show import progress_shown
from tasks.batches import RawFile
from tasks.staging import Staged
from tasks.step import Step
from tests.flows.steps import DOUBLE, process

EXTRACT, VALIDATE = Step("extract", process), Step("validate", process)


@pytest.mark.parametrize("workers", [1, 2])
def test_mapped_results_come_in_order_and_progress_is_told(workers: int) -> None:
    told: list[tuple[str, Amount, Amount]] = []
    with Plain(workers, lambda *step: told.append(step)) as plain:
        found = plain.map(DOUBLE, [(n,) for n in range(5)])
    assert [number for number, _ in found] == [0, 2, 4, 6, 8]
    assert (os.getpid() in {by for _, by in found}) == (workers == 1)
    assert told == [("double", Amount(n), Amount(5)) for n in range(6)]


def test_steps_share_their_processes_and_are_done_here_where_those_do_not_pay(tmp_path: Path) -> None:
    def batches(size: int) -> list[tuple[object]]:
        return [(Staged(n, tmp_path, {}, files=40, bytes=size),) for n in range(4)]

    with Plain(2) as plain:
        assert plain.map(VALIDATE, batches(PROCESS_BYTES["validate"] // 4)) == [os.getpid()] * 4
        assert plain.map(EXTRACT, batches(100)[:1]) == [os.getpid()]
        read = set(plain.map(EXTRACT, batches(100)))
        judged = set(plain.map(VALIDATE, batches(PROCESS_BYTES["validate"])))
    assert os.getpid() not in read | judged and len(read | judged) <= 2


def test_progress_counts_the_files_and_bytes_of_batches(tmp_path: Path) -> None:
    batches = [tuple(RawFile(f"{n}.txt", "", 10 * n, None, None) for n in numbers) for numbers in ((1, 2), (3,))]
    told: list[tuple[str, Amount, Amount]] = []
    plain = Plain(1, lambda *step: told.append(step))
    plain.map(DOUBLE, [(batch,) for batch in batches])
    assert told == [("double", done, Amount(3, 60)) for done in (Amount(), Amount(2, 30), Amount(3, 60))]
    told.clear()
    assert plain.call(DOUBLE, 4)[0] == 8
    assert told == [("double", Amount(), Amount(1)), ("double", Amount(1), Amount(1))]
    assert amount((Staged(0, tmp_path, {}, files=4, bytes=7),)) == Amount(4, 7)


def test_progress_is_shown_with_its_step_and_amounts() -> None:
    out = Console(force_terminal=True, width=120, file=(shown := io.StringIO()))
    with progress_shown(out) as tell:
        tell("extract", Amount(12, 1_500_000), Amount(84, 9_000_000))
    assert "extract" in shown.getvalue() and "12 of 84 files, 1.5 of 9.0 MB" in shown.getvalue()


def test_progress_stands_in_the_log_of_a_flow_run_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("test-progress")
    lines: list[str] = []
    monkeypatch.setattr(logger, "info", lambda text, *values: lines.append(text % values))
    monkeypatch.setattr("flows.engine.get_run_logger", lambda: logger)
    tell = LoggedProgress(seconds=0)
    for files in range(4):
        tell("extract", Amount(files, files * 100), Amount(3, 300))
    assert len(lines) == 2 and lines[0].startswith("extract: 1 of 3 files, 0.0 of 0.0 MB, about ")
    LoggedProgress(seconds=60)("extract", Amount(1), Amount(3))
    assert len(lines) == 2


def test_nothing_to_map() -> None:
    assert Plain(2).map(DOUBLE, []) == []


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
