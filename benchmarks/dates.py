"""Measure the dates grammar on gold files, with the measures of TempEval-3, and its speed (processor time, one core).

    python -m benchmarks.dates GOLD.jsonl [--half even|odd] [--errors] [--beside]

Each row of a gold file has `text`, `dct` (publication date) and `timexes`; a line is a passage.
Strict: same extent; relaxed: any overlap; value: overlap and the same value (F1 in per cent). DATE recall: of the gold
DATEs whose value starts with a digit, the share found with exactly that value. `--beside` runs the readers that other
projects use (dependency group `bench`) over the same text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import pathlib
import re
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from onrecord.dates import find_dates
from onrecord.document.article import Span

Found = tuple[int, int, str, str]  # start, end, type, value
_LINE = re.compile(r"[^\n]+")


def own(text: str, published: dt.date) -> list[Found]:
    """onrecord.dates.find_dates."""
    spans = [Span(m.start(), m.end()) for m in _LINE.finditer(text)]
    return [(e.start, e.end, e.timex_type.value, e.value) for e in find_dates(text, spans, published)]


def dateparser_search(text: str, published: dt.date) -> list[Found]:
    """dateparser.search; its period (year, month, day) says how much of the date is the value."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": dt.datetime.combine(published, dt.time()), "PREFER_DATES_FROM": "past"}
    periods = DateDataParser(languages=["en"], settings=settings)
    found, position = [], 0
    for words, when in search_dates(text, languages=["en"], settings=settings) or []:
        start = text.find(words, position)
        if start >= 0:
            position = start + len(words)
            width = {"year": 4, "month": 7}.get(periods.get_date_data(words).period, 10)
            found.append((start, position, "DATE", when.date().isoformat()[:width]))
    return found


def recognizers_text(text: str, published: dt.date) -> list[Found]:
    """Microsoft's recognizers-text; its `timex`, or where that leaves parts open the earliest `value`."""
    from recognizers_date_time import recognize_datetime

    found = []
    for result in recognize_datetime(text, "en-us", reference=dt.datetime.combine(published, dt.time())):
        first = ((result.resolution or {}).get("values") or [{}])[0]
        timex = first.get("timex") or ""
        value = first.get("value") or first.get("start") or timex if "X" in timex else timex
        width = 7 if re.fullmatch(r"XXXX-\d\d", timex) else None  # a month without a year
        found.append((result.start, result.end + 1, "DATE", value[:width]))
    return found


@dataclass
class Tally:
    """Counts over a gold file, and each difference as a line to read."""

    gold: int = 0
    predicted: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    dates: int = 0
    dates_right: int = 0
    errors: list[str] = field(default_factory=list)

    def f1(self, hits: int) -> float:
        precision, recall = hits / max(1, self.predicted), hits / max(1, self.gold)
        return round(200 * precision * recall / (precision + recall), 1) if hits else 0.0

    def add(self, row: dict[str, Any], found: list[Found]) -> None:
        used: set[int] = set()
        self.gold += len(row["timexes"])
        self.predicted += len(found)
        for gold in row["timexes"]:
            best, overlap = None, 0
            for i, (start, end, _, _) in enumerate(found):
                shared = min(end, gold["end"]) - max(start, gold["start"])
                if i not in used and shared > overlap:
                    best, overlap = i, shared
            self._count(row, gold, None if best is None else found[best])
            used |= {best} if best is not None else set()
        for i, (start, end, _, value) in enumerate(found):
            if i not in used:
                self._note(row, start, end, "EXTRA", "", text_value=value)

    def _count(self, row: dict[str, Any], gold: dict[str, Any], best: Found | None) -> None:
        value = gold.get("value") or ""
        placed = gold["type"] == "DATE" and value[:1].isdigit()
        self.dates += placed
        if best is None:
            self._note(row, gold["start"], gold["end"], "MISS", value)
            return
        exact = best[:2] == (gold["start"], gold["end"])
        self.relaxed += 1
        self.strict += exact
        self.value += best[3] == value
        self.dates_right += placed and best[3] == value
        if best[3] != value:
            self._note(row, best[0], best[1], "VALUE", value, text_value=best[3])
        elif not exact:
            self._note(row, best[0], best[1], "EXTENT", row["text"][gold["start"] : gold["end"]], text_value=value)

    def _note(self, row: dict[str, Any], start: int, end: int, kind: str, gold: str, text_value: str = "") -> None:
        text = row["text"]
        around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 25]}".replace("\n", "⏎")
        self.errors.append(f"{kind:6} {row['dct'][:10]} gold={gold:22} ours={text_value:22} {around}")


def measure(rows: Iterable[dict[str, Any]], reader: Callable[[str, dt.date], list[Found]]) -> tuple[Tally, float]:
    """The counts over all rows, and the characters read a second of processor time."""
    tally, characters, seconds = Tally(), 0, 0.0
    for row in rows:
        began = time.process_time()
        found = reader(row["text"], dt.date.fromisoformat(row["dct"][:10]))
        seconds += time.process_time() - began
        characters += len(row["text"])
        tally.add(row, found)
    return tally, characters / seconds


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--half", choices=["even", "odd"], help="only every second row")
    parser.add_argument("--errors", action="store_true", help="print each difference from the gold")
    parser.add_argument("--beside", action="store_true", help="other readers on the same text (group `bench`)")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["dct"]]
    if options.half:
        rows = rows[options.half == "odd" :: 2]
    readers: list[Callable[[str, dt.date], list[Found]]] = [own]
    if options.beside:
        readers += [dateparser_search, recognizers_text]
    own("Warm up on Monday and at Christmas.", dt.date(2024, 5, 15))
    print(f"{'':20} strict relaxed  value  DATE recall  chars/s   ({len(rows)} articles)")
    for reader in readers:
        tally, speed = measure(rows, reader)
        recall = 100 * tally.dates_right / max(1, tally.dates)
        print(
            f"{reader.__name__:20} {tally.f1(tally.strict):6} {tally.f1(tally.relaxed):7} {tally.f1(tally.value):6}"
            f" {recall:12.1f} {speed:8,.0f}"
        )
        if options.errors:
            print("\n".join(tally.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
