"""A second verb of saying within what the first is taken to tell."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Quote, QuoteType, Span
from onrecord.quotes.attribution.boundaries import drafted
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.segmentation import completed, coordinated, parted
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of, span_of

Read = Callable[..., tuple[Quote, ...]]


def draft_of(text: str, content: str, cue: str = "said", source: str = "Orla Venn") -> Draft:
    found = drafted(document_of(text), attribution(text, content, cue, source), Link.TAGGER)
    assert found is not None
    return found


def parts(told: str, cue: str = "said") -> list[tuple[str | None, str]]:
    text = f"Orla Venn {cue} {told}."
    found = coordinated(document_of(text), [draft_of(text, told, cue)])
    return [(None if d.cue is None else d.cue.of(text), " | ".join(s.of(text) for s in d.contents)) for d in found]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("it was old and denied that it was sold", [("said", "it was old"), ("denied", "that it was sold")]),
        ("it was old, but he also insisted it holds", [("said", "it was old"), ("insisted", "it holds")]),
        ("it was old, adding it had rust", [("said", "it was old"), ("adding", "it had rust")]),
        ("it was old adding that it had rust", [("said", "it was old"), ("adding", "that it had rust")]),
        ("it was old, however, added it holds", [("said", "it was old"), ("added", "it holds")]),
        (
            "it was old and claimed it holds, saying it had rust",
            [("said", "it was old"), ("claimed", "it holds"), ("saying", "it had rust")],
        ),
    ],
)
def test_a_content_ends_before_a_second_verb_of_saying(told: str, expected: list[tuple[str, str]]) -> None:
    assert parts(told) == expected


def test_many_verbs_of_saying_are_many_reports() -> None:
    assert len(parts("it was old" + " and claimed it holds" * 400)) == 401


def test_held_at_arms_length_behind_a_report_is_no_quotation() -> None:
    text = "Orla Venn said it was old. The “moderate” wing left. “Stay off it for now, all of you.” It rained."
    draft = draft_of(text, "it was old. The “moderate” wing left. “Stay off it for now, all of you.” It rained")
    found = [[span.of(text) for span in part.contents] for part in parted(document_of(text), draft)]
    assert found == [["it was old"], ["Stay off it for now, all of you."]]


@pytest.mark.parametrize(
    "told",
    [
        "it was old and held",  # no verb of saying
        "the clerk located her and told her to leave",  # whose hearer is within the sentence
        "it was “old, and said so,” at last",  # quoted words
        "the board and alleged robbers met",
        "they would leave and say so",
        "it has grown and added to the noise",
    ],
)
def test_other_words_belong_to_the_content(told: str) -> None:
    assert parts(told) == [("said", told)]


def test_what_is_relayed_whole_stays_whole() -> None:
    text = "According to Orla Venn the board denied a sale and said it rusts."
    relayed = draft_of(text, "the board denied a sale and said it rusts", "According to")
    assert coordinated(document_of(text), [relayed]) == [relayed]


def test_a_verb_that_has_a_draft_gets_no_second_one() -> None:
    text = "Orla Venn said it was old and denied that it was sold."
    whole = draft_of(text, "it was old and denied that it was sold")
    second = draft_of(text, "that it was sold", "denied")
    first, kept = coordinated(document_of(text), [whole, second])
    assert first.contents == (span_of(text, "it was old"),)
    assert kept is second
    assert coordinated(document_of(text), [whole], [second]) == [first]


def test_both_reports_have_the_speaker_of_the_first(read: Read) -> None:
    text = "Orla Venn said that the bridge was old and denied that it had been sold."
    told = attribution(text, "that the bridge was old and denied that it had been sold", "said", "Orla Venn")
    quotes = read(text, told, mentions=mentions_of(text, {"Orla Venn": []}))
    assert [(quote.content, quote.speaker_name) for quote in quotes] == [
        ("that the bridge was old", "Orla Venn"),
        ("that it had been sold", "Orla Venn"),
    ]


@pytest.mark.parametrize(
    ("before", "clause", "behind", "expected"),
    [
        ("The old bridge", "Orla Venn said", "has held so far", ["The old bridge", "has held so far"]),
        ("The bridge held", "said Orla Venn", "but rust ate it", ["The bridge held", "but rust ate it"]),
        ("The bridge", "according to Orla Venn", "will be sold", ["The bridge", "will be sold"]),
        ("The bridge held", "said Orla Venn", "who will sell it", ["The bridge held"]),
        ("The bridge has held", "Orla Venn said", "has been told", ["The bridge has held"]),
        ("The bridge held", "according to Orla Venn", "but the board will sell", ["The bridge held"]),
        ("The bridge held", "it was reported by Orla Venn", "but the board will sell", ["The bridge held"]),
        ("The bridge held", "Orla Venn said", "and “all of it” too", ["The bridge held"]),
    ],
)
def test_what_follows_an_interruption_goes_on(before: str, clause: str, behind: str, expected: list[str]) -> None:
    text = f"{before}, {clause}, {behind}."
    document = document_of(text)
    cue = " ".join(word for word in clause.split() if word not in {"Orla", "Venn", "it", "by"})
    (found,) = completed(document, [draft_of(text, before, cue)])
    assert [span.of(text) for span in found.contents] == expected


def test_an_attribution_behind_an_interruption_is_its_own() -> None:
    text = "The bridge held, Orla Venn said, and Tam Quill added that it rusts."
    drafts = [draft_of(text, "The bridge held"), draft_of(text, "that it rusts", "added", "Tam Quill")]
    assert completed(document_of(text), drafts) == drafts


WORDS = st.lists(
    st.sampled_from(["it", "was", "and", "but", "said", "adding", "he", ",", "denied", "“", "”", "that", ":"]),
    min_size=1,
    max_size=25,
)


@given(WORDS)
def test_every_report_keeps_words_of_the_content_in_order(words: list[str]) -> None:
    told = " ".join([*words, "bridge"])
    text = f"Orla Venn said {told}"
    document = document_of(text)
    content = Span(text.index(told), len(text))
    whole = Draft((content,), span_of(text, "said"), None, QuoteType.MIXED, Link.NONE, 0, score=1.0)
    spans = [span for draft in coordinated(document, [whole]) for span in draft.contents]
    assert spans == sorted(spans)
    assert all(content.start <= span.start < span.end <= content.end for span in spans)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("the bridge was old but gave no details", "the bridge was old"),
        ("the bridge was old, but would not elaborate", "the bridge was old"),
        ("the bridge was old but gave no way", "the bridge was old but gave no way"),
        ("the bridge was old and it did not say", "the bridge was old and it did not say"),
    ],
)
def test_what_a_speaker_keeps_back_is_not_told(told: str, kept: str) -> None:
    assert parts(told) == [("said", kept)]
