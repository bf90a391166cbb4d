"""Posts of social networks printed whole, with invented people and accounts."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Precision, Quote, QuoteType, ReportKind, Span, TimeExpression, TimexType
from onrecord.document.quotations import quotations
from onrecord.document.sentences import sentences
from onrecord.quotes.attributes.date_said import Times, day_of_post
from onrecord.quotes.attribution.posts import posts
from tests.onrecord.tagged_texts import attribution, mentions_of, span_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}


def said(read: Read, text: str, *told: object) -> list[tuple[str | None, str]]:
    return [(q.speaker_name, q.content) for q in read(text, *told, mentions=mentions_of(text, PEOPLE))]


@pytest.mark.parametrize("dash", ["—", "--", "–"])
def test_a_line_of_credit_makes_a_paragraph_a_post(read: Read, dash: str) -> None:
    text = f"The quay was sold.\n\nThe quay is ours, not theirs. {dash} Orla Venn (@orla_v) May 3, 2024\n\nIt rained."
    (quote,) = read(text, mentions=mentions_of(text, PEOPLE))
    assert (quote.speaker_name, quote.content) == ("Orla Venn", "The quay is ours, not theirs.")
    assert quote.quote_type is QuoteType.DIRECT
    assert quote.report_kind is ReportKind.WRITING


def test_links_and_numbers_are_no_words_of_a_post(read: Read) -> None:
    text = "2/3 The quay is ours! https://t.co/abc #quay pic.twitter.com/xyz — Orla Venn (@orla_v) 3 May 2024"
    assert said(read, text) == [("Orla Venn", "The quay is ours!")]


def test_posts_in_a_row_begin_behind_the_credit_before(read: Read) -> None:
    text = (
        "The quay is ours. — Orla Venn (@orla_v) May 3, 2024 Sell it all, and soon. — Tam Quill (@tq) May 4, 2024 "
        "The council met."
    )
    assert said(read, text) == [("Orla Venn", "The quay is ours."), ("Tam Quill", "Sell it all, and soon.")]


def test_behind_a_long_paragraph_only_the_last_sentence_is_the_post(read: Read) -> None:
    text = "The council met for hours. " * 15 + "The quay is ours. — Orla Venn (@orla_v) May 3, 2024 It rained."
    assert said(read, text) == [("Orla Venn", "The quay is ours.")]


def test_an_account_in_a_sentence_is_no_credit(read: Read) -> None:
    text = "The old guard — Orla Venn (@orla_v) and her friends — left the hall at noon."
    assert said(read, text) == []


def test_what_the_tagger_reads_across_a_post_is_left_out(read: Read) -> None:
    text = "We were told by Quill that the quay is ours. — Orla Venn (@orla_v) May 3, 2024"
    told = attribution(text, "that the quay is ours. — Orla Venn", "told", "Quill")
    assert said(read, text, told) == [("Orla Venn", "We were told by Quill that the quay is ours.")]


@pytest.mark.parametrize("account", [" (@orla_v)", " [?] (@orla_v)", " (@venn@corran.example)"])
def test_a_post_was_written_on_the_day_of_its_credit(read: Read, account: str) -> None:
    post = f"We bought it on Monday for one crown. — Orla Venn{account} May 3, 2024"
    text = f"The quay was sold.\n\n{post}\n\nIt rained."
    told, day = span_of(text, "May 3, 2024"), dt.date(2024, 5, 3)
    expression = TimeExpression(told.start, told.end, TimexType.DATE, "2024-05-03", date_from=day, date_to=day)
    (quote,) = read(text, mentions=mentions_of(text, PEOPLE), dates=[expression])
    assert quote.date_said == day


def test_an_account_may_stand_on_the_next_line() -> None:
    text = "The quay is ours. — Orla Venn\n(@orla_v) May 3, 2024"
    passages = [Span(0, len(text))]
    (post,) = posts(text, passages, [0], sentences(text, passages, quotations(text, passages)))
    told, day = span_of(text, "May 3, 2024"), dt.date(2024, 5, 3)
    expression = TimeExpression(told.start, told.end, TimexType.DATE, "2024-05-03", date_from=day, date_to=day)
    assert day_of_post(text, post.source, Times([expression])) == (day, Precision.DAY)


@given(st.text(st.sampled_from("ab .—-(@)12,\nMay#/“”"), max_size=60))
def test_any_text_is_read(text: str) -> None:
    passages = [Span(0, len(text))] if text.strip() else []
    found = posts(text, passages, range(len(passages)), sentences(text, passages, quotations(text, passages)))
    assert all(0 <= post.content.start < post.content.end <= post.source.start < post.end for post in found)
