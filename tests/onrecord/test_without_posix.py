"""On a system without POSIX's file locks and links an article is read; a warehouse says what it needs."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.warehouse.errors import NotPosix
from onrecord.warehouse.store import Warehouse

#: As on Windows, for whatever is imported after it.
WITHOUT_POSIX = """
import os, sys
sys.modules["fcntl"] = None
for name in ("link", "symlink", "O_DIRECTORY"):
    delattr(os, name)
"""
STORY = 'HARROW: "The bridge is safe," Mayor Ada Quill said on Monday.'
READ = f"""
from onrecord import read
print(*(quote.speaker_name for quote in read({STORY!r}).quotes))
import onrecord.warehouse.store
from flows.cli import main
main()
"""


def test_an_article_is_read_by_the_library_and_by_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    command = [sys.executable, "-c", WITHOUT_POSIX + READ, "read", str(tmp_path / "a.txt")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    by_library, by_command = run.stdout.split("\n", 1)
    assert by_library == "Ada Quill"
    assert "The bridge is safe" in by_command and "Ada Quill" in by_command


def write(warehouse: Warehouse) -> None:
    with warehouse.transaction():
        pass


@pytest.mark.parametrize("use", [write, Warehouse.latest])
def test_a_warehouse_says_what_it_needs(
    use: Callable[[Warehouse], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = Warehouse(tmp_path)
    write(warehouse)
    with monkeypatch.context() as without, pytest.raises(NotPosix, match="file locks and links of a POSIX system"):
        without.setitem(sys.modules, "fcntl", None)
        use(warehouse)
    write(warehouse)  # nothing is left locked
