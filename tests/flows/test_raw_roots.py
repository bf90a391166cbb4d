"""Several raw folders in one warehouse: none overwrites what another gave, and a wrong one is refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.backfill import run_months
from flows.ingest import run_steps
from flows.orchestration import Plain
from flows.work import work_of
from onrecord.settings import Settings, is_source_name
from onrecord.version import STAGES, pipeline_version
from onrecord.warehouse.check import check
from onrecord.warehouse.store import Warehouse
from tasks.report import RunReport
from tasks.roots import RawFolderError, Roots, roots_of
from tests.flows.prepared import Prepared
from tests.flows.small_corpus import rows


def story(thing: str) -> str:
    return f"HARROW: “The {thing} is safe,” Mayor Ada Quill said on Monday.\n"


def put(place: Path, path: str, thing: str) -> None:
    (place / path).parent.mkdir(parents=True, exist_ok=True)
    (place / path).write_text(story(thing), "utf-8")


def settings(place: Path, raw: str, **more: Any) -> Settings:
    return Settings(raw=place / raw, warehouse=place / "warehouse", workers=1, **more)


def ingest(place: Path, raw: str, **more: Any) -> RunReport:
    return run_steps(settings(place, raw, **more), Plain(1))


def texts(place: Path) -> dict[str, str]:
    return {row["source_path"]: row["text"] for row in rows(place / "warehouse", "articles")}


def read(place: Path) -> None:
    """Two raw folders with the same file names, of which the first was read."""
    for folder, things in (("jan", ("bridge", "ferry")), ("feb", ("school", "quarry"))):
        for number, thing in enumerate(things, 1):
            put(place, f"{folder}/000{number}.txt", thing)
    ingest(place, "jan")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(tmp_path_factory.mktemp("roots"), read)


@pytest.fixture
def place(prepared: Prepared) -> Path:
    return prepared.restored()


def test_another_folder_is_refused_and_nothing_is_overwritten(place: Path) -> None:
    with pytest.raises(RawFolderError, match=r"feb is another folder.*--source NAME.*--same-source"):
        ingest(place, "feb")
    with pytest.raises(RawFolderError):
        ingest(place, "feb", dry_run=True)
    assert texts(place) == {"0001.txt": story("bridge"), "0002.txt": story("ferry")}


def test_a_further_folder_has_a_name_and_its_own_rows(place: Path) -> None:
    ingest(place, "feb", source="feb")
    assert texts(place) == {
        "0001.txt": story("bridge"), "0002.txt": story("ferry"),
        "feb/0001.txt": story("school"), "feb/0002.txt": story("quarry"),
    }  # fmt: skip
    with Warehouse(place / "warehouse").latest() as snapshot:
        assert check(snapshot) == []
    for raw in ("jan", "feb"):  # known by their folders now
        assert ingest(place, raw).did_nothing and ingest(place, raw).unchanged == 2
    (place / "feb" / "0001.txt").write_text(story("library"), "utf-8")
    assert ingest(place, "feb").changed == 1
    assert texts(place)["feb/0001.txt"] == story("library") and texts(place)["0001.txt"] == story("bridge")


def test_a_full_run_of_one_folder_leaves_the_other_alone(place: Path) -> None:
    ingest(place, "feb", source="feb")
    (place / "feb" / "0001.txt").unlink()
    assert ingest(place, "jan", full=True).removed == 0
    assert ingest(place, "feb", full=True, allow_removals=1).removals.dropped == ("feb/0001.txt",)
    assert set(texts(place)) == {"0001.txt", "0002.txt", "feb/0002.txt"}


def test_a_folder_that_has_moved_is_the_same_source(place: Path) -> None:
    shutil.move(place / "jan", place / "january")
    with pytest.raises(RawFolderError, match="--same-source"):
        ingest(place, "january")
    moved = ingest(place, "january", same_source=True)
    assert (moved.new, moved.unchanged, moved.removed) == (0, 2, 0)
    assert ingest(place, "january").did_nothing
    assert roots_of(Warehouse(place / "warehouse")) == {"": place / "january"}


def test_of_several_folders_the_one_that_has_moved_is_named(place: Path) -> None:
    ingest(place, "feb", source="feb")
    shutil.move(place / "feb", place / "february")
    with pytest.raises(RawFolderError, match="Say --source NAME"):
        ingest(place, "february", same_source=True)
    with pytest.raises(RawFolderError, match=r"was read from .*feb, and not from"):
        ingest(place, "february", source="feb")
    assert ingest(place, "february", source="feb", same_source=True).unchanged == 2
    assert ingest(place, "february").did_nothing


def test_a_folder_is_not_read_a_second_time_under_another_name(place: Path) -> None:
    with pytest.raises(RawFolderError, match="its first folder, which has no name, and not as 'jan'"):
        ingest(place, "jan", source="jan")


def test_a_link_to_the_folder_is_the_folder(place: Path) -> None:
    (place / "latest").symlink_to(place / "jan")
    assert ingest(place, "latest").did_nothing


def test_a_part_of_the_folder_is_read_with_only(place: Path) -> None:
    put(place, "jan/post/0001.txt", "mill")
    with pytest.raises(RawFolderError, match=r"To read a part of .*jan only: --only 'post/\*'"):
        ingest(place, "jan/post", full=True)


def test_names_that_could_be_taken_for_folders_are_refused(place: Path) -> None:
    put(place, "jan/feb/0001.txt", "mill")
    with pytest.raises(RawFolderError, match="has the name of the source 'feb'"):
        ingest(place, "feb", source="feb")
    ingest(place, "jan")
    with pytest.raises(RawFolderError, match=r"an article of that beginning \(feb/0001.txt\)"):
        ingest(place, "feb", source="feb")
    ingest(place, "feb", source="february")
    put(place, "jan/february/0001.txt", "tannery")
    with pytest.raises(RawFolderError, match="has the name of the source 'february'"):
        ingest(place, "jan")


def test_lines_that_recur_are_counted_over_all_folders(place: Path) -> None:
    line = "Never miss what the valley is talking about"
    things = ("bridge", "ferry", "mill", "school", "quarry", "library", "harbour", "orchard")
    for number, thing in enumerate(things):
        paragraphs = [
            f"https://www.quillbayledger.com/2024/05/08/story-{number}",
            f"Trouble at the {thing}",
            f"The {thing} was shut for weeks, the mayor told us.",
            line,
            f"Nobody who lives by the {thing} had been asked before, and many were angry about it.",
            f"The council will speak of the {thing} in May.",
        ]
        file = place / ("jan" if number < 4 else "feb") / f"{thing}.txt"
        file.write_text("\n\n".join(paragraphs), "utf-8")
    ingest(place, "jan")
    report = ingest(place, "feb", source="feb")
    assert report.reread == 4  # those of the first folder, from where it lies
    bodies = [row["body"] for row in rows(place / "warehouse", "articles") if "quillbayledger" in row["text"]]
    assert len(bodies) == 8 and not any(line in body for body in bodies)


def test_a_backfill_reads_the_folder_that_it_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(place, "feb", source="feb")
    monkeypatch.setattr("onrecord.version.STAGES", {**STAGES, "quotes": 99})
    pipeline_version.cache_clear()
    try:
        (feb,) = work_of(settings(place, "feb"))
        assert feb.paths == {"feb/0001.txt", "feb/0002.txt"}
        assert [report.outdated for report in run_months(settings(place, "feb"), Plain(1))] == [2]
        assert work_of(settings(place, "feb")) == []
        (jan,) = work_of(settings(place, "jan", only="*1.txt"))
        assert jan.paths == {"0001.txt"}
    finally:
        monkeypatch.undo()
        pipeline_version.cache_clear()


@pytest.mark.parametrize("name", ["", "a/b", "..", ".x", "a b", "é", "-a", "x" * 65])
def test_a_name_that_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="a source is named by"):
        Settings(source=name)


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,9}", fullmatch=True), st.text(min_size=1, max_size=20))
def test_every_path_has_one_source(name: str, path: str) -> None:
    assert is_source_name(name)
    roots = Roots({"": Path("/a"), name: Path("/b")}, name)
    assert roots.source_of(f"{name}/{path}") == name
    assert roots.source_of(path) == (name if path.startswith(f"{name}/") else "")
    assert roots.own({f"{name}/{path}": 1}) == {f"{name}/{path}": 1}


def test_the_tables_cannot_lie_in_the_raw_folder_itself(tmp_path: Path) -> None:
    put(tmp_path, "all/a.txt", "ferry")
    with pytest.raises(RawFolderError, match="cannot be in one folder"):
        run_steps(Settings(raw=tmp_path / "all", warehouse=tmp_path / "all", workers=1), Plain(1))


def test_tables_below_the_raw_folder_are_no_articles(tmp_path: Path) -> None:
    put(tmp_path, "all/a.txt", "ferry")
    told = Settings(raw=tmp_path / "all", warehouse=tmp_path / "all" / "warehouse", workers=1)
    assert run_steps(told, Plain(1)).new == 1
    again = run_steps(told, Plain(1))
    assert (again.seen, again.unchanged, again.rejects) == (1, 1, ())
