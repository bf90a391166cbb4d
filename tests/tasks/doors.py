"""Raw files of each kind that holds several articles, for tests of the rules that hold for all of them."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

#: The text of each article by its part.
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Door:
    """How a file of this kind is written. `bad`: one more part that cannot be read; `bad_part`: how that is named."""

    format_name: str
    name: str
    write: Callable[[Path, Texts, bool], None]
    bad_part: str
    bad_reason: str
    parts: tuple[str, ...] = ("a1", "a2", "a3")


def _lines(file: Path, texts: Texts, bad: bool) -> None:
    rows = [json.dumps({"id": part, "text": text}) for part, text in texts.items()]
    file.write_text("\n".join([*rows, *(['{"id": "bad", "text": ""}'] if bad else [])]), "utf-8")


def _csv(file: Path, texts: Texts, bad: bool) -> None:
    rows = [f'{part},"{text}"' for part, text in texts.items()]
    file.write_text("\n".join(["id,text", *rows, *(["bad,one,two"] if bad else [])]), "utf-8")


def _parquet(file: Path, texts: Texts, bad: bool) -> None:
    rows = {**texts, **({"bad": ""} if bad else {})}
    pq.write_table(pa.table({"id": list(rows), "text": list(rows.values())}), file)


def _zip(file: Path, texts: Texts, bad: bool) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for part, text in texts.items():
            archive.writestr(part, text)
        if bad:
            archive.writestr("../bad.txt", "HARROW: It snows.")


def _tar(file: Path, texts: Texts, bad: bool) -> None:
    with tarfile.open(file, "w:gz") as archive:
        for part, text in texts.items():
            info = tarfile.TarInfo(part)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
        if bad:
            info = tarfile.TarInfo("bad.txt")
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/hosts"
            archive.addfile(info)


def _factiva(file: Path, texts: Texts, bad: bool) -> None:
    documents = [*texts.items(), *([("HARROW0020240507ek57000bad", "")] if bad else [])]
    made = [f"HD\nPD   7 May 2024\nSN   The Post\nLP   {text}\nAN   Document {part}\n" for part, text in documents]
    file.write_text("\n".join(made), "utf-8")


_DOCUMENTS = tuple(f"HARROW0020240507ek5700001{number}" for number in range(3))
_MEMBERS = ("june/a1.txt", "june/a2.txt", "a3.txt")

DOORS = {
    door.format_name: door
    for door in (
        Door("csv", "all.csv", _csv, "row {}", "row {}: it has 3 fields, and the heading 2"),
        Door("jsonl", "all.jsonl", _lines, "row {}", "row {}: its text (column 'text') is empty"),
        Door("parquet", "all.parquet", _parquet, "row {}", "row {}: its text (column 'text') is empty"),
        Door("zip", "all.zip", _zip, "../bad.txt", "member ../bad.txt: its path leads out of the archive", _MEMBERS),
        Door(
            "tar",
            "all.tar.gz",
            _tar,
            "bad.txt",
            "member bad.txt: it is a link or a device; give the file itself",
            _MEMBERS,
        ),
        Door(
            "export", "all.txt", _factiva, "document {}", "document {}: no text was found in it (Factiva)", _DOCUMENTS
        ),
    )
}
#: Those that are told by the ending of their names.
BY_ENDING = [name for name in DOORS if name != "export"]
