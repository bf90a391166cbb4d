"""What is reported of a source: words, or a thought, an act, a refusal; and how sure the row is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import (
    DISPLAY_KINDS,
    READ_KINDS,
    STORY_KINDS,
    Block,
    BlockKind,
    Quote,
    QuoteType,
    ReportKind,
    Tagging,
)
from onrecord.document.document import Document
from onrecord.learned import load_trees
from onrecord.quotes.attribution.candidates import candidates
from onrecord.quotes.attribution.report_kind import REPORTED, Certain, candidate_features, decided, judged, reports
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

Read = Callable[..., tuple[Quote, ...]]
#: What the tagger makes of cues of thoughts and deeds: how likely each is one of speech.
SPEECH_SCORES = {"hopes": 0.11, "voted": 0.05}


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "kind"),
    [
        ("Orla Venn said that the bridge was old.", "that the bridge was old", "said", "Orla Venn", "speech"),
        ("The bridge was old, Orla Venn added.", "The bridge was old", "added", "Orla Venn", "speech"),
        ("Orla Venn denied that the bridge was old.", "that the bridge was old", "denied", "Orla Venn", "speech"),
        ("Orla Venn tweeted that the bridge was old.", "that the bridge was old", "tweeted", "Orla Venn", "writing"),
        ("Orla Venn hopes that the bridge will hold.", "that the bridge will hold", "hopes", "Orla Venn", "thought"),
        ("The board voted to close the bridge.", "to close the bridge", "voted", "The board", "act"),
        ("Orla Venn declined to comment.", "to comment", "declined", "Orla Venn", "refusal"),
        ("Orla Venn did not respond to a request.", "to a request", "did not respond", "Orla Venn", "refusal"),
    ],
)
def test_the_kind_of_a_report(read: Read, text: str, content: str, cue: str, source: str, kind: str) -> None:
    seen = replace(attribution(text, content, cue, source), speech_score=SPEECH_SCORES.get(cue, 0.9))
    (quote,) = read(text, seen)
    assert quote.report_kind == kind


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "kind"),
    [
        ("Orla Venn ordered the crew to stay.", "the crew to stay", "ordered", "Orla Venn", "act"),
        ("She found that the bridge was old.", "that the bridge was old", "found", "She", "perception"),
        ("The panel found that the bridge was old.", "that the bridge was old", "found", "The panel", None),
        ("Orla Venn advised walkers to turn back.", "to turn back", "advised", "Orla Venn", "speech"),
        ("Orla Venn advised walkers not to turn.", "walkers not to turn", "advised", "Orla Venn", "speech"),
        ("Orla Venn pleaded with walkers to turn.", "walkers to turn", "pleaded with", "Orla Venn", "speech"),
        ("Orla Venn hopes the bridge will hold.", "the bridge will hold", "hopes", "Orla Venn", "thought"),
        ("Orla Venn worries that the bridge is old.", "that the bridge is old", "worries", "Orla Venn", "thought"),
    ],
)
def test_what_is_certain_by_the_verb(
    read: Read, monkeypatch: pytest.MonkeyPatch, text: str, content: str, cue: str, source: str, kind: str | None
) -> None:
    monkeypatch.setattr("onrecord.quotes.attribution.report_kind.REPORTED_FROM", 1.1 if kind == "speech" else 0.0)
    monkeypatch.setattr("onrecord.quotes.attribution.report_kind._OTHERS", (ReportKind.THOUGHT,))
    (quote,) = read(text, attribution(text, content, cue, source))
    assert quote.report_kind in ({kind} if kind is not None else {"speech", "writing"})


def test_a_whole_quotation_with_a_verb_of_saying_is_speech_whatever_the_models_say(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "“Corran!” the crowd yelled back. The board opposed “the sale of it all”."
    monkeypatch.setattr("onrecord.quotes.attribution.report_kind.REPORTED_FROM", 1.1)
    monkeypatch.setattr("onrecord.quotes.attribution.report_kind._OTHERS", (ReportKind.ACT,))
    monkeypatch.setattr("onrecord.quotes.attribution.report_kind.NONE_FROM", 1.1)
    yelled, opposed = read(
        text,
        attribution(text, "Corran!", "yelled back", "the crowd"),
        attribution(text, "the sale of it all", "opposed", "The board"),
    )
    assert (yelled.report_kind, opposed.report_kind) == (ReportKind.SPEECH, ReportKind.ACT)


def test_what_is_quoted_is_no_refusal(read: Read) -> None:
    text = "Orla Venn declined to say “I am sorry for all of this”."
    (quote,) = read(text, attribution(text, "to say “I am sorry for all of this”", "declined", "Orla Venn"))
    assert quote.report_kind is not ReportKind.REFUSAL


def test_plain_speech_is_surer_than_a_word_that_may_be_an_act(read: Read) -> None:
    text = "Orla Venn said that the bridge was old. The board will focus on the price of rust."
    said, focus = read(
        text,
        attribution(text, "that the bridge was old", "said", "Orla Venn"),
        attribution(text, "the price of rust", "will focus on", "The board"),
    )
    assert said.report_kind is ReportKind.SPEECH
    assert focus.report_kind not in (ReportKind.SPEECH, ReportKind.WRITING)
    assert said.confidence > 0.8 > focus.confidence


def test_a_report_is_speech_or_writing_and_what_is_none_is_of_another_kind() -> None:
    rest = {"thought": 0.35, "perception": 0.0, "act": 0.0, "none": 0.0}
    assert decided({"speech": 0.35, "writing": 0.3, **rest, REPORTED: 0.5}, None) is ReportKind.SPEECH
    assert decided({"speech": 0.25, "writing": 0.4, **rest, REPORTED: 0.5}, None) is ReportKind.WRITING
    assert decided({"speech": 0.35, "writing": 0.3, **rest, REPORTED: 0.3}, None) is ReportKind.THOUGHT
    none = {"speech": 0.1, "writing": 0.1, "thought": 0.2, "perception": 0, "act": 0, "none": 0.6, REPORTED: 0.3}
    assert decided(none, None) is None
    assert decided(none, Certain.PATTERN) is ReportKind.SPEECH


def test_what_is_doubtful_is_speech_or_nothing() -> None:
    act = {"speech": 0.3, "writing": 0.0, "perception": 0.0, "none": 0.0, "thought": 0.0, "act": 0.7, REPORTED: 0.3}
    assert decided(act, None) is ReportKind.ACT
    assert decided(act, None, doubtful=True) is None
    assert decided(act | {REPORTED: 0.6}, None, doubtful=True) is ReportKind.SPEECH


def test_what_lies_in_a_dropped_row_belongs_to_what_that_lies_in(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.quotes.attribution import report_kind

    text = "Orla Venn said that Tam Quill claimed that the board told him to leave."
    tagging = Tagging(
        attributions=(
            attribution(text, "that Tam Quill claimed that the board told him to leave", "said", "Orla Venn"),
            attribution(text, "that the board told him to leave", "claimed", "Tam Quill"),
            attribution(text, "to leave", "told", "the board"),
        )
    )
    found = candidates(document_of(text), tagging, mentions_of(text, {}))
    assert [draft.parent for draft in found.drafts] == [None, 0, 1]
    sure = judged(found)
    middle = report_kind.Judgement(None, sure[1].probabilities, 0.1)
    monkeypatch.setattr(report_kind, "judged", lambda *_: [sure[0], middle, sure[2]])
    assert [draft.parent for draft in report_kind.reports(found)] == [None, 0]


@pytest.mark.parametrize("kind", sorted(READ_KINDS))
def test_display_copy_sums_up_what_the_story_reports(kind: BlockKind) -> None:
    told, story = "Orla Venn said that the bridge was old.", "\n\nIt rains."
    text = told + story
    tagging = Tagging(attributions=(attribution(text, "that the bridge was old", "said", "Orla Venn"),))
    beside = Block(BlockKind.PARAGRAPH, len(told) + 2, len(text))
    found = candidates(Document(text, (Block(kind, 0, len(told)), beside)), tagging, mentions_of(text, {}))
    kinds = {draft.report_kind for draft in reports(found)}
    assert kinds <= ({ReportKind.HEADLINE} if kind in DISPLAY_KINDS else {ReportKind.SPEECH})
    assert kinds or kind not in STORY_KINDS | DISPLAY_KINDS
    alone = candidates(Document(told, (Block(kind, 0, len(told)),)), tagging, mentions_of(told, {}))
    assert ReportKind.HEADLINE not in {draft.report_kind for draft in reports(alone)}


@given(st.text("“”\"' .,:\nOrlaVennsaidthe", max_size=120))
def test_any_text_has_numbers_for_features(text: str) -> None:
    found = candidates(document_of(text), Tagging(), ())
    for row in candidate_features(found):
        assert all(isinstance(value, float) for value in row.values())
    assert all(0 < judgement.confidence < 1 for judgement in judged(found))


def test_a_report_printed_twice_is_one_row(read: Read) -> None:
    line = "The bridge is older than the town, Orla Venn said."
    text = f"{line}\n\nIt was built in spring.\n\n{line}"
    first = attribution(text, "The bridge is older than the town", "said", "Orla Venn")
    shift = text.rindex(line)
    moved = [
        type(first)(
            tuple(type(s)(s.start + shift, s.end + shift) for s in first.content),
            type(first.cue)(first.cue.start + shift, first.cue.end + shift) if first.cue else None,
            type(first.source)(first.source.start + shift, first.source.end + shift) if first.source else None,
            first.score,
        )
    ]
    quotes = read(text, first, *moved)
    assert [quote.content_spans[0].start for quote in quotes] == [0]
    assert quotes[0].quote_type is QuoteType.INDIRECT


@pytest.mark.parametrize("trees", ["report_kind.onnx", "report_speech.onnx"])
def test_the_trees_know_every_feature(trees: str) -> None:
    """A form of sources, a kind of block or a link that the trees lack needs new ones (training/report_kind.py)."""
    text = "Orla Venn said that the bridge was old. “We stay,” the board said."
    said = replace(attribution(text, "that the bridge was old", "said", "Orla Venn"), speech_score=0.9)
    names = mentions_of(text, {"Orla Venn": ()})
    rows = candidate_features(candidates(document_of(text), Tagging(attributions=(said,)), names))
    assert set(load_trees("onrecord.quotes.attribution", trees).features) == set().union(*rows)


def test_the_trees_tell_kinds_of_reports() -> None:
    classes = load_trees("onrecord.quotes.attribution", "report_kind.onnx").classes
    of_rules = {ReportKind.REFUSAL, ReportKind.HEADLINE}
    assert {*classes} == {kind.value for kind in ReportKind if kind not in of_rules} | {"none"}
