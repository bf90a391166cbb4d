"""The tagger's spans made to agree with the marks."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Attribution, EntityType, Publication, Quote, QuoteType, Span, Tagging
from onrecord.quotes import find_quotes
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of, span_of

Read = Callable[..., tuple[Quote, ...]]
TEXT = "“We stay here, whatever comes to us,” Orla Venn said. “This town is ours.”"


@pytest.mark.parametrize(
    "tagged",
    ["“We stay here, whatever comes to us,”", "We stay here, whatever comes", "stay here, whatever comes to us,” Orla"],
)
def test_direct_content_takes_the_edges_of_its_marks(read: Read, tagged: str) -> None:
    (quote,) = read(TEXT, attribution(TEXT, tagged, "said", "Orla Venn"))
    assert quote.quote_type is QuoteType.DIRECT
    assert [s.of(TEXT) for s in quote.content_spans] == ["We stay here, whatever comes to us,", "This town is ours."]
    assert quote.content == "We stay here, whatever comes to us, … This town is ours."


def test_a_quoted_sentence_that_the_tagger_missed_is_still_a_quote(read: Read) -> None:
    text = TEXT + "\n\nNobody answered.\n\n“Then we will all leave tomorrow,” Tam Quill said."
    quotes = read(text, attribution(text, "“We stay here, whatever comes to us,”", "said", "Orla Venn"))
    assert [q.content for q in quotes][1] == "Then we will all leave tomorrow,"
    assert quotes[1].speaker is not None and quotes[1].speaker.of(text) == "Tam Quill"


def test_a_quotation_is_never_cut_by_mixed_content(read: Read) -> None:
    text = "Orla Venn said they would “stay in the town whatever comes” and fight."
    (quote,) = read(text, attribution(text, "they would “stay in the town", "said", "Orla Venn"))
    assert quote.content == "they would “stay in the town whatever comes”"
    assert quote.quote_type is QuoteType.MIXED


def test_a_quote_inside_another_has_it_as_parent(read: Read) -> None:
    text = "“She told me ‘never again’ and left,” Orla Venn said."
    outer = attribution(text, "She told me ‘never again’ and left,", "said", "Orla Venn")
    inner = attribution(text, "‘never again’", "told", "She")
    first, second = read(text, outer, inner)
    assert (first.parent, second.parent) == (None, 0)
    assert second.content == "never again"


@pytest.mark.parametrize(("cue", "count"), [("believes", 1), ("claims", 2), ("has called for", 2)])
def test_only_what_is_said_within_a_report_is_a_row_of_its_own(read: Read, cue: str, count: int) -> None:
    text = f"Orla Venn said that the board {cue} an old tale."
    outer = attribution(text, f"that the board {cue} an old tale", "said", "Orla Venn")
    quotes = read(text, outer, attribution(text, "an old tale", cue, "the board"))
    assert [quote.parent for quote in quotes] == [None, 0][:count]


def test_nested_speech_that_the_tagger_missed_has_its_own_source(read: Read) -> None:
    text = "“I asked the mayor, ‘Whose bridge is it now?’” Orla Venn said. “And she said, ‘That is not my business.’”"
    quotes = read(text, attribution(text, "I asked the mayor", "said", "Orla Venn"))
    assert [(q.content, q.parent, q.speaker and q.speaker.of(text)) for q in quotes[1:]] == [
        ("Whose bridge is it now?", 0, "I"),
        ("That is not my business.", 0, "she"),
    ]
    assert quotes[1].speaker_name == quotes[0].speaker_name


@pytest.mark.parametrize("told", ["I said to the mayor", "And so we told the mayor", "The board should tell the mayor"])
def test_what_somebody_quoted_said_himself_or_wants_said_is_no_report_of_another(read: Read, told: str) -> None:
    text = f"“{told}, ‘Whose bridge is it now?’” Orla Venn added."
    (quote,) = read(text, attribution(text, told, "added", "Orla Venn"))
    assert quote.content == f"{told}, ‘Whose bridge is it now?’"


@pytest.mark.parametrize("tagged", ["the bridge was old. “Stay off it", ["the bridge was old", "“Stay off it"]])
def test_a_report_in_the_articles_words_ends_with_its_sentence(read: Read, tagged: str | list[str]) -> None:
    text = "Orla Venn said the bridge was old. “Stay off it for now.”"
    told, quoted = read(text, attribution(text, tagged, "said", "Orla Venn"))
    assert (told.content, told.quote_type) == ("the bridge was old", QuoteType.INDIRECT)
    assert (quoted.content, quoted.quote_type, quoted.cue) == ("Stay off it for now.", QuoteType.DIRECT, None)


def test_an_abbreviation_ends_no_report(read: Read) -> None:
    text = "Orla Venn said that Act No. 12 was old."
    (quote,) = read(text, attribution(text, "that Act No. 12 was old", "said", "Orla Venn"))
    assert quote.content == "that Act No. 12 was old"


def test_what_follows_a_colon_is_a_quote_of_its_own(read: Read) -> None:
    text = "The bridge is old, Orla Venn said: “Stay off it for now.”"
    quotes = read(text, attribution(text, ["The bridge is old", "Stay off it for now"], "said", "Orla Venn"))
    assert [(q.content, q.quote_type) for q in quotes] == [
        ("The bridge is old", QuoteType.INDIRECT),
        ("Stay off it for now.", QuoteType.DIRECT),
    ]


@pytest.mark.parametrize(
    ("said", "tagged"),
    [
        ("the bridge cost 9%", "the bridge cost 9"),
        ("$9 million was lost", "9 million was lost"),
        ("it would ask the Harbour Board (HB)", "it would ask the Harbour Board (HB"),
    ],
)
def test_a_content_has_the_sign_of_its_figure_and_closes_its_bracket(read: Read, said: str, tagged: str) -> None:
    text = f"Orla Venn said {said}. It rained (on Monday)."
    (quote,) = read(text, attribution(text, tagged, "said", "Orla Venn"))
    assert quote.content == said


@pytest.mark.parametrize("tail", [", while", ", but which", " and"])
def test_the_next_clause_is_no_content(read: Read, tail: str) -> None:
    text = f"Orla Venn said the bridge was old{tail} nobody knew."
    (quote,) = read(text, attribution(text, f"the bridge was old{tail}", "said", "Orla Venn"))
    assert quote.content == "the bridge was old"


def test_a_lead_before_a_colon_is_no_content(read: Read) -> None:
    text = "Orla Venn scolded the harbour clerk: “Stay off it for now.”"
    (quote,) = read(text, attribution(text, "the harbour clerk: “Stay off it for now.”", "scolded", "Orla Venn"))
    assert (quote.content, quote.quote_type) == ("Stay off it for now.", QuoteType.DIRECT)


@pytest.mark.parametrize(
    ("source", "tagged", "expected"),
    [
        ("Orla Venn (D-Corr.)", "Orla Venn (D-Corr", "Orla Venn (D-Corr.)"),
        (
            "Orla Venn (EFF) and Tam Quill (DA)",
            "Orla Venn (EFF) and Tam Quill (DA",
            "Orla Venn (EFF) and Tam Quill (DA)",
        ),
        ("Dockers (63% of them)", "Dockers (63% of them", "Dockers (63% of them)"),
        (
            "Orla Venn (who had come by the first train of the day and would not leave until the last one)",
            "Orla Venn (who had come",
            "Orla Venn",
        ),
        ("Some 38.5%", "Some 38.5", "Some 38.5%"),
        ("Orla Venn, 38", "Orla Venn, 38", "Orla Venn, 38"),
    ],
)
def test_a_source_ends_outside_brackets(read: Read, source: str, tagged: str, expected: str) -> None:
    text = f"{source} said that the bridge was old."
    (quote,) = read(text, attribution(text, "that the bridge was old", "said", tagged))
    assert quote.speaker is not None
    assert quote.speaker.of(text) == expected


def test_a_quotation_between_dashes_is_speech(read: Read) -> None:
    text = "She was blunt -- “it will not hold for long” -- and left.\n\nOrla Venn said it was cold."
    quotes = read(text, attribution(text, "it was cold", "said", "Orla Venn"))
    assert (quotes[0].content, quotes[0].speaker_name) == ("it will not hold for long", None)


def test_a_quotation_behind_a_colon_is_speech(read: Read) -> None:
    text = "A sign hung on the gate: “no way through here” for all.\n\nOrla Venn said it was cold."
    quotes = read(text, attribution(text, "it was cold", "said", "Orla Venn"))
    assert quotes[0].content == "no way through here"


def test_who_denounces_behind_a_quotation_speaks(read: Read) -> None:
    text = "“They sold the old bridge,” denounced the Harbour Guild.\n\nOrla Venn said it was cold."
    quotes = read(text, attribution(text, "it was cold", "said", "Orla Venn"))
    assert quotes[0].speaker is not None
    assert quotes[0].speaker.of(text) == "the Harbour Guild"


def test_a_nested_nickname_is_no_quote(read: Read) -> None:
    text = "“They call him ‘Big Boat’ at home, and he likes it,” Orla Venn said."
    assert len(read(text, attribution(text, "They call him", "said", "Orla Venn"))) == 1


@pytest.mark.parametrize(
    ("quoted", "speech"),
    [
        ("for a grave want of care in every part of the harbour", True),
        ("for a grave want of care in the harbour", False),
        ("For a Grave Want of Care in Every Part of the Old Harbour", False),
    ],
)
def test_a_dozen_quoted_words_in_a_sentence_are_somebodys(read: Read, quoted: str, speech: bool) -> None:
    text = f"Two pilots were sent home “{quoted}”.\n\nOrla Venn said it was cold."
    quotes = read(text, attribution(text, "it was cold", "said", "Orla Venn"))
    assert [q.content for q in quotes] == [quoted, "it was cold"][not speech :]


def test_a_quotation_that_heads_a_line_is_speech(read: Read) -> None:
    text = "“Put it in a bag and carry it”: anger at the harbour\n\nOrla Venn said it was cold."
    quotes = read(text, attribution(text, "it was cold", "said", "Orla Venn"))
    assert [q.content for q in quotes] == ["Put it in a bag and carry it", "it was cold"]


def test_paragraphs_behind_the_source_are_quotes_of_their_own(read: Read) -> None:
    text = "Orla Venn said: “The first is long enough.\n\n“The second is longer still.\n\n“The third is the end.”"
    told = attribution(text, "The first is long enough.", "said", "Orla Venn")
    quotes = read(text, told, mentions=mentions_of(text, {"Orla Venn": []}))
    assert [(q.content, q.speaker) for q in quotes] == [
        ("The first is long enough.", span_of(text, "Orla Venn")),
        ("The second is longer still.", None),
        ("The third is the end.", None),
    ]
    assert {q.speaker_name for q in quotes} == {"Orla Venn"}


def test_paragraphs_before_the_source_are_quotes_of_the_same_speaker(read: Read) -> None:
    text = (
        "Tam Quill spoke first: “It rusts.”\n\n“The first is long enough.\n\n“The second is longer still.\n\n"
        "“The third is the end of it,” Orla Venn said."
    )
    rusts = attribution(text, "It rusts", "spoke", "Tam Quill")
    told = attribution(text, "The third is the end of it", "said", "Orla Venn")
    quotes = read(text, rusts, told, mentions=mentions_of(text, {"Orla Venn": [], "Tam Quill": []}))
    assert [(q.content, q.speaker_name, q.cue is None) for q in quotes] == [
        ("It rusts.", "Tam Quill", False),
        ("The first is long enough.", "Orla Venn", True),
        ("The second is longer still.", "Orla Venn", True),
        ("The third is the end of it,", "Orla Venn", False),
    ]


def test_paragraphs_before_the_source_have_its_role_and_medium(read: Read) -> None:
    text = (
        "“The first is long enough.\n\n“The second is longer still.\n\n"
        "“The third is the end of it,” a harbour clerk told the Corran Herald."
    )
    told = attribution(text, "The third is the end of it", "told", "a harbour clerk")
    bodies = mentions_of(text, {"Corran Herald": []}, EntityType.ORG)
    quotes = read(text, told, mentions=bodies)
    assert [(q.speaker_role, q.medium) for q in quotes] == [("a harbour clerk", "Corran Herald")] * 3


WORDS = st.lists(
    st.sampled_from(["we", "stay", "Venn", "said", "“", "”", '"', "'", ",", ".", "\n\n", " "]), max_size=40
)


@given(WORDS, st.data())
def test_spans_stay_in_the_text_whatever_the_tagger_says(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda p: p[0] < p[1])
    tagged = []
    if len(text) > 1:
        for _ in range(data.draw(st.integers(0, 4))):
            content, cue, source = (Span(*data.draw(offsets)) for _ in range(3))
            tagged.append(Attribution((content,), cue, source, 0.5))
    quotes = find_quotes(document_of(text), Tagging(attributions=tuple(tagged)), (), (), Publication())
    for index, quote in enumerate(quotes):
        assert quote.content_spans
        assert list(quote.content_spans) == sorted(quote.content_spans)
        assert all(0 <= s.start < s.end <= len(text) for s in quote.content_spans)
        assert quote.parent is None or (quote.parent != index and quote.parent < len(quotes))


def test_a_sentence_of_its_own_does_not_take_the_quotation_before_it(read: Read) -> None:
    text = "“Stay off it.” The bridge is far too old for lorries, Orla Venn said."
    pieces = ("Stay off it.", "The bridge is far too old for lorries")
    quotes = read(text, attribution(text, pieces, "said", "Orla Venn"))
    assert [(q.content, q.cue is not None) for q in quotes] == [
        ("Stay off it.", False),
        ("The bridge is far too old for lorries", True),
    ]


def test_a_quotation_over_two_sentences_stays_one(read: Read) -> None:
    text = "“Stay off it.” “It is old,” Orla Venn said."
    (quote,) = read(text, attribution(text, ("Stay off it.", "It is old"), "said", "Orla Venn"))
    assert len(quote.content_spans) == 2


@pytest.mark.parametrize("tagged", ["the bridge was old", "that the bridge was old"])
@pytest.mark.parametrize(("cue", "addressed"), [("said", ""), ("told", " the Herald")])
def test_a_content_has_its_that_whether_the_tagger_takes_it_in_or_not(
    read: Read, tagged: str, cue: str, addressed: str
) -> None:
    text = f"Orla Venn {cue}{addressed} that the bridge was old."
    (quote,) = read(text, attribution(text, tagged, cue, "Orla Venn"))
    assert quote.content == "that the bridge was old"
