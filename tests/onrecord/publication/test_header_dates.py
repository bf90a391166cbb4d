"""The date printed for a story, among the other dates of its page."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord.document.article import BlockKind as Kind
from onrecord.publication.header_dates import header_date

STORY = [
    (Kind.PARAGRAPH, "The old bridge over the Quill was shut on Monday, and the fares rose within the hour."),
    (Kind.PARAGRAPH, "It was built on May 9, 1931, and nobody has painted it since."),
]


def dated(head: list[tuple[Kind, str]], foot: list[tuple[Kind, str]] | None = None) -> dt.date | None:
    found = header_date([*head, *STORY, *(foot or [])])
    return found.date if found else None


@pytest.mark.parametrize(
    "head",
    [
        [(Kind.HEADLINE, "Bridge shut"), (Kind.DATE, "May 3, 2021")],
        [(Kind.DATE, "May 3, 2021"), (Kind.HEADLINE, "Bridge shut")],
        [(Kind.HEADLINE, "Bridge shut"), (Kind.NAVIGATION, "Orla Venn May 3, 2021 2 Comments")],
        [(Kind.HEADLINE, "Bridge shut"), (Kind.BOILERPLATE, "Travel May 3, 2021 -- min read")],
        [(Kind.HEADLINE, "Bridge shut"), (Kind.DATE, "Updated May 8, 2021"), (Kind.DATE, "Published May 3, 2021")],
        [(Kind.DATE, "May 8, 2021"), (Kind.HEADLINE, "Bridge shut"), (Kind.DATE, "May 3, 2021")],
        [(Kind.HEADLINE, "Bridge shut"), (Kind.BOILERPLATE, "Data as of May 8, 2021"), (Kind.DATE, "May 3, 2021")],
        [(Kind.HEADLINE, "Bridge shut"), (Kind.DATE, "Received: May 1, 2021 / Published: May 3, 2021")],
        [(Kind.HEADLINE, "Bridge shut"), (Kind.NAVIGATION, "Published:"), (Kind.NAVIGATION, "May 3, 2021")],
    ],
)
def test_beside_the_headline(head: list[tuple[Kind, str]]) -> None:
    assert dated(head) == dt.date(2021, 5, 3)


@pytest.mark.parametrize(
    "foot",
    [
        [(Kind.RELATED, "Ferry fares to rise"), (Kind.RELATED, "May 1, 2021")],
        [(Kind.COMMENT, "millpond77"), (Kind.COMMENT, "May 1, 2021")],
        [(Kind.BOILERPLATE, "CORRECTION:"), (Kind.DATE, "May 4, 2021")],
        [(Kind.NAVIGATION, "Join us May 9, 2021")],
        [(Kind.BOILERPLATE, "© May 4, 2021 Quillbay Ledger")],
    ],
)
def test_dates_of_something_else(foot: list[tuple[Kind, str]]) -> None:
    assert dated([(Kind.HEADLINE, "Bridge shut")], foot) is None


def test_behind_the_story() -> None:
    assert dated([(Kind.HEADLINE, "Bridge shut")], [(Kind.DATE, "May 3, 2021")]) == dt.date(2021, 5, 3)
