"""Pieces of a content that tell nothing."""

from collections.abc import Callable

import pytest

from onrecord.document.article import Attribution, Quote
from tests.onrecord.tagged_texts import span_of

Read = Callable[..., tuple[Quote, ...]]


def several(text: str, contents: list[str], cue: str, source: str | None) -> Attribution:
    spans = tuple(span_of(text, content) for content in contents)
    who = None if source is None else span_of(text, source)
    return Attribution(spans, span_of(text, cue), who, 0.9, content_score=0.9, cue_score=0.9, source_score=0.9)


@pytest.mark.parametrize(
    ("text", "contents", "cue", "told"),
    [
        ("Tam Quill, whom Orla Venn called “a mere guest”, left.", ["whom", "a mere guest"], "called", "a mere guest"),
        ("“Who ate it?” Orla Venn shot back, to roars.", ["“Who ate it?”", "to roars"], "shot back", "Who ate it?"),
        ("The quay, Orla Venn said, has sunk.", ["The quay", "has sunk"], "said", "The quay … has sunk"),
        ("“We stay,” Orla Venn said, “to the end.”", ["“We stay,”", "“to the end.”"], "said", "We stay, … to the end."),
    ],
)
def test_a_piece_that_tells_nothing_is_left_out(
    read: Read, text: str, contents: list[str], cue: str, told: str
) -> None:
    (quote,) = read(text, several(text, contents, cue, "Orla Venn"))
    assert quote.content == told
