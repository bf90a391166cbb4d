"""Whom pronouns and short descriptions mean in invented articles of several people."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.withheld_names import is_withheld
from onrecord.document.article import Quote, Span
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ("Venn",), "Tam Quill": ("Quill",), "Nils Harrow": ("Harrow",)}
CONTENT = "the bridge was quite unsafe now"


def last(read: Read, story: str, source: str, *before: tuple[str, str, str]) -> str | None:
    """Whom the source of the last attribution means; `before` are the attributions of the story."""
    text = f"{story} {source} said {CONTENT}."
    start = len(story) + 1
    told = attribution(text, CONTENT, "said", None)
    here = Span(start, start + len(source))
    cue = Span(here.end + 1, here.end + 5)
    triples = [attribution(text, *triple) for triple in before]
    quotes = read(
        text,
        *triples,
        type(told)(told.content, cue, here, score=0.9),
        mentions=mentions_of(text, PEOPLE),
    )
    return quotes[-1].speaker_name


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("The pots of Mr. Quill arrived in time, but he", "Tam Quill"),
        ("Dock workers went to Mr. Quill for help, and soon he", "Tam Quill"),
        ("The captain went to Mr. Quill for help. He", "Nils Harrow"),  # whom the article may call so
        ("The Quill regime fell in spring, and soon he", "Nils Harrow"),
        ("The government of Mr. Quill fell in spring, and soon he", "Nils Harrow"),
    ],
)
def test_he_is_rather_one_whom_the_paragraph_tells_of(read: Read, story: str, expected: str) -> None:
    before = "Mr. Harrow said that it rained here.\n\n"
    story, _, source = story.rpartition(" ")
    found = last(read, before + story, source, ("that it rained here", "said", "Mr. Harrow"))
    assert found == expected


def test_he_is_nobody_of_a_quotation_in_the_paragraph(read: Read) -> None:
    story = "Mr. Harrow said that it rained here.\n\n“We all met Mr. Quill,” came a shout, and soon"
    assert last(read, story, "he", ("that it rained here", "said", "Mr. Harrow")) == "Nils Harrow"


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Former chief librarian Orla Venn came. Tam Quill left.", "The former CL", "Orla Venn"),
        ("Chief librarian Orla Venn met chief lawyer Tam Quill.", "The CL", None),
    ],
)
def test_short_descriptions(read: Read, story: str, source: str, expected: str | None) -> None:
    assert last(read, story, source) == expected


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Minister Orla Venn was away.", "The deputy minister", None),
        ("Deputy minister Orla Venn was here.", "The deputy minister", "Orla Venn"),
    ],
)
def test_a_deputy_is_not_whom_she_stands_in_for(read: Read, story: str, source: str, expected: str | None) -> None:
    assert last(read, story, source) == expected


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Tam Quill, 37, pleaded guilty. Tam Quill said that it rained here.", None),
        ("Magistrate Tam Quill, 37, pleaded guilty. Tam Quill said that it rained here.", "Tam Quill"),
        ("Tam Quill, 37, came by. Tam Quill said that it rained here.", "Tam Quill"),
        ("Nils Harrow, 37, pleaded guilty to robbing Tam Quill. Tam Quill said that it rained here.", None),
    ],
)
def test_who_is_tried_is_no_officer_of_the_court(read: Read, story: str, expected: str | None) -> None:
    assert last(read, story, "The magistrate", ("that it rained here", "said", "Tam Quill")) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "who prefers not to reveal his name",
        "who asked not to be named",
        "who declined to be identified",
        "who spoke on condition of anonymity",
        "who did not want to give his real name",
        "whose identity is being withheld",
        "requesting anonymity",
    ],
)
def test_one_who_is_not_to_be_named_is_nobody(read: Read, clause: str) -> None:
    text = (
        f"Owner Tam Quill closed his mill.\n\n“It was a very quiet year here,” says the owner, {clause}. "
        "“Nobody came to us at all,” he adds."
    )
    quotes = read(
        text,
        attribution(text, "“It was a very quiet year here,”", "says", "the owner"),
        attribution(text, "“Nobody came to us at all,”", "adds", "he"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [quote.speaker_name for quote in quotes] == [None, None]


def test_he_behind_one_who_is_not_to_be_named_is_not_the_one_who_spoke_before(read: Read) -> None:
    text = (
        "Tam Quill said it rained here. The official, who asked not to be named, said it was cold there. "
        "He added that it was late now."
    )
    quotes = read(
        text,
        attribution(text, "it rained here", "said", "Tam Quill"),
        attribution(text, "it was cold there", "said", "The official, who asked not to be named"),
        attribution(text, "that it was late now", "added", "He"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [quote.speaker_name for quote in quotes] == ["Tam Quill", None, None]


def test_words_about_names_are_not_the_speakers_own(read: Read) -> None:
    text = "Owner Tam Quill came. “They asked not to be named at all,” says the owner."
    (quote,) = read(
        text,
        attribution(text, "“They asked not to be named at all,”", "says", "the owner"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert quote.speaker_name == "Tam Quill"


@given(st.lists(st.sampled_from(["not", "to", "be", "named", "anonymity", "condition of", "his name", "give", "\n"])))
def test_any_sentence_can_be_asked_for_withheld_names(words: list[str]) -> None:
    text = " ".join(words)
    whole = Span(0, len(text))
    assert not is_withheld(text, Span(0, 0), whole, [whole])


def test_pronouns_of_the_other_gender_alone_leave_a_given_name_open(read: Read) -> None:
    people = {"Mary Stroud": ("Stroud",), "Nils Harrow": ("Harrow",)}
    text = (
        "Nils Harrow died.\n\nMary Stroud came. He sat.\n\nStroud ate as he saw fit.\n\n"
        "Stroud slept as he wished.\n\nStroud woke when he liked.\n\n"
        f"Stroud said that it rained here. He said {CONTENT}."
    )
    start = text.rindex("He said")
    told = attribution(text, CONTENT, None, None)
    quotes = read(
        text,
        attribution(text, "that it rained here", "said", "Stroud"),
        type(told)(told.content, Span(start + 3, start + 7), Span(start, start + 2), score=0.9),
        mentions=mentions_of(text, people),
    )
    assert quotes[-1].speaker_name == "Mary Stroud"


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Orla Venn slept.", "The Dock Party leader", "Orla Venn"),
        ("Orla Venn slept.", "The official", None),  # fits anybody
        ("Orla Venn slept.", "A Dock Party leader", None),
        ("A leader of the guild came.", "The leader", None),  # brought in without a name
        ("It rained. It snowed. It froze. It thawed.", "The Dock Party leader", None),  # too long ago
        ("Mr. Quill said that it was late here.", "The Dock Party leader", None),  # two have spoken
    ],
)
def test_a_new_description_is_that_of_the_only_one_who_has_spoken(
    read: Read, story: str, source: str, expected: str | None
) -> None:
    before = "Ms. Venn said that it rained here. "
    triples = [("that it rained here", "said", "Ms. Venn"), ("that it was late here", "said", "Mr. Quill")]
    assert last(read, before + story, source, *(t for t in triples if t[0] in before + story)) == expected


@pytest.mark.parametrize("source", ["the tall official", "an official"])
def test_he_behind_a_description_that_may_be_the_speakers(read: Read, source: str) -> None:
    story = f"Mr. Quill said that it rained here.\n\nIt was late there, {source} said."
    triples = [("that it rained here", "said", "Mr. Quill"), ("It was late there", "said", source)]
    text = f"{story} He said {CONTENT}."
    start, told = text.rindex("He said"), attribution(text, CONTENT, None, None)
    late = text.index(source)
    quotes = read(
        text,
        attribution(text, *triples[0]),
        type(told)(
            attribution(text, triples[1][0], None, None).content,
            Span(late + len(source) + 1, late + len(source) + 5),
            Span(late, late + len(source)),
            score=0.9,
        ),
        type(told)(told.content, Span(start + 3, start + 7), Span(start, start + 2), score=0.9),
        mentions=mentions_of(text, PEOPLE),
    )
    assert quotes[-1].speaker_name == ("Tam Quill" if source.startswith("the") else None)
