"""Whole pages: the story among menus, lists of other stories, comments and messages of forms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document.article import BlockKind
from onrecord.layout import body, segment
from onrecord.layout.head import label_head
from onrecord.layout.labeller import prefer_contained, score_parts
from onrecord.layout.lines import parts_of
from onrecord.layout.parts import Labelled, label_by_form
from onrecord.layout.scores import story_scores

MENU = "Home\nValley\nBusiness\nSport\nWeather\nJobs\nSubscribe\nLog in\nPuzzles\nArchive\nContact us\nNewsletters\n"
STORY = (
    "Pool to close\n\nBy Devin Caldwell\n\nMarch 2, 2018\n\n"
    "The council of Carrowmere voted on Tuesday to close the swimming pool in Quay Street after three winters in which "
    "its roof let in the rain and its boiler failed.\n\n"
    "“It leaks,” said Dana Whitlock, the mayor. “We cannot heat the street, and we have asked the county for money "
    "four times without an answer.”\n\n"
    "The pool was built in 1931 and has 40,000 visitors a year, among them all pupils of the two schools.\n\n"
)
FOOT = (
    "Latest stories\n\nFerry fares to rise\n\n2 minutes ago\n\nJonas Rusk\n\nClock tower mended\n\nMegan Dickson\n\n"
    "About us\nTerms of use\nPrivacy policy\n© 2018 Carrowmere Echo. All rights reserved.\n"
)


def kinds(text: str) -> dict[str, BlockKind]:
    return {text[block.start : block.end]: block.kind for block in segment(text)}


def test_the_story_of_a_page() -> None:
    text = MENU + STORY + FOOT
    read = body(text, segment(text))
    assert read.startswith("The council of Carrowmere")
    assert read.endswith("the two schools.")
    found = kinds(text)
    assert found["Pool to close"] is BlockKind.HEADLINE
    assert {found["Ferry fares to rise"], found["Jonas Rusk"], found["2 minutes ago"]} == {BlockKind.RELATED}


@pytest.mark.parametrize(
    "message",
    ["Your email has been sent.", "You can't enter more than 20 emails.", "You must enter the code below to send."],
)
def test_messages_of_forms(message: str) -> None:
    text = f"{STORY}Your email has been sent.\n\n{message}\n\nAn error has occurred. Please try again.\n"
    assert message not in body(text, segment(text))


def test_a_clean_article_loses_nothing() -> None:
    paragraphs = STORY.split("\n\n")[3:-1]
    for count in range(1, len(paragraphs) + 1):
        text = "\n\n".join(paragraphs[:count])
        assert body(text, segment(text)) == text


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300))
def test_any_text_is_scored(text: str) -> None:
    parts = parts_of(text)
    scores = score_parts(text, parts, "https://quill.example/2018/pool-to-close")
    assert len(scores.body) == len(scores.headline) == len(parts)
    assert all(0 <= probability <= 1 for probability in (*scores.body, *scores.headline))


def test_the_headline_is_preferred_to_the_trail_of_sections_that_ends_in_it() -> None:
    parts = parts_of("Home\n\nValley / Council / Pool to close\n\nPool to close\n\nIt leaks.\n")
    probabilities = np.array([0.0, 0.4, 0.01, 0.0])
    prefer_contained(probabilities, parts)
    assert probabilities.tolist() == [0.0, 0.0, 0.4, 0.0]
    probabilities = np.array([0.0, 0.4, 0.01, 0.0])
    prefer_contained(probabilities, parts_of("Home\n\nWhy is the pool to close\n\nPool to close\n\nIt leaks.\n"))
    assert probabilities.tolist() == [0.0, 0.4, 0.01, 0.0]


def test_a_button_under_a_byline_is_no_byline() -> None:
    found = kinds(MENU + STORY.replace("By Devin Caldwell", "By Devin Caldwell\n\nWatch Live") + FOOT)
    assert found["Watch Live"] is not BlockKind.BYLINE


def test_a_colon_behind_unknown_initials_inside_the_story_makes_no_dateline() -> None:
    text = STORY + "Look at Results Pages (SERPs):\n\nThey tell what people of the street have asked for.\n"
    assert BlockKind.DATELINE not in kinds(text).values()


@pytest.mark.parametrize("line", ["Copper Kettle Review", "Kettle Round-Up 12/19/2025"])
def test_a_sure_headline_is_neither_an_outlet_nor_a_name_and_a_date(line: str) -> None:
    text = f"{line}\n\nThe kettle boils in four minutes, and its handle stays cold.\n"
    parts = parts_of(text)
    sure = label_by_form(text, parts, story_scores([0.0, 1.0], [0.6, 0.0]))
    assert (sure[0].words, sure[0].kind, sure[0].headline) == (line, None, 0.6)
    unsure = label_by_form(text, parts, story_scores([0.0, 1.0], [0.1, 0.0]))
    assert unsure[0].headline == 0


def test_an_outlet_over_a_headline_is_none() -> None:
    text = "Copper Kettle Review\n\nKettle boils\n\nThe kettle boils in four minutes, and its handle stays cold.\n"
    found = label_by_form(text, parts_of(text), story_scores([0.0, 0.0, 1.0], [0.9, 0.1, 0.0]))
    assert [item.headline for item in found] == [0.0, 0.1, 0.0]


@pytest.mark.parametrize(("body_probability", "kind"), [(0.9, None), (0.2, BlockKind.ALTERNATIVE_HEADLINE)])
def test_a_likely_line_of_the_story_under_the_headline_is_no_standfirst(
    body_probability: float, kind: BlockKind | None
) -> None:
    parts = parts_of("Pool to close\n\nThe council of Carrowmere has heard\n\nIt leaks.\n\nIt has leaked for years.")
    labelled = [Labelled(part, None, body=0.9) for part in parts]
    labelled[0] = replace(labelled[0], body=0.0, headline=0.9)
    labelled[1] = replace(labelled[1], body=body_probability)
    label_head(labelled)
    assert labelled[1].kind is kind


@pytest.mark.parametrize(
    "comments",
    [
        "Join the discussion\n\nGull T. wrote: They should have sold it in 1990.\nLike 4 Dislike 1\n",
        "Reader comments\n\nPosted by Dov at 9:41 am\nThey should have sold it in 1990.\n",
        "Comments\n\nGull T.\n\nThey should have sold it in 1990.\n\nReply\n",
    ],
)
def test_readers_comments_are_known_by_what_stands_at_each(comments: str) -> None:
    text = STORY + comments + FOOT
    at = text.index("They should")
    assert next(block.kind for block in segment(text) if block.start <= at < block.end) is BlockKind.COMMENT
