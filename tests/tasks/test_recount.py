"""Lines of a publisher, run by run: whatever the runs, the blocks are those of one run over what is there.

Articles are cut into blocks here and committed, and not read: names and quotes have no say in it.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

import tasks.recount
from onrecord.cross_document import recurring_lines as recurring
from onrecord.document.article import Article
from onrecord.files import decode
from onrecord.layout import body, segment
from onrecord.publication import publication
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from onrecord.warehouse.rows import Lineage, article_id, article_rows
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import to_table
from tasks.batches import RawFile
from tasks.discover import Plan, discover
from tasks.publish import known_sources
from tasks.recount import Recount, recount
from tasks.staging import recurring_in
from tasks.survey import survey

HOUSE = "Quillbay Ledger reports from the valley every working day"
OTHER = "Never miss what the valley is talking about"
THINGS = ("bridge", "ferry", "mill", "school", "quarry", "library", "harbour", "orchard", "tannery", "market")
AT = dt.datetime(2024, 5, 8, tzinfo=dt.UTC)


def story(number: int, *site_lines: str, day: str = "2024/05/08", site: str = "quillbayledger") -> str:
    """The text of a raw file: a story that no other number has, with lines of the site."""
    thing = f"{THINGS[number % 10]} at {THINGS[number // 10 % 10]} lane"
    paragraphs = [
        f"The {thing} was shut for weeks, the mayor told us.",
        *site_lines,
        f"Nobody who lives by the {thing} had been asked before, and many were angry about it.",
        f"The council will speak of the {thing} in May.",
    ]
    return "\n\n".join([f"https://www.{site}.com/{day}/story-{number}", f"Trouble at the {thing}", *paragraphs])


@dataclass
class Desk:
    """A raw folder and its warehouse, with runs that cut articles into blocks."""

    root: Path
    runs: int = 0
    last: Recount | None = None
    plan: Plan = field(default_factory=Plan)

    def put(self, files: Mapping[str, str]) -> None:
        (self.root / "raw").mkdir(exist_ok=True)
        for path, text in files.items():
            (self.root / "raw" / path).write_text(text, "utf-8")

    def remove(self, path: str) -> None:
        (self.root / "raw" / path).unlink()

    def run(self, among: set[str] | None = None, *, drop: bool = True, **more: Any) -> list[str]:
        """One run, which drops the rows of files that are gone; the paths of what was read again."""
        self.runs += 1
        staging = self.root / f"staging-{self.runs}"
        made = Settings(raw=self.root / "raw", warehouse=self.root / "warehouse", batch_files=3, **more)
        warehouse = Warehouse(made.warehouse)
        self.plan = discover(made, known_sources(warehouse), among)
        surveyed = [survey(batch, number, made, staging) for number, batch in enumerate(self.plan.batches)]
        gone = self.plan.withdrawn | (self.plan.gone if drop else frozenset())
        done = self.last = recount(warehouse, surveyed, gone, made, staging)
        with warehouse.transaction(f"run-{self.runs}", expected=done.parent) as commit:
            for number, batch in enumerate((*self.plan.batches, *done.reread)):
                recurs = recurring_in(staging, number)
                rows = [self._row(file, recurs[key]) for file in batch if (key := article_id(file.path)) in recurs]
                commit.upsert_articles({"articles": to_table("articles", rows)})
            commit.remove_articles(article_id(path) for path in gone)
            done.apply(commit)
        return [file.path for batch in done.reread for file in batch]

    def _row(self, file: RawFile, boilerplate: frozenset[int]) -> dict[str, Any]:
        data = (self.root / "raw" / file.path).read_bytes()
        text = decode(data).text
        blocks = segment(text, boilerplate=boilerplate)
        lineage = Lineage(file.path, file.sha256, len(data), "utf-8", f"run-{self.runs}", pipeline_version(), AT)
        article = Article(text, blocks, body(text, blocks), publication(text, blocks, file.metadata))
        return article_rows(article, lineage)["articles"][0]

    def blocks(self) -> dict[str, list[dict[str, Any]]]:
        with Warehouse(self.root / "warehouse").latest() as snapshot:
            rows = snapshot.read("articles", ["source_path", "blocks"]).to_pylist()
        return {row["source_path"]: row["blocks"] for row in rows}

    def boilerplate(self, line: str) -> set[str]:
        """The articles in which the line is boilerplate."""
        with Warehouse(self.root / "warehouse").latest() as snapshot:
            rows = snapshot.read("articles", ["source_path", "text", "blocks"]).to_pylist()
        return {
            row["source_path"]
            for row in rows
            for block in row["blocks"]
            if row["text"][block["start"] : block["end"]] == line and block["kind"] == "boilerplate"
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@contextmanager
def small_thresholds() -> Iterator[None]:
    """So that a handful of articles crosses the least number, the share and the most that are looked at, to and fro."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recurring, "LEAST_ARTICLES", 2)
        patch.setattr(recurring, "LEAST_SHARE", 0.5)
        patch.setattr(recurring, "MOST_ARTICLES", 5)
        patch.setattr(tasks.recount, "MOST_ARTICLES", 5)
        patch.setattr(tasks.recount, "ROWS_AT_ONCE", 3)
        patch.setattr(tasks.recount, "SITES_AT_ONCE", 1)
        yield


_VERSIONS = st.tuples(
    st.integers(0, 30), st.sets(st.sampled_from([HOUSE, OTHER])), st.sampled_from(["quillbayledger", "harrowpost"])
)
#: Of each run: files that are new or changed, files that go, and whether it reads all or only some.
_RUN = st.tuples(
    st.dictionaries(st.sampled_from("abcdefgh"), _VERSIONS, max_size=5),
    st.sets(st.sampled_from("abcdefgh"), max_size=2),
    st.sampled_from([None, "[a-d].txt"]),
)


@examples(max_examples=15, deadline=None)
@given(st.lists(_RUN, min_size=2, max_size=4))
def test_any_runs_give_the_blocks_of_one_run(runs: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, small_thresholds():
        grown, whole = Desk(Path(folder, "grown")), Desk(Path(folder, "whole"))
        for desk in (grown, whole):
            desk.root.mkdir()
        files: dict[str, str] = {}
        for put, gone, only in runs:
            changes = {f"{name}.txt": story(n, *sorted(lines), site=site) for name, (n, lines, site) in put.items()}
            grown.put(changes)
            files |= changes
            for path in sorted(files.keys() & {f"{name}.txt" for name in gone}):
                grown.remove(path)
                del files[path]
            grown.run(only=only)
        grown.run()
        whole.put(files)
        whole.run()
        assert grown.blocks() == whole.blocks()
        assert grown.run() == []


def test_the_fifth_article_has_the_first_four_read_again(desk: Desk) -> None:
    names = [f"{n}.txt" for n in range(5)]
    for number, name in enumerate(names[:4]):
        desk.put({name: story(number, HOUSE)})
        assert desk.run() == []
    assert desk.boilerplate(HOUSE) == set()
    desk.put({names[4]: story(4, HOUSE), "none.txt": story(5), "elsewhere.txt": story(6, HOUSE, site="harrowpost")})
    assert desk.run() == names[:4]
    assert desk.boilerplate(HOUSE) == set(names)


def test_one_that_goes_takes_it_back(desk: Desk) -> None:
    names = [f"{n}.txt" for n in range(5)]
    desk.put({name: story(number, HOUSE) for number, name in enumerate(names)})
    assert desk.run() == []
    assert desk.boilerplate(HOUSE) == set(names)
    desk.remove("2.txt")
    assert desk.run() == ["0.txt", "1.txt", "3.txt", "4.txt"]
    assert desk.boilerplate(HOUSE) == set()
    with Warehouse(desk.root / "warehouse").latest() as snapshot:
        assert snapshot.rows("article_lines") == 4


def test_a_withdrawn_article_does_not_count(desk: Desk) -> None:
    desk.put({f"{n}.txt": story(n, HOUSE) for n in range(5)})
    desk.run()
    desk.put({"metadata.jsonl": '{"file": "0.txt", "withdrawn": true}\n'})
    assert desk.run() == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert desk.boilerplate(HOUSE) == set()


def test_what_cannot_be_read_again_stays_as_it_was(desk: Desk) -> None:
    desk.put({f"{n}.txt": story(n, HOUSE) for n in range(4)})
    desk.run()
    desk.remove("0.txt")
    desk.put({"1.txt": story(1, HOUSE, OTHER), "4.txt": story(4, HOUSE)})
    assert desk.run(drop=False, only="4.txt") == ["2.txt", "3.txt"]
    assert desk.boilerplate(HOUSE) == {"2.txt", "3.txt", "4.txt"}
    assert desk.run(drop=False) == [] and desk.plan.changed == {"1.txt"}
    assert desk.boilerplate(HOUSE) == {"1.txt", "2.txt", "3.txt", "4.txt"}


def test_a_part_of_the_articles_reaches_the_others(desk: Desk) -> None:
    """A backfill's month, or `--only`: the others are read again as well, if it comes to that."""
    desk.put({f"{n}.txt": story(n, HOUSE) for n in range(6)})
    desk.run(only="[0-3].txt")
    assert desk.run(among={"4.txt"}) == [f"{n}.txt" for n in range(4)]
    assert desk.run() == []
    assert desk.boilerplate(HOUSE) == {f"{n}.txt" for n in range(6)}


def test_what_is_outside_the_dates_does_not_count(desk: Desk) -> None:
    days = ["2024/05/08"] * 4 + ["2023/05/08"] * 2
    desk.put({f"{n}.txt": story(n, HOUSE, day=day) for n, day in enumerate(days)})
    desk.run(since=dt.date(2024, 1, 1))
    assert desk.boilerplate(HOUSE) == set() and len(desk.blocks()) == 4
    assert desk.run() == [f"{n}.txt" for n in range(4)]
    assert len(desk.boilerplate(HOUSE)) == 6


def test_without_a_publisher_nothing_recurs(desk: Desk) -> None:
    desk.put({f"{n}.txt": story(n, HOUSE).split("\n\n", 1)[1] for n in range(6)})
    desk.run()
    assert desk.boilerplate(HOUSE) == set()


def test_copies_of_a_story_keep_their_sentences(desk: Desk) -> None:
    desk.put({f"{n}.txt": story(1, HOUSE) for n in range(6)})
    desk.run()
    assert desk.boilerplate(HOUSE) == set()
    assert all(sum(block["kind"] == "paragraph" for block in blocks) > 2 for blocks in desk.blocks().values())


def test_articles_of_another_version_are_left_to_the_run_that_brings_them_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put({f"{n}.txt": story(n, HOUSE) for n in range(4)})
    desk.run()
    desk.put({"4.txt": story(4, HOUSE)})
    for module in ("tasks.comparison", "tasks.discover", "tasks.recount"):
        monkeypatch.setattr(f"{module}.pipeline_version", lambda _tagger: "later")
    assert desk.run(only="4.txt") == []
    desk.run()
    assert desk.boilerplate(HOUSE) == {f"{n}.txt" for n in range(5)}


def test_the_rows_of_other_publishers_are_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put(
        {f"{site}-{n}.txt": story(n, HOUSE, site=site) for n in range(8) for site in ("harrowpost", "quillbayledger")}
    )
    desk.run()
    counted: list[int] = []

    def recurring_lines(told: Iterable[object]) -> frozenset[int]:
        counted.append(len(list(told)))
        return frozenset()

    monkeypatch.setattr(tasks.recount, "recurring_lines", recurring_lines)
    desk.put({"new.txt": story(9)})
    desk.run()
    assert counted == [8, 9]


def test_no_more_than_the_first_articles_are_looked_at(desk: Desk) -> None:
    with small_thresholds():
        desk.put({f"{n}.txt": story(n, HOUSE) for n in range(12)})
        desk.run()
        first = sorted(article_id(f"{n}.txt") for n in range(12))[:5]
        late = next(n for n in range(100, 999) if article_id(f"{n}.txt") > first[-1])
        early = next(n for n in range(100, 999) if article_id(f"{n}.txt") < first[0])
        assert desk.boilerplate(HOUSE) == {f"{n}.txt" for n in range(12)}
        desk.put({f"{late}.txt": story(20)})
        assert desk.run() == []
        desk.put({f"{early}.txt": story(21)})
        assert desk.run() == []


def test_a_warehouse_from_before_there_were_such_rows(desk: Desk) -> None:
    desk.put({f"{n}.txt": story(n, HOUSE) for n in range(4)})
    desk.run()
    with Warehouse(desk.root / "warehouse").latest() as snapshot:
        told = snapshot.path / "commit.json"
    commit = json.loads(told.read_text("utf-8"))
    del commit["tables"]["article_lines"]
    told.write_text(json.dumps(commit), "utf-8")
    desk.put({"4.txt": story(4, HOUSE)})
    assert desk.run() == [] and desk.boilerplate(HOUSE) == set()
    desk.run(full=True)
    assert desk.boilerplate(HOUSE) == {f"{n}.txt" for n in range(5)}
