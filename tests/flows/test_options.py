"""A setting is declared once: the command line, the flows' parameters, prefect.yaml and the docs say the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.cli import app
from flows.deployed import scheduled_backfill, scheduled_ingest
from flows.parameters import table
from onrecord.options import COMMANDS, DEPLOYED, EntryPoint, options_of
from onrecord.settings import Engine, Settings

ROOT = Path(__file__).parents[2]
FLOWS = {EntryPoint.SCHEDULED_INGEST: scheduled_ingest, EntryPoint.SCHEDULED_BACKFILL: scheduled_backfill}
COMMAND_LINE: Any = typer.main.get_command(app)


@pytest.mark.parametrize("taker", COMMANDS)
def test_a_command_takes_what_is_declared(taker: EntryPoint) -> None:
    taken = {parameter.name: parameter for parameter in COMMAND_LINE.commands[taker].params}
    declared = options_of(Settings, taker)
    assert declared.keys() <= taken.keys()
    assert taken.keys() & options_of(Settings).keys() == declared.keys()
    for name, option in declared.items():
        assert (taken[name].help, taken[name].opts) == (option.told.help, [option.flag])


@pytest.mark.parametrize("taker", DEPLOYED)
def test_a_deployed_flow_takes_what_is_declared(taker: EntryPoint) -> None:
    shown = FLOWS[taker].parameters.properties
    assert {name: (about.get("default"), about["description"]) for name, about in shown.items()} == {
        name: (option.deployed_default, option.told.help) for name, option in options_of(Settings, taker).items()
    }


def test_prefect_yaml_says_what_is_declared() -> None:
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    names = {f"{FLOWS[taker].fn.__name__}": taker for taker in DEPLOYED}
    for deployment in deployments:
        taker = names[deployment["entrypoint"].rpartition(":")[2]]
        declared = {name: option.deployed_default for name, option in options_of(Settings, taker).items()}
        assert deployment["parameters"] == declared, yaml.safe_dump(declared, sort_keys=False)


def test_the_documentation_says_what_is_declared() -> None:
    assert (ROOT / "docs" / "options.md").read_text("utf-8") == table()


SETTINGS = st.builds(
    Settings,
    raw=st.just(Path("dumps/2024")),
    source=st.none() | st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,9}", fullmatch=True),
    since=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(1999, 1, 1)),
    until=st.none() | st.dates(dt.date(2000, 1, 1)),
    full=st.booleans(),
    allow_removals=st.none() | st.just("all") | st.integers(0, 10**9),
    workers=st.integers(1, 99),
    engine=st.sampled_from(Engine),
    known=st.none() | st.just(Path("names.yaml")),
    forget_known=st.lists(st.text()).map(tuple),
)


@given(SETTINGS)
def test_plain_values_stand_for_the_settings(settings: Settings) -> None:
    plain = {name: option.plain(getattr(settings, name)) for name, option in options_of(Settings).items()}
    assert Settings.of(plain) == settings


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"workers": 0}, "workers: at least 1, and not 0"),
        ({"workers": True}, "workers: a whole number, and not True"),
        ({"full": "yes"}, "full: true or false, and not 'yes'"),
        ({"since": "May 8"}, "since: a day is written like 2024-05-08, and not 'May 8'"),
        ({"engine": "spark"}, "engine: local or dask, and not 'spark'"),
        ({"forget_known": "names"}, "forget_known: a list of texts, and not 'names'"),
        ({"warehouse": "s3://bucket/w"}, "warehouse: s3:// is no folder of this machine; fetch or mount it first"),
        ({"raw": "nowhere://bucket/raw"}, "raw: nowhere:// cannot be reached: Unsupported filesystem: 'nowhere'"),
        ({"only": 1}, "only: a text, and not 1"),
    ],
)
def test_a_wrong_value_names_its_option(told: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError) as error:
        Settings.of(told)
    assert str(error.value) == reason
