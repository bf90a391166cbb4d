"""Lines that many articles of a publisher have."""

from __future__ import annotations

import pytest

from onrecord.cross_document.recurring_lines import MOST_ARTICLES, ArticleLines, article_lines, recurring_lines
from onrecord.document.article import BlockKind
from onrecord.layout import body, line_key, segment
from onrecord.layout.labeller import score_parts
from onrecord.layout.lines import line_form, parts_of

HOUSE = "Quillbay Ledger reports from the valley every working day"
THINGS = ("bridge", "ferry", "mill", "school", "quarry", "library", "harbour", "orchard", "tannery", "market")


def article(number: int, *site_lines: str) -> str:
    """A story of its own, with the site's lines under its first paragraph."""
    thing = f"{THINGS[number % 10]} at {THINGS[number // 10 % 10]} lane"
    paragraphs = [
        f"The {thing} was shut for weeks, the mayor told us.",
        *site_lines,
        f"Nobody who lives by the {thing} had been asked before, and many were angry about it.",
        f"The council will speak of the {thing} in May.",
    ]
    return "\n\n".join([f"Trouble at the {thing}", *paragraphs])


def told(text: str) -> ArticleLines:
    return article_lines(text, segment(text))


def labels(text: str, boilerplate: frozenset[int]) -> dict[str, BlockKind]:
    return {text[block.start : block.end]: block.kind for block in segment(text, boilerplate=boilerplate)}


def key(line: str) -> int:
    found = line_key(line)
    assert found is not None
    return found


def test_a_line_has_one_form_in_many_dresses() -> None:
    lines = ("**Over 5 years old.**", "over 12 years old", "OVER\u00a03 YEARS OLD", "> Over 3 years old")
    assert {line_form(line) for line in lines} == {"over 0 years old"}
    assert len({line_key(line) for line in lines}) == 1


def test_a_key_is_64_bits_and_stays() -> None:
    """It is stored: another hash would make old rows and new ones differ."""
    assert line_key("Over 5 years old.") == 15194996228373227213
    assert line_key("  ** -- ") is None


def test_a_line_of_five_articles_and_a_tenth_of_them_recurs() -> None:
    for articles, having, recurs in ((4, 4, False), (5, 5, True), (50, 5, True), (51, 5, False), (51, 6, True)):
        texts = [article(n, *([HOUSE] if n < having else [])) for n in range(articles)]
        assert (key(HOUSE) in recurring_lines(map(told, texts))) is recurs, (articles, having)


def test_a_recurring_line_is_boilerplate_only_when_told() -> None:
    text = article(3, HOUSE)
    recurring = recurring_lines(told(article(number, HOUSE)) for number in range(20))
    assert recurring == {key(HOUSE)}
    assert labels(text, frozenset())[HOUSE] is not BlockKind.BOILERPLATE
    assert [line for line, kind in labels(text, recurring).items() if kind is BlockKind.BOILERPLATE] == [HOUSE]
    assert body(text, segment(text, boilerplate=recurring)) == body(article(3), segment(article(3)))


def test_the_labeller_is_told_of_recurring_lines() -> None:
    text = article(3, HOUSE)
    parts = parts_of(text)
    at = [part.plain for part in parts].index(HOUSE)
    untold, told_of = (score_parts(text, parts, None, keys).body[at] for keys in (frozenset(), frozenset({key(HOUSE)})))
    assert told_of < 0.1 < untold


def test_sentences_of_copies_do_not_recur() -> None:
    copies = [article(7, HOUSE).replace("in May", f"in the {word}") for word in THINGS]
    assert recurring_lines(map(told, copies)) == frozenset()
    others = [article(number, HOUSE) for number in range(40, 44)]
    assert recurring_lines(map(told, copies + others)) == {key(HOUSE)}


def test_long_notices_do_not_make_articles_copies() -> None:
    notice, other = f"{HOUSE}, " * 6 + "as it always has", f"{HOUSE}, " * 5 + "and means to go on"
    recurring = recurring_lines(told(article(number, notice, other)) for number in range(12))
    assert recurring == {key(notice), key(other)}


def test_only_so_many_articles_are_looked_at() -> None:
    with_line = ArticleLines(frozenset({1}), frozenset())
    without = ArticleLines(frozenset(), frozenset())
    assert recurring_lines([with_line] * 200 + [without] * (MOST_ARTICLES - 200) + [without] * 5) == {1}
    assert recurring_lines([with_line] * 199 + [without] * (MOST_ARTICLES - 199) + [with_line] * 5) == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        "“We shut it,” she said.",
        "Orla Venn",
        "Staff Writer",
        "ORLA VENN, HOST:",
        "By Orla Venn",
        "May 8, 2024",
    ],
)
def test_what_has_a_form_of_its_own_keeps_it(line: str) -> None:
    text = article(1, line)
    assert key(line) not in told(text).lines
    assert segment(text, boilerplate=frozenset({key(line)})) == segment(text)


def test_a_tagline_over_the_headline_gives_way_to_it() -> None:
    tagline = "Serving the valley since the flood"
    text = f"{tagline}\n\n{article(2)}"
    assert labels(text, frozenset())[tagline] is BlockKind.HEADLINE
    found = labels(text, frozenset({key(tagline)}))
    assert found[tagline] is BlockKind.BOILERPLATE
    assert found["Trouble at the mill at bridge lane"] is BlockKind.HEADLINE


def test_the_only_headline_stays_one_in_whatever_many_issues() -> None:
    column = "What the valley is reading this week"
    text = f"{column}\n\n" + article(2).split("\n\n", 1)[1]
    assert labels(text, frozenset({key(column)}))[column] is BlockKind.HEADLINE
