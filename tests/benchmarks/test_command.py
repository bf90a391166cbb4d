"""What a command took is what its process and those below it took."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks.command import Command, median, python

CHILD = "kept = bytearray(120_000_000); import time; time.sleep(1)"


def test_the_memory_of_a_command_and_of_its_largest_process_are_told_apart() -> None:
    took = python("-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}], check=True)")
    assert took.child > 110 > took.parent > 1
    assert took.wall >= 1 and took.cpu > 0


def test_modules_are_compiled_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "invented_module.py").write_text("", "utf-8")
    python("-c", "import invented_module")
    assert list(tmp_path.glob("__pycache__/*.pyc"))


def test_a_command_that_fails_is_an_error() -> None:
    python("-c", "raise SystemExit(3)")  # some files were rejected, all else was done
    with pytest.raises(subprocess.CalledProcessError):
        python("-c", "raise SystemExit(1)")


def test_the_median_is_by_the_processor() -> None:
    runs = [Command(1, 9), Command(2, 3), Command(3, 5)]
    assert median(runs) is runs[2]
