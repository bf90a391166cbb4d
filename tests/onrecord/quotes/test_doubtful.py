"""Attributions that the tagger does not take for any: its possible cues and what plain patterns read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Attribution, Publication, QuoteType, ReportKind, Span, Tagging
from onrecord.quotes.attribution import report_kind
from onrecord.quotes.attribution.candidates import candidates
from onrecord.quotes.attribution.doubtful import apart_from, patterns, reporting_share
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.attribution.report_kind import Judgement, reports
from onrecord.quotes.find import find_quotes
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of, span_of

NESTED = "Tam Quill said that Orla Venn claimed that the bridge was old."


def drafts(text: str, tagging: Tagging) -> tuple[Draft, ...]:
    return candidates(document_of(text), tagging, mentions_of(text, {})).drafts


def test_a_possible_cue_of_the_tagger_is_a_doubtful_candidate() -> None:
    text = "Orla Venn said that the bridge was old, after warnings by Tam Quill that it rusts."
    said = attribution(text, "that the bridge was old", "said", "Orla Venn")
    warned = attribution(text, "that it rusts", "warnings", "Tam Quill")
    found = drafts(text, Tagging(attributions=(said,), possible=(warned,)))
    assert [(draft.doubtful, draft.contents) for draft in found] == [
        (False, (span_of(text, "that the bridge was old"),)),
        (True, (span_of(text, "that it rusts"),)),
    ]


def test_a_whole_quotation_is_found_by_its_marks_alone() -> None:
    text = "Orla Venn said that the bridge was old, after warnings by Tam Quill: “It rusts.”"
    said = attribution(text, "that the bridge was old", "said", "Orla Venn")
    warned = attribution(text, "It rusts", "warnings", "Tam Quill")
    assert not any(d.doubtful for d in drafts(text, Tagging(attributions=(said,), possible=(warned,))))


def test_a_whole_quotation_with_a_verb_of_saying_is_doubtful_within_another_report() -> None:
    text = "“The bridge rusts, all of it,” Orla Venn said, according to the Harbour Times."
    relayed = attribution(text, "“The bridge rusts, all of it,” Orla Venn said", "according to", "the Harbour Times")
    found = drafts(text, Tagging(attributions=(relayed,)))
    assert [(d.doubtful, d.quote_type, d.source) for d in found] == [
        (False, QuoteType.MIXED, span_of(text, "the Harbour Times")),
        (True, QuoteType.DIRECT, span_of(text, "Orla Venn")),
    ]


def test_a_word_that_hardly_ever_reports_is_no_cue() -> None:
    text = "Orla Venn said that the bridge was old, by the river that it crosses."
    said = attribution(text, "that the bridge was old", "said", "Orla Venn")
    river = attribution(text, "that it crosses", "river", "Orla Venn")
    assert len(drafts(text, Tagging(attributions=(said,), possible=(river,)))) == 1
    assert reporting_share(text, span_of(text, "said")) > 0.5 > reporting_share(text, span_of(text, "river"))


def test_a_clause_that_is_reported_may_report_itself() -> None:
    said = attribution(NESTED, "that Orla Venn claimed that the bridge was old", "said", "Tam Quill")
    outer, inner = drafts(NESTED, Tagging(attributions=(said,)))
    assert (inner.doubtful, inner.parent) == (True, 0)
    assert inner.source == span_of(NESTED, "Orla Venn")
    assert inner.contents == (span_of(NESTED, "that the bridge was old"),)
    assert not outer.doubtful


def test_a_verb_before_a_source_is_anothers() -> None:
    text = "Tam Quill claimed Orla Venn said the bridge was far too old for lorries."
    outer = attribution(text, "claimed Orla Venn said the bridge was far too old for lorries", "Quill", "Tam")
    drafted = drafts(text, Tagging(attributions=(outer,)))
    assert [draft.source for draft in drafted if draft.doubtful] == [span_of(text, "Orla Venn")]


@pytest.mark.parametrize(
    "text",
    [
        "The board was accused of taking bribes for the bridge.",
        "Orla Venn was falsely accused of taking bribes for the bridge.",
        "Calling her a friend of the bridge wrote history.",
    ],
)
def test_what_is_no_clause_of_saying_is_no_pattern(text: str) -> None:
    assert patterns(document_of(text), ()) == ()


def test_each_cue_reports_once() -> None:
    said = attribution(NESTED, "that Orla Venn claimed that the bridge was old", "said", "Tam Quill")
    again = replace(said, content=(span_of(NESTED, "the bridge was old"),))
    (draft, _) = drafts(NESTED, Tagging(attributions=(said,)))
    assert list(apart_from(NESTED, [again], [draft])) == []
    assert list(apart_from(NESTED, [said, again], [])) == [said]


def test_a_report_that_is_given_twice_is_not_found_again_by_a_pattern() -> None:
    line = "Orla Venn said that the bridge was far too old."
    text = f"{line}\n\n{line}"
    first = attribution(text, "that the bridge was far too old", "said", "Orla Venn")
    ahead = len(line) + 2
    second = Attribution(
        tuple(Span(s.start + ahead, s.end + ahead) for s in first.content),
        Span(text.rindex("said"), text.rindex("said") + 4),
        Span(ahead, ahead + len("Orla Venn")),
        score=0.9,
    )
    assert len(drafts(text, Tagging(attributions=(first, second)))) == 1


def test_a_doubtful_candidate_that_is_none_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Warnings by Tam Quill that the board wants to close the bridge were heard."
    possible = attribution(text, "that the board wants to close the bridge", "Warnings", "Tam Quill")
    wants = attribution(text, "to close the bridge", "wants", "the board")
    found = candidates(document_of(text), Tagging(attributions=(wants,), possible=(possible,)), mentions_of(text, {}))
    assert [draft.doubtful for draft in found.drafts] == [True, False]
    decided = [Judgement(None, {}, 0.1), Judgement(ReportKind.THOUGHT, {}, 0.8)]
    monkeypatch.setattr(report_kind, "judged", lambda _: decided)
    (kept,) = reports(found)
    assert (kept.parent, kept.report_kind) == (None, ReportKind.THOUGHT)


@given(st.text("“”\"' .,:;\nOrlaVennsaidtheclaim", max_size=160))
def test_any_text_is_read(text: str) -> None:
    quotes = find_quotes(document_of(text), Tagging(), (), (), Publication())
    for quote in quotes:
        assert all(0 <= span.start < span.end <= len(text) for span in quote.content_spans)
        assert quote.quote_type in QuoteType
