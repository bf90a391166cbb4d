"""Who wrote a story: names by their form, weighed by where they stand and how they are introduced."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document.article import BlockKind
from onrecord.layout import segment
from onrecord.publication import publication
from onrecord.publication.authors import author_candidates, find_authors

STORY = (
    "The council of Carrowmere voted on Tuesday to close the swimming pool in Quay Street.\n\n"
    "“It leaks,” said Dana Whitlock, the mayor. “We cannot heat the street.”\n\n"
    "The pool was built in 1931 and has 40,000 visitors a year.\n"
)


def authors(head: str, foot: str = "") -> tuple[str, ...]:
    text = f"Pool to close\n\n{head}\n\n{STORY}\n{foot}"
    return publication(text, segment(text)).authors


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("By Thomas Sabel", ("Thomas Sabel",)),
        ("By Thomas Sabel | November 13, 2014 | Print This Post", ("Thomas Sabel",)),
        ("By Laura June Topham July 10, 2015", ("Laura June Topham",)),
        ("By Harbor Post health correspondent Thomas Sabel\n\nJanuary 8, 2023", ("Thomas Sabel",)),
        ("By Thomas Sabel\nand Sarah Perrin\n\nApril 16, 2015", ("Thomas Sabel", "Sarah Perrin")),
        ("By Liv Aasen, Tor Moen and Chidi Okwara", ("Liv Aasen", "Tor Moen", "Chidi Okwara")),
        ("By Corran Broadcasting Corporation\n\nJanuary 9, 2020", ()),
        ("By Harbor Post Staff\n\nJanuary 9, 2020", ()),
        ("By the Editorial Board\n\nJanuary 9, 2020", ()),
    ],
)
def test_bylines(head: str, expected: tuple[str, ...]) -> None:
    assert authors(head) == expected


@pytest.mark.parametrize(
    ("line", "name", "how"),
    [
        ("ByDr. Thomas Sabel - May 8, 2020", "Thomas Sabel", "by"),
        ("By Laura TophamIn Valley Travel", "Laura Topham", "by"),
        ("by Laura TophamNovember 20, 2007", "Laura Topham", "by"),
        ("By Thomas MacSabel", "Thomas MacSabel", "by"),
        ("Thomas Sabel1 ; Laura Topham2", "Laura Topham", None),
        ("By Laura Topham RDN, CDCES", "Laura Topham", "by"),
        ("Reviewed by Laura Topham, DVM", "Laura Topham", "other"),
        ("By A. J. Topham View In Digital Edition", "A. J. Topham", "by"),
        ("Zorvan Topham Founder & Lead Reviewer", "Zorvan Topham", None),
        ("Zorvan Topham in Gardens and Ponds", "Zorvan Topham", None),
    ],
)
def test_names_in_a_line(line: str, name: str, how: str | None) -> None:
    words = [(BlockKind.HEADLINE, "Pool to close"), (BlockKind.NAVIGATION, line), (BlockKind.PARAGRAPH, STORY)]
    found = {candidate.name: candidate.features for candidate in author_candidates(words)}
    assert name in found
    assert [label for label in ("by", "other", "inner_by") if found[name][f"how_{label}"]] == ([how] if how else [])


def test_a_place_is_no_author() -> None:
    words = [(BlockKind.HEADLINE, "Pool to close"), (BlockKind.NAVIGATION, "Hong Kong"), (BlockKind.PARAGRAPH, STORY)]
    assert author_candidates(words) == []


def test_authors_of_other_stories() -> None:
    foot = (
        "Latest stories\n\nFerry fares to rise\n\nBy Jonas Rusk\n\nClock tower mended\n\n1 hour ago\n\nMegan Dickson\n"
    )
    assert authors("By Thomas Sabel\n\nMarch 2, 2018", foot) == ("Thomas Sabel",)
    assert authors("March 2, 2018", foot) == ()


def test_readers_are_no_authors() -> None:
    foot = "Comments (2)\n\nOtto Reck\n\n2 hours ago\n\nWhat a joke.\n\nIda Moss\n\n1 hour ago\n\nIndeed.\n"
    assert authors("By Thomas Sabel\n\nMay 10, 2017", foot) == ("Thomas Sabel",)


@settings(deadline=None)
@given(
    st.lists(
        st.text(min_size=1, max_size=40) | st.sampled_from(["By Orla Venn", "Orla Venn is a reporter", "By"]),
        max_size=8,
    )
)
def test_any_page_has_candidates_of_known_features(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    words = [(block.kind, text[block.start : block.end]) for block in segment(text)]
    candidates = author_candidates(words)
    assert len({frozenset(candidate.features) for candidate in candidates}) <= 1
    assert set(find_authors(words)) <= {candidate.name for candidate in candidates}


@pytest.mark.parametrize(
    "line",
    [
        "© 2025 Laura Topham. All rights reserved.",
        "© Copyright 2012-2025 Laura Topham",
        "Copyright Laura Topham 2012-2025. CC BY-NC 4.0.",
        "This site is (c) 2019 by Laura Topham, all rights reserved",
    ],
)
def test_the_holder_of_the_copyright_is_a_name_behind_the_story_only(line: str) -> None:
    story = [(BlockKind.HEADLINE, "Pool to close"), (BlockKind.PARAGRAPH, STORY)]
    found = author_candidates([*story, (BlockKind.BOILERPLATE, line)])
    assert [(c.name, c.features["how_copyright"]) for c in found] == [("Laura Topham", 1.0)]
    assert not any(c.features["how_copyright"] for c in author_candidates([(BlockKind.BOILERPLATE, line), *story]))


def test_bylines_over_a_name_and_its_other_introductions_are_counted() -> None:
    words = [
        (BlockKind.HEADLINE, "Pool to close"),
        (BlockKind.BYLINE, "By Laura Topham"),
        (BlockKind.PARAGRAPH, STORY),
        (BlockKind.NAVIGATION, "By Thomas Sabel"),
        (BlockKind.NAVIGATION, "Laura Topham is a reporter"),
    ]
    first, second, note = author_candidates(words)[:3]
    assert (first.features["introduced_over"], first.features["introduced_again"]) == (0, 1)
    assert (second.features["introduced_over"], second.features["introduced_again"]) == (1, 0)
    assert note.name == "Laura Topham" and note.features["introduced_over"] == 2


def test_a_byline_far_over_the_headline_is_looked_at() -> None:
    links = [(BlockKind.NAVIGATION, f"Section {i}") for i in range(12)]
    story = [(BlockKind.HEADLINE, "Pool to close"), (BlockKind.PARAGRAPH, STORY)]
    for head in ([(BlockKind.BYLINE, "By Laura Topham")], [(BlockKind.NAVIGATION, w) for w in ("by", "Laura Topham")]):
        assert [c.name for c in author_candidates([*head, *links, *story])] == ["Laura Topham"]
    assert author_candidates([(BlockKind.NAVIGATION, "Laura Topham"), *links, *story]) == []


def test_words_for_roles_in_a_name_are_counted() -> None:
    words = [
        (BlockKind.HEADLINE, "Pool to close"),
        (BlockKind.NAVIGATION, "Lead Reporter"),
        (BlockKind.PARAGRAPH, STORY),
    ]
    assert [c.features["roles"] for c in author_candidates(words)] in ([0.5], [1.0])


def test_lines_nearer_to_the_headline_are_counted() -> None:
    words = [
        (BlockKind.HEADLINE, "Pool to close"),
        (BlockKind.BYLINE, "By Laura Topham"),
        (BlockKind.NAVIGATION, "Thomas Sabel"),
        (BlockKind.PARAGRAPH, STORY),
        (BlockKind.NAVIGATION, "Jonas Rusk"),
    ]
    nearer = {c.name: (c.features["nearer"], c.features["introduced_nearer"]) for c in author_candidates(words)}
    assert nearer == {"Laura Topham": (0, 0), "Thomas Sabel": (1, 1), "Jonas Rusk": (2, 1)}


@pytest.mark.parametrize(
    ("line", "lower", "noted"),
    [
        ("Laura Topham is a freelance reporter in Carrowmere", 1, 1),
        ("Laura Topham is back with a bakery", 1, 0),
        ("By Laura Topham In Gardens", 0, 0),
    ],
)
def test_what_stands_behind_a_name(line: str, lower: float, noted: float) -> None:
    words = [(BlockKind.HEADLINE, "Pool to close"), (BlockKind.AUTHOR_NOTE, line), (BlockKind.PARAGRAPH, STORY)]
    features = author_candidates(words)[0].features
    assert (features["behind_lower"], features["behind_note"]) == (lower, noted)
    assert features["behind"] == len(line) - line.index("Topham") - len("Topham")


def test_a_byline_in_the_middle_of_a_page_is_looked_at_although_it_is_boilerplate() -> None:
    story = [(BlockKind.PARAGRAPH, STORY)] * 8
    line = (BlockKind.BOILERPLATE, "By Laura Topham – Updated May 9, 2025 | Fact-checked by Jonas Rusk")
    found = author_candidates([(BlockKind.HEADLINE, "Pool to close"), *story, line, *story])
    assert [c.name for c in found] == ["Laura Topham", "Jonas Rusk"]
    other = (BlockKind.BOILERPLATE, "Laura Topham – Updated May 9, 2025")
    assert author_candidates([(BlockKind.HEADLINE, "Pool to close"), *story, other, *story]) == []


def test_a_role_of_several_words_is_no_name() -> None:
    words = [
        (BlockKind.HEADLINE, "Pool to close"),
        (BlockKind.BYLINE, "Written By: Laura Topham Executive Digital Editor"),
        (BlockKind.PARAGRAPH, STORY),
    ]
    assert [c.name for c in author_candidates(words)] == ["Laura Topham"]


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("By Orla Venn", "how_by"),
        ("Written by Orla Venn", "how_written"),
        ("Author: Orla Venn", "how_author"),
        ("Orla Venn, Senior Editor", "how_role"),
    ],
)
def test_a_byline_tells_how_it_introduces(line: str, how: str) -> None:
    words = [(BlockKind.HEADLINE, "Pool to close"), (BlockKind.BYLINE, line), (BlockKind.PARAGRAPH, STORY)]
    (candidate,) = author_candidates(words)
    assert [name for name, value in candidate.features.items() if name.startswith("how_") and value] == [how]


def test_the_title_before_a_name_is_not_taken_for_a_given_name() -> None:
    words = [(BlockKind.HEADLINE, "Pool to close"), (BlockKind.BYLINE, "By Dr Sarah Venn")]
    (candidate,) = author_candidates(words)
    assert candidate.features["given"] == 1.0
    assert candidate.features["words"] == 2.0


def test_whoever_owns_something_has_not_written_it() -> None:
    words = [(BlockKind.HEADLINE, "Pool to close"), (BlockKind.PARAGRAPH, "Thomas Sabel's lawyer Laura Topham speaks.")]
    assert "Thomas Sabel" not in {c.name for c in author_candidates(words)}
    assert authors("", "CNN's Thomas Sabel is a reporter and the author of a book about pools.") == ("Thomas Sabel",)


@pytest.mark.parametrize("byline", ["By: Jun Averill & Bing Toldsa", "By Jun Averill\nand Bing Toldsa"])
def test_authors_in_one_byline(byline: str) -> None:
    assert authors(byline) == ("Jun Averill", "Bing Toldsa")


def test_a_guest_of_the_outlet() -> None:
    assert authors("Jun Averill\nSpecial to the Star") == ("Jun Averill",)
