"""What an outlet says of itself and of its authors is none of the story."""

from __future__ import annotations

import pytest

from onrecord import read
from onrecord.document.article import BlockKind
from onrecord.layout import segment

STORY = (
    "Pool to close\n\nBy Devin Caldwell\n\n"
    "The council of Carrowmere voted on Tuesday to close the swimming pool in Quay Street after three winters in which "
    "its roof let in the rain and its boiler failed.\n\n"
    "“It leaks,” said Dana Whitlock, the mayor. “We have asked the county for money four times without an answer.”\n\n"
)


def kind_of(text: str, words: str) -> BlockKind:
    at = text.index(words)
    return next(block.kind for block in segment(text) if block.start <= at < block.end)


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version of this story said that the pool would close in May.",
        "Editor's note: This report has been corrected to say that the mayor visited on Sunday.",
        "Disclaimer: Comments by readers, the Echo says, are not those of its editors.",
        "You have one free article left this month. Already a subscriber? Log in.",
        "“No other paper asks,” says reader Anne Dool. Subscribe from 1 pound a week.",
        "Do you have a story? Send an email to news@carrowmere-echo.example",
        "Sorry, the page you are looking for does not exist.",
        "This audio is auto-generated. Please let us know if you have feedback.",
        "You are receiving this email because you signed up for it.",
        "Our Standards: The Echo Code of Integrity",
        "The opinions expressed are those of the writer.",
        "Continued on page A7",
        "- 7 -",
        "(ENDS) MER/dc/jr 031412 GMT JUN 24",
    ],
)
def test_a_notice(notice: str) -> None:
    assert kind_of(STORY + notice + "\n", notice) is BlockKind.BOILERPLATE


@pytest.mark.parametrize(
    "prose",
    [
        "This story was updated by every teller, the miller said, until nobody knew it.",
        "Disclaimer: “I never swam there,” said Whitlock.",
        "“Sorry,” said the mayor. “The page is missing.”",
        "You have read the papers, Whitlock told the council.",
    ],
)
def test_prose_is_none(prose: str) -> None:
    assert kind_of(STORY + prose + "\n\nThe pool was built in 1931.\n", prose) is not BlockKind.BOILERPLATE


@pytest.mark.parametrize("name", ["", "Devin Caldwell\n\n"])
def test_a_note_under_about_the_author(name: str) -> None:
    note = "Devin Caldwell joined the Echo in 2011. He says his best story was the one on the lighthouse."
    text = f"{STORY}About the author\n\n{name}{note}\n"
    assert kind_of(text, note) is BlockKind.AUTHOR_NOTE
    assert [quote.speaker_name for quote in read(text).quotes] == ["Dana Whitlock"]


def test_the_title_of_an_author_is_not_of_his_name() -> None:
    text = (
        STORY.replace("By Devin Caldwell\n\n", "") + "About the author\n\nAuthor Tam Orde is a writer in Carrowmere.\n"
    )
    assert "Author Tam Orde" not in read(text).publication.authors
