"""Lines that many articles of a publisher have."""

from __future__ import annotations

from onrecord.article import BlockKind
from onrecord.articles import article_keys, body, count_lines, line_key, recurring_lines, segment

HOUSE = "Quillbay Ledger reports from the valley every working day"


def article(number: int) -> str:
    story = f"The bridge was shut for the {number}th time, the mayor told us."
    return f"Bridge story {number}\n\n{story}\n\n{HOUSE}\n\nThat is all."


def test_keys_are_the_same_in_many_dresses() -> None:
    keys = {
        line_key(line)
        for line in ("**Over 5 years old.**", "over 12 years old", "OVER\u00a03 YEARS OLD", "> Over 3 years old")
    }
    assert keys == {"over 0 years old"}
    assert line_key("   ") == line_key("x" * 1000) == ""


def test_a_recurring_line_is_boilerplate_only_when_told() -> None:
    texts = [article(number) for number in range(20)]
    recurring = recurring_lines(count_lines(texts), len(texts))
    assert line_key(HOUSE) in recurring
    alone, told = segment(texts[3]), segment(texts[3], boilerplate=frozenset({line_key(HOUSE)}))
    assert HOUSE in body(texts[3], alone) or any(b.kind is BlockKind.HEADING for b in alone)
    labelled = [texts[3][block.start : block.end] for block in told if block.kind is BlockKind.BOILERPLATE]
    assert labelled == [HOUSE]


def test_few_articles_tell_nothing() -> None:
    assert recurring_lines(count_lines([article(1)] * 4), 4) == frozenset()


def test_a_quotation_is_never_boilerplate() -> None:
    text = "Bridge shut\n\nThe mayor spoke.\n\n“We shut it,” she said.\n\nThat is all."
    blocks = segment(text, boilerplate=article_keys(text))
    assert "“We shut it,” she said." in body(text, blocks)
