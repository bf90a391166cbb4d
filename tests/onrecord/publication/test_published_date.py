"""The date of a story among the other dates of its page, and an address that contradicts it."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord.document.article import BlockKind as Kind
from onrecord.document.article import DateMethod, Metadata, Precision
from onrecord.publication.published_date import published_date

STORY = [
    (Kind.PARAGRAPH, "The old bridge over the Quill was shut on Monday, and the fares rose within the hour."),
    (Kind.PARAGRAPH, "It was built on May 9, 1931, and nobody has painted it since."),
]
MAY_3 = dt.date(2021, 5, 3)


def dated(
    head: list[tuple[Kind, str]], foot: list[tuple[Kind, str]] | None = None, url: str | None = None
) -> dt.date | None:
    return published_date([*head, *STORY, *(foot or [])], Metadata(), url, None).date


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
        [(Kind.HEADLINE, "Bridge shut"), (Kind.DATE, "May 3, 2021Updated on: May 8, 2021")],
        [(Kind.HEADLINE, "Bridge shut"), (Kind.DATE, "Published Mon, May 3 20216:35 AM EST")],
    ],
)
def test_beside_the_headline(head: list[tuple[Kind, str]]) -> None:
    assert dated(head) == MAY_3


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


@pytest.mark.parametrize("kind", [Kind.URL, Kind.DATELINE, Kind.CAPTION])
def test_dates_that_are_read_elsewhere(kind: Kind) -> None:
    assert dated([(Kind.HEADLINE, "Bridge shut"), (kind, "May 3, 2021")]) is None


def test_behind_the_story() -> None:
    assert dated([(Kind.HEADLINE, "Bridge shut")], [(Kind.DATE, "May 3, 2021")]) == MAY_3


@pytest.mark.parametrize(
    ("path", "date", "precision", "method"),
    [
        ("2021/05/02/bridge", MAY_3, Precision.DAY, DateMethod.HEADER),
        ("2021/05/bridge", MAY_3, Precision.DAY, DateMethod.HEADER),
        ("2020/11/06/bridge", dt.date(2020, 11, 6), Precision.DAY, DateMethod.URL),
        ("2020/11/bridge", dt.date(2020, 11, 1), Precision.MONTH, DateMethod.URL),
        ("bridge", MAY_3, Precision.DAY, DateMethod.HEADER),
    ],
)
def test_an_address_that_contradicts_the_page(
    path: str, date: dt.date, precision: Precision, method: DateMethod
) -> None:
    head = [(Kind.HEADLINE, "Bridge shut"), (Kind.DATE, "May 3, 2021")]
    found = published_date([*head, *STORY], Metadata(), f"https://www.quillbayledger.example/{path}", None)
    assert (found.date, found.precision, found.method) == (date, precision, method)


@pytest.mark.parametrize("label", ["published", "dated", "issued", "filed", "released", "written", "created", "posted"])
def test_a_day_that_prose_tells_does_not_replace_the_one_under_the_byline(label: str) -> None:
    told = (Kind.PARAGRAPH, f"The ferry was late again. A survey {label} on 12 March 2019 said why.")
    head = [(Kind.HEADLINE, "Bridge shut"), (Kind.BYLINE, "By Orla Venn"), (Kind.DATE, "May 3, 2021")]
    assert published_date([*head, told, *STORY], Metadata(), None, None).date == MAY_3
    assert published_date([*head[:2], told, *STORY], Metadata(), None, None).date is None


@pytest.mark.parametrize("line", ["2079/02/14", "Published: Saturday, 14 May 2079", "2079-02-14 12:30", "1442/09/22"])
def test_years_of_other_eras(line: str) -> None:
    """Bikram Sambat and Hijri years look like those of our calendar, and lie where no story was ever published."""
    assert dated([(Kind.HEADLINE, "Bridge shut"), (Kind.DATE, line)]) is None
