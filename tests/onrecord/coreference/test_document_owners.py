"""Whose the documents of invented articles are."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.document_owners import DocumentOwners
from onrecord.coreference.documents import Documents
from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.organizations import Bodies
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, Quote
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
CONTENT = "the bridge was quite unsafe now"


def owners(text: str) -> DocumentOwners:
    bodies = mentions_of(text, dict.fromkeys(("Harbour Board", "Corran Rail", "Dock Institute"), ()), EntityType.ORG)
    people = mentions_of(text, {"Orla Venn": ("Venn",)})
    mentions = Mentions([*bodies, *people])
    return Documents(text, mentions, Bodies(text, mentions, Discourse((), mentions, ()))).owners


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("The Harbour Board's yearly safety report is out.", "report", "Harbour Board"),
        ("A Harbour Board report is out.", "report", "Harbour Board"),
        ("In a notice put up on Friday, the Harbour Board gave them a week.", "notice", "Harbour Board"),
        ("In a notice put up on Friday, the Harbour Board was told off.", "notice", None),
        ("In a notice to Corran Rail, it gave them a week.", "notice", None),
        ("Orla Venn of the Harbour Board came. A board report is out.", "report", "Harbour Board"),
        ("A report by the Harbour Board is out.", "report", "Harbour Board"),
        ("Orla Venn sent the mayor an angry letter on Monday.", "letter", "Orla Venn"),
        ("Corran Rail has published its first study.", "study", "Corran Rail"),
        ("Corran Rail and a report are late.", "report", None),
        ("Corran Rail slept. Boats sent a letter.", "letter", None),
        ("The institute met Corran Rail. A board report is out.", "report", None),
        ("Corran Rail wanted a letter.", "letter", None),
        ("Orla Venn and Corran Rail have published a study.", "study", None),
    ],
)
def test_a_document_is_of_whoever_is_named_with_it(text: str, head: str, expected: str | None) -> None:
    found = owners(text).before(head, len(text))
    assert [one.owner.name for one in found if one.owner] == ([] if expected is None else [expected])


def test_only_documents_before_a_place_count() -> None:
    text = "Orla Venn sent a letter. Corran Rail sent a letter."
    assert [one.owner for one in owners(text).before("letter", text.index("Corran"))] == [owners(text).at(17)]


def test_a_document_is_brought_in_without_whose_it_is() -> None:
    text = "Orla Venn sent a letter. The guests issued a long letter. They read the letter."
    assert [one.owner and one.owner.name for one in owners(text).before("letter", len(text))] == ["Orla Venn", None]


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Orla Venn sent the mayor a letter on Monday.", "the letter", "Orla Venn"),
        ("Orla Venn sent the mayor a letter on Monday. A letter was found on the quay.", "the letter", None),
        ("Orla Venn of the Harbour Board came.", "a board report", "Harbour Board"),
        ("Orla Venn of the Harbour Board came.", "some board figures", None),
    ],
)
def test_the_letter_is_the_one_brought_in_last(read: Read, story: str, source: str, expected: str | None) -> None:
    text = f"{story}\n\nLater {source} said {CONTENT}."
    people = mentions_of(text, {"Orla Venn": ("Venn",)})
    board = [replace(m, local_id=7) for m in mentions_of(text, {"Harbour Board": ()}, EntityType.ORG)]
    (quote,) = read(text, attribution(text, CONTENT, "said", source), mentions=[*people, *board])
    assert quote.speaker_name == expected


@given(st.lists(st.sampled_from(["Orla Venn", "Corran Rail", "sent", "a", "report", "letter", "by", "'s", ".", "\n"])))
def test_any_text_can_be_asked(words: list[str]) -> None:
    text = " ".join(words)
    found = owners(text)
    assert all(text[one.offset :].lower().startswith(one.head) for one in found.before("report", len(text)))
