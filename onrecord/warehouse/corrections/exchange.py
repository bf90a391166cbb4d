"""Corrections as a file that can be reviewed, kept beside the raw files and read into another warehouse.

version: 1
corrections:
  - article: herald/0001.txt          # its source path, and //PART behind it
    anchor: The bridge is safe,       # the words that it hangs on
    column: speaker_name
    old_value: Bo Tarn
    new_value: Ada Quill
    made_by: desk
    made_at: 2026-11-26T09:00:00+00:00
    reason: the mayor, as the printed edition has it
    table: quotes
    row_id: 93ce19aabb072a5ca3da
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from onrecord.lexicon.word_lists import parse_yaml
from onrecord.warehouse.corrections.correction import Correction, CorrectionError, checked
from onrecord.warehouse.corrections.table import CorrectedColumn, CorrectedTable
from onrecord.warehouse.rows import article_id

VERSION = 1

_REQUIRED = ("table", "column", "row_id", "anchor", "made_by", "made_at")
_FIELDS = frozenset({*_REQUIRED, "article", "article_id", "old_value", "new_value", "reason"})


class _Dumper(yaml.SafeDumper):
    """Writes words with a line break of Unicode between quotation marks, where it is escaped: else YAML folds it."""


def _words(dumper: yaml.SafeDumper, words: str) -> yaml.ScalarNode:
    broken = any(mark in words for mark in "\x85\u2028\u2029")
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style='"' if broken else None)


_Dumper.add_representer(str, _words)


def as_yaml(corrections: Iterable[Correction], paths: Mapping[str, str]) -> str:
    """The corrections as YAML, in an order that stays. `paths`: the key of the source of each article that is there."""
    entries = [_entry(correction, paths) for correction in corrections]
    entries.sort(key=lambda entry: (entry["table"], entry.get("article", ""), entry["row_id"], entry["column"]))
    written = {"version": VERSION, "corrections": entries}
    return yaml.dump(written, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def from_yaml(text: str) -> list[Correction]:
    """The corrections of a file. Raises CorrectionError, naming the entry, where one is not as `as_yaml` writes it."""
    try:
        read = parse_yaml(text)
    except yaml.YAMLError as error:
        raise CorrectionError(f"not YAML: {error}") from error
    if not isinstance(read, dict) or read.get("version") != VERSION or not isinstance(read.get("corrections"), list):
        raise CorrectionError(f"expected `version: {VERSION}` and a list of `corrections`")
    made = [_read(entry, number) for number, entry in enumerate(read["corrections"], 1)]
    for correction in made:
        if (count := sum(other.target == correction.target for other in made)) > 1:
            raise CorrectionError(f"{count} entries set {correction.column} of {correction.row_id}: keep one")
    return made


def _entry(correction: Correction, paths: Mapping[str, str]) -> dict[str, Any]:
    path = paths.get(correction.article_id or "")
    where = {"article": path} if path else {"article_id": correction.article_id} if correction.article_id else {}
    return {
        **where,
        "anchor": correction.anchor,
        "column": correction.column.value,
        "old_value": correction.old_value,
        "new_value": correction.new_value,
        "made_by": correction.made_by,
        "made_at": correction.made_at.isoformat(),
        **({"reason": correction.reason} if correction.reason else {}),
        "table": correction.table.value,
        "row_id": correction.row_id,
    }


def _read(entry: Any, number: int) -> Correction:
    try:
        return checked(_correction(entry).named())
    except (ValueError, TypeError, AttributeError) as error:
        raise CorrectionError(f"entry {number}: {error}") from error


def _correction(entry: Any) -> Correction:
    if not isinstance(entry, dict):
        raise CorrectionError(f"expected a mapping, and found {entry!r}")
    if unknown := sorted(str(key) for key in entry.keys() - _FIELDS):
        raise CorrectionError(f"{unknown[0]} means nothing here")
    if missing := [name for name in _REQUIRED if not entry.get(name)]:
        raise CorrectionError(f"{missing[0]} is missing")
    if wrong := [name for name in (*_REQUIRED[:-1], "article", "reason") if not isinstance(entry.get(name) or "", str)]:
        raise CorrectionError(f"{wrong[0]} must be text (in quotation marks where it looks like something else)")
    table = CorrectedTable(entry["table"])
    article = article_id(entry["article"]) if entry.get("article") else entry.get("article_id")
    if (article is None) != (table is CorrectedTable.ENTITIES):
        raise CorrectionError("a quote and an article name their `article`, an entity names none")
    return Correction(
        correction_id="", made_at=_moment(entry["made_at"]), made_by=entry["made_by"], reason=entry.get("reason"),
        table=table, row_id=entry["row_id"], article_id=article, column=CorrectedColumn(entry["column"]),
        old_value=_value(entry.get("old_value")), new_value=_value(entry.get("new_value")), anchor=entry["anchor"],
    )  # fmt: skip


def _moment(value: Any) -> dt.datetime:
    moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)


def _value(value: Any) -> Any:
    """A value as corrections have it: YAML reads a bare day as a date and a bare year as a number."""
    return str(value) if isinstance(value, dt.date | int) and not isinstance(value, bool) else value
