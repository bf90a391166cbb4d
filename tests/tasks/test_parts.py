"""Files that hold several articles go through the rules that text files go through, whatever their kind."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.settings import Settings
from onrecord.version import pipeline_version
from onrecord.warehouse.rows import article_id
from tasks.comparison import Known
from tasks.containers import LISTS
from tasks.discover import Plan, as_read, discover
from tasks.listing import MOVED
from tasks.opening import Opened, open_batch
from tasks.rejects import Reject
from tasks.unpacking import unpack
from tests.tasks.doors import BY_ENDING, DOORS, Door

TEXTS = {"a1": "HARROW: The bridge is safe.", "a2": "HARROW: The river is low.", "a3": "HARROW: It rains."}


class Desk:
    """A raw folder with one file that holds several articles, and what a warehouse would know of it."""

    def __init__(self, place: Path, door: Door) -> None:
        self.door = door
        self.raw = place / "raw"
        self.raw.mkdir()
        self.file = self.raw / door.name
        self.settings = Settings(raw=self.raw, warehouse=place / "warehouse", formats=(door.format_name,))
        self.known: dict[str, Known] = {}
        self.texts = dict(zip(door.parts, TEXTS.values(), strict=True))

    def write(self, *, bad: bool = False, **changed: str | None) -> None:
        named = dict(zip(TEXTS, self.door.parts, strict=True))
        texts = self.texts | {named[part]: text for part, text in changed.items() if text is not None}
        for part in (part for part, text in changed.items() if text is None):
            del texts[named[part]]
        self.door.write(self.file, texts, bad)

    def key(self, part: str) -> str:
        return f"{self.door.name}//{dict(zip(TEXTS, self.door.parts, strict=True))[part]}"

    def say(self, *lines: dict[str, Any]) -> None:
        (self.raw / "metadata.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")

    def plan(self, **more: Any) -> Plan:
        return discover(replace(self.settings, **more), self.known)

    def run(self, **more: Any) -> Plan:
        """A plan that is carried out."""
        plan = self.plan(**more)
        version = pipeline_version()
        self.known = {key: about for key, about in self.known.items() if key not in plan.mended | plan.gone}
        for reject in plan.rejects:
            of_key = frozenset(r.reason for r in plan.rejects if r.key == reject.key)
            self.known[reject.key] = Known(reject.source_sha256 or "", None, version, True, of_key)
        for file in (file for batch in plan.batches for file in batch):
            self.known[file.path] = Known(file.sha256, file.metadata_sha256, version)
        return plan

    def opened(self, plan: Plan) -> list[Opened | Reject]:
        batches = unpack(plan.batches, self.settings, self.settings.warehouse / ".staging" / "parts")
        return [item for batch in batches for item in open_batch(batch, self.settings)]


@pytest.fixture(params=DOORS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    return Desk(tmp_path, DOORS[request.param])


def test_each_part_is_a_source_with_an_id_of_its_own(desk: Desk) -> None:
    desk.write()
    opened = desk.opened(desk.plan())
    assert [item.text.strip() for item in opened if isinstance(item, Opened)] == list(TEXTS.values())
    ids = [item.article_id for item in opened if isinstance(item, Opened)]
    assert ids == [article_id(desk.key(part)) for part in TEXTS] and len(set(ids)) == 3


@pytest.mark.parametrize("desk", BY_ENDING, indirect=True)
def test_only_what_is_named_is_read(desk: Desk) -> None:
    desk.write()
    plan = desk.plan(formats=())
    assert not plan.batches and plan.unread == (desk.door.name,)


def test_a_second_run_has_nothing_to_do_and_reads_no_file_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(bad=True)
    assert desk.run().new == {desk.key(part) for part in TEXTS}
    monkeypatch.setattr("tasks.containers.parts_of", None)
    plan = desk.run()
    assert not plan.has_work and plan.unchanged == 3


def test_a_full_run_lists_the_file_anew_and_keeps_the_list(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write()
    desk.run(full=True)
    with monkeypatch.context() as unread:
        unread.setattr("tasks.containers.parts_of", None)
        assert desk.run().unchanged == 3
        with pytest.raises(TypeError):
            desk.run(full=True)


def test_only_the_changed_part_is_read_again(desk: Desk) -> None:
    desk.write()
    desk.run()
    desk.write(a2="HARROW: The river is high.")
    plan = desk.run()
    assert plan.changed == {desk.key("a2")} and plan.unchanged == 2 and not plan.new
    assert [item.text.strip() for item in desk.opened(plan) if isinstance(item, Opened)] == [
        "HARROW: The river is high."
    ]


def test_a_bad_part_is_a_reject_with_its_place_until_it_is_mended(desk: Desk) -> None:
    desk.write(bad=True)
    plan = desk.run()
    number = len(TEXTS) + 1
    (reject,) = plan.rejects
    assert (reject.source_path, reject.source_part) == (desk.door.name, desk.door.bad_part.format(number))
    assert reject.reason == desk.door.bad_reason.format(number) and reject.stage == "read"
    assert plan.files == 3 and not desk.run().has_work
    desk.write()
    assert desk.run().mended == {reject.key}
    assert not desk.run().has_work


def test_what_metadata_says_of_the_file_holds_for_each_part_and_what_it_says_of_a_part_wins(desk: Desk) -> None:
    desk.write()
    desk.run()
    desk.say(
        {"file": desk.door.name, "publisher": "The Harrow Post"}, {"file": desk.key("a2"), "publisher": "The Mail"}
    )
    plan = desk.run()
    assert plan.changed == {desk.key(part) for part in TEXTS} and not plan.rejects
    publishers = [item.metadata and item.metadata.publisher for item in desk.opened(plan) if isinstance(item, Opened)]
    assert publishers == ["The Harrow Post", "The Mail", "The Harrow Post"]
    assert not desk.run().has_work
    desk.say({"file": desk.door.name + "//nowhere", "publisher": "The Mail"})
    assert [reject.reason for reject in desk.run().rejects] == [
        f"line 1: there is no file {desk.door.name + '//nowhere'!r}"
    ]


def test_metadata_withdraws_a_part_and_a_whole_file(desk: Desk) -> None:
    desk.write()
    desk.run()
    desk.say({"file": desk.key("a2"), "withdrawn": True})
    assert desk.plan().withdrawn == {desk.key("a2")} and not desk.plan().gone
    desk.say({"file": desk.door.name, "withdrawn": True})
    assert desk.plan().withdrawn == {desk.key(part) for part in TEXTS}


def test_a_part_that_is_gone_is_told(desk: Desk) -> None:
    desk.write()
    desk.run()
    desk.write(a3=None)
    assert desk.plan().gone == {desk.key("a3")}
    desk.file.unlink()
    assert desk.plan().gone == {desk.key(part) for part in TEXTS}


def test_a_moved_file_moves_its_parts(desk: Desk) -> None:
    desk.write()
    desk.run()
    (desk.raw / "old").mkdir()
    desk.file.rename(desk.raw / "old" / desk.door.name)
    assert desk.plan().renamed == {desk.key(part): f"old/{desk.key(part)}" for part in TEXTS}


@pytest.mark.parametrize("desk", BY_ENDING, indirect=True)
def test_what_cannot_be_looked_at_is_not_gone(desk: Desk) -> None:
    desk.write()
    desk.run()
    assert not desk.plan(formats=()).gone and not desk.plan(full=True, formats=()).gone
    desk.file.write_bytes(b"\xff\xfe\xff")
    plan = desk.plan()
    assert not plan.gone and [reject.key for reject in plan.rejects] == [desk.door.name]


def test_a_backfill_reads_the_parts_of_its_month_and_no_others(desk: Desk) -> None:
    desk.write(bad=True)
    desk.run()
    among = {desk.key("a1"), desk.key("a3")}
    old = {key: about._replace(pipeline_version="older") for key, about in desk.known.items()}
    plan = discover(desk.settings, old, among)
    assert plan.outdated == among and not (plan.rejects or plan.gone or plan.new or plan.mended)
    assert [item.text.strip() for item in desk.opened(plan) if isinstance(item, Opened)] == [TEXTS["a1"], TEXTS["a3"]]


def test_a_retry_of_a_file_reads_all_its_parts(desk: Desk) -> None:
    desk.write()
    plan = discover(desk.settings, {}, {desk.door.name})
    assert plan.new == {desk.key(part) for part in TEXTS}


def test_a_file_that_changes_while_the_run_is_on_is_left_to_the_next(desk: Desk) -> None:
    desk.write()
    plan = desk.plan()
    desk.write(a2="HARROW: The river is high.", a3=None)
    outcomes = [item.reason if isinstance(item, Reject) else item.text.strip() for item in desk.opened(plan)]
    assert outcomes == [TEXTS["a1"], MOVED, MOVED]


def test_sources_as_they_were_read_are_found_again(desk: Desk) -> None:
    desk.write()
    desk.run()
    desk.write(a2="HARROW: The river is high.")
    assert [file.path for file in as_read(desk.settings, desk.known)] == [desk.key("a1"), desk.key("a3")]


def test_a_further_raw_folder_names_its_parts(desk: Desk) -> None:
    desk.write()
    settings = replace(desk.settings, source="wire")
    plan = discover(settings, {})
    assert plan.new == {f"wire/{desk.key(part)}" for part in TEXTS}
    known = {f.path: Known(f.sha256, f.metadata_sha256, pipeline_version()) for batch in plan.batches for f in batch}
    assert discover(settings, known).unchanged == 3


def test_lists_of_files_that_are_others_now_are_dropped(desk: Desk) -> None:
    desk.write()
    desk.run()
    desk.write(a1="HARROW: The bridge is closed.")
    desk.run()
    assert len(list((desk.settings.warehouse / LISTS).iterdir())) == 1


def test_pages_and_markdown_are_files_like_texts(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    page = f"<html><head><title>Rain</title></head><body><p>{TEXTS['a3']}</p></body></html>"
    (raw / "a.html").write_text(page, "utf-8")
    (raw / "empty.html").write_text("<html></html>", "utf-8")
    (raw / "b.md").write_text("# Rain\n\nHARROW: It **rains**.", "utf-8")
    (raw / "metadata.csv").write_text("file,publisher\na.html,The Post\n", "utf-8")
    settings = Settings(raw=raw, warehouse=tmp_path / "warehouse", formats=("html,md",))
    plan = discover(settings, {})
    assert plan.new == {"a.html", "empty.html", "b.md"} and not plan.rejects
    opened, markdown, empty = open_batch(plan.batches[0], settings)
    assert isinstance(opened, Opened) and opened.text == f"Rain\n\n{TEXTS['a3']}" and opened.metadata
    assert (opened.metadata.headline, opened.metadata.publisher) == ("Rain", "The Post")
    assert isinstance(markdown, Opened) and markdown.text.startswith("# Rain")
    assert isinstance(empty, Reject) and empty.reason == "there is no article on the page"
    known = {f.path: Known(f.sha256, f.metadata_sha256, pipeline_version()) for f in plan.batches[0]}
    assert discover(settings, known).unchanged == 3
    unnamed = discover(replace(settings, formats=()), known)
    assert set(unnamed.unread) == {"a.html", "empty.html", "b.md"} and not unnamed.gone


def test_pages_are_not_read_without_what_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.files.html.is_installed", lambda: False)
    with pytest.raises(RuntimeError, match=r"pip install 'onrecord\[html\]'"):
        discover(Settings(raw=tmp_path, warehouse=tmp_path / "warehouse", formats=("html",)), {})


@pytest.mark.parametrize("desk", ["export"], indirect=True)
def test_an_export_that_is_not_named_is_a_reject_that_says_so_and_never_one_article(desk: Desk) -> None:
    desk.write()
    plan = desk.plan(formats=())
    (reject,) = desk.opened(plan)
    assert isinstance(reject, Reject) and reject.key == "all.txt"
    assert reject.reason == "it holds 3 articles, an export of Factiva: name the format export to split it"
    desk.known["all.txt"] = Known(
        reject.source_sha256 or "", None, pipeline_version(), True, frozenset({reject.reason})
    )
    plan = desk.run()
    assert plan.new == {desk.key(part) for part in TEXTS} and plan.mended == {"all.txt"}
    assert not desk.run().has_work and not desk.plan(formats=()).gone


@pytest.mark.parametrize("desk", ["export"], indirect=True)
def test_an_export_that_was_read_as_one_article_gives_way_to_its_articles(desk: Desk) -> None:
    desk.write()
    (desk.raw / "plain.txt").write_text("HARROW: It snows.", "utf-8")
    for path in ("all.txt", "plain.txt"):
        desk.known[path] = Known(hashlib.sha256((desk.raw / path).read_bytes()).hexdigest(), None, "older")
    plan = desk.plan()
    assert plan.outdated == {"plain.txt"} and plan.new == {desk.key(part) for part in TEXTS}
    assert plan.renamed == {"all.txt": desk.key("a1")}


@pytest.fixture
def dataset(tmp_path: Path) -> Iterator[Desk]:
    yield Desk(tmp_path, DOORS["jsonl"])


def test_the_guessed_columns_are_told_and_others_make_other_sources(dataset: Desk) -> None:
    rows = [{"id": 1, "text": "HARROW: It rains.", "summary": "It rains in Harrow."}]
    dataset.file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert dataset.run().columns == (("all.jsonl", "text=text, id=id (guessed)"),)
    plan = dataset.run(columns=("text=summary",))
    assert plan.columns == (("all.jsonl", "text=summary; id=id (guessed)"),)
    assert plan.changed == {"all.jsonl//1"}


def test_a_warning_is_told_once_and_keeps_nothing_out(dataset: Desk) -> None:
    rows = [{"id": 1, "text": "HARROW: It rains.", "date": "4/3/2017"}]
    dataset.file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    plan = dataset.run()
    assert [(reject.key, reject.severity) for reject in plan.rejects] == [("all.jsonl", "warning")] and plan.files == 1
    assert not dataset.run().has_work


def test_since_and_until_go_by_the_day_of_a_row(dataset: Desk) -> None:
    rows = [{"id": day, "text": "HARROW: It rains.", "date": f"2024-05-0{day}"} for day in range(1, 5)]
    dataset.file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    plan = dataset.plan(since=dt.date(2024, 5, 2), only="all.*")
    assert plan.new == {"all.jsonl//2", "all.jsonl//3", "all.jsonl//4"}
    assert not dataset.plan(only="other.*").new
