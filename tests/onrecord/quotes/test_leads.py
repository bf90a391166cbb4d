"""Leads of invented articles that say what somebody is whom the article names behind them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import EntityType, Publication, Quote, Tagging
from onrecord.quotes.find import read_drafts
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ("Venn",), "Tam Quill": ("Quill",), "Nils Harrow": ("Harrow",)}
SAID = "the bridge was quite unsafe"


def speakers(read: Read, lead: str, behind: str, *told: tuple[str, str, str]) -> list[str | None]:
    text = f"{lead} says {SAID}.\n\n{behind}"
    mentions = mentions_of(text, PEOPLE)
    mentions += [replace(m, local_id=9) for m in mentions_of(text, {"Norland": ()}, EntityType.LOC)]
    said = [attribution(text, SAID, "says", lead), *(attribution(text, *triple) for triple in told)]
    return [quote.speaker_name for quote in read(text, *said, mentions=mentions)]


@pytest.mark.parametrize(
    ("lead", "behind", "expected"),
    [
        ("A noted harbour scientist", "Orla Venn, a reader at the docks, made the comments in Corran.", "Orla Venn"),
        ("A noted harbour scientist", "Orla Venn was speaking at the docks.", "Orla Venn"),
        ("A noted harbour scientist", "Orla Venn spoke to reporters after the storm.", "Orla Venn"),
        ("A noted harbour scientist", "Orla Venn held a press conference in Corran.", "Orla Venn"),
        ("A noted harbour scientist", "Orla Venn, a reader at the docks, left Corran.", None),
    ],
)
def test_a_lead_is_by_the_one_said_to_have_said_so(read: Read, lead: str, behind: str, expected: str | None) -> None:
    assert speakers(read, lead, behind)[0] == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [("It rained.", "Orla Venn"), ("Tam Quill slept.", None), ("Tam Quill was speaking.", None)],
)
def test_nobody_else_is_named_before_the_lead(read: Read, before: str, expected: str | None) -> None:
    text = f"{before} A works minister says {SAID}.\n\nOrla Venn was speaking at the docks."
    (quote,) = read(text, attribution(text, SAID, "says", "A works minister"), mentions=mentions_of(text, PEOPLE))
    assert quote.speaker_name == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The keeper of the bridge", "Orla Venn"),
        ("Norland's bridge doctor", "Orla Venn"),
        ("A keeper", None),
        ("The index of all the old harbour bridges", None),
    ],
)
def test_a_lead_is_by_the_one_who_is_quoted_next(read: Read, lead: str, expected: str | None) -> None:
    behind = "Orla Venn said that it rained here."
    assert speakers(read, lead, behind, ("that it rained here", "said", "Orla Venn")) == [expected, "Orla Venn"]


def test_people_in_the_words_of_a_lead_are_nobody_named(read: Read) -> None:
    text = (
        "The keeper of the bridge says that Tam Quill slept here, adding that it rained.\n\n"
        "Orla Venn said that it was late here."
    )
    found = read(
        text,
        attribution(text, "that Tam Quill slept here", "says", "The keeper of the bridge"),
        attribution(text, "that it rained", "adding", None),
        attribution(text, "that it was late here", "said", "Orla Venn"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [quote.speaker_name for quote in found] == ["Orla Venn"] * 3


@given(
    st.lists(st.sampled_from(["Orla Venn", "made the remarks", "the keeper", ",", "said", "Iraq", "\n\n"]), max_size=9)
)
def test_any_text_may_be_behind_a_lead(words: list[str]) -> None:
    text = f"The old keeper says {SAID}. " + " ".join(words)
    said = Tagging(attributions=(attribution(text, SAID, "says", "The old keeper"),))
    reading = read_drafts(document_of(text), said, mentions_of(text, PEOPLE), Publication())
    assert len(reading.who.speakers) == len(reading.drafts)
