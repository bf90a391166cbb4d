"""Whoever is quoted speaks, not whoever quotes."""

from collections.abc import Callable

import pytest

from onrecord.document.article import EntityType, Quote
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"]}


@pytest.mark.parametrize(
    ("sentence", "content", "cue", "kept"),
    [
        ("The Harbour Times quotes Mayor Orla Venn as saying: “We stay.”", "Mayor Orla Venn as saying: “We stay.”",
         "quotes", "We stay."),
        ("The Harbour Times quoted Venn as saying that the mill was old.", "that the mill was old", "quoted",
         "that the mill was old"),
        ("The Harbour Times, citing Venn as warning of rust, grew.", "Venn as warning of rust", "citing", "of rust"),
    ],
)  # fmt: skip
def test_the_one_quoted_is_the_source_and_the_paper_the_medium(
    read: Read, sentence: str, content: str, cue: str, kept: str
) -> None:
    text = f"Orla Venn was there. {sentence}"
    mentions = mentions_of(text, PEOPLE) + mentions_of(text, {"Harbour Times": []}, EntityType.ORG)
    (quote,) = read(text, attribution(text, content, cue, "The Harbour Times"), mentions=mentions)
    assert (quote.speaker_name, quote.medium, quote.content) == ("Orla Venn", "Harbour Times", kept)


def test_who_is_quoted_by_nobody_in_particular_is_the_subject(read: Read) -> None:
    text = "Orla Venn was quoted as saying that it was old."
    (quote,) = read(text, attribution(text, "that it was old", "was quoted as saying", "Orla Venn"))
    assert quote.speaker is not None
    assert (quote.speaker.of(text), quote.medium) == ("Orla Venn", None)
