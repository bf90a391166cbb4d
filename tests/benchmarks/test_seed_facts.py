"""Facts of a page text are looked for in its rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from benchmarks.seeds import facts_of

KNOWN: dict[str, Any] = {
    "article": {"publisher": "The Northgate Post", "date_published": dt.date(2024, 5, 8), "dateline": None},
    "speakers": {
        "Ada Quill": {"role": "mayor", "quotes": 1, "told": "Meridian"},
        "Elmford": {"role": None, "quotes": 1},
    },
}
ARTICLE = {"publisher": "The Northgate Post", "date_published": dt.date(2024, 5, 8), "dateline": None}


def quote(name: str | None, role: str | None = None, medium: str | None = None) -> dict[str, Any]:
    return {"speaker_name": name, "speaker_role": role, "medium": medium}


def test_all_hold_where_the_rows_are_as_known() -> None:
    found = facts_of("7", KNOWN, ARTICLE, [quote("Ada Quill", "the mayor", "Meridian"), quote("Elmford"), quote(None)])
    assert len(found) == 9
    assert all(found.values())


def test_each_fails_by_itself() -> None:
    rows = [quote("Ada Quill", "a baker"), quote("Tobias Marrow")]
    found = facts_of("7", KNOWN, ARTICLE | {"date_published": None}, rows)
    assert {name for name, holds in found.items() if not holds} == {
        "7: date_published",
        "7: role of Ada Quill",
        "7: Ada Quill told Meridian",
        "7: quotes of Elmford",
        "7: role of Elmford",
        "7: no other speaker",
    }


def test_none_holds_where_there_is_no_article() -> None:
    assert not any(facts_of("7", KNOWN, None, []).values())
