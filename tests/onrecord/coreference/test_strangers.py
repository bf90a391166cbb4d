"""People whom invented articles bring in without a name."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.strangers import Strangers
from onrecord.document.article import Quote
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ("Venn",)}
CONTENT = "the bridge was quite unsafe now"


def strangers(text: str) -> Strangers:
    return Strangers(text, Mentions(mentions_of(text, PEOPLE)), lambda offset: text.startswith("A clown", offset))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A spokesman in Corran slept.", [{"spokesman"}]),
        ("One tall spokesman slept. Another spokesman woke.", [{"tall", "spokesman"}, {"spokesman"}]),
        ("A spokesman Orla Venn slept.", []),
        ("Orla Venn, a spokesman, slept.", []),
        ("Orla Venn is a spokesman.", []),
        ("A boat of the spokesman sank.", []),
        ("A clown spokesman slept.", []),  # reported
    ],
)
def test_a_stranger_is_brought_in_by_a_description(text: str, expected: list[set[str]]) -> None:
    assert [set(found.words) for found in strangers(text).before("spokesman", len(text))] == expected


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Board spokesman Orla Venn came.", "the spokesman", "Orla Venn"),
        ("Board spokesman Orla Venn came. A spokesman of the mill left.", "the spokesman", None),
        ("A spokesman of the mill left. Board spokesman Orla Venn came.", "the spokesman", "Orla Venn"),
        ("A mill spokesman left. Board spokesman Orla Venn came.", "the mill spokesman", None),
        ("A guest left the hall at noon. Orla Venn came.", "the guest", None),
        ("A guest left the hall at noon. Board spokesman Orla Venn came.", "her guest", None),
        ("A board spokesman left. Board spokesman Orla Venn came.", "the board spokesman", "Orla Venn"),
    ],
)
def test_the_spokesman_is_the_one_brought_in_last(read: Read, story: str, source: str, expected: str | None) -> None:
    text = f"{story}\n\nLater {source} said {CONTENT}."
    (quote,) = read(text, attribution(text, CONTENT, "said", source), mentions=mentions_of(text, PEOPLE))
    assert quote.speaker_name == expected


@given(st.lists(st.sampled_from(["A", "one", "aide", "Orla Venn", "tall", ",", "of", "is", "\n", "’s"])))
def test_any_text_can_be_asked(words: list[str]) -> None:
    text = " ".join(words)
    assert all("aide" in found.words for found in strangers(text).before("aide", len(text)))
