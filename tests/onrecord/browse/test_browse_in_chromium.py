"""Pages as a browser shows them: nothing is asked for elsewhere, nothing of a text runs, light and dark."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import uvicorn

import onrecord.browse
from onrecord.browse import Guard, Reader, application
from tests.flows.chromium import Chromium, Pixels
from tests.onrecord.browse.browsed import ADA, HOSTILE, Listed, Page, make

PAGES = (
    "/", "/search?q=bridge", f"/entity/{ADA}", f"/entity/{ADA}/near", "/statement/u1", "/article/first", "/corrections",
)  # fmt: skip
WHITE, DARK = (255, 255, 255), (23, 23, 27)
INK, LINK, SAID = (27, 27, 31), (11, 87, 176), (229, 243, 232)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Chromium:
    return Chromium(tmp_path_factory.mktemp("chromium"))


@pytest.fixture(scope="module")
def site(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - none without it
    root = tmp_path_factory.mktemp("browsed")
    make(root)
    reader = Reader(root)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    guarded = Guard(application(reader, Listed([])), frozenset({f"127.0.0.1:{port}"}), None)
    server = uvicorn.Server(uvicorn.Config(guarded, log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    reader.close()


def count(pixels: Pixels, colour: tuple[int, int, int]) -> int:
    return int((pixels == np.array(colour, np.uint8)).all(axis=2).sum())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_itself_and_its_style_and_runs_nothing(chromium: Chromium, site: str, path: str) -> None:
    seen = chromium.visit(f"{site}{path}", 1100, 900)
    asked = {address.removeprefix(site) for address in seen.requests}
    assert asked - {"/favicon.ico"} == {path, "/style.css"}
    assert seen.console == ()
    assert count(seen.pixels, INK) > 300 and count(seen.pixels, LINK) > 100
    assert count(seen.pixels, WHITE) > 0.7 * seen.pixels.shape[0] * seen.pixels.shape[1]


def test_a_script_in_a_text_does_not_run(chromium: Chromium, site: str) -> None:
    shown = Page(chromium.elements(f"{site}/article/first"))
    assert HOSTILE in shown.text
    assert shown.text.strip().startswith("Bridge")
    assert shown.all("script", "img") == []


def test_what_was_said_is_marked_in_the_text(chromium: Chromium, site: str) -> None:
    assert count(chromium.visit(f"{site}/article/first", 1100, 900).pixels, SAID) > 1000


def test_it_is_dark_for_who_wants_it_dark(chromium: Chromium, site: str) -> None:
    pixels = chromium.visit(f"{site}/article/first", 1100, 900, dark=True).pixels
    assert count(pixels, DARK) > 0.7 * pixels.shape[0] * pixels.shape[1]
    assert count(pixels, WHITE) == 0


@pytest.fixture(scope="module")
def narrow(chromium: Chromium, site: str) -> dict[str, dict[str, Any]]:
    """What the browser makes of each page in a narrow frame, which shows pages with their style inside."""
    style = (Path(onrecord.browse.__file__).parent / "templates" / "style.css").read_text("utf-8")
    inlined = []
    for path in PAGES:
        html = httpx.get(f"{site}{path}").raise_for_status().text
        inlined.append(html.replace('<link rel="stylesheet" href="/style.css">', f"<style>{style}</style>"))
        assert inlined[-1] != html, path
    return dict(zip(PAGES, chromium.measure_each(inlined, 400, ("h1",)), strict=True))


@pytest.mark.parametrize("path", PAGES)
def test_it_fits_a_narrow_window(narrow: dict[str, dict[str, Any]], path: str) -> None:
    assert narrow[path]["needed"] <= narrow[path]["given"] <= 400
    assert narrow[path]["styles"]["h1"]["size"] != "32px", "not the style's"
