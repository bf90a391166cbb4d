"""Quotes whose source does not stand beside them."""

from collections.abc import Callable

from onrecord.document.article import Attribution, Quote, Span
from tests.onrecord.tagged_texts import attribution, mentions_of, span_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}


def test_a_paragraph_that_ends_in_a_colon_introduces_the_next(read: Read) -> None:
    text = "The board met on the quay.\n\nIn a statement, Orla Venn said:\n\n“The bridge is not safe at all now.”"
    (quote,) = read(text, mentions=mentions_of(text, PEOPLE))
    assert quote.speaker is not None and quote.speaker.of(text) == "Orla Venn"
    assert quote.cue is not None and quote.cue.of(text) == "said"
    assert (quote.content, quote.speaker_name) == ("The bridge is not safe at all now.", "Orla Venn")


def test_a_participle_of_saying_has_the_subject_of_its_sentence(read: Read) -> None:
    text = "Orla Venn left the hall early, saying “the bridge is not safe at all”."
    (quote,) = read(
        text, attribution(text, "the bridge is not safe at all", "saying", None), mentions=mentions_of(text, PEOPLE)
    )
    assert quote.speaker_name == "Orla Venn"


def test_a_second_participle_has_the_speaker_of_the_quote_before(read: Read) -> None:
    text = "“The bridge will stay,” Tam Quill said, adding that Orla Venn had tested it."
    quotes = read(
        text,
        attribution(text, "“The bridge will stay,”", "said", "Tam Quill"),
        attribution(text, "that Orla Venn had tested it", "adding", None),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [q.speaker_name for q in quotes] == ["Tam Quill", "Tam Quill"]


def test_an_unsaid_source_of_a_passive_is_nobody(read: Read) -> None:
    text = "“We close it now,” Tam Quill said.\n\nThe board was accused of neglect."
    quotes = read(
        text,
        attribution(text, "“We close it now,”", "said", "Tam Quill"),
        attribution(text, "of neglect", "was accused", None),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [q.speaker_name for q in quotes] == ["Tam Quill", None]


def test_a_speaker_goes_on_over_several_paragraphs(read: Read) -> None:
    text = "“We close the bridge now,” Tam Quill said.\n\n“Nobody will be let across it.”\n\n“Not before spring comes.”"
    quotes = read(
        text, attribution(text, "“We close the bridge now,”", "said", "Tam Quill"), mentions=mentions_of(text, PEOPLE)
    )
    assert [q.speaker_name for q in quotes] == ["Tam Quill"] * 3


def test_nobody_goes_on_who_is_named_in_the_words(read: Read) -> None:
    text = "“We close the bridge now,” Tam Quill said.\n\n“I am so glad that Quill was happy to do this for us.”"
    quotes = read(
        text, attribution(text, "“We close the bridge now,”", "said", "Tam Quill"), mentions=mentions_of(text, PEOPLE)
    )
    assert [q.speaker_name for q in quotes] == ["Tam Quill", None]


def test_a_quotation_carries_on_the_one_left_open_not_one_nested_in_it(read: Read) -> None:
    text = 'Quill wrote:\n\n"On the wall Venn had put “Go home, all of you.”\n\n"Then it rained for days and days.'
    quotes = read(
        text, attribution(text, "“Go home, all of you.”", "had put", "Venn"), mentions=mentions_of(text, PEOPLE)
    )
    assert ["Go home, all of you."] in [[span.of(text) for span in q.content_spans] for q in quotes]


def test_a_quotation_that_two_cues_claim_goes_to_the_nearer_one(read: Read) -> None:
    text = "“We close the bridge now,” Tam Quill said, adding: “Nobody will cross it.”"
    pieces = ["“We close the bridge now,”", "“Nobody will cross it.”"]
    said, added = read(
        text, attribution(text, pieces, "said", "Tam Quill"), attribution(text, pieces, "adding", "Tam Quill")
    )
    assert (said.content, added.content) == ("We close the bridge now,", "Nobody will cross it.")


def test_a_quotation_that_a_sentence_leads_up_to_goes_on_nothing(read: Read) -> None:
    text = (
        "“We stay,” Orla Venn said. The film ends with Tam Quill in the rain, and then a loud “We go now, all of us.”"
    )
    quotes = read(text, attribution(text, "“We stay,”", "said", "Orla Venn"), mentions=mentions_of(text, PEOPLE))
    assert [(q.content, q.speaker_name) for q in quotes] == [
        ("We stay,", "Orla Venn"),
        ("We go now, all of us.", None),
    ]


def test_a_verb_behind_and_has_the_subject_of_its_sentence(read: Read) -> None:
    text = "“No,” Tam Quill said. In a talk with the Courier, Venn defended the bridge and said that it would hold."
    quotes = read(
        text,
        attribution(text, "“No,”", "said", "Tam Quill"),
        Attribution(
            (span_of(text, "that it would hold"),), Span(text.rindex("said"), text.rindex("said") + 4), None, 0.9
        ),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [q.speaker_name for q in quotes] == ["Tam Quill", "Orla Venn"]


def test_a_passive_behind_and_has_no_speaker(read: Read) -> None:
    text = "Orla Venn left the hall and was told that the bridge would hold."
    (quote,) = read(
        text, attribution(text, "that the bridge would hold", "was told", None), mentions=mentions_of(text, PEOPLE)
    )
    assert quote.speaker_name is None


def test_a_quotation_alone_answers_the_question_before_it(read: Read) -> None:
    text = "“Where were you?” Orla Venn asked.\n\n“At home.”\n\n“We stay,” Tam Quill said.\n\n“We fight.”"
    quotes = read(
        text,
        attribution(text, "“Where were you?”", "asked", "Orla Venn"),
        attribution(text, "“We stay,”", "said", "Tam Quill"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [q.speaker_name for q in quotes] == ["Orla Venn", None, "Tam Quill", "Tam Quill"]


def test_short_words_that_fill_a_paragraph_are_speech_where_they_are_a_sentence(read: Read) -> None:
    text = "“We stay,” Tam Quill said.\n\n“No.”\n\n“The Pier”\n\nIt rained."
    quotes = read(text, attribution(text, "“We stay,”", "said", "Tam Quill"), mentions=mentions_of(text, PEOPLE))
    assert [q.content for q in quotes] == ["We stay,", "No."]
