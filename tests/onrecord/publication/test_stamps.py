"""Which sentences stamp their story with a day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates.written import full_dates
from onrecord.publication.stamps import stamps_the_story


def stamped(line: str) -> bool:
    written = full_dates(line)[0]
    return stamps_the_story(line, written.start, written.end)


@pytest.mark.parametrize(
    "line",
    [
        "Updated: May 3, 2021. The ferry sails again, the harbour office says.",
        "First published on Monday, 3 May 2021.",
        "The ferry sails again. Posted May 3, 2021 at 5 p.m.",
        "This story was originally published on May 3, 2021.",
        "This article was first published in the Quillbay Ledger on 3 May 2021.",
        "This page was last updated on May 3, 2021, at noon.",
        "This story was originally published May 3, 2021, 5:10 PM.",
        "This story was published May 3, 2021 5:10 PM.",
        "This story was first published on May 3, 2021, on our website.",
        "This story was first published May 3, 2021 (updated at noon).",
        "First published in the Quillbay Ledger on 3 May 2021.",
        "(Published May 3, 2021.)",
    ],
)
def test_stamps(line: str) -> None:
    assert stamped(line)


@pytest.mark.parametrize(
    "line",
    [
        "A survey published on 3 May 2021 found the piers sound.",
        "In a letter dated May 3, 2021, Venn asked for a new ferry.",
        "The permit was issued on 3 May 2021.",
        "She posted it on May 3, 2021.",
        "He last sailed on 3 May 2021.",
        "Published on May 3, 2021, the survey found the piers sound.",
        "Issued on May 3, 2021 the permit is still valid.",
        '"The rules, passed and published on May 3, 2021, are clear," Venn said.',
        "The page was last updated on May 3, 2021, officials said.",
        "Published in the Quillbay Ledger on May 3, 2021, the survey found the piers sound.",
        "On Monday. May 3, 2021 was wet.",
    ],
)
def test_other_sentences(line: str) -> None:
    assert not stamped(line)


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_any_text(line: str, start: int, end: int) -> None:
    assert stamps_the_story(line, start, start + end) in (True, False)
