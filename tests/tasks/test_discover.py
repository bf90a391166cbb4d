"""What a run takes: new, changed and outdated files; and what it turns away before reading it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.files import lines_of, parse_metadata
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from tasks.batches import BATCHES_PER_WORKER, PAYING_BYTES, RawFile, batches_of, cut
from tasks.comparison import Known
from tasks.discover import Plan, discover
from tasks.listing import Listing, list_raw


def settings(raw: Path, **more: object) -> Settings:
    return Settings(raw=raw, warehouse=raw.parent / "warehouse", **more)  # type: ignore[arg-type]


def put(raw: Path, path: str, text: str = "BRIDGETON: The bridge is safe.") -> Path:
    file = raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def known_after(plan: Plan) -> dict[str, Known]:
    """What the warehouse would know had the plan been carried out."""
    files = {f.path: Known(f.sha256, f.metadata_sha256, pipeline_version()) for batch in plan.batches for f in batch}
    told = {r.source_path for r in plan.rejects}
    reasons = {path: frozenset(r.reason for r in plan.rejects if r.source_path == path) for path in told}
    rejects = {
        r.source_path: Known(r.source_sha256 or "", None, pipeline_version(), True, reasons[r.source_path])
        for r in plan.rejects
    }
    return {**rejects, **files}


def paths(plan: Plan) -> list[str]:
    return [file.path for batch in plan.batches for file in batch]


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "post/a.txt")
    put(raw, "b.txt")
    first = discover(settings(raw), {})
    assert paths(first) == ["b.txt", "post/a.txt"] and first.new == {"b.txt", "post/a.txt"}
    second = discover(settings(raw), known_after(first))
    assert second.batches == () and second.unchanged == 2


def test_changed_content_and_changed_metadata_are_read_again(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    put(raw, "b.txt")
    before = known_after(discover(settings(raw), {}))
    put(raw, "a.txt", "BRIDGETON: The bridge is closed.")
    put(raw, "metadata.jsonl", json.dumps({"file": "b.txt", "date_published": "2024-05-08"}))
    plan = discover(settings(raw), before)
    assert plan.changed == {"a.txt", "b.txt"} and plan.unchanged == 0


def test_another_version_reads_again_what_is_there(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    known = {"a.txt": Known(hashlib.sha256((raw / "a.txt").read_bytes()).hexdigest(), None, "0.0.1+older")}
    assert discover(settings(raw), known).outdated == {"a.txt"}


def test_gone_and_withdrawn_files_are_told(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    put(raw, "metadata.jsonl", json.dumps({"file": "a.txt", "withdrawn": True}))
    known = {"a.txt": Known("0", None, "0"), "b.txt": Known("0", None, "0")}
    plan = discover(settings(raw), known)
    assert plan.gone == {"b.txt"} and plan.withdrawn == {"a.txt"} and plan.batches == ()


def test_only_and_dates_of_metadata_narrow_the_run(tmp_path: Path) -> None:
    import datetime as dt

    raw = tmp_path / "raw"
    for name in ("post/a.txt", "post/b.txt", "news/c.txt"):
        put(raw, name)
    put(raw, "post/metadata.csv", "file,date_published\na.txt,2024-05-08\nb.txt,2024-06-01\n")
    assert paths(discover(settings(raw, only="post/*"), {})) == ["post/a.txt", "post/b.txt"]
    narrowed = discover(settings(raw, until=dt.date(2024, 5, 31), only="post/*"), {})
    assert paths(narrowed) == ["post/a.txt"]


def test_what_cannot_be_read_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "good.txt")
    outside = tmp_path / "secret.txt"
    outside.write_text("not yours")
    (raw / "link.txt").symlink_to(outside)
    (raw / "broken.txt").symlink_to(raw / "nowhere.txt")
    (raw / "folder").symlink_to(tmp_path)
    os.mkfifo(raw / "pipe.txt")
    Path(os.fsdecode(os.fsencode(raw) + b"/bad\xff.txt")).write_text("x")
    put(raw, "huge.txt", "x" * 2000)
    plan = discover(settings(raw, file_bytes=1000), {})
    assert paths(plan) == ["good.txt"]
    reasons = {reject.source_path: reject.reason for reject in plan.rejects}
    assert reasons.keys() == {"link.txt", "broken.txt", "folder", "pipe.txt", "bad\\xff.txt", "huge.txt"}
    assert "leaves the raw folder" in reasons["link.txt"] and "UTF-8" in reasons["bad\\xff.txt"]
    assert "over the limit" in reasons["huge.txt"] and "regular" in reasons["pipe.txt"]
    again = discover(settings(raw, file_bytes=1000), known_after(plan))
    assert again.rejects == () and again.batches == ()


def test_compressed_texts_are_articles_and_other_compressed_files_are_not(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    for name in ("a.txt", "b.txt.gz", "c.txt.zst", "d.txt.xz", "e.txt.bz2", "f.json.gz", "g.gz", "h.txt.zip"):
        put(raw, name)
    plan = discover(settings(raw), {})
    assert paths(plan) == ["a.txt", "b.txt.gz", "c.txt.zst", "d.txt.xz", "e.txt.bz2"]
    assert sorted(plan.unread) == ["f.json.gz", "g.gz", "h.txt.zip"]


def test_a_link_inside_the_raw_folder_is_read(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    (raw / "same.txt").symlink_to(raw / "a.txt")
    assert list_raw(raw, 1000).files.keys() == {"a.txt", "same.txt"}


def test_the_warehouse_is_left_alone_where_it_lies_in_the_raw_folder(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    put(raw, "warehouse/notes.txt")
    (raw / "warehouse" / "current").symlink_to(tmp_path)
    listing = list_raw(raw, 1000, warehouse=raw / "warehouse")
    assert listing.files.keys() == {"a.txt"}
    assert not listing.rejects and not listing.unread
    assert list_raw(raw, 1000).files.keys() == {"a.txt", "warehouse/notes.txt"}


def test_a_bad_metadata_line_is_a_reject_with_its_number(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    put(raw, "metadata.jsonl", '{"file": "a.txt"}\n{"file": "a.txt", "date_published": "some day"}\n')
    rejects = discover(settings(raw), {}).rejects
    assert [(r.source_path, r.stage, r.row_id) for r in rejects] == [("metadata.jsonl", "structure", "2")]
    assert rejects[0].reason.startswith("line 2: ")


def test_a_missing_raw_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--raw"):
        discover(settings(tmp_path / "nowhere"), {})


@given(st.lists(st.integers(0, 500), max_size=60), st.integers(1, 9), st.integers(1, 900))
def test_batches_hold_every_file_once_within_both_limits(sizes: list[int], files: int, size: int) -> None:
    work = [RawFile(f"{n}.txt", "", length, None, None) for n, length in enumerate(sizes)]
    batches = list(cut(work, files, size))
    assert [file for batch in batches for file in batch] == work
    for batch in batches:
        assert 1 <= len(batch) <= files
        assert len(batch) == 1 or sum(file.size for file in batch) <= size


def test_a_mended_metadata_file_loses_its_rejects(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    put(raw, "metadata.jsonl", "{")
    before = known_after(discover(settings(raw), {}))
    assert not discover(settings(raw), before).has_work
    put(raw, "metadata.jsonl", '{"file": "a.txt"}')
    plan = discover(settings(raw), before)
    assert plan.mended == {"metadata.jsonl"} and plan.has_work


def test_a_metadata_line_that_fits_no_file_is_a_reject_with_its_number(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "post/a.txt")
    put(raw, "post/b.pdf")
    lines = [{"file": "a.txt"}, {"file": "A.TXT"}, {"file": "c.txt"}, {"file": "b.pdf"}, {"file": "../x.txt"}]
    put(raw, "post/metadata.jsonl", "\n".join(map(json.dumps, lines)))
    put(raw, "metadata.csv", "file,publisher\npost/a.txt,Post\npost/d.txt,Post\n")
    plan = discover(settings(raw), {})
    assert {(r.source_path, r.row_id): r.reason for r in plan.rejects} == {
        (
            "post/metadata.jsonl",
            "2",
        ): "line 2: there is no file 'A.TXT', but 'post/a.txt': names are told apart by capitals",
        ("post/metadata.jsonl", "3"): "line 3: there is no file 'c.txt'",
        (
            "post/metadata.jsonl",
            "4",
        ): "line 4: the file 'b.pdf' is not read: write its text to a .txt file (pdftotext FILE)",
        ("post/metadata.jsonl", "5"): "line 5: there is no file '../x.txt'",
        ("metadata.csv", "3"): "line 3: there is no file 'post/d.txt'",
    }
    before = known_after(plan)
    assert not discover(settings(raw), before).has_work


def test_rejects_of_a_metadata_file_follow_the_files_that_come_and_go(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    put(raw, "metadata.jsonl", '{"file": "b.txt"}\n{"file": "c.txt"}\n')
    before = known_after(discover(settings(raw), {}))
    put(raw, "b.txt")
    plan = discover(settings(raw), before)
    assert [reject.row_id for reject in plan.rejects] == ["2"] and plan.new == {"b.txt"}
    before = known_after(plan) | {"a.txt": before["a.txt"]}
    put(raw, "c.txt")
    plan = discover(settings(raw), before)
    assert plan.rejects == () and plan.mended == {"metadata.jsonl"}


def test_a_line_that_withdraws_a_file_that_is_gone_withdraws_its_article(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    put(raw, "b.txt")
    put(raw, "metadata.jsonl", '{"file": "a.txt", "withdrawn": true}\n{"file": "B.txt", "withdrawn": true}\n')
    plan = discover(settings(raw), {"a.txt": Known("0", None, "0")})
    assert plan.withdrawn == {"a.txt"} and plan.gone == frozenset()
    assert [reject.row_id for reject in plan.rejects] == ["2"]  # whoever withdraws the wrong name is told
    assert discover(settings(raw), {}).withdrawn == frozenset()


@given(st.lists(st.text(max_size=8), max_size=6))
def test_every_line_that_names_a_file_has_its_number(names: list[str]) -> None:
    data = "\n".join(json.dumps({"file": name}) for name in names).encode()
    rows, bad = parse_metadata("metadata.jsonl", data)
    lines = lines_of("metadata.jsonl", data)
    assert rows.keys() <= lines.keys()
    assert {lines[name] for name in rows} | {line.number for line in bad} == set(range(1, len(names) + 1))


@given(st.integers(0, 2000), st.integers(1, 30_000), st.integers(1, 16))
def test_every_worker_has_several_batches_where_there_is_enough_to_read(count: int, size: int, workers: int) -> None:
    work = [RawFile(f"{n}.txt", "", size, None, None) for n in range(count)]
    batches = batches_of(work, Settings(workers=workers))
    assert [file for batch in batches for file in batch] == work
    assert max(map(len, batches), default=0) <= 200
    if workers > 1 and count * size >= workers * BATCHES_PER_WORKER * PAYING_BYTES:
        assert len(batches) >= workers * BATCHES_PER_WORKER


@given(st.lists(st.integers(0, 30_000), max_size=190), st.integers(1, 16))
def test_no_batch_is_smaller_than_pays(sizes: list[int], workers: int) -> None:
    """But for the last, and by the file that would have been too much."""
    work = [RawFile(f"{n}.txt", "", size, None, None) for n, size in enumerate(sizes)]
    batches = batches_of(work, Settings(workers=workers))
    assert all(sum(file.size for file in batch) > PAYING_BYTES - 30_000 for batch in batches[:-1])
    if sum(sizes) < 2 * PAYING_BYTES:
        assert len(batches) <= 1


def test_a_folder_of_a_few_hundred_kilobytes_uses_all_workers() -> None:
    work = [RawFile(f"{n}.txt", "", 4_000, None, None) for n in range(84)]
    assert len(batches_of(work, Settings(workers=2))) == 2
    assert len(batches_of(work, Settings(workers=1))) == 1
    assert len(batches_of(work[:20], Settings(workers=2))) == 1
    assert len(batches_of(work * 4, Settings(workers=2))) == 8


@pytest.mark.parametrize("name", ["a.txt", "metadata.jsonl"])
def test_a_link_that_takes_a_files_place_after_the_listing_is_not_followed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked at, and is hashed and read, is one and the same file."""
    raw = tmp_path / "raw"
    put(raw, "a.txt")
    outside = tmp_path / "outside"
    outside.write_text('{"file": "a.txt", "publisher": "Secret"}\n', "utf-8")
    (raw / "metadata.jsonl").write_text('{"file": "a.txt", "publisher": "Post"}\n', "utf-8")

    def then_swapped(*arguments: Any, **more: Any) -> Listing:
        listing = list_raw(*arguments, **more)
        (raw / name).unlink()
        (raw / name).symlink_to(outside)
        return listing

    monkeypatch.setattr("tasks.discover.list_raw", then_swapped)
    plan = discover(settings(raw), {})
    told = {reject.source_path: reject.reason for reject in plan.rejects}
    assert "changed while the run was on" in told[name]
    assert "Secret" not in str(plan.batches)
