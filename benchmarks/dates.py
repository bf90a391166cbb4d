"""Measure the dates grammar on gold files, with the measures of TempEval-3, and its speed (processor time, one core).

    python -m benchmarks.dates GOLD.jsonl [--half even|odd] [--errors] [--beside] [--folds FOLDER]

Each row of a gold file has `text`, `dct` (publication date) and `timexes`; a line is a passage.
Strict: same extent; relaxed: any overlap; value: overlap and the same value (F1 in per cent). DATE recall: of the gold
DATEs whose value starts with a digit, the share found with exactly that value. "As days" are the last two with values
compared by the days that they mean, where both mean days: GUM writes weeks, seasons and decades as pairs of days and
a part of a day as its day, AQUAINT writes 2000-W6, 1989-XX and often a night as its day. `--folds` reads each article
with the chooser that was fitted without it (`python -m training.dates_chooser ... --folds FOLDER`): the shipped one has
seen the gold. `--beside` runs the readers that other projects use (dependency group `bench`) over the same text.
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
from onrecord.dates.chooser import Chooser
from onrecord.dates.values import Interval
from onrecord.document.article import Span
from training.dates_chooser import FOLDS, fold_of, load_chooser
from training.dates_examples import gold_interval

Found = tuple[int, int, str, str, Interval | None]  # start, end, type, value, days
Reader = Callable[[dict[str, Any], dt.date], list[Found]]
_LINE = re.compile(r"[^\n]+")
_HOLIDAYS = "On Monday, at Christmas, Easter, Saint Patrick's Day, Diwali, Eid al-Fitr and Yom Kippur."


def own(text: str, published: dt.date, chooser: Chooser | None = None) -> list[Found]:
    """onrecord.dates.find_dates."""
    spans = [Span(m.start(), m.end()) for m in _LINE.finditer(text)]
    return [
        (e.start, e.end, e.timex_type.value, e.value, (e.date_from, e.date_to) if e.date_from and e.date_to else None)
        for e in find_dates(text, spans, published, chooser=chooser)
    ]


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
            value = when.date().isoformat()[:width]
            found.append((start, position, "DATE", value, gold_interval(value)))
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
        found.append((result.start, result.end + 1, "DATE", value[:width], gold_interval(value[:width])))
    return found


def _of_text(read: Callable[[str, dt.date], list[Found]]) -> Reader:
    """A reader of texts as one of rows."""
    return lambda row, published: read(row["text"], published)


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
    days: int = 0
    dates_by_days: int = 0
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
            for i, (start, end, *_) in enumerate(found):
                shared = min(end, gold["end"]) - max(start, gold["start"])
                if i not in used and shared > overlap:
                    best, overlap = i, shared
            self._count(row, gold, None if best is None else found[best])
            used |= {best} if best is not None else set()
        for i, (start, end, _, value, _) in enumerate(found):
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
        days = gold_interval(value)
        same_days = best[3] == value or (days is not None and days == best[4])
        self.days += same_days
        self.dates_by_days += placed and same_days
        if best[3] != value:
            self._note(row, best[0], best[1], "VALUE", value, text_value=best[3])
        elif not exact:
            self._note(row, best[0], best[1], "EXTENT", row["text"][gold["start"] : gold["end"]], text_value=value)

    def _note(self, row: dict[str, Any], start: int, end: int, kind: str, gold: str, text_value: str = "") -> None:
        text = row["text"]
        around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 25]}".replace("\n", "⏎")
        self.errors.append(f"{kind:6} {row['dct'][:10]} gold={gold:22} ours={text_value:22} {around}")


def measure(rows: Iterable[dict[str, Any]], reader: Reader) -> tuple[Tally, float]:
    """The counts over all rows, and the characters read a second of processor time."""
    tally, characters, seconds = Tally(), 0, 0.0
    for row in rows:
        began = time.process_time()
        found = reader(row, dt.date.fromisoformat(row["dct"][:10]))
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
    parser.add_argument("--folds", type=pathlib.Path, help="read each article with the chooser that has not seen it")
    parser.add_argument("--beside", action="store_true", help="other readers on the same text (group `bench`)")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["dct"]]
    if options.half:
        rows = rows[options.half == "odd" :: 2]
    choosers = (
        [load_chooser(options.folds / str(fold) / "chooser.onnx") for fold in range(FOLDS)] if options.folds else []
    )

    def own_reader(row: dict[str, Any], published: dt.date) -> list[Found]:
        fold = fold_of(f"{options.gold.stem}/{row['id']}")
        return own(row["text"], published, choosers[fold] if choosers else None)

    readers: list[tuple[str, Reader]] = [("own", own_reader)]
    if options.beside:
        readers += [(other.__name__, _of_text(other)) for other in (dateparser_search, recognizers_text)]
    own(_HOLIDAYS, dt.date(2024, 5, 15))  # what is loaded once a process is no part of the speed
    print(f"{'':20} strict relaxed  value  DATE recall  value, DATE recall as days  chars/s   ({len(rows)} articles)")
    for name, reader in readers:
        tally, speed = measure(rows, reader)
        recall, by_days = (100 * right / max(1, tally.dates) for right in (tally.dates_right, tally.dates_by_days))
        print(
            f"{name:20} {tally.f1(tally.strict):6} {tally.f1(tally.relaxed):7} {tally.f1(tally.value):6}"
            f" {recall:12.1f} {tally.f1(tally.days):12} {by_days:12.1f} {speed:10,.0f}"
        )
        if options.errors:
            print("\n".join(tally.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
