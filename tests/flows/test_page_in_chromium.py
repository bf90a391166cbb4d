"""The page of a real run, as a browser without a network shows it: whole, styled, and true to the text of files."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import numpy as np
import pytest

from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import Settings
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES, to_table
from tests.flows.chromium import Chromium, Pixels

#: A path and a column that would end the table, hide the page, load a picture and run a script.
BREAKOUT = (
    "</td></table><style>*{display:none}</style>"
    "<img src='https:example.org' onerror='document.title=0'><script>document.title=1</script>.txt"
)
INK, FAINT, LINE, WARN, GOOD = (27, 27, 31), (107, 107, 118), (220, 220, 227), (154, 103, 0), (26, 127, 55)
WHITE, DARK = (255, 255, 255), (23, 23, 27)
#: In a window of this width the page is a column of 60rem, with a margin of 1rem within.
WIDTH, HEIGHT, FIRST, LAST = 1200, 2400, 136, 1064
#: Rows of tables that such a window shows at the least.
ROWS = 45
NARROW = 400
SELECTORS = ("h1", "h2", "th", "td", "td.n", "p.about", "td.good", "td.warn", "li.warn")


def raw_folder(raw: Path) -> Path:
    """Twenty articles without a headline, two files that are none, metadata; of each one that is hostile."""
    hostile = raw / BREAKOUT
    hostile.parent.mkdir(parents=True)
    for file in (hostile, raw / f"long-{'x' * 200}.txt"):
        file.write_bytes(b"\0" * 100)
    for number in range(20):
        said = BREAKOUT if number == 0 else f"Pier {number} is safe,"
        (raw / f"{number}.txt").write_text(f"HARROW: “{said}” Mayor Ada Quill said.\n", "utf-8")
    (raw / "metadata.jsonl").write_text(json.dumps({"file": "1.txt", BREAKOUT: 1}) + "\n", "utf-8")
    return raw


def earlier_runs(warehouse: Warehouse) -> None:
    """Four runs that rejected nothing, so that this one is unlike them."""
    figures = {"quotes_per_article": 1.0, "named_speakers": 1.0, "without_date": 1.0, "rejected": 0.0}
    counts = {name: 0 for name in TABLES["runs"].column_names if name.startswith(("files_", "rows_"))}
    rows = [
        {
            "run_id": f"r{day}", "flow": "ingest", "pipeline_version": "0", "parameters": "{}", **counts,
            "started_at": dt.datetime(2024, 5, day, tzinfo=dt.UTC), "validation": json.dumps({"figures": figures}),
            "finished_at": dt.datetime(2024, 5, day, tzinfo=dt.UTC),
        }
        for day in range(1, 5)
    ]  # fmt: skip
    with warehouse.transaction("earlier") as commit:
        commit.upsert("runs", to_table("runs", rows))


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Chromium:
    return Chromium(tmp_path_factory.mktemp("chromium"))


@pytest.fixture(scope="module")
def page(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> str:  # noqa: ARG001 - no run without it
    place = tmp_path_factory.mktemp("run")
    settings = Settings(raw=raw_folder(place / "raw"), warehouse=place / "warehouse", workers=1)
    earlier_runs(Warehouse(settings.warehouse))
    report = run_steps(settings, Plain(1))
    assert report.new == 22 and len(report.rejects) == 3 and report.drift and report.warnings
    return (settings.warehouse / ".docs" / "index.html").read_text("utf-8")


def count(pixels: Pixels, colour: tuple[int, int, int]) -> int:
    return int((pixels == np.array(colour, np.uint8)).all(axis=2).sum())


def check_picture(pixels: Pixels) -> None:
    """A column of text in the middle on white, in the style's colours, with a line across under each row."""
    assert pixels.shape == (HEIGHT, WIDTH, 3)
    margins = np.concatenate([pixels[:, : FIRST - 1], pixels[:, LAST:]], axis=1)  # a j shades a pixel before the column
    assert count(margins, WHITE) == margins.shape[0] * margins.shape[1]
    lines = (pixels[:, FIRST:LAST] == np.array(LINE, np.uint8)).all(axis=2).all(axis=1)
    assert lines.sum() >= ROWS
    for colour in (INK, FAINT, WARN, GOOD):
        assert count(pixels, colour) > 100, colour


def test_the_page_looks_as_its_style_says(chromium: Chromium, page: str) -> None:
    seen = chromium.look(page, WIDTH, HEIGHT)
    check_picture(seen.pixels)
    assert seen.requests == () and seen.console == ()


@pytest.mark.parametrize("style", ["", '<link rel="stylesheet" href="gone.css">', "<style>.n { color: red; </style>"])
def test_a_style_that_does_not_load_is_seen(chromium: Chromium, page: str, style: str) -> None:
    broken, times = re.subn(r"<style>.*?</style>", style, page, count=1, flags=re.DOTALL)
    assert times == 1
    with pytest.raises(AssertionError):
        check_picture(chromium.look(broken, WIDTH, HEIGHT).pixels)


def test_it_is_dark_for_who_wants_it_dark(chromium: Chromium, page: str) -> None:
    pixels = chromium.look(page, WIDTH, HEIGHT, dark=True).pixels
    assert count(pixels, DARK) > 0.8 * WIDTH * HEIGHT
    assert count(pixels, WHITE) == 0


def test_it_fits_a_narrow_window(chromium: Chromium, page: str) -> None:
    measured = chromium.measure(page, NARROW, SELECTORS)
    assert 350 < measured["given"] <= NARROW
    assert measured["needed"] <= measured["given"]
    wide = chromium.measure(page.replace("overflow-wrap: anywhere", "").replace("overflow-x: auto", ""), NARROW, ())
    assert wide["needed"] > wide["given"], "the file with the long name ought to need more than there is"


def test_headings_and_tables_have_the_sizes_and_colours_of_the_style(chromium: Chromium, page: str) -> None:
    styles = chromium.measure(page, NARROW, SELECTORS)["styles"]
    assert [styles[name]["size"] for name in ("h1", "h2", "td")] == ["24px", "17.6px", "15px"]
    colours = {"h1": INK, "th": FAINT, "p.about": FAINT, "td.good": GOOD, "td.warn": WARN, "li.warn": WARN}
    for name, (red, green, blue) in colours.items():
        assert styles[name]["color"] == f"rgb({red}, {green}, {blue})", name
    assert styles["td"]["line"] == "1px solid rgb({}, {}, {})".format(*LINE)
    assert (styles["td"]["align"], styles["td.n"]["align"]) == ("left", "right")


def test_text_of_files_stays_text_without_the_policy_too(chromium: Chromium, page: str) -> None:
    bare, times = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert times == 1
    measured = chromium.measure(bare, NARROW, SELECTORS)
    ours = "html head meta title style body h1 h2 p div table tbody tr th td ul li progress a"
    assert sorted(measured["tags"]) == sorted(ours.split())
    assert measured["title"].startswith("Run 2")
    assert BREAKOUT in measured["cells"]
    assert any(BREAKOUT in cell and cell.startswith("line 1: ") for cell in measured["cells"])


def test_what_a_page_asks_for_and_complains_of_is_seen(chromium: Chromium, page: str) -> None:
    seen = chromium.look(page.replace("</body>", "<img src='https://example.org/a.png'></body>"), WIDTH, HEIGHT)
    assert seen.requests == () and "Content Security Policy" in " ".join(seen.console)
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    seen = chromium.look(bare.replace("</body>", "<img src='https://example.org/a.png'></body>"), WIDTH, HEIGHT)
    assert seen.requests == ("https://example.org/a.png",)
