"""What an article gives twice: pull quotes, and attributions that close with a pronoun what a name opened."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.document.article import Attribution, Quote, QuoteType, ReportKind, Span
from onrecord.quotes.attribution.deduplication import told_again
from onrecord.quotes.attribution.draft import Draft, Link
from tests.onrecord.tagged_texts import attribution, mentions_of, span_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}
STORY = (
    "“The old bridge will never hold another winter,” Orla Venn said.\n\n"
    "{pull}\n\n"
    "“Nobody listens to us.”\n\n"
    "“We shall see about the price of that,” Tam Quill said."
)


@pytest.mark.parametrize("pull", ["“Will never hold another winter”", "'We shall see about the price'"])
def test_a_pull_quote_is_no_second_row(read: Read, pull: str) -> None:
    text = STORY.format(pull=pull)
    first = attribution(text, "The old bridge will never hold another winter,", "said", "Orla Venn")
    quotes = read(text, first, mentions=mentions_of(text, PEOPLE))
    assert [(q.content, q.speaker_name) for q in quotes] == [
        ("The old bridge will never hold another winter,", "Orla Venn"),
        ("Nobody listens to us.", "Orla Venn"),
        ("We shall see about the price of that,", "Tam Quill"),
    ]


@pytest.mark.parametrize(
    "kept",
    [
        "“It will never hold a second winter”",
        "“It will never hold another winter,” Tam Quill agreed.",
        "“Nobody will pay for it.”",
    ],
)
def test_other_words_and_attributed_ones_are_rows(read: Read, kept: str) -> None:
    text = STORY.format(pull=kept)
    first = attribution(text, "The old bridge will never hold another winter,", "said", "Orla Venn")
    assert len(read(text, first, mentions=mentions_of(text, PEOPLE))) == 4


OPENED = "In reply, {source} declared that the bridge was old, {pronoun} said."


def opened_and_closed(text: str, source: str, pronoun: str) -> tuple[Attribution, Attribution]:
    whole = text.partition(f", {pronoun} said")[0]
    return (
        attribution(text, whole, "said", pronoun),
        attribution(text, "that the bridge was old", "declared", source),
    )


def test_what_a_pronoun_closes_is_the_names(read: Read) -> None:
    text = OPENED.format(source="Orla Venn", pronoun="she")
    quotes = read(text, *opened_and_closed(text, "Orla Venn", "she"), mentions=mentions_of(text, PEOPLE))
    assert [(q.content, q.speaker_name, q.parent) for q in quotes] == [("that the bridge was old", "Orla Venn", None)]


@pytest.mark.parametrize(("source", "pronoun"), [("Mr Quill", "she"), ("an old clerk", "she"), ("Orla Venn", "they")])
def test_what_another_closes_is_hearsay(read: Read, source: str, pronoun: str) -> None:
    text = OPENED.format(source=source, pronoun=pronoun)
    quotes = read(text, *opened_and_closed(text, source, pronoun), mentions=mentions_of(text, PEOPLE))
    assert [(q.content, q.parent) for q in quotes] == [
        (text.partition(f", {pronoun} said")[0], None),
        ("that the bridge was old", 0),
    ]


def test_what_it_goes_on_to_quote_stays(read: Read) -> None:
    text = "Orla Venn declared that the bridge was old, she said. “It will not hold another winter.”"
    closing = [text.partition(", she said")[0], "“It will not hold another winter.”"]
    quotes = read(
        text,
        attribution(text, closing, "said", "she"),
        attribution(text, "that the bridge was old", "declared", "Orla Venn"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [(q.content, q.speaker_name) for q in quotes] == [
        ("that the bridge was old", "Orla Venn"),
        ("It will not hold another winter.", "Orla Venn"),
    ]


def test_a_line_without_a_stop_that_repeats_attributed_words_is_no_row(read: Read) -> None:
    pull = "Orla Venn said, ‘will never hold another winter’"
    text = STORY.format(pull=pull)
    first = attribution(text, "The old bridge will never hold another winter,", "said", "Orla Venn")
    again = text.index(pull)
    told = Span(text.index("‘will") + 1, text.index("‘will") + 1 + len("will never hold another winter"))
    cue, source = Span(again + 10, again + 14), Span(again, again + 9)
    other = attribution(text, "We shall see about the price of that,", "said", "Tam Quill")
    quotes = read(text, first, other, Attribution((told,), cue, source, 0.9), mentions=mentions_of(text, PEOPLE))
    assert "will never hold another winter" not in [q.content for q in quotes]
    kept = text.replace(pull, pull + ".")
    quotes = read(kept, first, Attribution((told,), cue, source, 0.9), mentions=mentions_of(kept, PEOPLE))
    assert "will never hold another winter" in [q.content.rstrip(".") for q in quotes]


def test_what_another_verb_has_of_the_same_words_is_told_once() -> None:
    text = "Orla Venn echoed the claim that it had sunk."
    outer, inner = (
        Draft((span_of(text, told),), span_of(text, cue), None, QuoteType.INDIRECT, Link.TAGGER, 0, 0.9)
        for told, cue in (("the claim that it had sunk", "echoed"), ("that it had sunk", "the claim"))
    )
    outer = replace(outer, source=span_of(text, "Orla Venn"))
    assert told_again(text, [outer, inner], [0, 1]) == {1}
    assert told_again(text, [outer, inner], [1]) == frozenset()
    assert told_again(text, [outer, replace(inner, source=span_of(text, "Orla"))], [0, 1]) == frozenset()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("‘I thought the pier had sunk’", ReportKind.HEADLINE),
        ("‘I thought the pier had sunk.’", ReportKind.SPEECH),
        ("‘I thought the pier had sunk’, she said.", ReportKind.SPEECH),
    ],
)
def test_a_quotation_alone_without_a_stop_is_a_heading(read: Read, line: str, kind: ReportKind) -> None:
    text = f"“The old bridge is shut,” Orla Venn said.\n\n{line}\n\n“Nobody listens to us.”"
    first = attribution(text, "The old bridge is shut,", "said", "Orla Venn")
    found = [q.report_kind for q in read(text, first, mentions=mentions_of(text, PEOPLE)) if "thought" in q.content]
    assert [k if k is ReportKind.HEADLINE else ReportKind.SPEECH for k in found] == [kind]
