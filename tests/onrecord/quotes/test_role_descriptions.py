"""Words that call somebody who is named elsewhere by what he or she is."""

import pytest

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import person_profiles
from onrecord.coreference.pronouns import Discourse
from onrecord.quotes.attributes.role import candidates_of_all
from onrecord.quotes.attributes.role_descriptions import descriptions_of
from tests.onrecord.tagged_texts import document_of, mentions_of, span_of


def described(text: str, *sources: str) -> list[tuple[int, str]]:
    """By local id: 0 is Orla Venn, 1 Tam Quill."""
    names = Mentions(mentions_of(text, {"Orla Venn": ("Venn",), "Tam Quill": ("Quill",)}))
    people, sentences = person_profiles(text, names, {}), document_of(text).sentences
    discourse = Discourse(sentences, names, [])
    spans = [span_of(text, source) for source in sources]
    return [(i, c.role) for i, c in descriptions_of(text, people, sentences, names, discourse, spans)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Tam Quill left.\nHe was ill. “I ran,” said Orla Venn. The 46-year-old market vendor was washing up.",
            "market vendor",
        ),
        (
            "Tam Quill left.\nHe was ill.\nOrla Venn came to court. On Monday the former lock keeper faced him.",
            "former lock keeper",
        ),
        ("Tam Quill left.\nHe was ill.\nOrla Venn wrote it. In May the novelist’s house burned.", "novelist"),
    ],
)
def test_a_description_means_whom_the_reader_has_in_mind(text: str, role: str) -> None:
    assert described(text) == [(0, role)]


@pytest.mark.parametrize(
    "text",
    [
        "Orla Venn came. The next mayor will pay.",
        "Orla Venn came. The mayor of Corran left.",
        "Orla Venn came. The mayor, Tam Quill, left.",
        "Mayor Tam Quill came. Orla Venn slept. Orla Venn woke. The mayor left.",
        "The mayor left.",
        "Orla Venn was fined. The judge frowned.",
        "Orla Venn came. The boat left.",
    ],
)
def test_a_description_that_means_somebody_else(text: str) -> None:
    assert [role for i, role in described(text) if i == 0] == []


def test_a_source_is_decided_elsewhere() -> None:
    text = "Orla Venn came. The market vendor said no."
    assert described(text, "The market vendor") == []


def test_a_description_counts_where_nothing_stands_beside_the_name() -> None:
    for lead, roles in (("Orla Venn came", {"market vendor"}), ("Mayor Orla Venn came", {"Mayor"})):
        text = f"Tam Quill slept.\nHe was ill.\n{lead}. The market vendor left."
        names = Mentions(mentions_of(text, {"Orla Venn": ("Venn",), "Tam Quill": ()}))
        people, sentences = person_profiles(text, names, {}), document_of(text).sentences
        found = candidates_of_all(text, people, {}, [], sentences, names, Discourse(sentences, names, []))
        assert {candidate.role for candidate in found[0]} == roles
