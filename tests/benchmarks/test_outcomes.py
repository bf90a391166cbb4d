"""An annotated row is found or missed, and its name, role and medium are the gold's or not."""

from __future__ import annotations

import pytest

from benchmarks.outcomes import outcomes
from tests.benchmarks.annotated_article import TEXT, article, span

SAME = ("role", "medium")


@pytest.mark.parametrize(
    ("speaker", "kind", "outcome"),
    [
        ("The Corran Herald", "org", ("right", *SAME)),
        ("The Harbour Board", "org", ("wrong", *SAME)),
        (None, "unnamed_group", ("wrong", *SAME)),
        (None, "author", ()),
    ],
)
def test_the_name_that_is_found_is_right_or_wrong(speaker: str | None, kind: str, outcome: tuple[str, ...]) -> None:
    assert outcomes(article(speaker, kind)) == ((outcome,), 2)  # "reported" and "denies" are not annotated


def test_another_name_of_the_speaker_is_right() -> None:
    assert outcomes(article("Corran Press", "org", also=["The Corran Herald"]))[0] == (("right", *SAME),)


def test_the_name_of_a_row_in_doubt_is_neither() -> None:
    assert outcomes(article("The Harbour Board", doubt=True))[0] == ((),)


def test_a_row_that_no_quote_reports_is_missed() -> None:
    headline = span("A dispute")
    assert outcomes(article(content=[[headline.start, headline.end]])) == ((("missed",),), 3)


@pytest.mark.parametrize("attribute", SAME)
def test_a_role_and_a_medium_that_are_not_found_are_left_out(attribute: str) -> None:
    ((found,), _) = outcomes(article(**{attribute: "harbour notices"}))
    assert found == ("right", *(key for key in SAME if key != attribute))


def test_a_row_without_words_is_missed() -> None:
    mark = TEXT.index('"')
    assert outcomes(article(content=[[mark, mark + 1]]))[0] == (("missed",),)
