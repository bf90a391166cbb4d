"""Which column of a dataset holds what, and what the fields of a row say of its article."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.files.decode import Unreadable, decode
from onrecord.files.metadata import metadata_of
from onrecord.files.source import Metadata
from onrecord.files.written_dates import written_day
from onrecord.formats import ROLES

#: Values that say that there is none.
_NULLS = frozenset({"", "nan", "nat", "none", "null", "n/a", "na", "<na>"})
#: What stands between two names of one field, or before one: the byline's grammar reads such a field.
_SEVERAL = re.compile(r"[,&/|]|\band\b|\bby\b", re.IGNORECASE)
_APART = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each role. `guessed`: the roles that nobody told."""

    of_role: Mapping[str, str]
    guessed: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """As a person is told: `text=body, date=published (guessed)`."""
        told = ", ".join(f"{role}={name}" for role, name in self.of_role.items() if role not in self.guessed)
        guessed = ", ".join(f"{role}={name}" for role, name in self.of_role.items() if role in self.guessed)
        return "; ".join(part for part in (told, f"{guessed} (guessed)" if guessed else "") if part)


def columns_of(names: Sequence[str], told: Mapping[str, str]) -> Columns:
    """The columns of a dataset that has these: as told, and for the other roles those of a plain name.

    Raises `Unreadable` where one that is told is not there, or none is plainly the text.
    """
    for role, name in told.items():
        if name not in names:
            raise Unreadable(f"it has no column {name!r}, which is told for {role}; it has {_listed(names)}")
    plain = {_APART.sub("_", name.casefold()).strip("_"): name for name in reversed(names)}
    of_role = {}
    for role, known in ROLES.items():
        if role in told:
            of_role[role] = told[role]
            continue
        found = [plain[name] for name in known if name in plain and plain[name] not in told.values()]
        if role == "text" and len(found) != 1:
            which = f"{_listed(found)} may each be" if found else "none is plainly"
            raise Unreadable(f"{which} the text; say --columns text=NAME, one of {_listed(names)}")
        if found:
            of_role[role] = found[0]
    return Columns(of_role, frozenset(of_role.keys() - told.keys()))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:20])
    return shown + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def text_bytes(value: Any) -> bytes:
    """The bytes of a row's text; empty where there is none. Raises `ValueError` for what is no text."""
    if value is None:
        return b""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    raise ValueError(f"its text is {type(value).__name__}, and no text")


def words_of(value: Any, encoding: str | None = None) -> str | None:
    """A field as text; None where it says nothing. `encoding`: what bytes are read in, where it is told."""
    if isinstance(value, bytes):
        try:
            value = decode(value, encoding=encoding).text
        except Unreadable:
            return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = " ".join(str(value).split()) if value is not None else ""
    return None if words.casefold() in _NULLS else words


def row_metadata(
    row: Mapping[str, Any], columns: Columns, encoding: str | None = None
) -> tuple[Metadata | None, dict[str, str]]:
    """What the fields of a row say of its article, and why a role's field is not believed."""
    known, problems = Metadata(), {}
    for role, name in columns.of_role.items():
        if role in ("text", "id"):
            continue
        try:
            said = _said(role, row.get(name), encoding)
            if said is not None:
                known = known.over(said)
        except ValueError as error:
            problems[role] = str(error)
    return (None if known == Metadata() else known), problems


def _said(role: str, value: Any, encoding: str | None) -> Metadata | None:
    if role == "authors" and isinstance(value, list | tuple):
        return metadata_of({"authors": [words for one in value if (words := words_of(one))]})
    if role == "date" and isinstance(value, dt.date):
        return _on(value)
    words = words_of(value, encoding)
    if words is None:
        return None
    if role == "date":
        return _on(words)
    if role == "authors":
        return metadata_of({"byline" if _SEVERAL.search(words) and ";" not in words else "authors": words})
    return metadata_of({role: words})


def _on(value: Any) -> Metadata:
    day, precision = written_day(value)
    return Metadata(date_published=day, date_published_precision=precision)
