"""Who is named beside a story and did not write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import BlockKind as Kind
from onrecord.layout.byline import read_byline
from onrecord.publication.authors import find_authors
from onrecord.publication.not_authors import did_something_else, signatures

STORY = [
    (Kind.PARAGRAPH, "The old bridge over the Quill was shut on Monday, and the fares rose within the hour."),
    (Kind.PARAGRAPH, "Nobody on the river knows when they will fall again, and nobody has asked the ferrymen yet."),
]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Orla Venn | Photos by Ines Falk | Quillbay Ledger", True),
        ("By Orla Venn / Photography by Ines Falk", True),
        ("By Orla Venn | Video: Ines Falk", True),
        ("Photos by Tam Quill and Ines Falk", True),
        ("Story translated by Ines Falk", True),
        ("Orla Venn, Ines Falk (photo)", True),
        ("As told to Orla Venn by Ines Falk", True),
        ("Text and photos by Ines Falk", False),
        ("By Orla Venn and Ines Falk", False),
        ("Photos by Orla Venn, story by Ines Falk", False),
    ],
)
def test_what_else_somebody_did(line: str, expected: bool) -> None:
    assert did_something_else(line, "Ines Falk") is expected
    assert not did_something_else(line, "Nobody Here")


@pytest.mark.parametrize("credit", ["Photos by Ines Falk", "Video by Ines Falk"])
def test_the_author_stays(credit: str) -> None:
    words = [(Kind.HEADLINE, "Bridge shut"), (Kind.BYLINE, f"By Orla Venn | {credit}"), (Kind.DATE, "May 3, 2021")]
    assert find_authors([*words, *STORY]) == ("Orla Venn",)


def test_the_signers_of_several_letters_wrote_no_article() -> None:
    letter, other = STORY
    words = [
        (Kind.HEADLINE, "Letters"),
        letter,
        (Kind.HEADING, "ORLA VENN"),
        (Kind.HEADING, "Quillbay"),
        other,
        (Kind.PARAGRAPH, "Sincerely,"),
        (Kind.PARAGRAPH, "Tam Quill, Eastmere"),
    ]
    assert signatures(words, [(2, "Orla Venn"), (6, "Tam Quill")]) == {2, 6}
    assert signatures(words[:4], [(2, "Orla Venn")]) == frozenset()
    assert signatures([*words[:3], words[6]], [(2, "Orla Venn"), (3, "Tam Quill")]) == frozenset()
    assert find_authors(words) == ()


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Sunday Obi, Abuja", ("Sunday Obi",)),
        ("By Monday Ike and Orla Venn", ("Monday Ike", "Orla Venn")),
        ("By Sunday Evening, Abuja", None),
        ("By Friday", None),
    ],
)
def test_people_called_after_days(line: str, authors: tuple[str, ...] | None) -> None:
    byline = read_byline(line)
    assert (byline.authors or None if byline else None) == authors


@given(st.text(max_size=120), st.text(max_size=20))
def test_any_text(line: str, name: str) -> None:
    assert did_something_else(line, name) in (True, False)
    assert signatures([(Kind.PARAGRAPH, line)] * 2, [(0, name), (1, name)]) <= {0, 1}
