"""Where batches run changes nothing in the tables: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from prefect import flow

from flows.cli import main
from flows.engine import Prefect
from flows.ingest import run_steps
from flows.orchestration import PROGRESS, Amount, Plain
from flows.tracked import run_ingest
from onrecord.settings import Engine, Settings
from tasks.step import Step
from tests.flows.small_corpus import digests, small_corpus
from tests.flows.steps import DOUBLE, WORKER_OF


@flow(name="mapped", validate_parameters=False)
def mapped(settings: Settings, step: Step, numbers: range) -> list[Any]:
    with Prefect(settings) as orchestra:
        return orchestra.map(step, [(n,) for n in numbers])


@pytest.mark.usefixtures("api")
def test_batches_run_in_processes_in_order_and_progress_is_told() -> None:
    told: list[tuple[str, Amount, Amount]] = []
    token = PROGRESS.set(lambda *step: told.append(step))
    found = mapped(Settings(workers=2), DOUBLE, range(4))
    PROGRESS.reset(token)
    assert [number for number, _ in found] == [0, 2, 4, 6]
    assert os.getpid() not in {process for _, process in found}
    assert told == [("double", Amount(n), Amount(4)) for n in range(5)]


@pytest.mark.usefixtures("api")
def test_a_single_batch_needs_no_process() -> None:
    assert mapped(Settings(workers=2), DOUBLE, range(3, 4)) == [(6, os.getpid())]


@pytest.mark.usefixtures("api")
def test_dask_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("prefect_dask", reason="Dask is an extra")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714550400")
    monkeypatch.chdir(tmp_path)
    small_corpus(Path("raw"))
    run_steps(Settings(warehouse=Path("local"), workers=1), Plain(1))
    run_ingest(Settings(warehouse=Path("dask"), workers=1, engine=Engine.DASK, batch_files=1))
    assert digests(Path("dask")) == digests(Path("local"))


@pytest.mark.usefixtures("api")
def test_a_dask_cluster_is_found_by_its_address() -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is an extra")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address="127.0.0.1:0"
    ) as cluster:
        settings = Settings(engine=Engine.DASK, dask_address=cluster.scheduler_address)
        workers = [worker.address for worker in cluster.workers.values()]
        assert mapped(settings, WORKER_OF, range(2)) == workers * 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--engine", "dask"], 1, "pip install 'onrecord[dask]'"),
        (["--engine", "dask", "--no-prefect"], 2, "leave out --no-prefect"),
        (["--dask-address", "tcp://127.0.0.1:8786"], 2, "with the engine `dask` only"),
    ],
)
def test_what_cannot_be_is_said(
    arguments: list[str], code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "prefect_dask", None)
    monkeypatch.setattr("sys.argv", ["onrecord", "ingest", *arguments])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == code
    assert said in " ".join(capsys.readouterr().err.replace("│", " ").split())
