"""Examples for the labeller that are made of others: longer, shorter, with lines of a site."""

from __future__ import annotations

import random

import numpy as np
import pytest

from onrecord.layout.lines import parts_of
from training.layout_gold import LONG_STORIES, Example, long_pages, recombined, spliced, with_notices

MENU, FOOT = ["Home", "Valley", "Sport"], ["About us", "© 2018 Carrowmere Echo"]
STORY = [f"The council of Carrowmere met for the {number}th time to speak of its leaking pool." for number in range(4)]
OTHER = [f"Nobody at the mill in Tarn had been asked in year {number}, said Orla Venn." for number in range(6)]
NOTICE = "Carrowmere Echo is read in every house of the valley"


def page(story: list[str], *, fold: int = 2) -> Example:
    text = "\n\n".join([*MENU, *story, *FOOT])
    parts = parts_of(text)
    body = np.array([float(part.plain in story) for part in parts])
    return Example(text, parts, body, None, fold, "full", news=True)


def told(example: Example, least: float = 0.5) -> list[str]:
    return [part.plain for part, share in zip(example.parts, example.body, strict=True) if share >= least]


def test_a_page_with_another_story_keeps_what_stands_around_it() -> None:
    made = spliced(page(STORY), page(OTHER))
    assert [part.plain for part in made.parts] == [*MENU, *OTHER, *FOOT]
    assert told(made) == OTHER
    assert (made.fold, made.style, made.news) == (2, "full", True)


@pytest.mark.parametrize(("share", "kept"), [(0.5, 3), (0.1, 1), (1.0, 6)])
def test_a_story_is_cut_to_its_beginning(share: float, kept: int) -> None:
    made = spliced(page(OTHER), page(OTHER), share)
    assert told(made) == OTHER[:kept]
    assert len(made.parts) == len(MENU) + kept + len(FOOT)


def test_pages_of_news_are_recombined_within_their_fold() -> None:
    pages = [page(STORY, fold=1), page(OTHER, fold=3)]
    made = list(recombined(pages, random.Random(0)))  # noqa: S311 - examples
    assert [example.fold for example in made] == [1, 1, 3, 3]
    assert all(set(told(example)) <= set(STORY if example.fold == 1 else OTHER) for example in made)


def test_long_stories_stand_alone_and_in_a_page() -> None:
    made = list(long_pages(STORY + OTHER, [page(STORY)], random.Random(0)))  # noqa: S311 - examples
    assert [len(told(example)) for example in made] == [count for count in LONG_STORIES for _ in range(2)]
    assert {example.style for example in made} == {"long"}
    assert [part.plain for part in made[1].parts[:3]] == MENU
    assert made[1].body[[0, -1]].tolist() == [0.0, 0.0]


def test_lines_of_a_site_in_an_article_are_none_of_it() -> None:
    row = {"id": "a", "fold": 0, "text": "\n".join(OTHER)}
    known = 0
    for seed in range(20):
        made = with_notices(row, [NOTICE], random.Random(seed))  # noqa: S311 - examples
        assert made.of_site is not None
        at = [part.plain for part in made.parts].index(NOTICE)
        assert at > 0
        assert (made.of_site[at], made.body[at]) in ((1.0, 0.0), (0.0, -1.0))
        assert made.of_site.sum() == made.of_site[at]
        known += int(made.of_site[at])
    assert 10 <= known < 20
