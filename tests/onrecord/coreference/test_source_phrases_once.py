"""A source is taken apart once."""

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.source_phrases import Form, parsed
from onrecord.document.article import Span


def test_a_source_is_taken_apart_once_for_each_place() -> None:
    text, mentions = "The harbour master said so; the harbour master knew.", Mentions(())
    first = parsed(text, Span(0, 18), mentions)
    assert (first.form, first.head) == (Form.PERSON, "master")
    assert parsed(text, Span(0, 18), mentions) is first
    assert parsed(text, Span(28, 46), mentions) is not first
