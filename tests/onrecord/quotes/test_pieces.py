"""Pieces of a content that tell nothing, and participles that tell how it was said."""

from collections.abc import Callable

import pytest

from onrecord.document.article import Attribution, Quote
from tests.onrecord.tagged_texts import attribution, span_of

Read = Callable[..., tuple[Quote, ...]]


def several(text: str, contents: list[str], cue: str, source: str | None) -> Attribution:
    spans = tuple(span_of(text, content) for content in contents)
    who = None if source is None else span_of(text, source)
    return Attribution(spans, span_of(text, cue), who, 0.9, content_score=0.9, cue_score=0.9, source_score=0.9)


@pytest.mark.parametrize(
    ("text", "contents", "cue", "told"),
    [
        ("Tam Quill, whom Orla Venn called “a mere guest”, left.", ["whom", "a mere guest"], "called", "a mere guest"),
        (
            "The deal was described by Orla Venn as “a slow end”.",
            ["The deal", "as “a slow end”"],
            "was described",
            "a slow end",
        ),
        ("“Who ate it?” Orla Venn shot back, to roars.", ["“Who ate it?”", "to roars"], "shot back", "Who ate it?"),
        ("Was it Quill? “Yes,” Orla Venn said.", ["Was it Quill", "“Yes,”"], "said", "Yes,"),
        ("The quay, Orla Venn said, has sunk.", ["The quay", "has sunk"], "said", "The quay … has sunk"),
        ("“We stay,” Orla Venn said, “to the end.”", ["“We stay,”", "“to the end.”"], "said", "We stay, … to the end."),
    ],
)
def test_a_piece_that_tells_nothing_is_left_out(
    read: Read, text: str, contents: list[str], cue: str, told: str
) -> None:
    (quote,) = read(text, several(text, contents, cue, "Orla Venn"))
    assert quote.content == told


def test_a_participle_that_tells_how_words_were_said_is_no_cue(read: Read) -> None:
    text = "“We stay,” Orla Venn said, laughing. “We fight to the end.”"
    both = ["“We stay,”", "“We fight to the end.”"]
    quotes = read(text, several(text, both, "said", "Orla Venn"), several(text, both, "laughing", "Orla Venn"))
    assert [quote.content for quote in quotes] == ["We stay, … We fight to the end."]


def test_a_participle_of_saying_is_a_cue(read: Read) -> None:
    text = "“We stay,” Orla Venn said, adding: “We fight to the end.”"
    both = ["“We stay,”", "“We fight to the end.”"]
    quotes = read(text, several(text, both, "said", "Orla Venn"), several(text, both, "adding", "Orla Venn"))
    assert [quote.content for quote in quotes] == ["We stay,", "We fight to the end."]


def test_whom_somebody_is_remembered_telling_is_no_content(read: Read) -> None:
    text = "Orla Venn recalled Tam Quill telling him in May that the well was wet."
    (quote,) = read(
        text, attribution(text, "Tam Quill telling him in May that the well was wet", "recalled", "Orla Venn")
    )
    assert (quote.content, quote.speaker and quote.speaker.of(text)) == ("that the well was wet", "Tam Quill")


@pytest.mark.parametrize("credit", ["trader Orla Venn, who sells fish", "it rained"])
def test_words_before_a_dash_are_of_whom_it_names(read: Read, credit: str) -> None:
    text = f"It rained, Tam Quill said.\n\n“The lorries stopped coming in May” — {credit}."
    quotes = read(text, attribution(text, "It rained", "said", "Tam Quill"))
    found = [q.speaker and q.speaker.of(text) for q in quotes if q.content == "The lorries stopped coming in May"]
    assert found == [credit if "Venn" in credit else None]
