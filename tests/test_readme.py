"""The README is true: its console examples are run, in order, on the sample corpus, and print what it says."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from flows.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLES = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", (ROOT / "README.md").read_text("utf-8"))
#: Commands that start other tools or run for ever; they are tested by themselves.
DONE = {0, 3}


def pattern(expected: str) -> re.Pattern[str]:
    """The printed lines; `…` stands for anything, on a line of its own for any number of lines."""

    def of_line(line: str) -> str:
        return r"(?:.*\n)*?" if line == "…" else ".*?".join(map(re.escape, line.split("…"))) + r"[^\S\n]*\n"

    return re.compile("".join(map(of_line, expected.splitlines())) + r"\Z")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "raw", place / "raw")
    return place


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize(("command", "expected"), EXAMPLES, ids=[command[:60] for command, _ in EXAMPLES])
def test_a_command_prints_what_the_readme_says(
    place: Path, command: str, expected: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program, *arguments = shlex.split(command)
    assert program == "onrecord", f"only onrecord is run from the README: {command}"
    monkeypatch.chdir(place)
    monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
    with pytest.raises(SystemExit) as exit_:
        main()
    printed = capfd.readouterr()
    assert (exit_.value.code or 0) in DONE, printed.err
    assert pattern(expected).match(printed.out), f"{command}\nprinted\n{printed.out}\nthe README says\n{expected}"


def test_files_that_the_readme_names_are_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
