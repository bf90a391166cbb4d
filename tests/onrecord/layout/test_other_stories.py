"""Titles of other stories, in a list or behind a pointer, are none of the story's."""

from __future__ import annotations

import pytest

from onrecord.document.article import BlockKind
from onrecord.layout import segment
from onrecord.layout.lines import parts_of
from onrecord.layout.parts import Labelled, label_by_form
from onrecord.layout.scores import story_scores
from onrecord.layout.surroundings import label_lists

HEAD = "Pool to close\n\nBy Devin Caldwell\n\n"
FIRST = (
    "The council of Carrowmere voted on Tuesday to close the swimming pool in Quay Street after three winters in which "
    "its roof let in the rain and its boiler failed."
)
SECOND = (
    "“It leaks,” said Dana Whitlock, the mayor. “We cannot heat the street, and we have asked the county for money "
    "four times without an answer.”"
)
TITLES = "Ferry captain says fog was thick\n\n“We were told nothing,” says widow of diver\n\nClock tower mended at last"


def kinds(text: str) -> dict[str, BlockKind]:
    return {text[block.start : block.end]: block.kind for block in segment(text)}


@pytest.mark.parametrize("label", ["Editor's Picks", "Recommended", "More from Carrowmere", "Related", "Latest posts"])
def test_titles_under_a_label(label: str) -> None:
    found = kinds(f"{HEAD}{FIRST}\n\n{label}\n\n{TITLES}\n\n{SECOND}\n")
    assert {found[line] for line in (label, *TITLES.split("\n\n"))} == {BlockKind.RELATED}
    assert found[FIRST] is found[SECOND] is BlockKind.PARAGRAPH


def labelled(*lines: str) -> list[Labelled]:
    text = "\n\n".join(lines)
    parts = parts_of(text)
    scores = story_scores([1.0] * len(parts), [0.9, *[0.0] * (len(parts) - 1)])
    return label_by_form(text, parts, scores)


@pytest.mark.parametrize(
    "below",
    [
        ["Books on the harbour and its ships", SECOND],  # one title alone
        ["Chlorine", "Towels", "Soap and hot water"],  # no titles
        ["12. Ferry captain says fog was thick", "13. Clock tower mended at last"],
        ["paper that the two wrote in winter", "Clock tower mended at last"],  # the rest of a line that links cut
        [":", "Ferry captain says fog was thick", "Clock tower mended at last"],
    ],
)
def test_a_heading_of_the_story_is_no_label(below: list[str]) -> None:
    found = labelled("Pool to close", FIRST, "Recommended", *below)
    label_lists(found)
    assert not any(item.kind is BlockKind.RELATED for item in found)


def test_one_title_under_a_pointer() -> None:
    found = kinds(f"{HEAD}{FIRST}\n\nRelated:\n\nFerry captain says fog was thick\n\nThe roof\n\n{SECOND}\n")
    assert found["Ferry captain says fog was thick"] is BlockKind.RELATED
    assert found["The roof"] is BlockKind.HEADING


def test_what_stands_under_video_is_no_title() -> None:
    found = labelled("Camera", FIRST, "Video:", "Thirty frames a second without a crop", FIRST)
    label_lists(found)
    assert found[3].kind is None


@pytest.mark.parametrize("line", ["[READ: Bishop says the bells will ring]", "« Previous: Fares fall, says captain"])
def test_a_pointer_in_brackets_or_with_an_arrow(line: str) -> None:
    assert kinds(f"{HEAD}{FIRST}\n\n{line}\n\n{SECOND}\n")[line] is BlockKind.RELATED
