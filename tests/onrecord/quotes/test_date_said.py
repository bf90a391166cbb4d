"""When something was said: the article's expressions, seen from one attribution."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates import find_dates
from onrecord.document.article import Precision, Span, TimeExpression, TimexType
from onrecord.document.document import Document
from onrecord.quotes.attributes.date_said import Times, last_day_of, said_on

PUBLISHED = dt.date(2024, 5, 15)
MONDAY = (dt.date(2024, 5, 13), Precision.DAY)


def when(marked: str) -> tuple[dt.date, Precision] | None:
    """Read a sentence in which {c cue}, {s source} and {q content} are marked."""
    text, spans = "", {"c": [], "s": [], "q": []}  # type: ignore[var-annotated]
    rest = marked
    while "{" in rest:
        before, _, rest = rest.partition("{")
        inside, _, rest = rest.partition("}")
        text += before
        spans[inside[0]].append(Span(len(text), len(text) + len(inside) - 2))
        text += inside[2:]
    text += rest
    dates = find_dates(text, [Span(0, len(text))], PUBLISHED)
    document = Document.of_passages(text, [Span(0, len(text))])
    sentence = document.sentences[document.sentence_of(spans["c"][0].start)].span
    return said_on(text, sentence, spans["c"][0], spans["s"][0] if spans["s"] else None, spans["q"], dates)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{s Ona Lind} {c told} the Harbour Post on Monday that {q the mill would stay}.", MONDAY),
        ("“{q We stay},” {c said} {s Ona Lind}, the mayor, on Monday.", MONDAY),
        ("{s The mayor} {c said} Monday {q the mill would stay}.", MONDAY),
        ("{s The mayor} {c said} {q on Monday the mill would stay}.", MONDAY),
        ("On Monday, {s Ona Lind} {c said} {q the mill would stay}.", MONDAY),
        ("Earlier on Monday, {s the guild} also {c said} {q it agreed}.", MONDAY),
        ("{s Lind} on Monday {c said} {q the mill would stay}.", MONDAY),
        ("In an interview with the Post on Monday, {s Lind} {c said} {q it would stay}.", MONDAY),
        ("“{q We stay},” {s Lind} {c told} reporters in Harrow on Monday.", MONDAY),
        ("At Monday’s debate, {s Lind} {c said} {q it would stay}.", MONDAY),
        ("At a rally Monday in Harrow, Zembla, {s Lind} {c asked} {q who would pay}.", MONDAY),
        ("In Harrow on Monday, {s Lind} {c said} {q it would stay}.", MONDAY),
        ("{s Lind} {c said} during a Monday evening rally {q that it would stay}.", MONDAY),
        ("In a 2014 memo, {s the guild} {c said} {q it was safe}.", (dt.date(2014, 1, 1), Precision.YEAR)),
        ("{s Lind} {c said} in 2014 that {q the mill was safe}.", (dt.date(2014, 1, 1), Precision.YEAR)),
        ("{s Lind} {c said} last month {q the mill was safe}.", (dt.date(2024, 4, 1), Precision.MONTH)),
        ("{s Lind} {c said} last week {q the mill was safe}.", (dt.date(2024, 5, 1), Precision.MONTH)),
        ("{s The guild} {c warned} the U.S. envoy Monday {q it was old}.", MONDAY),
        ("{s The guild on Monday} {c said} {q it was safe}.", MONDAY),
        ("{c According to} {s a 2014 report by the guild}, {q it was safe}.", (dt.date(2014, 1, 1), Precision.YEAR)),
        ("{q It was safe}, {c says} {s a guild report from Monday}.", MONDAY),
        ("{c Said} {s Ona Lind, author of a 2014 report}: “{q It was well}”.", None),
        ("On Monday, two days before the vote, {s Lind} {c said} {q it would stay}.", MONDAY),
        ("On Friday, three mills shut and, on Monday, in the wake of that, {s Lind} {c said} {q no}.", None),
        ("{s Lind}, speaking to reporters on Monday in Harrow, {c said} {q it would stay}.", MONDAY),
        ("{s Lind} (Ona) on Monday {c said} {q it would stay}.", MONDAY),
        ("{s Lind} {c wrote} in an op-ed published Monday that {q it would stay}.", MONDAY),
        ("{s Lind} {c said} during a long rally in Harrow on Monday that {q it would stay}.", MONDAY),
        ("{s Lind} {c said} during the storm on Monday that {q it would stay}.", None),
        ("{s Lind} made a statement Monday afternoon, {c saying} {q it would stay}.", MONDAY),
        ("{s Lind} sold a mill on Monday, {c saying} {q it was old}.", None),
        ("{s Lind} {c called for} “{q a new mill}” on Monday.", MONDAY),
        ("{s Lind} {c called for} {q a new mill} on Monday.", MONDAY),
        ("Addressing millers in Harrow on Monday, {s Lind} {c said} {q it would stay}.", MONDAY),
        ("Opening the mill on Monday, {s Lind} {c said} {q it would stay}.", MONDAY),
        ("Addressing the fears raised on Monday, {s Lind} {c said} {q it would stay}.", None),
        ("Opening a mill that burned on Monday, {s Lind} {c said} {q it would stay}.", None),
        ("Citing the fire on Monday, {s Lind} {c said} {q it would stay}.", None),
        ("{s Lind} {c said} back in 2014, “{q it was safe}”.", (dt.date(2014, 1, 1), Precision.YEAR)),
        ("{q They made 2 tons} {c according to} {s the guild} (the mill sold 9 in 2012).", None),
        (
            "{s Lind} (of Harrow) {c said} (to all) in 2014 that {q the mill was safe}.",
            (dt.date(2014, 1, 1), Precision.YEAR),
        ),
        ("{s Lind} {c said} {q the mill would close on Monday}.", None),
        ("{s Lind}, who resigned on Monday, {c said} {q nothing was wrong}.", None),
        ("In an interview with the Post published on Monday, {s Lind} {c said} {q it would stay}.", None),
        ("After the fire on Monday, {s Lind} {c said} {q nothing was wrong}.", None),
        ("{s Lind} {c said} of the fire on Monday that {q nothing was wrong}.", None),
        ("{s Lind} {c said} {q Monday was a sad day}.", None),
        ("The mill burned on Monday. {s Lind} {c said} {q nothing was wrong}.", None),
        ("{s Lind} {c said} {q it was well}. The mill burned on Monday.", None),
        ("{s Lind} {c told} Monday's meeting {q it was well}.", None),
        ("{c Said} {s Ona Lind, mayor from 1995 to 1997}: “{q It was well}”.", None),
        ("{s A 9/11 widow} {c said} {q it was well}.", None),
        ("{s Lind} has {c said} for three years {q it was well}.", None),
    ],
)
def test_said_on(sentence: str, expected: tuple[dt.date, Precision] | None) -> None:
    assert when(sentence) == expected


def test_a_week_in_two_months_has_neither_its_month_nor_its_year() -> None:
    text = "Lind said last week the mill was safe."
    cue, source = Span(5, 9), Span(0, 4)
    found = [
        said_on(text, Span(0, len(text)), cue, source, [], find_dates(text, [Span(0, len(text))], day))
        for day in (dt.date(2024, 5, 8), dt.date(2024, 5, 15))
    ]
    assert found == [None, (dt.date(2024, 5, 1), Precision.MONTH)]


def test_what_lies_after_publication_has_not_been_said() -> None:
    text = "The mill, Lind will tell the council on Friday, is safe."
    dates = find_dates(text, [Span(0, len(text))], PUBLISHED)
    cue, source = Span(15, 24), Span(10, 14)
    assert said_on(text, Span(0, len(text)), cue, source, [], dates) == (dt.date(2024, 5, 17), Precision.DAY)
    assert said_on(text, Span(0, len(text)), cue, source, [], dates, published=PUBLISHED) is None


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=12), SPANS, st.integers(0, 50))
def test_times_are_found_by_place_as_by_looking_at_all(spans: list[Span], asked: Span, offset: int) -> None:
    dates = [TimeExpression(span.start, span.end, TimexType.DATE, "2024") for span in spans]
    times = Times(dates)
    assert all(e in times.around(asked) for e in dates if e.start < asked.end and asked.start < e.end)
    assert all(e.start < asked.end for e in times.around(asked))
    found = times.at(offset)
    assert (found is not None) == any(e.start == offset for e in dates)
    assert found is None or found.start == offset


@pytest.mark.parametrize("season", ["in the spring", "last spring", "this spring"])
def test_a_season_without_its_year_tells_no_year(season: str) -> None:
    assert when(f"“{{q We stay}},” {{s Ona Lind}} {{c said}} {season}.") is None
    told = when("“{q We stay},” {s Ona Lind} {c said} in the spring of 2018.")
    assert told == (dt.date(2018, 1, 1), Precision.YEAR)


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        (dt.date(2024, 2, 3), Precision.DAY, dt.date(2024, 2, 3)),
        (dt.date(2024, 2, 1), Precision.MONTH, dt.date(2024, 2, 29)),
        (dt.date(2024, 12, 1), Precision.MONTH, dt.date(2024, 12, 31)),
        (dt.date(2024, 1, 1), Precision.YEAR, dt.date(2024, 12, 31)),
    ],
)
def test_the_last_day_of_a_month_or_year(day: dt.date, precision: Precision, last: dt.date) -> None:
    assert last_day_of(day, precision) == last
