"""Deployments, started for real: a Prefect server, a worker or `onrecord serve`, a run, and its tables."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.flows.prefect_server import CLIENT, Server
from tests.flows.small_corpus import QUOTED, contents, rows, small_corpus

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What `ONRECORD_HOME` names: a checkout with a raw folder of its own."""
    home = tmp_path_factory.mktemp("home")
    shutil.copy(ROOT / "prefect.yaml", home)
    (home / "flows").symlink_to(ROOT / "flows")
    small_corpus(home / "raw")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_HOME", str(home))
        yield home


@pytest.fixture(scope="module")
def deployed(server: Server, home: Path) -> Server:
    """The server with what `prefect.yaml` deploys."""
    server.post("/work_pools/", name="onrecord", type="process")
    server.prefect(home, "--no-prompt", "deploy", "--all")
    return server


def test_a_worker_runs_what_prefect_yaml_deploys(deployed: Server, home: Path) -> None:
    hourly = deployed.get("/deployments/name/ingest-scheduled/hourly")
    with deployed.started("worker", home, "prefect", "worker", "start", "--pool", "onrecord") as worker:
        run = deployed.run(hourly["id"], worker)
    assert run["work_pool_name"] == "onrecord"
    assert contents(home / "warehouse") == QUOTED
    assert [row["flow"] for row in rows(home / "warehouse", "runs")] == ["ingest"]


def test_what_is_deployed_is_what_prefect_yaml_declares(deployed: Server) -> None:
    hourly = deployed.get("/deployments/name/ingest-scheduled/hourly")
    backfill = deployed.get("/deployments/name/backfill-scheduled/backfill")
    assert [(s["schedule"]["cron"], s["schedule"]["timezone"]) for s in hourly["schedules"]] == [("0 * * * *", "UTC")]
    assert backfill["schedules"] == []
    for deployment in (hourly, backfill):
        assert deployment["global_concurrency_limit"]["limit"] == 1
        assert deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"
        assert "onrecord" in deployment["tags"]
        properties = deployment["parameter_openapi_schema"]["properties"]
        assert deployment["parameters"].keys() <= properties.keys()
        assert [name for name, about in properties.items() if not about.get("description")] == []


def test_serve_runs_without_a_worker(server: Server, home: Path) -> None:
    (home / "known.yaml").write_text("same: []\n", "utf-8")
    folders = ("--raw", "raw", "--warehouse", "served", "--known", "known.yaml")
    command = ("flows.cli", "serve", *folders, "--cron", "0 0 29 2 *")
    with server.started("serve", home, *command) as process:
        served = server.until("the served deployment", lambda: deployment(server, "served"), process)
        server.run(served["id"], process)
        os.kill(process.pid, signal.SIGTERM)
        process.wait(10)
    assert contents(home / "served") == QUOTED
    assert json.loads(rows(home / "served", "runs")[0]["parameters"])["known"]
    assert served["global_concurrency_limit"]["limit"] == 1
    assert served["parameters"]["warehouse"] == str(home / "served")
    assert [(s["schedule"]["cron"], s["schedule"]["timezone"]) for s in served["schedules"]] == [("0 0 29 2 *", "UTC")]


def deployment(server: Server, name: str) -> dict[str, Any] | None:
    """A deployment of the scheduled ingest, once there is one."""
    answer = CLIENT.get(f"{server.url}/deployments/name/ingest-scheduled/{name}")
    found: dict[str, Any] | None = answer.json() if answer.is_success else None
    return found
