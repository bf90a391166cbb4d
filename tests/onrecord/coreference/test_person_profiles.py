"""What an article says of a person: gender, and the words beside the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile, after, person_profiles
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import Span
from onrecord.lexicon.people import Gender, given_gender
from tests.onrecord.tagged_texts import mentions_of

MALE, FEMALE = Gender.MALE, Gender.FEMALE


def venn(text: str, **pronouns: int) -> PersonProfile:
    """The profile of Orla Venn, with pronouns of each gender that follow her."""
    counts = Counter({Gender(name): count for name, count in pronouns.items()})
    return person_profiles(text, Mentions(mentions_of(text, {"Orla Venn": ("Venn",)})), {0: counts})[0]


@pytest.mark.parametrize(
    ("text", "pronouns", "stated"),
    [
        ("Miss Venn came.", {}, FEMALE),
        ("Miss Venn came.", {"male": 7}, FEMALE),
        ("Miss Venn came.", {"male": 20, "female": 2}, None),
        ("Miss Venn came.", {"male": 20, "female": 9}, FEMALE),
        ("Ms. Venn came. Ms. Venn sat. Ms. Venn left.", {"male": 8}, FEMALE),
    ],
)
def test_many_pronouns_make_a_title_doubtful(text: str, pronouns: dict[str, int], stated: Gender | None) -> None:
    assert venn(f"Orla Venn slept. {text}", **pronouns).stated_gender is stated


@pytest.mark.parametrize(
    ("pronouns", "gender"),
    [({"female": 2}, MALE), ({"female": 4}, None), ({"female": 3, "male": 1}, MALE), ({"female": 4, "male": 2}, MALE)],
)
def test_few_pronouns_do_not_make_a_given_name_doubtful(pronouns: dict[str, int], gender: Gender | None) -> None:
    counts = {0: Counter({Gender(name): count for name, count in pronouns.items()})}
    profile = person_profiles(
        "Harold Venn came.", Mentions(mentions_of("Harold Venn came.", {"Harold Venn": ()})), counts
    )
    assert profile[0].gender is gender


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("Oisín", MALE),
        ("SUNITA", FEMALE),
        ("Kerry", None),
        ("Lee", None),
        ("Park", None),
        ("Venn", None),
        ("Harold,", MALE),
    ],
)
def test_given_names_tell_a_gender_where_nearly_all_who_bear_them_have_it(word: str, gender: Gender | None) -> None:
    assert given_gender(word) is gender


def test_an_apposition_ends_with_its_paragraph() -> None:
    text = "Orla Venn, a singer says Blur.\n\nThe Corran clerk slept."
    mention = mentions_of(text, {"Orla Venn": ()})[0]
    found = after(text, mention, Mentions([mention]))
    assert found is not None
    assert found.of(text) == "a singer says Blur."


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=8)


@given(SPANS, st.integers(0, 130))
def test_what_lies_in_any_content_is_reported(spans: Sequence[tuple[int, int]], offset: int) -> None:
    content = sorted(Span(start, start + length) for start, length in spans)
    discourse = Discourse([], Mentions([]), content)
    assert discourse.in_content(offset) is any(span.start <= offset < span.end for span in content)


def test_the_subject_behind_a_name_is_no_apposition() -> None:
    for text in ("In a letter to Orla Venn, the clerk said no.", "Orla Venn, the clerk said, came late."):
        assert venn(text).descriptions == []
    assert [d.head for d in venn("Orla Venn, the clerk, said no.").descriptions] == ["clerk"]
