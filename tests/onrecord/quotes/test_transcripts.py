"""Transcripts, with invented speakers."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Attribution, EntityType, Publication, Quote, QuoteType, Span, Tagging
from onrecord.quotes import find_quotes
from onrecord.quotes.attribution.filters import without_datelines
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of, span_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}


def said(read: Read, text: str) -> list[tuple[str | None, str]]:
    return [(q.speaker_name, q.content) for q in read(text, mentions=mentions_of(text, PEOPLE))]


def test_each_turn_is_its_speakers(read: Read) -> None:
    text = (
        "Orla Venn met Tam Quill on air.\n\nVENN: Is the bridge safe?\n\nQUILL: It is. I crossed it.\n\n"
        "(APPLAUSE)\n\nTwice, with a cart.\n\nVENN: Thank you."
    )
    assert said(read, text) == [
        ("Orla Venn", "Is the bridge safe?"),
        ("Tam Quill", "It is. I crossed it. Twice, with a cart."),
        ("Orla Venn", "Thank you."),
    ]


def test_a_label_may_be_initials(read: Read) -> None:
    text = "Orla Venn met Tam Quill and Tess Quirke.\n\nOV: Is it safe?\n\nTQ: It is.\n\nOV: Thank you."
    people = {**PEOPLE, "Tess Quirke": ["Quirke"]}
    found = read(text, mentions=mentions_of(text, people))
    assert [quote.speaker_name for quote in found] == ["Orla Venn", None, "Orla Venn"]


def test_labels_with_titles_and_parties(read: Read) -> None:
    text = (
        "Orla Venn spoke.\n\nGOV. ORLA VENN (D-NORLAND), NOMINEE: We stay.\n\nQ: For how long?\n\nVENN: For years.\n\n"
        "Q: And then?"
    )
    assert said(read, text) == [
        ("Orla Venn", "We stay."),
        (None, "For how long?"),
        ("Orla Venn", "For years."),
        (None, "And then?"),
    ]


def test_the_one_interviewed_answers(read: Read) -> None:
    turns = "Q: Is it safe?\n\nA: It is.\n\nQ: And then?\n\nAnswer: We go."
    told = "Orla Venn runs the harbour. Venn met Tam Quill.\n\n"
    assert said(read, told + turns) == [
        (None, "Is it safe?"),
        ("Orla Venn", "It is."),
        (None, "And then?"),
        ("Orla Venn", "We go."),
    ]
    assert {name for name, _ in said(read, "Orla Venn met Tam Quill. Venn and Quill ate.\n\n" + turns)} == {None}
    assert {name for name, _ in said(read, "Orla Venn runs the harbour.\n\n" + turns)} == {None}


def test_whom_the_outlet_met_answers(read: Read) -> None:
    turns = "Q: Is it safe?\n\nA: It is.\n\nQ: And then?\n\nAnswer: We go."
    assert {name for name, _ in said(read, "Orla Venn sings again. We met her at home.\n\n" + turns)} == {
        "Orla Venn",
        None,
    }
    assert {name for name, _ in said(read, "Orla Venn sings again. We met her aunt, Ada.\n\n" + turns)} == {None}
    assert {name for name, _ in said(read, "Orla Venn plays Tam Quill. We met her.\n\n" + turns)} == {None}


def test_the_one_quoted_before_the_questions_answers(read: Read) -> None:
    turns = "Q: Is it safe?\n\nA: It is.\n\nQ: And then?\n\nA: We go."
    told = "Tam Quill met Ada Stroud. Quill and Stroud ate.\n\n“It is a very safe bridge,” Orla Venn said.\n\n"
    assert {name for name, _ in said(read, told + turns)} == {"Orla Venn", None}


def test_a_surname_of_two_who_have_spoken_is_nobodys_label(read: Read) -> None:
    text = (
        "Orla Venn met Ada Venn.\n\nORLA VENN: We stay.\n\nVENN: We do.\n\nADA VENN: We go.\n\nVENN: It rains.\n\n"
        "ORLA VENN: It does."
    )
    mentions = mentions_of(text, {"Orla Venn": ["ORLA VENN", "VENN"], "Ada Venn": ["ADA VENN"]})
    found = [(quote.content, quote.speaker_name) for quote in read(text, mentions=mentions)]
    assert [name for _, name in found] == ["Orla Venn", "Orla Venn", "Ada Venn", None, "Orla Venn"]


def test_a_transcript_quoted_with_one_mark_a_paragraph(read: Read) -> None:
    text = (
        "Orla Venn pressed Tam Quill:\n\n“VENN: Is it safe?\n\n“QUILL: It is.\n\n“I crossed it.\n\n“VENN: Thank you.”"
        "\n\nThe bridge opens soon."
    )
    assert said(read, text) == [
        ("Orla Venn", "Is it safe?"),
        ("Tam Quill", "It is. I crossed it."),
        ("Orla Venn", "Thank you."),
    ]


def test_what_is_told_between_excerpts_is_nobodys(read: Read) -> None:
    text = (
        "QUILL: It is safe.\n\nThe crowd grew.\n\nIt began to rain.\n\nNobody left the bridge.\n\nVENN: Why?\n\n"
        "Then the lights went out.\n\nThe band played on.\n\nQUILL: It is.\n\nOrla Venn thanked Tam Quill."
    )
    assert said(read, text) == [("Tam Quill", "It is safe."), ("Orla Venn", "Why?"), ("Tam Quill", "It is.")]


@pytest.mark.parametrize(
    "text",
    [
        "CORRAN: The bridge is open.\n\nUPDATE: It is shut.\n\nOrla Venn left.",
        "NOTE: The bridge is open.\n\nUPDATE: It is shut.\n\nRELATED: A new bridge.",
        "Price: Two crowns.\n\nPlace: The harbour.\n\nPrice: Three crowns for a cart.",
    ],
)
def test_other_labels_are_no_turns(read: Read, text: str) -> None:
    assert said(read, text) == []


def test_what_is_reported_within_a_turn_is_nested(read: Read) -> None:
    text = "Orla Venn met Tam Quill.\n\nVENN: And?\n\nQUILL: Ms. Venn said that it is safe.\n\nVENN: I did."
    quotes = read(
        text,
        attribution(text, "it is safe", "said", "Ms. Venn"),
        attribution(text, "And", "VENN", None),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [(q.speaker_name, q.content, q.quote_type, q.parent) for q in quotes] == [
        ("Orla Venn", "And?", QuoteType.DIRECT, None),
        ("Tam Quill", "Ms. Venn said that it is safe.", QuoteType.DIRECT, None),
        ("Orla Venn", "that it is safe", QuoteType.INDIRECT, 1),
        ("Orla Venn", "I did.", QuoteType.DIRECT, None),
    ]


@given(st.lists(st.sampled_from(["VENN: ", "Q: ", "A: ", "Quill: ", "“", "”", "(", ")", "We stay. ", "\n\n", ":"])))
def test_any_arrangement_is_read(parts: list[str]) -> None:
    text = "".join(parts)
    for quote in find_quotes(document_of(text), Tagging(), mentions_of(text, PEOPLE), (), Publication()):
        assert quote.content.replace(" … ", " ") == " ".join(span.of(text) for span in quote.content_spans)
        assert all(span.start < span.end for span in quote.content_spans)


def test_a_dateline_before_a_quotation_that_a_cue_reports_says_nothing() -> None:
    text = 'HARROW: "We stay," Orla Venn said.\nNorland: "We go."\n'
    places, colon = mentions_of(text, {"HARROW": (), "Norland": ()}, EntityType.LOC), text.rindex(":")
    people = [replace(m, local_id=7) for m in mentions_of(text, {"Orla Venn": ()})]
    found = [
        Attribution((span_of(text, "We stay"),), Span(6, 7), span_of(text, "HARROW"), 0.9),
        attribution(text, "We stay", "said", "Orla Venn"),
        Attribution((span_of(text, "We go"),), Span(colon, colon + 1), span_of(text, "Norland"), 0.9),
    ]
    kept = without_datelines(text, found, Mentions([*places, *people]))
    assert [a.source and a.source.of(text) for a in kept] == ["Orla Venn", "Norland"]


def test_a_label_may_end_in_a_number(read: Read) -> None:
    text = (
        "UNIDENTIFIED PERSON #1: Is it safe?\n\nUNIDENTIFIED PERSON #2: It is.\n\n"
        "UNIDENTIFIED PERSON #1: (Laughing) Thank you.\n\nOrla Venn met Tam Quill."
    )
    assert [quote.content for quote in read(text)] == ["Is it safe?", "It is.", "(Laughing) Thank you."]


@pytest.mark.parametrize(("first", "second"), [("MR. VENN", "THE COURT"), ("VENN", "HOST"), ("VENN", "SIZE")])
def test_one_label_of_a_speaker_makes_a_transcript(read: Read, first: str, second: str) -> None:
    text = f"{first}: Is it safe?\n\n{second}: It is.\n\n{first}: Thank you.\n\nOrla Venn left."
    assert len(read(text, mentions=mentions_of(text, {"Orla Venn": ["VENN"]}))) == 3


@pytest.mark.parametrize(("first", "second"), [("PRICE", "SIZE"), ("AGE", "SIZE"), ("THE PRICE", "THE SIZE")])
def test_a_list_of_facts_is_no_transcript(read: Read, first: str, second: str) -> None:
    text = f"{first}: nine crowns\n\n{second}: large\n\n{first}: ten crowns\n\nOrla Venn left."
    assert read(text, mentions=mentions_of(text, {"Orla Venn": []})) == ()


def test_whoever_asks_may_be_told_in_brackets_or_by_number(read: Read) -> None:
    text = (
        "MAYOR VENN: I will take questions.\n\nQ (Tam Quill, Courier): Who pays for the bridge?\n\n"
        "MAYOR VENN: The county pays.\n\nReporter 2: Has it agreed?\n\nMAYOR VENN: Ask the county."
    )
    quotes = read(text, mentions=mentions_of(text, {"Orla Venn": ["VENN"], "Tam Quill": []}))
    assert [q.speaker_name for q in quotes] == ["Orla Venn", "Tam Quill", "Orla Venn", None, "Orla Venn"]
    assert [q.content for q in quotes][1::2] == ["Who pays for the bridge?", "Has it agreed?"]


def test_whom_a_question_is_put_to_does_not_ask_it(read: Read) -> None:
    text = (
        "MAYOR VENN: Good morning.\n\nQ (to Tam Quill): Who pays?\n\nMAYOR VENN: The county.\n\nMAYOR VENN: Thank you."
    )
    quotes = read(text, mentions=mentions_of(text, {"Orla Venn": ["VENN"], "Tam Quill": []}))
    assert [(q.speaker_name, q.content) for q in quotes][1] == (None, "Who pays?")
