"""A source is taken apart once, and without where somebody speaks."""

import pytest

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.source_phrases import Form, parsed
from onrecord.document.article import EntityType, Span
from tests.onrecord.tagged_texts import mentions_of


def test_a_source_is_taken_apart_once_for_each_place() -> None:
    text, mentions = "The harbour master said so; the harbour master knew.", Mentions(())
    first = parsed(text, Span(0, 18), mentions)
    assert (first.form, first.head) == (Form.PERSON, "master")
    assert parsed(text, Span(0, 18), mentions) is first
    assert parsed(text, Span(28, 46), mentions) is not first


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("Outside court, his wife, Orla Venn", True),
        ("Prosecuting, Orla Venn", True),
        ("That letter, on Orla Venn's paper", False),
        ("Outside court, her lawyer", False),
        ("Like the others, Orla Venn", True),
    ],
)
def test_where_somebody_speaks_is_no_part_of_who_speaks(source: str, named: bool) -> None:
    mentions = Mentions(mentions_of(source, {"Orla Venn": ()}, EntityType.PERSON))
    mention = parsed(source, Span(0, len(source)), mentions).mention
    assert (mention is not None) is named
