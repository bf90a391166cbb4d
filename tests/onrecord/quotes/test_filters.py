"""What of the tagger's triples tells that somebody says, thinks or wants something, and whose it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.document.article import Quote, SpeakerKind
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]


def test_an_unsure_report_without_a_source_is_left_out(read: Read) -> None:
    text = "The bridge is seen as unsafe. It was said that it would hold."
    unsure = replace(attribution(text, "as unsafe", "is seen", None), score=0.3)
    quotes = read(text, unsure, attribution(text, "that it would hold", "was said", None))
    assert [q.content for q in quotes] == ["that it would hold"]


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Orla Venn was told that the bridge was old.", "that the bridge was old", "was told", "Orla Venn"),
        ("Orla Venn has been repeatedly accused of neglect.", "neglect", "has been repeatedly accused of", "Orla Venn"),
        ("The court heard that the bridge was old.", "that the bridge was old", "heard", "The court"),
    ],
)
def test_who_hears_it_does_not_say_it(read: Read, text: str, content: str, cue: str, source: str) -> None:
    (quote,) = read(text, attribution(text, content, cue, source))
    assert (quote.speaker, quote.speaker_kind) == (None, SpeakerKind.NONE)


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Orla Venn was accused of neglect by Tam Quill.", "neglect", "was accused of", "Tam Quill"),
        ("Orla Venn is convinced that the bridge is old.", "that the bridge is old", "is convinced", "Orla Venn"),
        ("Tam Quill heard that the bridge was old.", "that the bridge was old", "heard", "Tam Quill"),
    ],
)
def test_who_says_or_thinks_it_is_its_source(read: Read, text: str, content: str, cue: str, source: str) -> None:
    (quote,) = read(text, attribution(text, content, cue, source))
    assert quote.speaker is not None
    assert quote.speaker.of(text) == source


@pytest.mark.parametrize(
    ("text", "content", "cue", "count"),
    [
        ("The plan, which Orla Venn rejected, was old.", "which", "rejected", 0),
        ("The bridge is old. That is what Orla Venn said.", ["That", "what"], "said", 0),
        ("The bridge is old. That worries Orla Venn.", "That", "worries", 1),
    ],
)
def test_pronouns_alone_are_no_content(read: Read, text: str, content: str | list[str], cue: str, count: int) -> None:
    assert len(read(text, attribution(text, content, cue, "Orla Venn"))) == count


@pytest.mark.parametrize(
    ("lead", "content"),
    [
        ("The bridge will close for good, ", "The bridge will close for good"),
        ("On Monday, ", "without saying when it will close"),
        ("The town was quiet when ", "without saying when it will close"),
    ],
)
def test_what_is_left_unsaid_is_not_what_is_told(read: Read, lead: str, content: str) -> None:
    text = f"It rained. {lead}Orla Venn told the Harbour Courier without saying when it will close."
    (quote,) = read(text, attribution(text, "without saying when it will close", "told", "Orla Venn"))
    assert quote.content == content


@pytest.mark.parametrize(
    ("clause", "source", "speaker"),
    [
        ("the bridge was opened by Tam Quill in May, adding that it would hold", "Tam Quill", "Orla Venn"),
        ("the bridge was opened, with Tam Quill, her aide, adding that it would hold", "Tam Quill", "Tam Quill"),
    ],
)
def test_whoever_stands_behind_a_preposition_adds_nothing(read: Read, clause: str, source: str, speaker: str) -> None:
    text = f"Orla Venn said {clause}."
    content = clause[: clause.index(",")]
    mentions = mentions_of(text, {"Orla Venn": (), "Tam Quill": ()})
    said = attribution(text, content, "said", "Orla Venn")
    quotes = read(text, said, attribution(text, "that it would hold", "adding", source), mentions=mentions)
    assert quotes[-1].speaker_name == speaker


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("The ferry is late. Orla Venn told the board:", 0),
        ("The ferry is late. Orla Venn told the board on Monday in a letter:", 0),
        ("The ferry is late. Orla Venn told the board.", 1),
        ("The ferry is late, Orla Venn told the board:", 1),
        ("The ferry is late. Orla Venn told Mr. Quill:", 0),
        ("The ferry is late. That is what Orla Venn told the board in a letter:", 1),
        ("The ferry is late. Orla Venn told the board. Here is her letter:", 1),
    ],
)
def test_a_sentence_that_leads_up_to_a_quotation_reports_nothing_before_it(read: Read, lead: str, count: int) -> None:
    text = f"{lead}\n\n“We shall go at dawn.”"
    quotes = read(text, attribution(text, "The ferry is late", "told", "Orla Venn"))
    assert [q.content for q in quotes].count("The ferry is late") == count
    assert [q.content for q in quotes if q.content == "We shall go at dawn."] == ["We shall go at dawn."]


@pytest.mark.parametrize(
    ("line", "count"),
    [("— Orla Venn, describing the harbour board", 0), ("Orla Venn left, describing the harbour board", 1)],
)
def test_a_line_that_tells_of_what_the_words_above_are_reports_nothing(read: Read, line: str, count: int) -> None:
    text = f"It is a big pain for us all\n\n{line}"
    quotes = read(text, attribution(text, "the harbour board", "describing", "Orla Venn"))
    assert len(quotes) == count
