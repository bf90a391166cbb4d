"""Who a source cannot mean, by rules of the language; and what a source holds beside who speaks."""

from collections.abc import Callable

import pytest

from onrecord.document.article import EntityType, Quote
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Orla Venn, the mayor, left.", "The mayor", "Orla Venn"),
        ("Orla Venn, an aide to the mayor, left.", "The mayor", None),
        ("Orla Venn, deputy mayor, left.", "The mayor", None),
        ("Orla Venn, deputy mayor, left.", "The deputy mayor", "Orla Venn"),
        ("Orla Venn, a former mayor, left.", "The mayor", None),
        ("Orla Venn, a former clerk and the mayor, left.", "The mayor", "Orla Venn"),
        ("In a letter to Orla Venn, the mayor said no.", "The mayor", None),
    ],
)
def test_a_description_means_nobody_of_another_office(
    read: Read, story: str, source: str, expected: str | None
) -> None:
    text = f"{story} {source} said that it was old."
    said = attribution(text, "that it was old", "said", source)
    found = read(text, said, mentions=mentions_of(text, PEOPLE))
    assert [quote.speaker_name for quote in found] == [expected]


def test_who_tells_the_clerk_is_not_the_clerk(read: Read) -> None:
    text = "Orla Venn told the clerk that it was old. The clerk said that it was rusty. The diver said that it was wet."
    said = [
        attribution(text, "that it was old", "told", "Orla Venn"),
        attribution(text, "that it was rusty", "said", "The clerk"),
        attribution(text, "that it was wet", "said", "The diver"),
    ]
    found = read(text, *said, mentions=mentions_of(text, PEOPLE))
    assert [quote.speaker_name for quote in found][:2] == ["Orla Venn", None]


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "expected"),
    [
        ("Orla Venn, whose mother said that it was old, left.", "Orla Venn, whose mother", "said", None),
        ("Orla Venn, whose mother, Ada Fry, said that it was old.", "Orla Venn, whose mother, Ada Fry",
         "said", "Ada Fry"),
        ("Orla Venn, whose mother, Ada Fry, left, said that it was old.", "Orla Venn, whose mother, Ada Fry, left",
         "said", "Orla Venn"),
        ("Defending Tam Quill, Orla Venn said that it was old.", "Defending Tam Quill, Orla Venn", "said", "Orla Venn"),
        ("Orla Venn got a letter from Tam Quill, saying that it was old.", "Orla Venn", "saying", "Tam Quill"),
        ("Orla Venn sent a letter to Tam Quill, saying that it was old.", "Orla Venn", "saying", "Orla Venn"),
        ("Orla Venn received an email saying that it was old.", "Orla Venn", "saying", None),
        ("Orla Venn said that it was old.", "Orla Venn", "said", "Orla Venn"),
    ],
)  # fmt: skip
def test_only_who_speaks_is_the_source(read: Read, sentence: str, source: str, cue: str, expected: str | None) -> None:
    text = f"It was dark. {sentence}"
    said = attribution(text, "that it was old", cue, source)
    people = mentions_of(text, {**PEOPLE, "Ada Fry": []}, EntityType.PERSON)
    found = read(text, said, mentions=people)
    assert [quote.speaker_name for quote in found] == [expected]
