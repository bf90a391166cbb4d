"""The words that may be a role, their features, and the choice among them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile, person_profiles
from onrecord.document.article import EntityType, Mention
from onrecord.quotes.attributes.role_appositions import Place
from onrecord.quotes.attributes.role_candidates import Candidate, candidates_of, cleaned
from onrecord.quotes.attributes.role_features import FEATURES, features_of, options_of
from onrecord.quotes.attributes.role_ranking import best_role, model
from onrecord.quotes.attributes.role_words import heads_of, is_role
from tests.onrecord.tagged_texts import document_of, mentions_of, span_of


def mentions(text: str) -> list[Mention]:
    people = mentions_of(text, {"Orla Venn": ("Venn",), "Tam Quill": ("Quill",)})
    bodies = mentions_of(text, {"Harbour Board": (), "Harbour Watch": (), "Corran Institute": ()}, EntityType.ORG)
    bodies = [Mention(m.start, m.end, m.entity_type, m.name, 1.0, m.local_id + 10) for m in bodies]
    return sorted([*people, *bodies], key=lambda mention: mention.start)


def venn(text: str, *called: str, sources: tuple[str, ...] = (), contents: tuple[str, ...] = ()) -> list[Candidate]:
    names = Mentions(mentions(text))
    person = person_profiles(text, names, {})[0]
    own = [span_of(text, source) for source in called]
    every = sorted([*own, *(span_of(text, source) for source in sources)])
    told = sorted((span_of(text, content) for content in contents), key=lambda span: span.end)
    return candidates_of(text, person, own, every, told, document_of(text).sentences, names)


def test_what_is_said_before_a_name_is_no_role() -> None:
    said = "Partner Quill told the board’s clerk the news"
    text = f"{said}, Orla Venn said."
    assert venn(text) != []
    assert venn(text, contents=(said,)) == []
    text = "“The harbour is shut,” works director Orla Venn said."
    assert {c.role for c in venn(text, contents=("The harbour is shut,",))} == {"works director"}


def test_what_somebody_wishes_is_no_role() -> None:
    assert cleaned("The Most Rev") is None
    assert cleaned("eager to find the lock") is None
    assert cleaned("aide to the mayor") == "aide to the mayor"


def test_a_role_ends_before_a_preposition_and_crosses_no_dash() -> None:
    assert cleaned("executive producer of") == "executive producer"
    assert cleaned("guests — the mayor") is None
    assert cleaned("guests - the mayor") is None
    assert cleaned("vice president - Sales") == "vice president - Sales"
    assert cleaned("trader known as") == "trader known as"


def test_a_role_is_not_that_of_two() -> None:
    assert cleaned("Mayor Carla Venn and her husband") is None
    assert cleaned("author of a book on Quill and his generals") == "author of a book on Quill and his generals"
    assert cleaned("vice-president") == "vice-president"


def test_the_office_that_an_apposition_ends_in_is_of_another_person() -> None:
    text = "Orla Venn, a senior aide to the leader of the guild, came."
    names = Mentions([replace(m, roles=("a senior aide to the leader of the guild",)) for m in mentions(text)])
    person = person_profiles(text, names, {})[0]
    found = candidates_of(text, person, [], [], [], document_of(text).sentences, names)
    assert {candidate.role for candidate in found} == {"a senior aide to the leader of the guild"}


@pytest.mark.parametrize(
    ("text", "role", "place"),
    [
        ("Orla Venn, a diver living in Corran, is calm.", "a diver living in Corran", Place.BEHIND),
        ("Orla Venn, another diver living nearby is calm.", "another diver living nearby", Place.BEHIND),
        ("Orla Venn, the Executive Director Corran Institute, came.", "the Executive Director Corran Institute", None),
        ("Orla Venn, director (docks), Corran Institute, came.", "director (docks), Corran Institute", Place.BEHIND),
        ("Orla Venn, director (works, docks), came.", "director (works, docks)", Place.BEHIND),
        ("Orla Venn, Harbour Board (HB) spokeswoman, came.", "Harbour Board (HB) spokeswoman", Place.BEHIND),
        ("Orla Venn, co-president of the guild, came.", "co-president of the guild", Place.BEHIND),
        ("Orla Venn, professor emerita of tides, came.", "professor emerita of tides", Place.BEHIND),
        ("Orla Venn, secretary of state for docks, came.", "secretary of state for docks", Place.BEHIND),
        ("Orla Venn — a diver of note — came.", "a diver of note", Place.BEHIND),
        ("Orla Venn, who is head of docks, came.", "head of docks", Place.RELATIVE),
        ("Orla Venn is the chair of the guild and also a diver.", "the chair of the guild", Place.BEING),
        ("Orla Venn has been the guild's head since May.", "the guild's head", Place.BEING),
        ("He left the docks. Orla Venn, head of docks, came.", "head of docks", Place.BEHIND),
        ("Orla Venn, founder of the guild who’s dived for years, came.", "founder of the guild", Place.BEHIND),
        ("Orla Venn, R.N., a diver of note, came.", "a diver of note", Place.BEHIND),
        ("Orla Venn, Ph.D., MD, keeper of the lock, came.", "keeper of the lock", Place.BEHIND),
        ("Orla Venn, once head of docks, came.", "head of docks", Place.BEHIND),
        ("Orla Venn, a diver not known here, came.", "a diver", Place.BEHIND),
        ("Orla Venn, head of Harbour Watch, praised the crew.", "head of Harbour Watch", Place.BEHIND),
        ("Orla Venn is keeper of the lock.", "keeper of the lock", Place.BEING),
        ("Orla Venn, R.N., is author of a book.", "author of a book", Place.BEING),
        ("Orla Venn, 31, who runs the ferry in Corran, came.", "runs the ferry in Corran", Place.DOES),
        ("Orla Venn, who works at a mill, came.", "works at a mill", Place.DOES),
        ("Orla Venn, representing the divers, came.", "representing the divers", Place.DOES),
        ("Orla Venn, who works as a diver, came.", "a diver", Place.RELATIVE),
        ("Orla Venn of Corran-based Harbour Watch came.", "of Corran-based Harbour Watch", Place.FROM),
        ("Orla Venn for Harbour Watch said no.", "for Harbour Watch", Place.FROM),
        ("Boats rust, said former Quill adviser Orla Venn. Tam Quill slept.", "former Quill adviser", Place.BEFORE),
        ("Rep. Orla Venn came.", "Rep.", Place.BEFORE),
        ("Orla Venn, of Harbour Watch, came.", "of Harbour Watch", Place.FROM),
        ("Orla Venn of the lobby group Harbour Watch came.", "of the lobby group Harbour Watch", Place.FROM),
        ("A spokeswoman for Quill, Orla Venn, came.", "A spokeswoman for Quill", Place.BEFORE),
        ("Minister of Works and Docks, Orla Venn came.", "Minister of Works and Docks", Place.BEFORE),
        ("Boats rust, wrote guild chair, Orla Venn, in May.", "guild chair", Place.BEFORE),
        ("It cut a lead over Harbour Party candidate Orla Venn.", "Harbour Party candidate", Place.BEFORE),
        ("CORRAN (CRW) President Orla Venn came.", "President", Place.BEFORE),
        ("Head of the Corran Institute (CI) Orla Venn came.", "Head of the Corran Institute (CI)", Place.PHRASE),
        ("Corran superintendent of docks (SD) Orla Venn came.", "Corran superintendent of docks (SD)", Place.PHRASE),
        ("Chemist at the Corran Institute, Orla Venn came.", "Chemist at the Corran Institute", Place.PHRASE),
        ("It met the works minister, Hon. Dr Orla Venn.", "works minister", Place.PHRASE),
        ("Its chairman, Brig Gen (retd) Orla Venn, came.", "chairman", Place.PHRASE),
        ("The crew quoted harbour master Orla Venn.", "harbour master", Place.PHRASE),
        ("Mum-of-seven Orla Venn came.", "Mum-of-seven", Place.PHRASE),
        ("His younger sister Orla Venn came.", "His younger sister", None),
        ("Orla Venn, his wife, came.", "his wife", Place.BEHIND),
        ("Orla Venn, one of her granddaughters, came.", "one of her granddaughters", Place.BEHIND),
        ("Orla Venn, one of the contributors to the map, came.", "one of the contributors to the map", Place.BEHIND),
        ("Orla Venn, its head of docks, came.", "head of docks", Place.BEHIND),
        ("Orla Venn of The Harbour Board came.", "of The Harbour Board", Place.FROM),
        ("Orla Venn, prosecuting, said no.", "prosecuting", Place.DOES),
        ("Orla Venn, founder, chairman and director of docks, came.", "founder, chairman and director of docks", None),
        ("Orla Venn, an expert in law, tax and trade, came.", "an expert in law, tax and trade", Place.BEHIND),
        ("Orla Venn, a lawyer from the port of Corran, came.", "a lawyer", Place.SHORT),
        ("Orla Venn, head of docks and a member of the guild, came.", "head of docks", Place.SHORT),
    ],
)
def test_candidates_beside_the_name(text: str, role: str, place: Place | None) -> None:
    found = venn(text)
    assert role in {candidate.role for candidate in found if place in (None, candidate.place)}, found


def test_words_of_a_source_before_a_name_are_a_candidate_though_no_list_has_them() -> None:
    text = "Guild offspring Orla Venn came."
    assert [c.role for c in venn(text, "Guild offspring Orla Venn")] == ["Guild offspring"]
    assert [c.role for c in venn("A diver surnamed Venn came.", "A diver surnamed Venn")] == ["A diver"]
    text = "A diver, and lock keeper Orla Venn came."
    assert {c.role for c in venn(text, "and lock keeper Orla Venn")} == {"lock keeper"}


def test_a_description_that_means_the_person_is_a_candidate() -> None:
    text = "Venn came. The boats rust, the guild's chair said."
    (found,) = venn(text, "the guild's chair")
    assert (found.role, found.place, found.quoted) == ("the guild's chair", Place.CALLED, True)


@pytest.mark.parametrize(
    "text",
    [
        "Orla Venn, the town not only lost a diver, came.",
        "Orla Venn, Tam Quill and a diver came.",
        "President Quill and Orla Venn came.",
        "Her rival Orla Venn came.",
        "He ran for close ally Tam Quill Orla Venn came.",
        "Orla Venn was a gifted child.",
        "Looking into the financing of old bridges, Orla Venn left.",
        "At the Harbour Board in May, Orla Venn left.",
        "After the second week, Orla Venn left.",
        "Orla Venn came, a lasting: diver.",
        "Orla Venn and the mayor came.",
        "The Harbour Courier’s Orla Venn came.",
    ],
)
def test_what_is_no_role(text: str) -> None:
    assert venn(text) == []


def test_a_role_does_not_begin_inside_of_a_name_or_with_somebody_else() -> None:
    roles = {c.role for c in venn("Harbour Board of Corran Institute head Orla Venn came.") if c.place is Place.PHRASE}
    assert roles == {"Harbour Board of Corran Institute head"}
    assert "Quill and co-driver" not in {c.role for c in venn("Tam Quill and co-driver Orla Venn came.")}
    assert [c for c in venn("He told it to her old opponent Orla Venn.") if c.place is Place.PHRASE] == []
    assert "Quill's sister" in {c.role for c in venn("He saw Quill's sister, Orla Venn, with Tam Quill.")}


def test_heads() -> None:
    assert heads_of("a mother living in Corran") == ["mother"]
    assert heads_of("director (docks), Corran Institute") == ["director"]
    assert heads_of("the world lost an eminent diver") == ["lost"]
    assert "director" in heads_of("the Executive Director Corran Institute")


def case(*roles: str) -> tuple[list[dict[str, float]], list[str]]:
    text = "Orla Venn came. " * 9
    names = Mentions(mentions(text))
    person = person_profiles(text, names, {})[0]
    starts = [mention.start for mention in person.mentions]
    found = [Candidate(role, Place.BEHIND, starts[i], quoted=not i) for i, role in enumerate(roles)]
    options = options_of(found)
    return [dict(f) for f in features_of(options, person, names, len(text))], [option.role for option in options]


def test_features() -> None:
    (clerk, mayor), roles = case("a clerk", "the mayor of Corran", "The clerk")
    assert roles == ["The clerk", "the mayor of Corran"]
    assert set(clerk) == set(FEATURES)
    assert (clerk["share"], clerk["times_behind"], clerk["quoted"], clerk["order"]) == (2 / 3, 2, 1, 0)
    assert (clerk["at_first_mention"], mayor["at_first_mention"]) == (1, 0)
    assert (clerk["determiner"], clerk["words"], clerk["longer"], mayor["longer"]) == (2, 1, -2, 2)
    assert (mayor["of"], mayor["preposition"], mayor["capitals"], mayor["head"]) == (1, 1, 0.25, 6)
    (first, second), _ = case("clerk", "former harbour clerk and aide 2 of Tam Quill")
    assert (first["extended"], second["extends"], second["same_head"]) == (1, 1, 0)
    assert (first["party"], case("Harbour Republican")[0][0]["party"]) == (0, 1)
    assert (second["former"], second["conjunction"], second["digit"]) == (1, 1, 1)
    assert case("mayor-elect")[0][0]["head"] == 6
    (russian,), (role,) = case("Norlandian clerk")
    assert (role, russian["words"], russian["surest_word"]) == ("Norlandian clerk", 2, 6)
    assert all(function.__doc__ for function in FEATURES.values())


def test_the_ranker_gives_an_office_and_no_guess() -> None:
    text = "Mayor Orla Venn came. Venn slept."
    names = Mentions(mentions(text))
    person = person_profiles(text, names, {})[0]
    assert best_role(venn(text), person, names, len(text), model()) == "Mayor"
    assert best_role([], person, names, len(text), model()) is None


WORDS = st.sampled_from(
    [
        "Orla Venn",
        ",",
        "Tam Quill",
        "who is",
        "a",
        "the",
        "mayor",
        "of",
        "(",
        ")",
        "—",
        "and",
        "Harbour Board",
        ".",
        "\n\n",
        "said",
        "'s",
        "for",
        "31",
        "emerita",
        "one of",
        "p.m.",
        "surnamed",
        "her",
        "brothers",
        "“",
        "É",
        "is",
    ]
)


@given(st.lists(WORDS, max_size=30))
def test_any_words_can_be_read(words: list[str]) -> None:
    text = " ".join(["Orla Venn", *words])
    for candidate in venn(text):
        assert candidate.role == candidate.role.strip()
        assert candidate.role
        assert "\n" not in candidate.role


def test_a_person_without_mentions_has_none() -> None:
    assert candidates_of("", PersonProfile(0), [], [], [], [], Mentions([])) == []


@pytest.mark.parametrize(("words", "expected"), [("the Harbour Watch’s", False), ("the guild's head", True)])
def test_an_owner_is_no_role(words: str, expected: bool) -> None:
    assert is_role(words, head_last=True) is expected


def test_the_trees_know_every_feature() -> None:
    """A place without a feature, or a feature without a place, needs trees that are fitted anew (training/roles.py)."""
    assert set(model().features) == set(FEATURES)


def test_in_a_list_the_office_behind_a_name_is_that_of_the_next() -> None:
    assert venn("Orla Venn, Harbour Board works director Tam Quill and others came.") == []
    text = "Orla Venn, works director for Tam Quill, came."
    assert [c.role for c in venn(text)] == ["works director for Tam Quill"]


def test_a_courtesy_stands_between_an_office_and_the_name() -> None:
    text = "The harbour’s works director, Dr Orla Venn, came late."
    assert {c.role for c in venn(text)} == {"The harbour’s works director", "harbour’s works director"}
    text = "“It is old,” explains local historian, Dr Orla Venn."
    assert {c.role for c in venn(text)} == {"local historian"}
    text = "In May, Dr Orla Venn came late."
    assert venn(text) == []


def test_a_role_begins_behind_the_verb_of_a_pronoun_and_ends_before_there() -> None:
    assert {c.role for c in venn("She faces Senator Orla Venn in May.")} == {"Senator"}
    assert [c.role for c in venn("Orla Venn, a surgeon there, came late.")] == ["a surgeon"]
    assert [c.role for c in venn("Orla Venn, now 66, is a retired harbourmaster.")] == ["a retired harbourmaster"]
