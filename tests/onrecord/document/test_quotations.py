import itertools
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document.article import Span
from onrecord.document.quotations import Quotation, quotations


def paragraphs(text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:.*\S)?", text)]


def read(text: str) -> tuple[Quotation, ...]:
    return quotations(text, paragraphs(text))


def inner(text: str) -> list[str]:
    return [q.inner.of(text) for q in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We stay," Orla Venn said. "We fight."', ["We stay,", "We fight."]),
        ("“We stay,” Orla Venn said.", ["We stay,"]),
        ("''We stay,'' Orla Venn said. ``We fight.''", ["We stay,", "We fight."]),
        ("`` We stay , '' said Orla Venn , who left .", ["We stay ,"]),
        ("« We stay », Orla Venn said, «for now».", ["We stay", "for now"]),
        ("„We stay,“ Orla Venn said.", ["We stay,"]),
        ("‘We stay, and it’s final,’ Orla Venn said.", ["We stay, and it’s final,"]),
        ("'We stay, and it's final,' Orla Venn said.", ["We stay, and it's final,"]),
        ("”We stay,“ Orla Venn said.", ["We stay,"]),
        ("Orla Venn said,“ We stay, ”and left.", ["We stay,"]),
        ('Orla Venn said:"We stay"and left.', ["We stay"]),
        ('"We stay,” Orla Venn said.', ["We stay,"]),
        ('"No."--"Yes."', ["No.", "Yes."]),
        ("(“Stay”) —“Go”— she said.", ["Stay", "Go"]),
        ('" We stay , " she said.', ["We stay ,"]),
        ("`` We stay , '' Orla Venn said . `` We fight . ''", ["We stay ,", "We fight ."]),
        ("`` It 's ours and we 'll stay , '' she said .", ["It 's ours and we 'll stay ,"]),
        ("`` He said ` stay ' to us , '' she said .", ["He said ` stay ' to us ,"]),
        ("»We stay«, said Orla Venn.", ["We stay"]),
    ],
)
def test_pairs_whatever_marks_the_outlet_uses(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_list_between_quotations_parts_them() -> None:
    text = "“We stay,” she said.\n\n» The wall is old.\n\n» It is long.\n\n“They can‘t sell it,” Quill said."
    assert inner(text) == ["We stay,", "They can‘t sell it,"]


@pytest.mark.parametrize(
    "text",
    [
        "It's the dogs' home in the '90s, rock 'n' roll and all.",
        "The players’ union didn’t want ’em there.",
        "He stands 6'2\" and she 5' 4\" in socks.",
        "A 10' wall, 5'10\" in places, near O'Dell's.",
        "The harbour 's wall is old and they 'll mend it , but it 's theirs .",
        "» The wall is old.\n\n» It protects forty houses.\n\n› The council meets on May 9.",
        "",
    ],
)
def test_apostrophes_and_inches_open_nothing(text: str) -> None:
    assert inner(text) == []


def test_a_possessive_does_not_close_a_single_quotation() -> None:
    assert inner("'The miners' strike is over,' she said of 'the miners' and left.") == [
        "The miners' strike is over,",
        "the miners",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\"She told me 'never again',\" he said.",
        "\"She told me 'never again,'\" he said.",
        "“She told me ‘never again’,” he said.",
        "‘She told me “never again”,’ he said.",
        '"She told me “never again” then," he said.',
        '"She told me "never again" then," he said.',
    ],
)
def test_nested_marks_have_the_outer_ones_as_parent(text: str) -> None:
    outer, nested = read(text)
    assert (outer.depth, outer.parent) == (0, None)
    assert (nested.depth, nested.parent) == (1, 0)
    assert nested.inner.of(text).rstrip(",") == "never again"


def test_paragraphs_that_open_anew_continue_one_quotation() -> None:
    text = "“The first.\n\n“The second.\n\n“The third,” she said.\n\n“Another.”"
    found = read(text)
    assert [q.continues for q in found] == [None, 0, 1, None]
    assert [q.closed for q in found] == [False, False, True, True]
    assert [q.inner.of(text) for q in found] == ["The first.", "The second.", "The third,", "Another."]


def test_marks_that_an_open_quotation_nests_do_not_continue_it() -> None:
    text = '"Venn came in, calling “Boats ahoy!”\n\n“Come in,” Quill said.\n\n"Then it rained," Harrow wrote.'
    outer, nested, answer, last = read(text)
    assert (outer.closed, nested.parent, answer.continues, last.continues) == (False, 0, None, None)
    assert [q.continues for q in read('"Venn came in.\n\n“It is late,” Quill said.')] == [None, 0]  # nothing nested


def test_single_outer_marks_continue_over_paragraphs_too() -> None:
    assert [q.continues for q in read("‘The first.\n\n‘The second,’ she said.")] == [None, 0]


def test_a_possessive_closes_no_single_quotation_that_goes_on() -> None:
    text = (
        "Orla Venn said: 'We stay.\n\n'It was our grandmothers' bridge.\n\n'And it'll be our children's.'\n\nShe left."
    )
    found = read(text)
    assert [q.inner.of(text) for q in found] == [
        "We stay.",
        "It was our grandmothers' bridge.",
        "And it'll be our children's.",
    ]
    assert [q.continues for q in found] == [None, 0, 1]


@pytest.mark.parametrize("bullet", ["»", "›", "«"])
def test_an_angled_mark_before_an_item_of_a_list_is_a_bullet(bullet: str) -> None:
    assert read(f"{bullet} The bridge is old.\n\n{bullet} It rusts.") == ()


def test_a_paragraph_inside_a_quotation_may_lack_its_opening_mark() -> None:
    first, second = read("“The first.\n\nThe second,” she said.")
    assert (first.closed, second.opened, second.continues) == (False, False, 0)


def test_a_missing_close_ends_before_the_next_opening() -> None:
    text = '"We stay, Orla Venn said. "We fight," she added.'
    lost, found = read(text)
    assert (lost.closed, lost.inner.of(text)) == (False, "We stay, Orla Venn said.")
    assert (found.closed, found.depth, found.parent) == (True, 0, None)


def test_a_missing_close_does_not_reach_into_the_next_paragraph() -> None:
    text = "“We stay, Orla Venn said.\n\nNothing was quoted here.\n\n“We fight,” she added."
    assert [(q.closed, q.continues) for q in read(text)] == [(False, None), (True, None)]


def test_line_breaks_inside_a_hard_wrapped_paragraph_are_spaces() -> None:
    text = '"We stay\nhere,"\nshe said,\n"and fight."'
    assert [q.inner.of(text) for q in quotations(text, [Span(0, len(text))])] == ["We stay\nhere,", "and fight."]


MARKED = st.text(alphabet=st.sampled_from("ab S1 .,\n\"'“”‘’«»`(—"), max_size=120)


@settings(max_examples=400, deadline=None)
@given(MARKED)
def test_quotations_nest_properly_in_any_text(text: str) -> None:
    spans = paragraphs(text)
    found = quotations(text, spans)
    for index, q in enumerate(found):
        assert any(p.start <= q.start < q.end <= p.end for p in spans)
        assert q.start <= q.inner.start < q.inner.end <= q.end
        if q.parent is None:
            assert q.depth == 0
        else:
            parent = found[q.parent]
            assert q.parent < index and q.depth == parent.depth + 1
            assert parent.start <= q.start and q.end <= parent.end
        if q.continues is not None:
            assert q.continues < index and not found[q.continues].closed
    tops = [q for q in found if q.depth == 0]
    assert all(a.end <= b.start for a, b in itertools.pairwise(tops))


@pytest.mark.parametrize("unit", ["“", '"a ', "'a ", "‘", "’", "“a ” ", "a' ", "“‘", "«”"])
def test_work_is_linear_in_hostile_text(unit: str) -> None:
    def calls(length: int) -> int:
        """How many functions are called: the same on every machine, whatever else it does."""
        text, counted = unit * (length // len(unit)), itertools.count()
        sys.setprofile(lambda _frame, event, _what: next(counted) if event in ("call", "c_call") else None)
        try:
            quotations(text, [Span(0, len(text))])
        finally:
            sys.setprofile(None)
        return next(counted)

    calls(1_000)  # the word lists are read once
    assert calls(16_000) < 5 * calls(4_000) + 200  # 4 if linear, 16 if quadratic
