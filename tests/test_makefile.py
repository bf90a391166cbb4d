"""`make` on a machine without uv: the pinned one is fetched from the package index, and reads this lock file."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_machine_without_uv_gets_the_pinned_one(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, tmp_path)
    done = subprocess.run(
        ["make", "UV=.uv/bin/uv", ".uv/bin/uv"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pinned = re.search(r"^UV_VERSION := (\S+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    uv = tmp_path / ".uv/bin/uv"
    assert pinned is not None
    assert subprocess.check_output([uv, "--version"], text=True).split()[1] == pinned[1]
    locked = subprocess.check_output(
        [uv, "export", "--frozen", "--quiet", "--no-emit-project"], cwd=tmp_path, text=True
    )
    assert "prefect==" in locked


def test_a_run_fetches_uv_then_the_environment_then_ingests(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    steps = subprocess.check_output(["make", "--dry-run", "run", "UV=.uv/bin/uv"], cwd=tmp_path, text=True)
    assert steps.index("pip install") < steps.index(".uv/bin/uv sync") < steps.index("onrecord ingest")


def test_ci_runs_all_that_the_tests_are_and_the_quick_part_of_the_gate() -> None:
    assert (ROOT / ".ci/run").read_text("utf-8").endswith("make ci\n")
    steps = {
        what: set(subprocess.check_output(["make", "--dry-run", what], cwd=ROOT, text=True).splitlines())
        for what in ("lint", "types", "imports", "unit", "ci")
    }
    assert steps["lint"] | steps["types"] | steps["imports"] | steps["unit"] <= steps["ci"]
    assert any("python -m benchmarks.gate --quick" in step for step in steps["ci"])


def test_ci_fails_where_a_figure_does(tmp_path: Path) -> None:
    (tmp_path / "uv").write_text('#!/bin/sh\ncase "$*" in *benchmarks.gate*) echo "wrong_name: BELOW"; exit 1;; esac\n')
    (tmp_path / "uv").chmod(0o755)
    done = subprocess.run(
        ["make", f"UV={tmp_path / 'uv'}", "ci"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0 and "wrong_name: BELOW" in done.stdout
