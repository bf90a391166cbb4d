"""`onrecord init` makes a folder in which everything else works."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.flows import load_flow_from_entrypoint
from typer.testing import CliRunner

from flows.cli import app
from flows.configuration import configuration
from flows.project import SAID, project_files
from onrecord.options import EntryPoint, options_of
from onrecord.settings import Settings
from onrecord.warehouse.dictionary import dictionary_markdown


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert "Made newsroom/onrecord.toml" in run("init", "newsroom")
    monkeypatch.chdir(tmp_path / "newsroom")
    return tmp_path / "newsroom"


def test_a_new_folder_is_read_and_its_warehouse_explains_itself(place: Path) -> None:
    (place / "raw" / "a.txt").write_text("HARROW: “The bridge is safe,” Mayor Ada Quill said on Monday.\n", "utf-8")
    assert "1 new" in run("ingest", "--no-prefect", "--workers", "1")
    assert (place / "warehouse" / "README.md").read_text("utf-8") == dictionary_markdown()
    assert (place / "warehouse" / "views.sql").exists()


def test_the_settings_are_those_that_are_unasked_and_every_option_is_named(place: Path) -> None:
    values = configuration(None)
    assert set(values) == set(SAID)
    default = Settings()
    assert {name: getattr(default, name) for name in SAID} == values
    text = (place / "onrecord.toml").read_text("utf-8")
    for name, option in options_of(Settings, EntryPoint.FILE).items():
        assert f"{name} = " in text and option.told.help.split()[0] in text
    whole = "\n".join(line.removeprefix("# ") for line in text.splitlines() if " = " in line and "…" not in line)
    assert Settings.of(tomllib.loads(whole)) == default


def test_the_deployment_is_of_a_flow_that_takes_its_parameters(place: Path) -> None:
    read: dict[str, Any] = yaml.safe_load((place / "prefect.yaml").read_text("utf-8"))
    (deployment,) = read["deployments"]
    flow: Any = load_flow_from_entrypoint(deployment["entrypoint"])
    assert deployment["parameters"].keys() <= flow.parameters.properties.keys()


def test_what_is_there_stays(place: Path) -> None:
    (place / "onrecord.toml").write_text('raw = "texts"\n', "utf-8")
    told = run("init")
    assert "onrecord.toml is there already, and stays" in told and told.count("stays") == len(project_files())
    assert configuration(None)["raw"] == Path("texts")
