"""Whom the sentences before a report tell of: by a description, before the subject, before a bare quotation."""

from collections.abc import Callable

import pytest

from onrecord.document.article import Quote
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Ivo Marsh": ["Marsh"], "Tam Quill": ["Quill"], "Orla Venn": ["Venn"], "Ada Venn": [], "Hugo Fry": []}
OLD = "that it was old"


def speaker(read: Read, text: str, content: str, cue: str | None, source: str | None) -> str | None:
    (quote,) = read(text, attribution(text, content, cue, source), mentions=mentions_of(text, PEOPLE))
    return quote.speaker_name


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Mayor Ivo Marsh met the teacher Tam Quill. The mayor smiled.", "Ivo Marsh"),
        ("Mayor Ivo Marsh met the teacher, Hugo Fry. The teacher smiled.", "Hugo Fry"),
        ("Ivo Marsh, 41, met Tam Quill, 52. Asked about it, the 41-year-old smiled.", "Ivo Marsh"),
    ],
)
def test_he_is_who_is_described_before(read: Read, story: str, expected: str) -> None:
    assert speaker(read, f"{story} He said that it was old.", OLD, "said", "He") == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Asked by the lawyer, Tam Quill,", "Ivo Marsh"),
        ("In a letter to Tam Quill,", "Ivo Marsh"),
        ("Unlike Tam Quill,", "Ivo Marsh"),
    ],
)
def test_a_phrase_before_the_subject_names_another(read: Read, opening: str, expected: str) -> None:
    text = f"Ivo Marsh came on Monday. {opening} he said that it was old."
    assert speaker(read, text, OLD, "said", "he") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("The former", "Ivo Marsh"), ("The latter", "Tam Quill"), ("The 52-year-old", "Tam Quill")],
)
def test_one_of_two_is_meant_by_place_or_age(read: Read, source: str, expected: str) -> None:
    text = f"Ivo Marsh, 41, and Tam Quill, 52, met. {source} said that it was old."
    assert speaker(read, text, OLD, "said", source) == expected


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Orla Venn was hurt in May.", "Her sister", None),
        ("Orla Venn was hurt in May. Her sister, Ada Venn, was not.", "Her sister", "Ada Venn"),
        ("The minister, Ivo Marsh, met Tam Quill. Ivo Marsh left.", "The minister", "Ivo Marsh"),
    ],
)
def test_nobody_is_her_own_sister(read: Read, story: str, source: str, expected: str | None) -> None:
    text = f"{story} On Friday {source[0].lower()}{source[1:]} said that it was old."
    assert speaker(read, text, OLD, "said", source[0].lower() + source[1:]) == expected


def test_who_is_told_of_does_not_tell_it(read: Read) -> None:
    text = "The minister, Ivo Marsh, met Tam Quill. The minister said that Marsh was old."
    assert speaker(read, text, "that Marsh was old", "said", "The minister") is None


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Tam Quill shook his head.", "Tam Quill"),
        ("Tam Quill came late. He sat down.", "Tam Quill"),
        ("It was dark.", "Ivo Marsh"),
    ],
)
def test_words_without_a_source_are_of_whom_the_paragraph_tells(read: Read, story: str, expected: str) -> None:
    text = f"“It is late,” Ivo Marsh said.\n{story} “Now it is old.”"
    said = [attribution(text, "It is late", "said", "Ivo Marsh"), attribution(text, "Now it is old", None, None)]
    found = read(text, *said, mentions=mentions_of(text, PEOPLE))
    assert [quote.speaker_name for quote in found] == ["Ivo Marsh", expected]


@pytest.mark.parametrize(
    ("source", "expected"), [("A neighbour, who stood outside,", None), ("Ivo Marsh, a neighbour,", "Ivo Marsh")]
)
def test_he_goes_on_from_an_unnamed_man(read: Read, source: str, expected: str | None) -> None:
    text = f"Tam Quill left. {source} said that it was old. “It is late,” he said aloud."
    said = [attribution(text, OLD, "said", source), attribution(text, "It is late", "said aloud", "he")]
    found = read(text, *said, mentions=mentions_of(text, PEOPLE))
    assert found[-1].speaker_name == expected
