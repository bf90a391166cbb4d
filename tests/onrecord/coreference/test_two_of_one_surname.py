"""Who is meant by a bare name that several people of an article have."""

from __future__ import annotations

import pytest

from tests.onrecord.marked_names import ids, names

COUPLE = "Mayor [P:Mary Orr] and her husband, [P:Thomas Orr], came. "


def test_two_of_one_surname_the_bare_one_goes_to_nobody_where_nothing_decides() -> None:
    assert names("[P:Jane Orr] and [P:Dan Orr] came. [P:Orr] left.")[2] == "Orr"
    assert len(set(ids("[P:Jane Orr] and [P:Dan Orr] came. [P:Orr] left."))) == 3


def test_two_of_one_surname_the_child_is_called_by_the_given_name() -> None:
    told = "[P:Elin Quill] is six. [P:Elin] swims. [P:Elin] reads.\n\n"
    father = "His father, [P:Juan Marsh Quill], wrote. [P:Quill] said so."
    assert names(told + father) == ["Elin Quill"] * 3 + ["Juan Marsh Quill"] * 2
    once = "[P:Elin Quill] is six. [P:Elin] swims.\n\n"
    assert names(once + father)[-1] == "Elin Quill"


def test_two_of_one_surname_the_whole_office_decides() -> None:
    told = "Prime Minister [P:Min Bora] came.\n\nJustice Minister [P:Min Teso] came. [P:Min] left. [P:Min] slept.\n\n"
    assert names(told + "Prime Minister [P:Min] said so.")[-3:] == ["Min Teso", "Min Teso", "Min Bora"]


def test_two_of_one_surname_the_words_of_an_office_decide() -> None:
    told = "[P:Dan Orr], the head of the union's council, met its works director, [P:Jane Orr].\n\n"
    assert names(told + "Union leader [P:Orr] left. Director [P:Orr] stayed.")[-2:] == ["Dan Orr", "Jane Orr"]


def test_two_of_one_surname_titles_decide() -> None:
    assert names("Senator [P:Jane Orr] met Judge [P:Dan Orr]. Senator [P:Orr] left.")[2] == "Jane Orr"
    assert names("Mrs [P:Jane Orr] met Mr [P:Dan Orr]. Mr [P:Orr] left.")[2] == "Dan Orr"


@pytest.mark.parametrize(
    ("first", "between", "second"),
    [
        ("Jack Orr", " and ", "John Orr"),
        ("Jack Orr", ", 19, and his father, ", "John Orr"),
        ("Anthony Orr", ", a judge, and his nephew ", "Tony Orr"),
        ("Kate Orr", " taught her granddaughter ", "Katie Orr"),
        ("Jack Orr", "’s son ", "John Orr"),
        ("Liz Orr", ", the sister of ", "Beth Orr"),
    ],
)
def test_two_whose_given_names_are_forms_of_one_are_two_where_the_text_says_so(
    first: str, between: str, second: str
) -> None:
    told = f"[P:{first}]{between}[P:{second}] came.\n\n[P:{first}] left. [P:{second}] slept."
    assert names(told) == [first, second] * 2
    apart = f"[P:{first}] came. The mayor spoke.\n\n[P:{second}] left."
    assert len(set(names(apart))) == 1


def test_nobody_is_his_own_namesake_whom_the_text_puts_beside_him() -> None:
    assert len(set(ids("[P:John Orr] and his father [P:John Orr] came. [P:John Orr] left."))) == 1


def test_two_of_one_surname_the_paragraph_decides() -> None:
    assert names("[P:Dan Orr] came.\n\n[P:Jane Orr] came. [P:Orr] left.")[2] == "Jane Orr"


def test_two_of_one_surname_given_names_decide_where_no_title_stands_with_them() -> None:
    assert names(f"{COUPLE}Mr. [P:Orr] left. Mrs. [P:Orr] slept.")[2:] == ["Thomas Orr", "Mary Orr"]
    assert names(f"{COUPLE}Mrs. [P:Orr] left. Mr. [P:Orr] slept.")[2:] == ["Mary Orr", "Thomas Orr"]


def test_what_has_a_number_in_its_name_is_not_called_without_it() -> None:
    assert names("[P:Mary] and [P:Mary 2077] came. [P:Mary] left.") == ["Mary", "Mary 2077", "Mary"]
    assert names("[P:2 Marsh] came. [P:Marsh] left.") == ["2 Marsh"] * 2


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:Harold Orr] came. His wife [P:Mary] slept. Mrs. [P:Orr] left.", ["Harold Orr", "Mary", "Orr"]),
        ("[P:Harold Orr] came. Mr. [P:Orr] left.", ["Harold Orr"] * 2),
        ("Mrs. [P:Harold Orr] came. Mrs. [P:Orr] left.", ["Harold Orr"] * 2),
        ("[P:Kim Orr] came. Mrs. [P:Orr] left.", ["Kim Orr"] * 2),
        ("[P:Vivian Orr] came. Mr. [P:Orr] left.", ["Vivian Orr"] * 2),
        ("[P:Kim Orr] and his wife, [P:Mary Orr], came. Mrs. [P:Orr] left.", ["Kim Orr", "Mary Orr", "Mary Orr"]),
    ],
)
def test_a_courtesy_is_of_nobody_whose_given_name_is_of_the_other_gender(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("[P:Ada Quill], 48, met [P:Ben Quill].\n\n[P:Ben Quill] left. [P:Quill], 48, slept.", "Ada Quill"),
        ("[P:Ada Quill], 48, came.\n\n[P:Ben Quill] came.\n\n[P:Ada Quill] left. [P:Quill], 19, slept.", "Ben Quill"),
        ("[P:Ada Quill] came.\n\n[P:Ben Quill] came.\n\n[P:Quill] (19) slept.", "Quill"),
        ("[P:Ada Quill] came.\n\n[P:Ben Quill] came.\n\n[P:Quill] slept.", "Ben Quill"),
    ],
)
def test_two_of_one_surname_an_age_is_of_whom_it_is_told_or_of_neither(told: str, meant: str) -> None:
    assert names(told)[-1] == meant


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("[P:Otto Quill], whose son [P:Ben Quill] sails, came. The elder [P:Quill] slept.", "Otto Quill"),
        ("[P:Otto Quill], whose son [P:Ben Quill] sails, came. The younger [P:Quill] slept.", "Ben Quill"),
        ("[P:Ben Quill] came with his father, [P:Otto Quill]. The younger [P:Quill] slept.", "Ben Quill"),
        ("[P:Otto Quill] came with [P:Ben Quill]. The elder [P:Quill] slept.", "Quill"),
    ],
)
def test_two_of_one_surname_the_elder_is_the_parent(told: str, meant: str) -> None:
    assert names(told)[-1] == meant
