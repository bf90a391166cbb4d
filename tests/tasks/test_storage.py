"""Raw folders on object storage, with fsspec's own in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from onrecord.settings import Settings
from onrecord.storage import address_in, is_remote, local_copy, objects_below, storage_path
from onrecord.version import pipeline_version
from tasks.comparison import Known
from tasks.discover import Plan, as_read, discover
from tasks.opening import Opened, open_batch
from tasks.roots import NoRawFolderError, RawFolderError, choose, require_folder
from tasks.unpacking import unpack

ADDRESS = "memory://bucket/raw"


@pytest.fixture
def raw() -> Iterator[Any]:
    """A folder in memory, empty before and after."""
    storage = fsspec.filesystem("memory")
    storage.store.clear()
    yield storage_path(ADDRESS)
    storage.store.clear()


def put(raw: Any, path: str, data: bytes | str) -> None:
    raw.fs.pipe_file(f"{raw.path}/{path}", data.encode() if isinstance(data, str) else data)


def settings(tmp_path: Path, **more: Any) -> Settings:
    return Settings.of({"raw": ADDRESS, "warehouse": str(tmp_path / "warehouse"), **more})


def known_after(plan: Plan) -> dict[str, Known]:
    return {f.path: Known(f.sha256, f.metadata_sha256, pipeline_version()) for batch in plan.batches for f in batch}


def texts(plan: Plan, told: Settings) -> dict[str, str]:
    batches = unpack(plan.batches, told, told.warehouse / ".staging")
    opened = [item for batch in batches for item in open_batch(batch, told)]
    return {item.file.path: item.text for item in opened if isinstance(item, Opened)}


def test_an_address_is_told_from_a_path() -> None:
    assert address_in("s3://bucket/raw") == "s3://" and address_in("raw") is None and address_in("C:\\raw") is None
    assert storage_path("raw") == Path("raw") and not is_remote(Path("raw"))
    with pytest.raises(ValueError, match="nowhere:// cannot be reached"):
        storage_path("nowhere://bucket")
    with pytest.raises(ValueError, match="warehouse: memory:// is no folder of this machine"):
        Settings.of({"warehouse": "memory://bucket"})


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.storage.find_spec", lambda _name: None)
    with pytest.raises(ValueError, match=r"pip install 'onrecord\[s3\]'"):
        storage_path("s3://bucket/raw")


def test_objects_are_read_like_files(raw: Any, tmp_path: Path) -> None:
    put(raw, "june/a.txt", "HARROW: It rains.")
    put(raw, "june/all.jsonl", json.dumps({"id": 7, "text": "HARROW: It snows."}))
    put(raw, ".hidden/b.txt", "HARROW: No.")
    put(raw, "c.pdf", b"%PDF")
    put(raw, "large.txt", "a" * 3000)
    put(raw, "june/metadata.jsonl", json.dumps({"file": "a.txt", "publisher": "The Post"}))
    told = settings(tmp_path, formats=["jsonl"], file_bytes=2000)
    plan = discover(told, {})
    assert plan.new == {"june/a.txt", "june/all.jsonl//7"} and plan.unread == ("c.pdf",)
    assert [(reject.key, "over the limit" in reject.reason) for reject in plan.rejects] == [("large.txt", True)]
    assert texts(plan, told) == {"june/a.txt": "HARROW: It rains.", "june/all.jsonl//7": "HARROW: It snows."}
    assert plan.batches[0][0].metadata is not None
    known = known_after(plan)
    assert discover(told, known).unchanged == 2
    assert [file.path for file in as_read(told, known)] == ["june/a.txt", "june/all.jsonl//7"]
    put(raw, "june/a.txt", "HARROW: It rains again.")
    raw.fs.rm_file(f"{raw.path}/june/all.jsonl")
    plan = discover(told, known)
    assert plan.changed == {"june/a.txt"} and plan.gone == {"june/all.jsonl//7"}


def test_an_object_that_nobody_has_touched_is_not_fetched_again(
    raw: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(raw, "a.txt", "HARROW: It rains.")
    marked = [{**raw.fs.info(f"{raw.path}/a.txt"), "ETag": '"1"'}]
    monkeypatch.setattr(type(raw.fs), "find", lambda *_args, **_more: {item["name"]: item for item in marked})
    known = known_after(discover(settings(tmp_path), {}))
    monkeypatch.setattr("tasks.hashes.file_sha256", None)
    assert discover(settings(tmp_path), known).unchanged == 1
    monkeypatch.undo()
    marked[0]["ETag"] = '"2"'
    monkeypatch.setattr(type(raw.fs), "find", lambda *_args, **_more: {item["name"]: item for item in marked})
    put(raw, "a.txt", "HARROW: It snows.")
    assert discover(settings(tmp_path), known).changed == {"a.txt"}


def test_the_warehouse_knows_its_folder_by_its_address(raw: Any, tmp_path: Path) -> None:
    put(raw, "a.txt", "HARROW: It rains.")
    (tmp_path / "raw").mkdir()
    told = settings(tmp_path)
    assert choose(told, {}, ()).folders == {"": told.raw}
    assert not choose(told, {"": storage_path(ADDRESS + "/")}, ()).changed
    with pytest.raises(RawFolderError, match="memory://bucket/raw is another folder"):
        choose(told, {"": tmp_path / "raw"}, ())


def test_a_folder_that_cannot_be_looked_at_is_told(raw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoRawFolderError, match="no raw folder at memory://bucket/raw"):
        require_folder(raw)

    def refuse(*_args: object, **_more: object) -> None:
        raise TimeoutError("no credentials")

    monkeypatch.setattr(type(raw), "is_dir", refuse)
    with pytest.raises(NoRawFolderError, match="cannot be looked at: no credentials"):
        require_folder(raw)


def test_a_copy_lasts_as_long_as_it_is_read(raw: Any, tmp_path: Path) -> None:
    put(raw, "a.csv", "text\nRain.\n")
    with local_copy(raw / "a.csv") as copy:
        assert copy.name == "a.csv" and copy.read_text("utf-8") == "text\nRain.\n"
    assert not copy.exists()
    (tmp_path / "b.csv").write_text("text\n", "utf-8")
    with local_copy(tmp_path / "b.csv") as copy:
        assert copy == tmp_path / "b.csv"
    assert [item.path for item in objects_below(raw)] == ["a.csv"]
