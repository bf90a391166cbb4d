"""Who speaks, where a line of its own above or below a quotation tells, without a verb."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Quote, Span
from onrecord.quotes.attribution.source_lines import credit
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}


@pytest.mark.parametrize(
    "lead",
    [
        "And from Mayor Orla Venn:",
        "This from Orla Venn, the mayor:",
        "Statement by Mayor Orla Venn:",
        "From the desk of Orla Venn, mayor:",
        "Mayor Orla Venn on the old bridge:",
        "Orla Venn, mayor:",
        "And again, Orla Venn:",
        "In the words of Mayor Orla Venn:",
    ],
)
def test_a_line_that_ends_in_a_colon_names_who_speaks_next(read: Read, lead: str) -> None:
    text = f"The bridge will close.\n\n{lead}\n\n“We have walked on it for a hundred years.”\n\nThe town was quiet."
    (quote,) = read(text, mentions=mentions_of(text, PEOPLE))
    assert quote.speaker_name == "Orla Venn"


@pytest.mark.parametrize("line", ["— Tam Quill, Harbour Board", "- Tam Quill", "-- Tam Quill, who built it."])
def test_a_line_under_a_quotation_names_who_said_it(read: Read, line: str) -> None:
    text = f"Two people wrote to us.\n\n“We have walked on it for a hundred years.”\n\n{line}\n\nThe town was quiet."
    quotes = read(text, mentions=mentions_of(text, PEOPLE))
    assert [(q.speaker_name, q.content) for q in quotes] == [("Tam Quill", "We have walked on it for a hundred years.")]


@pytest.mark.parametrize("behind", [": Orla Venn, a nurse", " (Orla Venn, 71)", " – Orla Venn"])
def test_a_name_behind_a_quotation_said_it(read: Read, behind: str) -> None:
    text = f"We asked on the quay.\n\n“It never ran on time anyway”{behind}"
    (quote,) = read(text, mentions=mentions_of(text, PEOPLE))
    assert quote.speaker_name == "Orla Venn"


def test_an_agency_behind_a_quotation_has_sent_it(read: Read) -> None:
    text = "Orla Venn spoke on the quay.\n\n“It never ran on time anyway.” (Reuters)"
    (quote,) = read(text, mentions=mentions_of(text, PEOPLE))
    assert quote.speaker is None
    assert quote.speaker_name != "Reuters"


def test_a_list_item_is_no_credit() -> None:
    text = "- The bridge was built in 1931: it is old"
    assert credit(text, Span(0, len(text))) is None


@given(st.text("-— \n:.OrlaVenn,", max_size=60))
def test_a_credit_lies_in_its_line(text: str) -> None:
    found = credit(text, Span(0, len(text)))
    assert found is None or (0 <= found.start < found.end <= len(text) and text[found.start].isupper())


def test_lines_over_quotations_sign_none(read: Read) -> None:
    text = "Orla Venn, 32, nurse\n“I am voting no.”\nTam Quill, 45, fisherman\n“I am voting yes.”\n"
    quotes = read(text, mentions=mentions_of(text, {"Orla Venn": (), "Tam Quill": ()}))
    assert {q.content: q.speaker_name for q in quotes}["I am voting no."] != "Tam Quill"


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("\nOrla Venn, harbour master", True),
        ("\nOrla Venn", True),
        ("\n\nOrla Venn, harbour master", False),  # a paragraph of its own
        ("\nOrla Venn left.", False),
        ("\nOrla Venn, who was harbour master", False),
        ("\nThe crew of Orla Venn", False),
    ],
)
def test_a_name_on_the_line_under_a_quotation_signs_it(read: Read, line: str, signed: bool) -> None:
    text = f"“It rains,” said Tam Quill.\n\n“The harbour is shut.”{line}"
    told = attribution(text, "It rains,", "said", "Tam Quill")
    quotes = read(text, told, mentions=mentions_of(text, {"Orla Venn": (), "Tam Quill": ()}))
    (quote,) = (q for q in quotes if q.content == "The harbour is shut.")
    assert quote.speaker_name == ("Orla Venn" if signed else "Tam Quill")
