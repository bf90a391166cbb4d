"""Drift is told when a figure leaves what was usual, with its likely cause, and not before."""

from __future__ import annotations

from tasks.drift import drift, figures_of


def run(quotes: int, articles: int = 100, undated: int = 5) -> dict[str, float]:
    return figures_of(articles, quotes, named=quotes // 2, undated=undated, seen=articles, rejected=1)


USUAL = [run(800), run(820), run(790), run(810), run(805)]


def test_a_usual_run_is_not_told_of() -> None:
    assert drift(run(812), USUAL) == ()


def test_quotes_that_vanish_are_told_with_the_likely_cause() -> None:
    told = drift(run(300), USUAL)
    assert len(told) == 1 and told[0].startswith("quotes an article: 3.00, usually 8.05") and "layout" in told[0]


def test_dates_that_vanish_are_told() -> None:
    assert any("without a date" in line for line in drift(run(800, undated=60), USUAL))


def test_few_runs_or_few_articles_say_nothing() -> None:
    assert drift(run(300), USUAL[:3]) == ()
    assert drift(run(3, articles=5), USUAL) == ()
