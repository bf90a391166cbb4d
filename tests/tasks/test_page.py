"""The page tells what the run did, needs no network, and shows text from files as text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser

from tasks.page import MOST_ROWS, page
from tasks.rejects import Reject
from tasks.report import RunReport

START = dt.datetime(2024, 5, 9, 6, tzinfo=dt.UTC)
REPORT = RunReport(
    "r1", "ingest", START, START + dt.timedelta(seconds=3), "0.1.0+abc", {},
    rejects=(Reject.of_file("<script>alert(1)</script>.txt", "read", 'has "quotes" & <b>tags</b>'),),
    checks={("quotes", "expect_x(cue)"): ("critical", 10, 2)}, rows={"quotes": 10}, fill={"quotes": {"cue": 0.5}},
    durations={"extract": 1.0}, drift=("share <up>",), slowest=(("a.txt", 0.5),),
)  # fmt: skip


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not {name for name, _ in attrs} & {"src", "onclick", "onload"}
        assert tag == "a" or "href" not in dict(attrs)
        self.links += [str(value) for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_shows_everything_and_loads_nothing() -> None:
    reader = Reader()
    reader.feed(page(REPORT))
    shown = " ".join(reader.text)
    for words in ("Run r1", "<script>alert(1)</script>.txt", "expect_x(cue)", "share <up>", "a.txt", "extract"):
        assert words in shown
    assert not reader.tags & {"script", "link", "img", "iframe", "b"}
    assert not re.search(r"https?://|@import|url\(", page(REPORT))


def test_the_page_links_to_earlier_runs_and_to_the_rows() -> None:
    reader = Reader()
    reader.feed(page(REPORT, ["r1", 'r0"><b>']))
    assert reader.links == ["../quotes/", "r0%22%3E%3Cb%3E.html"]
    assert "where run_id = 'r1'" in " ".join(reader.text) and "b" not in reader.tags


def test_what_failed_stands_first_and_what_is_left_out_is_told() -> None:
    checks = {("quotes", f"expect_{n}()"): ("warning", 10, int(n == 2)) for n in range(4)}
    rejects = tuple(Reject.of_file(f"{n}.txt", "read", "the file is empty") for n in range(MOST_ROWS + 3))
    shown = page(replace(REPORT, checks=checks, rejects=rejects))
    assert "3 of 4 were met." in shown
    assert shown.index("expect_2()") < shown.index("expect_0()") < shown.index("expect_1()")
    assert "And 3 more" in shown and f"{MOST_ROWS}.txt" not in shown
