"""Whatever the text and the date: no exception, exact offsets, and intervals that agree with their values."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.dates import find_dates
from onrecord.dates.grammar import read_grammar
from onrecord.dates.values import interval_of
from onrecord.dates.vocabulary import read_words
from onrecord.document.article import Precision, Span, TimexType

WORDS = sorted({str(word) for entry in read_words().values() for word in entry["words"]})
WORDS += [word.upper() for word in WORDS] + [word.capitalize() for word in WORDS]
PHRASES = sorted({text for rule in read_grammar()["rules"] for text in rule["examples"]})
LITERALS = ["the", "a", "of", "and", "half", "in", "on", "'", "-", "/", ",", "ago", "past", "every", "1990s", "31",
            "30", "29", "2015", "0001", "9999", "1,000", "16:05", "6pm", "19th", "\n", "É", "२", "²"]  # fmt: skip
TEXTS = st.one_of(
    st.text(),
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES).map(str.upper),
    st.sampled_from(PHRASES).map(str.title),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(LITERALS)), max_size=30).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(LITERALS)), max_size=12).map("".join),
)


@settings(deadline=None)  # the first holiday loads a library
@given(TEXTS, st.none() | st.dates(), st.sampled_from([None, *Precision]))
def test_any_text_any_date(text: str, published: dt.date | None, precision: Precision | None) -> None:
    spans = [Span(0, len(text) // 2), Span(len(text) // 2, len(text))]
    found = find_dates(text, spans, published, precision=precision)
    last = 0
    for e in found:
        assert last <= e.start < e.end <= len(text)
        assert text[e.start : e.end].strip() == text[e.start : e.end] != ""
        assert any(s.start <= e.start and e.end <= s.end for s in spans)
        last = e.end
        assert (e.date_from is None) == (e.date_to is None)
        assert e.value
        if e.date_from and e.date_to:
            assert e.date_from <= e.date_to
            if e.timex_type in (TimexType.DATE, TimexType.TIME):
                whole = interval_of(e.value)
                assert whole and whole[0] <= e.date_from <= e.date_to <= whole[1]
            assert e.timex_type is not TimexType.SET


@settings(deadline=None)  # the first holiday loads a library
@given(TEXTS)
def test_without_a_publication_date_nothing_relative_is_guessed(text: str) -> None:
    for e in find_dates(f"Yesterday, {text}", [Span(0, 9)], None):
        assert (e.value, e.date_from, e.date_to) == ("XXXX-XX-XX", None, None)


@settings(deadline=None)  # the first holiday loads a library
@given(TEXTS, st.dates())
def test_reading_twice_gives_the_same(text: str, published: dt.date) -> None:
    spans = [Span(0, len(text))]
    assert find_dates(text, spans, published) == find_dates(text, spans, published)
