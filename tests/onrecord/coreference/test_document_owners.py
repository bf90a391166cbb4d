"""Whose the documents of invented articles are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.document_owners import DocumentOwners
from onrecord.coreference.documents import Documents
from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType
from tests.onrecord.tagged_texts import mentions_of


def owners(text: str) -> DocumentOwners:
    bodies = mentions_of(text, dict.fromkeys(("Harbour Board", "Corran Rail", "Dock Institute"), ()), EntityType.ORG)
    people = mentions_of(text, {"Orla Venn": ("Venn",)})
    return Documents(text, Mentions([*bodies, *people])).owners


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("The Harbour Board's yearly safety report is out.", "report", "Harbour Board"),
        ("A Harbour Board report is out.", "report", "Harbour Board"),
        ("Orla Venn of the Harbour Board came. A board report is out.", "report", "Harbour Board"),
        ("A report by the Harbour Board is out.", "report", "Harbour Board"),
        ("Orla Venn sent the mayor an angry letter on Monday.", "letter", "Orla Venn"),
        ("Corran Rail has published its first study.", "study", "Corran Rail"),
        ("Corran Rail and a report are late.", "report", None),
        ("Corran Rail slept. Boats sent a letter.", "letter", None),
        ("The institute met Corran Rail. A board report is out.", "report", None),
        ("Corran Rail wanted a letter.", "letter", None),
    ],
)
def test_a_document_is_of_whoever_is_named_with_it(text: str, head: str, expected: str | None) -> None:
    found = owners(text).before(head, len(text))
    assert [one.owner.name for one in found] == ([] if expected is None else [expected])


def test_only_documents_before_a_place_count() -> None:
    text = "Orla Venn sent a letter. Corran Rail sent a letter."
    assert [one.owner.name for one in owners(text).before("letter", text.index("Corran"))] == ["Orla Venn"]


@given(st.lists(st.sampled_from(["Orla Venn", "Corran Rail", "sent", "a", "report", "letter", "by", "'s", ".", "\n"])))
def test_any_text_can_be_asked(words: list[str]) -> None:
    text = " ".join(words)
    found = owners(text)
    assert all(text[one.offset :].lower().startswith(one.head) for one in found.before("report", len(text)))
