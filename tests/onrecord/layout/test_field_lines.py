"""Heads of fields over an exported article or a mail, and what else stands over a headline and is none."""

from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord import read
from onrecord.document.article import BlockKind
from onrecord.layout import segment
from onrecord.layout.field_lines import count_fields, field_of

HEADLINE = "Pool in Quay Street to close in May"
STORY = (
    "\n\nThe council of Carrowmere voted on Tuesday to close the swimming pool in Quay Street after three winters in "
    "which its roof let in the rain and its boiler failed.\n\n"
    "“It leaks,” said Dana Whitlock, the mayor. “We have asked the county for money four times without an answer.”\n\n"
    "The pool was built in 1931 and has 40,000 visitors a year, among them all pupils of the two schools.\n"
)


@pytest.mark.parametrize(
    "head",
    [
        f"Title: {HEADLINE}\nAuthor: Devin Caldwell\nSource: Carrowmere Echo\nDate: 2018-03-02",
        f'---\ntitle: "{HEADLINE}"\nauthor: Devin Caldwell\ndate: 2018-03-02\npublisher: Carrowmere Echo\n---',
        f"From: Carrowmere Echo <news@echo.example>\nSubject: {HEADLINE}\nDate: Fri, 2 Mar 2018 04:00:00 +0300\n"
        "To: reader@mail.example\n\nBy Devin Caldwell",
    ],
)
def test_a_head_of_fields(head: str) -> None:
    facts = read(head + STORY).publication
    assert (facts.headline, facts.publisher) == (HEADLINE, "Carrowmere Echo")
    assert facts.authors == ("Devin Caldwell",)


def test_one_field_is_no_head() -> None:
    assert field_of("Subject: the pool") == ("subject", "the pool")
    assert count_fields(["Subject: the pool", "The council voted.", "Date: 3 May"]) == 0
    assert count_fields(["---", "Subject: the pool", "Date: 3 May", "From: the mayor", "Dear all"]) == 4


def test_every_character_stays_in_one_block() -> None:
    text = f"Title: '{HEADLINE}'\nAuthor: Devin Caldwell\nDate: 2018-03-02{STORY}"
    blocks = segment(text)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert next(text[b.start : b.end] for b in blocks if b.kind is BlockKind.HEADLINE) == HEADLINE


@pytest.mark.parametrize(
    "over",
    [
        "Home | News | Politics | Sport | Weather",
        "HomeNewsSportBusinessOpinionE-Paper",
        "THE CARROWMERE ECHO\nEst. 1884",
        "The Carrowmere Echo          Friday, March 2, 2018          Page 3",
        "CARROWMERE ECHO   2 MARCH 2018   A7",
        "pool-close-02mar-dc",
        "MER0417 4 GEN 0290 MER/POOL\nBC-CAR-POOL-CLOSURE",
    ],
)
def test_what_stands_over_the_headline_is_none(over: str) -> None:
    assert read(f"{over}\n\n{HEADLINE}\n\nBy Devin Caldwell{STORY}").publication.headline == HEADLINE


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        (f"{HEADLINE} | Carrowmere Echo\n\n", "Carrowmere Echo"),
        (f"{HEADLINE} - Carrowmere Echo\n\n{HEADLINE}\n\n", "Carrowmere Echo"),
        (f"{HEADLINE} | Reuters\n\n", None),  # an agency's story may stand on anybody's page
        (f"{HEADLINE} | The mayor speaks\n\n", None),
    ],
)
def test_the_outlet_in_the_title_of_a_page(title: str, publisher: str | None) -> None:
    assert read(f"{title}By Devin Caldwell{STORY}").publication.publisher == publisher
