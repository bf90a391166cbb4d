"""Notes on the author under a story: labelled so whether or not its byline is left."""

from __future__ import annotations

import pytest

from onrecord.document.article import BlockKind
from onrecord.layout import body, segment
from onrecord.layout.story_kinds import author_noted

STORY = (
    "Pool to close\n\n"
    "The council of Carrowmere voted on Tuesday to close the swimming pool in Quay Street, which leaks.\n\n"
    "“We cannot heat the street,” said Dana Whitlock, the mayor, after the vote that ended a quarrel of two years.\n\n"
    "The pool was built in 1931 and has 40,000 visitors a year, most of them from the schools of the county.\n\n"
    "A new one by the river was promised for 2027, but the money has not been found, the council said.\n\n"
    "Swimmers said that they would march to the town hall on Saturday and ask for a vote of all citizens.\n\n"
)
LONG = " He has written of rivers, of bridges and of those who live beside them for more than twenty years." * 5


def kinds(text: str) -> dict[str, BlockKind]:
    return {text[block.start : block.end][:20]: block.kind for block in segment(text)}


@pytest.mark.parametrize(
    "note",
    [
        "Jonas Rusk is an associate editor and opinion writer for the Quillbay Ledger.",
        f"Jonas Rusk is an associate editor for the Quillbay Ledger.{LONG}",
    ],
)
def test_a_note_on_somebody_whom_the_story_does_not_name(note: str) -> None:
    assert kinds(STORY + note)["Jonas Rusk is an ass"] is BlockKind.AUTHOR_NOTE
    assert "Jonas Rusk" not in body(STORY + note, segment(STORY + note))
    named = f"{STORY}Jonas Rusk\n\n{note}"
    assert kinds(named)["Jonas Rusk is an ass"] is BlockKind.AUTHOR_NOTE


@pytest.mark.parametrize(
    "end",
    [
        "Dana Whitlock is a former editor of the Quillbay Ledger and has been mayor of the town since 2019.",
        "Jonas Rusk is back in town, and the pool that he learned to swim in will be gone within the year.",
    ],
)
def test_the_last_paragraph_of_a_story_about_its_people(end: str) -> None:
    assert kinds(STORY + end)[end[:20]] is BlockKind.PARAGRAPH


def test_a_note_needs_a_story_of_some_parts_over_it() -> None:
    note = "Jonas Rusk is an associate editor and opinion writer for the Quillbay Ledger, where he covers pools."
    short = "\n\n".join(STORY.split("\n\n")[:3])
    assert kinds(f"{short}\n\n{note}")[note[:20]] is BlockKind.PARAGRAPH


def test_a_note_has_no_more_than_seven_hundred_characters() -> None:
    assert author_noted(f"Jonas Rusk is an editor.{LONG}") == "Jonas Rusk"
    assert author_noted(f"Jonas Rusk is an editor.{LONG}{LONG}") is None
