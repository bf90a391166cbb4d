"""The words elsewhere in an article that may say what a person is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import person_profiles
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, Mention
from onrecord.quotes.attributes.organization_roles import organization_roles
from onrecord.quotes.attributes.role_appositions import Place
from onrecord.quotes.attributes.role_candidates import Candidate
from onrecord.quotes.attributes.role_references import references_of
from tests.onrecord.tagged_texts import document_of, mentions_of


def references(text: str) -> dict[int, list[Candidate]]:
    """By local id: 0 is Orla Venn, 1 Tam Quill."""
    names = Mentions(mentions_of(text, {"Orla Venn": ("Venn",), "Tam Quill": ("Quill",)}))
    people = person_profiles(text, names, {})
    sentences = document_of(text).sentences
    return references_of(text, people, sentences, names, Discourse(sentences, names, []))


@pytest.mark.parametrize(
    ("text", "role", "place"),
    [
        ("As a teacher, Orla Venn slept.", "a teacher", Place.AS),
        ("Orla Venn came. As a teacher, she slept.", "a teacher", Place.AS),
        ("It rained in all her years as head of docks, Ms Venn said. Orla Venn wept.", "head of docks", Place.AS),
        ("The letters of Orla Venn as transport minister, burned.", "transport minister", Place.AS),
        ("Orla Venn announced her resignation in May as head of docks.", "head of docks", Place.AS),
        ("Orla Venn has sailed for years and is the head of docks.", "the head of docks", Place.BEING),
        ("Orla Venn slept. She was once a diver of note.", "a diver of note", Place.PRONOUN),
    ],
)
def test_words_elsewhere(text: str, role: str, place: Place) -> None:
    assert [(c.role, c.place) for c in references(text).get(0, [])] == [(role, place)]


@pytest.mark.parametrize(
    "text",
    [
        "A Corran teacher came early. Orla Venn is tired.",
        "The boats, as a teacher knows, rust. Orla Venn slept.",
        "“As a teacher, I sleep.” Orla Venn came.",
        "Orla Venn met Tam Quill for years and is the head of docks.",
        "Orla Venn slept. She was a little girl when the mayor came.",
        "Orla Venn slept. She was a day late.",
    ],
)
def test_words_elsewhere_that_say_nothing_of_her(text: str) -> None:
    assert 0 not in references(text)


def test_a_kind_before_a_comma_opens_a_sentence() -> None:
    text = "Lobby group, Harbour Watch, said no. Speaking for the group, Corran Institute said yes."
    bodies = mentions_of(text, {"Harbour Watch": (), "Corran Institute": ()}, EntityType.ORG)
    assert organization_roles(text, Mentions(bodies), document_of(text).sentences) == {
        bodies[0].local_id: "Lobby group"
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Harbour Watch (HW), an independent lobby group based in Corran, said no.",
            "an independent lobby group based in Corran",
        ),
        ("Harbour Watch is one of the oldest charities in Corran.", "one of the oldest charities in Corran"),
        (
            "Harbour Watch, a lobby group based in the U.S. port of Orland, said no.",
            "a lobby group based in the U.S. port of Orland",
        ),
        ("Harbour Watch, a research group at St. Orla's, said no.", "a research group at St. Orla's"),
        ("According to Harbour Watch, the government of Norland is late.", None),
        ("Unlike Harbour Watch, a company of that size, they said, fails.", None),
        ("He told Harbour Watch, a group of boats said.", None),
        ("She left Harbour Watch, the group announced on Monday.", None),
        ("She left Harbour Watch, the group.", None),
        ("Harbour Watch, the company for which she works, said no.", None),
        ("The Norlandish NGO Harbour Watch said no.", "Norlandish NGO"),
        ("Harbour Watch, the mayor says, is a lobby group.", None),
        ("She left Harbour Watch, a ferry company.", "a ferry company"),
        ("Harbour Watch, a union founded in Corran, said no.", "a union founded in Corran"),
        ("Harbour Watch is a registered charity and has a hall.", "a registered charity"),
        ("They met Harbour Watch, the Corran Dock Union and the mayor.", None),
        ("They met Harbour Watch, the harbour works union (HWU) and the mayor.", None),
        ("They met Harbour Watch, the lobby group, Corran Rail, and the mayor.", "the lobby group"),
        ("The deal saves the ferry company, Harbour Watch, at last.", None),
        ("Harbour Watch, a town in Norland.", None),
        ("He left Harbour Watch. The lobby group said no.", None),
        ("In the country Harbour Watch said no.", None),
    ],
)
def test_what_a_body_is_beside_its_name(text: str, kind: str | None) -> None:
    bodies = mentions_of(text, {"Harbour Watch": ()}, EntityType.ORG)
    assert organization_roles(text, Mentions(bodies), document_of(text).sentences).get(bodies[0].local_id) == kind


WORDS = st.sampled_from(
    [
        "Orla Venn",
        "Tam Quill",
        ",",
        ".",
        "A",
        "the",
        "Corran's",
        "teacher",
        "as",
        "As",
        "head of",
        "she",
        "left",
        "“",
        "\n\n",
    ]
)


@given(st.lists(WORDS, max_size=30))
def test_any_words_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    for found in references(text).values():
        assert all(candidate.role == candidate.role.strip() != "" for candidate in found)


def test_without_names_there_are_no_references() -> None:
    mentions: list[Mention] = []
    names = Mentions(mentions)
    text = "As a teacher, she left."
    sentences = document_of(text).sentences
    assert references_of(text, {}, sentences, names, Discourse(sentences, names, [])) == {}
