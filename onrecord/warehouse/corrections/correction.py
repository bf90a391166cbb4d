"""A correction as a value, and as a row of the table `corrections`."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import pyarrow as pa

from onrecord.document.article import SpeakerKind
from onrecord.files.source import Precision, make_date
from onrecord.warehouse.corrections.table import CORRECTABLE, CORRECTIONS, CorrectedColumn, CorrectedTable
from onrecord.warehouse.rows import Row, stable_id
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import to_table

#: What a value of each column is: null where an editor may say that there is nothing.
Value = str | list[str] | dict[str, str] | None

#: Kinds of a speaker that an editor may give.
NAMED_KINDS = (SpeakerKind.PERSON.value, SpeakerKind.ORGANIZATION.value)

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DATES = (CorrectedColumn.DATE_PUBLISHED, CorrectedColumn.DATE_SAID)
_OF_ENTITIES = (CorrectedColumn.SAME_AS, CorrectedColumn.NOT_SAME_AS)


class CorrectionError(ValueError):
    """A correction that cannot be made: says what is wrong with it, and what could be said instead."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What one editor says of one column of one row. `old_value` is what the text was read as.

    `anchor`: the words that it hangs on, by which the row is found again when its id is another one. `applied`: false
    where they are gone, null where the article was not read since.
    """

    correction_id: str
    made_at: dt.datetime
    made_by: str
    reason: str | None
    table: CorrectedTable
    row_id: str
    article_id: str | None
    column: CorrectedColumn
    old_value: Value
    new_value: Value
    anchor: str
    applied: bool | None = None

    @property
    def target(self) -> tuple[str, ...]:
        """What two corrections have in common of which only the later holds: row and column, or pair of entities."""
        if self.table is CorrectedTable.ENTITIES:
            return ("entities", *sorted((self.row_id, self.other["id"])))
        return (self.table, self.row_id, self.column)

    @property
    def other(self) -> dict[str, str]:
        """Of two entities, `id` and `name` of the second. Raises CorrectionError where there is none."""
        if not isinstance(self.new_value, dict) or self.new_value.keys() != {"id", "name"}:
            raise CorrectionError(f"{self.column} must name the other entity by `id` and `name`: {self.new_value!r}")
        return self.new_value

    @property
    def takes_out(self) -> bool:
        """Whether it says that there is no such quote."""
        return self.column is CorrectedColumn.QUOTE_ID

    def named(self) -> Correction:
        """The correction with the id that what it is about gives."""
        return replace(self, correction_id=stable_id("correction", *self.target))

    def as_row(self) -> dict[str, Any]:
        """The correction as a row of its table."""
        row = asdict(self)
        return row | {name: _json(row[name]) for name in ("old_value", "new_value")}


def from_row(row: Mapping[str, Any]) -> Correction:
    """The correction that a row of the table is. Raises ValueError for a value that is no JSON."""
    values = {field.name: row[field.name] for field in fields(Correction)}
    values |= {name: None if row[name] is None else json.loads(row[name]) for name in ("old_value", "new_value")}
    table, column = CorrectedTable(row["table"]), CorrectedColumn(row["column"])
    return Correction(**{**values, "table": table, "column": column})


def as_table(corrections: Iterable[Correction]) -> pa.Table:
    """The corrections as rows of their table."""
    return to_table(CORRECTIONS.name, [correction.as_row() for correction in corrections])


def read_corrections(snapshot: Snapshot) -> tuple[Correction, ...]:
    """All corrections of a snapshot, the earliest first."""
    rows = snapshot.read(CORRECTIONS.name).to_pylist()
    return tuple(sorted((from_row(row) for row in rows), key=lambda found: (found.made_at, found.correction_id)))


def merged(before: Iterable[Correction], made: Iterable[Correction]) -> dict[str, Correction]:
    """The corrections by id: of two about the same, the later one, under the id of the first, with what was read."""
    found = {correction.target: correction for correction in before}
    for fresh in made:
        first = found.get(fresh.target, fresh)
        found[fresh.target] = replace(fresh, correction_id=first.correction_id, old_value=first.old_value)
    return {correction.correction_id: correction for correction in found.values()}


def checked(correction: Correction) -> Correction:
    """The correction as it is. Raises CorrectionError for a column that the table has not, or a wrong value."""
    column, value = correction.column, correction.new_value
    if column not in CORRECTABLE[correction.table]:
        known = ", ".join(CORRECTABLE[correction.table])
        raise CorrectionError(f"{correction.table} can be corrected in {known}, and not in {column}")
    if not correction.anchor.strip():
        raise CorrectionError(f"the correction of {correction.row_id} has no words to hang on")
    if column in _OF_ENTITIES:
        if correction.other["id"] == correction.row_id:
            raise CorrectionError(f"{correction.row_id} is one entity: name another one")
    elif column in _DATES:
        if value is not None or column is CorrectedColumn.DATE_PUBLISHED:
            day_of(value)
    elif reason := _unfit(column, value):
        raise CorrectionError(f"{column} {reason}: {value!r}")
    return correction


def _unfit(column: CorrectedColumn, value: Value) -> str | None:
    """What a value must be that it is not."""
    if column is CorrectedColumn.AUTHORS:
        are_names = isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value)
        return None if are_names else "must be a list of names"
    if column is CorrectedColumn.QUOTE_ID:
        return None if value is None else "has no value: the row is no quote"
    if column is CorrectedColumn.SPEAKER_KIND:
        return None if value in NAMED_KINDS else f"must be {' or '.join(NAMED_KINDS)}"
    are_words = value is None or (isinstance(value, str) and value.strip())
    return None if are_words else "must be words, or null"


def day_of(value: Value) -> tuple[dt.date, Precision]:
    """The first day of a date (YYYY-MM-DD, YYYY-MM or YYYY), and how much of it is known. Raises CorrectionError."""
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    day = make_date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    if match is None or day is None:
        raise CorrectionError(f"{value!r} is no calendar date (YYYY-MM-DD, YYYY-MM or YYYY)")
    return day, Precision.DAY if match[3] else Precision.MONTH if match[2] else Precision.YEAR


def value_of(row: Row, column: str) -> Value:
    """A column's value as corrections have it; a date is as precise as the row says that it is known."""
    value = row.get(column)
    if isinstance(value, dt.date):
        known = {"month": len("YYYY-MM"), "year": len("YYYY")}.get(str(row.get(f"{column}_precision")))
        return value.isoformat()[:known]
    return None if value is None else value if isinstance(value, list) else str(value)


def _json(value: Value) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
