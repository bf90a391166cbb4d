"""Chromium as a reader of one page: without a screen, with an empty profile, and with no host that it could find."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

NAMES = ("chromium", "chromium-browser", "google-chrome")

#: What keeps the browser from doing anything but showing the page; root has no sandbox in a container.
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-features=AutofillServerCommunication",
    "--hide-scrollbars", "--force-device-scale-factor=1", "--enable-logging=stderr",
)  # fmt: skip

#: Pages in frames of some width, unchanged and under their own policies, and below them what was measured in each.
MEASURED = """<!doctype html><meta charset="utf-8">
{frames}
<pre id="measures"></pre><script>
function measured(page) {{
  const all = [...page.querySelectorAll("*")];
  const style = element => {{
    const found = getComputedStyle(element);
    return {{color: found.color, size: found.fontSize, line: found.borderBottom, align: found.textAlign}};
  }};
  return {{
    title: page.title,
    tags: [...new Set(all.map(element => element.localName))],
    needed: page.documentElement.scrollWidth,
    given: page.documentElement.clientWidth,
    cells: [...page.querySelectorAll("td")].map(cell => cell.textContent),
    styles: Object.fromEntries({selectors}.map(name => [name, style(page.querySelector(name))])),
  }};
}}
addEventListener("load", () => {{
  const pages = [...document.querySelectorAll("iframe")].map(frame => measured(frame.contentDocument));
  document.getElementById("measures").textContent = JSON.stringify(pages);
}});
</script>"""
FRAME = '<iframe width="{width}" height="900" srcdoc="{page}"></iframe>'

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as shown: rows of RGB pixels, the addresses that it asked the network for, what the console was told."""

    pixels: Pixels
    requests: tuple[str, ...]
    console: tuple[str, ...]


class Chromium:
    """The browser of this machine. Skips the test where there is none."""

    def __init__(self, place: Path) -> None:
        found = next(filter(None, map(shutil.which, NAMES)), None)
        if found is None:
            pytest.skip("no Chromium on the path: on Debian, `apt-get install chromium`")
        self._program = found
        self._place = place
        self._started = 0

    def look(self, html: str, width: int, height: int, *, dark: bool = False) -> Seen:
        """Show a page from a file in a window of that size."""
        return self._look(self._as_file(html), width, height, dark)

    def visit(self, address: str, width: int, height: int, *, dark: bool = False) -> Seen:
        """Show a page of a server of this machine."""
        return self._look(address, width, height, dark)

    def elements(self, address: str) -> str:
        """The page of a server, as its elements are once it is loaded."""
        return self._run(address, "--dump-dom").stdout

    def _look(self, address: str, width: int, height: int, dark: bool) -> Seen:
        shot, log = self._place / "page.png", self._place / "net.json"
        colours = ("--blink-settings=preferredColorScheme=0",) if dark else ()
        told = self._run(
            address, f"--window-size={width},{height}", f"--screenshot={shot}", f"--log-net-log={log}", *colours
        )
        console = tuple(line for line in told.stderr.splitlines() if ":CONSOLE:" in line)
        picture = Image.open(io.BytesIO(shot.read_bytes())).convert("RGB")
        return Seen(np.asarray(picture), _requests(json.loads(log.read_text("utf-8")), address), console)

    def measure(self, html: str, width: int, selectors: tuple[str, ...]) -> dict[str, Any]:
        """What the browser makes of a page in a frame of that width: tags, cells, and styles by selector."""
        (measured,) = self.measure_each([html], width, selectors)
        return measured

    def measure_each(self, pages: Sequence[str], width: int, selectors: tuple[str, ...]) -> list[dict[str, Any]]:
        """As `measure`, of several pages in one start of the browser."""
        frames = "".join(FRAME.format(page=escape(html), width=width) for html in pages)
        outer = MEASURED.format(frames=frames, selectors=json.dumps(selectors))
        found = re.search(
            r'<pre id="measures">(.*?)</pre>', self._run(self._as_file(outer), "--dump-dom").stdout, re.DOTALL
        )
        assert found and found[1], "the pages were not measured"
        return list(json.loads(unescape(found[1])))

    def _as_file(self, html: str) -> str:
        file = self._place / "page.html"
        file.write_text(html, "utf-8")
        return file.as_uri()

    def _run(self, address: str, *flags: str) -> subprocess.CompletedProcess[str]:
        self._started += 1
        profile = f"--user-data-dir={self._place / f'profile-{self._started}'}"
        return subprocess.run(
            [self._program, *FLAGS, profile, *flags, address],
            capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip


def _requests(log: dict[str, Any], address: str) -> tuple[str, ...]:
    """What the page under an address asked the network for; the browser's own errands are not made for a page."""
    site = re.match(r"\w+://[^/:]*", address)
    assert site is not None, address
    started = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    told = [event["params"] for event in log["events"] if event["type"] == started and "params" in event]
    return tuple(params["url"] for params in told if params.get("network_isolation_key", "").startswith(site[0]))
