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


@pytest.mark.parametrize(
    ("source", "form", "head"),
    [
        ("She and her backers", Form.PRONOUN, ""),
        ("The mayor and his aides", Form.PERSON, "mayor"),
        ("The mayors and his aides", Form.GROUP, "aide"),
        ("A mayor and the aides", Form.GROUP, "aide"),
    ],
)
def test_of_somebody_and_people_of_theirs_the_first_is_meant(source: str, form: Form, head: str) -> None:
    phrase = parsed(source, Span(0, len(source)), Mentions(()))
    assert phrase.form is form
    assert form is not Form.PERSON or phrase.head == head
