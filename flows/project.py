"""`onrecord init`: a folder for a project, with settings, a raw folder and a deployment."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from flows.configuration import NAME
from flows.show import console
from onrecord.options import EntryPoint, Option, options_of
from onrecord.settings import Settings

app = typer.Typer()

#: Options that stand in a project's file as they are; the others stand there as comments.
SAID = ("raw", "warehouse")

_TOML = """\
# Settings of this folder, for every command that is run here; the command line overrides them.
# What is commented out is as it is unasked. `onrecord ingest` reads what is new below `raw`.
"""

_IGNORED = """\
# Texts are somebody's, and tables are made of them. What editors decided belongs here: onrecord corrections --export
/raw/*
!/raw/.gitkeep
/warehouse/
.env
"""

_PREFECT = """\
# An ingest every hour, on this machine:   prefect server start
#   export ONRECORD_HOME=$PWD PREFECT_API_URL=http://127.0.0.1:4200/api
#   prefect work-pool create onrecord --type process && prefect --no-prompt deploy --all
#   prefect worker start --pool onrecord
name: onrecord-project

pull:
  - prefect.deployments.steps.set_working_directory:
      directory: "{{ $ONRECORD_HOME }}"

deployments:
  - name: hourly
    description: Ingest what is new or changed, every hour.
    entrypoint: flows.deployed.scheduled_ingest
    work_pool:
      name: onrecord
      work_queue_name: default
    concurrency_limit:
      limit: 1
      collision_strategy: ENQUEUE
    schedules:
      - cron: "0 * * * *"
        timezone: UTC
    parameters: # others are as they are unasked; see docs/options.md
      raw: raw
      warehouse: warehouse
"""


def project_files() -> dict[str, str]:
    """The files of a project by their paths below its folder."""
    told = [_toml(option) for option in options_of(Settings, EntryPoint.FILE).values()]
    return {
        NAME: "\n".join([_TOML, *told]),
        ".gitignore": _IGNORED,
        "prefect.yaml": _PREFECT,
        "raw/.gitkeep": "",
    }


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where; it is made if it is not there.", file_okay=False)] = Path(),
) -> None:
    """Make a folder for a project: raw, onrecord.toml, .gitignore and a Prefect deployment. What is there stays."""
    out = console()
    for name, text in project_files().items():
        file = folder / name
        if file.exists():
            out.print(escape(f"{file} is there already, and stays"), soft_wrap=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        out.print(escape(f"Made {file}"), soft_wrap=True)
    out.print(escape(f"Put text files into {folder / 'raw'}, and say `onrecord ingest` in {folder}"), soft_wrap=True)


def _toml(option: Option) -> str:
    """An option as it stands in the file, with what it says of itself."""
    told = "\n".join(f"# {line}" for line in textwrap.wrap(option.told.help, 110))
    plain = option.plain(option.default)
    value = f"{option.name} = {json.dumps(plain)}" if plain is not None else f"{option.name} = …"
    return f"{told}\n{'' if option.name in SAID else '# '}{value}\n"
