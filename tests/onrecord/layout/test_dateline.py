"""Datelines, and colons and dashes at the start of a sentence that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord.layout.dateline import find_dateline, lone_dateline


@pytest.mark.parametrize(
    ("words", "printed", "located", "agency"),
    [
        ("BAGHDAD: The river rose.", "BAGHDAD", "Baghdad", None),
        ("BAGHDAD (Reuters) - The river rose.", "BAGHDAD (Reuters)", "Baghdad", "Reuters"),
        ("WASHINGTON (AP) — The river rose.", "WASHINGTON (AP)", "Washington", "AP"),
        ("RED FORK, Mont. (AP) -- The river rose.", "RED FORK, Mont. (AP)", "Red Fork", "AP"),
        (
            "SAN LUCAS, Costa Verde, March 3 (AFP) - The river rose.",
            "SAN LUCAS, Costa Verde, March 3 (AFP)",
            "San Lucas",
            "AFP",
        ),
        ("Beijing/Moscow - The river rose.", "Beijing/Moscow", "Beijing", None),
        ("Wattle Creek, NSW, Aug 21 AAP - The river rose.", "Wattle Creek, NSW, Aug 21 AAP", "Wattle Creek", "AAP"),
        ("EASTMERE (Meridian) - The river rose.", "EASTMERE (Meridian)", "Eastmere", "Meridian"),
        ("EASTMERE/TAM HOLLOW (Meridian) - The river rose.", "EASTMERE/TAM HOLLOW (Meridian)", "Eastmere", "Meridian"),
        ("Doha: The river rose.", "Doha", "Doha", None),
        ("Srinagar- The river rose.", "Srinagar", "Srinagar", None),
        ("PORT-AU-PRINCE – The river rose.", "PORT-AU-PRINCE", "Port-au-Prince", None),
        ("RIO DE JANEIRO — The river rose.", "RIO DE JANEIRO", "Rio de Janeiro", None),
        ("Dec 29 (Reuters) - The river rose.", "Dec 29 (Reuters)", None, "Reuters"),
        ("Quillbay News, 26 June - The river rose.", "Quillbay News, 26 June", None, None),
    ],
)
def test_found(words: str, printed: str, located: str | None, agency: str | None) -> None:
    dateline = find_dateline(words)
    assert dateline is not None
    assert (dateline.printed, dateline.located, dateline.agency) == (printed, located, agency)
    assert words[dateline.end :] == "The river rose."


def test_date_with_year() -> None:
    dateline = find_dateline("NEW YORK, Oct. 5, 2015 (UPI) -- The river rose.")
    assert dateline is not None
    assert dateline.date is not None
    assert dateline.date.date == dt.date(2015, 10, 5)


def test_a_colon_in_the_first_sentence_does_not_end_it() -> None:
    words = "EASTMERE, Jun 3 2022 (IPS) - Ada Quill and her sister count boats: one by one, they sank."
    dateline = find_dateline(words)
    assert dateline is not None
    assert dateline.printed == "EASTMERE, Jun 3 2022 (IPS)"


@pytest.mark.parametrize(
    "words",
    [
        "The question is simple: who pays?",
        "Verdict: tenants win, mostly.",
        "A new board - three judges and two lay members - will hear cases.",
        "UPDATE: The road is open again.",
        "Smith-Jones said the road was open.",
        "Mayor Ada Quill - who is 61 - will not stand.",
        "Well-known faces were there.",
        "He came, saw: the bridge was gone.",
        "Note: all times are local.",
        "One thing is clear - nobody will pay.",
        "“BAGHDAD: A Life” is on sale.",
        "In 2014 - a bad year - the road was shut.",
        "From October 3–November 17, 2023, the road was shut.",
    ],
)
def test_no_dateline(words: str) -> None:
    assert find_dateline(words) is None


def test_a_line_of_its_own() -> None:
    found = lone_dateline("Baghdad, Iraq")
    assert found is not None
    assert found.located == "Baghdad"
    assert lone_dateline("A long road home") is None
