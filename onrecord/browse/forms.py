"""What people send: questions in an address, corrections in a form."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs

from starlette.datastructures import QueryParams

from onrecord.warehouse.search import Search


class Editor(Protocol):
    """Whoever puts rows right. Both raise ValueError, RuntimeError, OSError or WarehouseError, which say why not."""

    def correct(self, row: str, values: Mapping[str, str], reason: str | None) -> None:
        """Says of a row what stands in its columns (empty: nothing does), and why."""

    def undo(self, correction: str) -> None:
        """Takes a correction back."""


#: Hits of a page.
PAGE = 20

#: Bytes of a form; more is not read.
LARGEST = 65_536

_BACK = re.compile(r"/(?:article|entity|statement)/[\w.~-]+(?:/near)?|/corrections")
_SET, _BEFORE = "set:", "was:"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the form has it, the page of its answer, and what was wrong with it."""

    words: str
    speaker: str
    outlet: str
    since: str
    until: str
    page: int
    wrong: tuple[str, ...]
    search: Search


def asked(query: QueryParams) -> Asked:
    """The question of an address. A day that is none is told of and left out."""
    words, speaker, outlet, since, until = (
        query.get(name, "").strip() for name in ("q", "speaker", "outlet", "since", "until")
    )
    wrong = tuple(
        f"{told!r} is no day: a day is written as 2017-04-12" for told in (since, until) if told and not day(told)
    )
    page = page_number(query)
    search = Search(
        words, speaker=speaker or None, outlet=outlet or None, since=day(since), until=day(until),
        limit=PAGE + 1, offset=(page - 1) * PAGE,
    )  # fmt: skip
    return Asked(words, speaker, outlet, since, until, page, wrong, search)


def page_number(query: QueryParams) -> int:
    """Which page is asked for, from 1."""
    told = query.get("page", "1")
    return int(told) if re.fullmatch(r"[1-9][0-9]{0,5}", told) else 1


def day(told: str) -> dt.date | None:
    """A calendar day; null for anything else."""
    try:
        return dt.date.fromisoformat(told) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", told) else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Sent:
    """A correction as a form has it. `values`: by column, of the fields that were changed.

    `undone`: the correction to be taken back; empty where one is made.
    """

    row: str
    values: dict[str, str]
    reason: str | None
    back: str
    token: str
    undone: str

    def given_to(self, editor: Editor) -> None:
        """Has it done. Raises what the editor does."""
        if self.undone:
            editor.undo(self.undone)
        else:
            editor.correct(self.row, self.values, self.reason)


def sent(body: bytes) -> Sent:
    """The correction of a form's body. Raises ValueError where it names no row or says nothing."""
    fields = {name: values[-1].strip() for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    back = fields.get("back", "")
    values = {
        name.removeprefix(_SET): value
        for name, value in fields.items()
        if name.startswith(_SET) and value != fields.get(_BEFORE + name.removeprefix(_SET))
    }
    found = Sent(
        fields.get("row", ""), values, fields.get("reason") or None, back if _BACK.fullmatch(back) else "/",
        fields.get("form_token", ""), fields.get("undo", ""),
    )  # fmt: skip
    if not found.undone and not (found.row and values):
        raise ValueError("nothing was changed: change a field, then send it")
    return found
