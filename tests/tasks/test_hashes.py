"""A file that nobody has touched is not read again; one that may have been is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.settings import Settings
from tasks.comparison import Known
from tasks.discover import discover
from tasks.hashes import HASHES_FILE, SETTLED_NS, Hashes, file_sha256
from tasks.listing import Listing, Stamp

NOW = 1_700_000_000_000_000_000
LONG_AGO = Stamp(4, NOW - 10 * SETTLED_NS, NOW - 10 * SETTLED_NS, 7, 1)


def hashed(raw: Path, stamp: Stamp, cache: Path, path: str = "a.txt") -> str:
    """The digest that a run finds which lists this stamp, and keeps. That the stamp is another file's is let pass."""
    hashes = Hashes(raw, Listing(files={path: stamp}, began_ns=NOW), cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tasks.hashes.opened", lambda file, _stamp: file.open("rb"))
        digest = hashes.of(path)
    hashes.save(cache)
    return digest


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("safe")
    return tmp_path


def test_a_file_with_the_stamp_that_it_had_is_not_read(raw: Path, tmp_path: Path) -> None:
    first = hashed(raw, LONG_AGO, tmp_path / "hashes")
    (raw / "a.txt").unlink()
    assert hashed(raw, LONG_AGO, tmp_path / "hashes") == first


@pytest.mark.parametrize("changed", Stamp._fields)
def test_a_file_with_any_other_stamp_is_read(raw: Path, tmp_path: Path, changed: str) -> None:
    first = hashed(raw, LONG_AGO, tmp_path / "hashes")
    (raw / "a.txt").write_text("shut")
    other = LONG_AGO._replace(**{changed: getattr(LONG_AGO, changed) + 1})
    assert hashed(raw, other, tmp_path / "hashes") == hashlib.sha256((raw / "a.txt").read_bytes()).hexdigest() != first


@pytest.mark.parametrize("time", ["mtime_ns", "ctime_ns"])
def test_a_file_changed_just_before_it_was_looked_at_is_read_again(raw: Path, tmp_path: Path, time: str) -> None:
    """It may be changed once more within the tick, and keep its stamp."""
    fresh = LONG_AGO._replace(**{time: NOW - SETTLED_NS})
    first = hashed(raw, fresh, tmp_path / "hashes")
    (raw / "a.txt").write_text("shut")
    assert hashed(raw, fresh, tmp_path / "hashes") != first


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[data.index(b"a.txt")] ^= 1
    file.write_bytes(data)


def replaced(file: Path) -> None:
    file.write_text("no Parquet")


@pytest.mark.parametrize("damage", [cut_short, flipped, replaced, Path.unlink])
def test_a_damaged_or_lost_file_of_hashes_is_none(raw: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    cache = tmp_path / "hashes"
    hashed(raw, LONG_AGO, cache)
    damage(cache)
    (raw / "a.txt").write_text("shut")
    assert hashed(raw, LONG_AGO, cache) == hashlib.sha256((raw / "a.txt").read_bytes()).hexdigest()
    (raw / "a.txt").unlink()
    assert hashed(raw, LONG_AGO, cache)  # it is whole again


def test_files_that_are_gone_are_forgotten(raw: Path, tmp_path: Path) -> None:
    cache = tmp_path / "hashes"
    hashed(raw, LONG_AGO, cache)
    (raw / "b.txt").write_text("also")
    hashed(raw, LONG_AGO, cache, "b.txt")
    (raw / "a.txt").unlink()
    with pytest.raises(FileNotFoundError):
        hashed(raw, LONG_AGO, cache)


def test_a_run_reads_what_the_file_system_says_was_changed_and_a_full_run_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, read = tmp_path / "raw", []
    raw.mkdir()
    for name in ("a.txt", "b.txt"):
        (raw / name).write_text("The bridge is safe.")

    def spied(path: Path, stamp: Stamp) -> str:
        read.append(path.name)
        return file_sha256(path, stamp)

    monkeypatch.setattr("tasks.hashes.file_sha256", spied)
    monkeypatch.setattr("tasks.hashes.SETTLED_NS", -SETTLED_NS)  # as if all was written long ago
    settings = Settings(raw=raw, warehouse=tmp_path / "warehouse")
    plan = discover(settings, {})
    assert read == ["a.txt", "b.txt"] and (settings.warehouse / HASHES_FILE).is_file()
    known = {file.path: Known(file.sha256, None, "0") for batch in plan.batches for file in batch}
    read.clear()
    before = (raw / "a.txt").stat()
    (raw / "a.txt").write_text("The bridge is shut.")
    os.utime(raw / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    plan = discover(settings, known)
    assert read == ["a.txt"] and plan.changed == {"a.txt"} and plan.outdated == {"b.txt"}
    read.clear()
    discover(Settings(raw=raw, warehouse=settings.warehouse, full=True), known)
    assert read == ["a.txt", "b.txt"]
    read.clear()
    (raw / "c.txt").write_text("New.")
    discover(Settings(raw=raw, warehouse=settings.warehouse, dry_run=True), known)
    discover(settings, known)
    assert read == ["c.txt", "c.txt"]
