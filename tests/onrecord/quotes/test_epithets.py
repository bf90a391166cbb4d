"""Whom an age or a people means that only varies a name, in invented articles."""

from collections.abc import Callable

import pytest

from onrecord.document.article import EntityType, Mention, Quote, Span
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ("Venn",), "Tam Quill": ("Quill",), "Nils Harrow": ("Harrow",)}
CONTENT = "the race was a close one"


def meant(read: Read, story: str, source: str, *peoples: str) -> str | None:
    """Whom a source means behind a story; `peoples` are the names of peoples and countries in it."""
    text = f"{story}\n\n{source} said {CONTENT}."
    start = len(story) + 2
    told = attribution(text, CONTENT, "said", None)
    here = Span(start, start + len(source))
    others = [
        Mention(m.start, m.end, kind, m.name, 1.0, 90 + number)
        for number, name in enumerate(peoples)
        for kind in [EntityType.LOC if name == "Denmark" else EntityType.NORP]
        for m in mentions_of(text, {name: ()}, kind)
    ]
    mentions = tuple(sorted([*mentions_of(text, PEOPLE), *others], key=lambda m: m.start))
    return read(text, type(told)(told.content, told.cue, here, score=0.9), mentions=mentions)[-1].speaker_name


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Orla Venn won the race in Corran.", "The 41-year-old", "Orla Venn"),
        ("Orla Venn won. Tam Quill, 52, was second.", "The 41-year-old", "Orla Venn"),
        ("Orla Venn and Nils Harrow won. Tam Quill, 52, was third.", "The 41-year-old", None),
        ("A runner, 41, fell. Orla Venn won the race.", "The 41-year-old", None),
        ("Orla Venn came with her son to the race.", "The 12-year-old", None),
        ("Tam Quill was jailed for robbing a nurse.", "The 62-year-old", None),
        ("Tam Quill held on to win the race.", "The Dane", "Tam Quill"),
        ("Tam Quill met a Dane at the race.", "The Dane", None),
        ("Tam Quill beat Orla Venn in the race.", "The Dane", None),
    ],
)
def test_an_age_or_a_people_is_that_of_whom_alone_the_article_tells(
    read: Read, story: str, source: str, expected: str | None
) -> None:
    assert meant(read, story, source) == expected


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Denmark's Tam Quill beat Orla Venn in the race.", "Tam Quill"),
        ("Tam Quill beat Danish rower Orla Venn in the race.", "Orla Venn"),
        ("Tam Quill of Denmark beat Orla Venn in the race.", "Tam Quill"),
        ("Tam Quill beat Orla Venn (Denmark) in the race.", "Orla Venn"),
        ("Denmark's Tam Quill won. A Dane saw Orla Venn.", None),
        ("Orla Venn met Danish correspondent Tam Quill.", None),
        ("After Denmark's defeat Tam Quill met Orla Venn.", None),
    ],
)
def test_one_of_a_people_is_the_only_person_of_that_country(read: Read, story: str, expected: str | None) -> None:
    assert meant(read, story, "The Dane", "Denmark", "Danish") == expected
