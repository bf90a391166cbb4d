"""Medium and day of what goes on in one occasion, with invented people."""

import datetime as dt
from collections.abc import Callable

import pytest

from onrecord.document.article import Quote, TimeExpression, TimexType
from tests.onrecord.tagged_texts import attribution, mentions_of, span_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}
FIRST = "Orla Venn told reporters on Monday that the quay is sold."


def media(read: Read, text: str, *told: object) -> list[tuple[str | None, dt.date | None]]:
    at, day = span_of(text, "Monday"), dt.date(2024, 5, 6)
    dates = [TimeExpression(at.start, at.end, TimexType.DATE, "2024-05-06", date_from=day, date_to=day)]
    quotes = read(text, *told, mentions=mentions_of(text, PEOPLE), dates=dates)
    return [(quote.medium, quote.date_said) for quote in quotes]


def test_a_pronoun_in_the_same_paragraph_goes_on(read: Read) -> None:
    text = f"{FIRST} She said that it was old."
    told = attribution(text, "that the quay is sold", "told", "Orla Venn")
    then = attribution(text, "that it was old", "said", "She")
    assert media(read, text, told, then) == [("reporters", dt.date(2024, 5, 6))] * 2


def test_a_second_verb_of_one_subject_goes_on(read: Read) -> None:
    text = "Orla Venn told reporters on Monday that the quay is sold, adding that it was old."
    told = attribution(text, "that the quay is sold", "told", "Orla Venn")
    then = attribution(text, "that it was old", "adding", "Orla Venn")
    assert media(read, text, told, then) == [("reporters", dt.date(2024, 5, 6))] * 2


def test_the_same_speaker_by_name_in_the_same_paragraph_says_it_on_the_same_day(read: Read) -> None:
    text = f"{FIRST} Venn said that it was old."
    told = attribution(text, "that the quay is sold", "told", "Orla Venn")
    then = attribution(text, "that it was old", "said", "Venn")
    assert [day for _, day in media(read, text, told, then)] == [dt.date(2024, 5, 6)] * 2


@pytest.mark.parametrize("behind", [" Tam Quill said that it was old.", "\n\nTam Quill said that it was old."])
def test_another_speaker_is_elsewhere(read: Read, behind: str) -> None:
    text = FIRST + behind
    told = attribution(text, "that the quay is sold", "told", "Orla Venn")
    then = attribution(text, "that it was old", "said", "Tam Quill")
    assert media(read, text, told, then) == [("reporters", dt.date(2024, 5, 6)), (None, None)]


def test_the_next_paragraph_is_another_occasion(read: Read) -> None:
    text = f"{FIRST}\n\nShe said that it was old."
    told = attribution(text, "that the quay is sold", "told", "Orla Venn")
    then = attribution(text, "that it was old", "said", "She")
    assert media(read, text, told, then) == [("reporters", dt.date(2024, 5, 6)), (None, None)]


@pytest.mark.parametrize(("cue", "behind"), [("adding", ", adding that"), ("said", " and said that")])
def test_a_second_verb_without_a_subject_has_the_hearer_of_the_first(read: Read, cue: str, behind: str) -> None:
    text = f"Orla Venn told reporters on Monday that the quay is sold{behind} it was old."
    told = attribution(text, "that the quay is sold", "told", "Orla Venn")
    then = attribution(text, "that it was old", cue, None)
    assert [medium for medium, _ in media(read, text, told, then)] == ["reporters"] * 2


def test_whom_somebody_asked_to_do_something_does_not_hear_the_next_report(read: Read) -> None:
    text = "Orla Venn urged the dockers on Monday to sell the quay. She said that it was old."
    asked = attribution(text, "to sell the quay", "urged", "Orla Venn")
    then = attribution(text, "that it was old", "said", "She")
    assert [medium for medium, _ in media(read, text, asked, then)] == ["dockers", None]


@pytest.mark.parametrize(("inner", "kept"), [(3, True), (4, True), (6, False)])
def test_what_somebody_tells_of_was_said_no_later(read: Read, inner: int, kept: bool) -> None:
    text = "Orla Venn said on Saturday that Tam Quill told her on Monday that the quay is sold."
    outer = attribution(text, "that Tam Quill told her on Monday that the quay is sold", "said", "Orla Venn")
    within = attribution(text, "that the quay is sold", "told", "Tam Quill")
    dates = [
        TimeExpression(at.start, at.end, TimexType.DATE, day.isoformat(), date_from=day, date_to=day)
        for word, day in (("Saturday", dt.date(2024, 5, 4)), ("Monday", dt.date(2024, 5, inner)))
        for at in [span_of(text, word)]
    ]
    first, second = read(text, outer, within, mentions=mentions_of(text, PEOPLE), dates=dates)
    assert first.date_said == dt.date(2024, 5, 4)
    assert second.parent == 0 and second.date_said == (dt.date(2024, 5, inner) if kept else None)
