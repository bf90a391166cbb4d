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


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The man, identified as Orla Venn, 33", "Orla Venn"),
        ("The driver, identified by police as Orla Venn", "Orla Venn"),
        ("The clerk, whom police named as Orla Venn", "Orla Venn"),
        ("The buyer, a retired clerk from Corran named Orla Venn", "Orla Venn"),
        ("A third resident, who gave her name as Orla Venn", "Orla Venn"),
        ("His opposite number, Orla Venn", "Orla Venn"),
        ("Its author, Dame Orla Venn KC", "Orla Venn"),
        ("Its author, Orla Venn's brother", None),
        ("A number, Orla Venn", None),
        ("The man, identified as Orla Venn's brother", None),
        ("A lawyer for a clerk named Orla Venn", None),
        ("The mother of a clerk named Orla Venn", None),
        ("The clerk who named Orla Venn", None),
        ("The clerk who called Orla Venn a liar", None),
        ("The mother of the victim, Orla Venn from Corran", None),
    ],
)
def test_a_name_that_a_clause_gives_is_that_of_the_one_described(source: str, name: str | None) -> None:
    mentions = Mentions(mentions_of(source, {"Orla Venn": ()}, EntityType.PERSON))
    mention = parsed(source, Span(0, len(source)), mentions).mention
    assert (None if mention is None else mention.name) == name


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("The developer, Tarn Homes", True),
        ("Its successor, Tarn Homes", True),
        ("The plant's owners, the Tarn Homes", True),
        ("The owner of Tarn Homes", False),
        ("The owner of the pub, the Tarn Homes", False),
        ("Her partner, a driver for the firm, Tarn Homes", False),
        ("The owner, a director of Tarn Homes", False),
        ("A visitor, at Tarn Homes", False),
    ],
)
def test_a_body_may_have_the_part_that_is_set_off_before_it(source: str, named: bool) -> None:
    mentions = Mentions(mentions_of(source, {"Tarn Homes": ()}, EntityType.ORG))
    assert (parsed(source, Span(0, len(source)), mentions).mention is not None) is named


@pytest.mark.parametrize(
    ("front", "source", "name"),
    [
        ("In a statement read by ", "Tam Quill, her mother, Orla Venn", "Orla Venn"),
        ("In a letter to ", "Tam Quill, the mayor, Orla Venn", "Orla Venn"),
        ("According to ", "Tam Quill, a friend of Orla Venn", "Tam Quill"),
        ("In May it rained, according to ", "Tam Quill, the mayor, Orla Venn", "Tam Quill"),
        ("In a letter to ", "Tam Quill and his wife, Orla Venn", "Tam Quill"),
        ("", "Tam Quill, a friend of Orla Venn", "Tam Quill"),
    ],
)
def test_who_stands_behind_a_phrase_in_front_speaks(front: str, source: str, name: str) -> None:
    text = front + source
    mentions = Mentions(mentions_of(text, {"Orla Venn": (), "Tam Quill": ()}, EntityType.PERSON))
    mention = parsed(text, Span(len(front), len(text)), mentions).mention
    assert mention is not None
    assert mention.name == name


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("The Retail Forum", Form.BODY),
        ("The Harbour Vine", Form.BODY),
        ("The Harbour Master", Form.PERSON),
        ("The harbour vine", Form.PERSON),
    ],
)
def test_words_with_capitals_that_nobody_took_for_a_name_are_a_bodys(source: str, form: Form) -> None:
    assert parsed(source, Span(0, len(source)), Mentions(())).form is form
