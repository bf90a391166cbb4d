"""Every example in grammar.yaml, read as one paragraph published on Wednesday 15 May 2024."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.dates import find_dates
from onrecord.dates.grammar import read_grammar
from onrecord.dates.table import PUBLISHED, documentation
from onrecord.document.article import Span

EXAMPLES = [
    pytest.param(text, expected, id=f"{rule['name']}: {text[:40]}")
    for rule in read_grammar()["rules"]
    for text, expected in rule["examples"].items()
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_example_of_the_grammar(text: str, expected: str) -> None:
    found = find_dates(text, [Span(0, len(text))], PUBLISHED)
    shown = [f"{text[e.start : e.end]} → {e.value}" + (f" {e.mod}" if e.mod else "") for e in found]
    assert " | ".join(shown) == expected


def test_every_rule_has_an_example() -> None:
    assert [rule["name"] for rule in read_grammar()["rules"] if not rule["examples"]] == []


def test_the_documentation_is_made_from_these_examples() -> None:
    page = Path(__file__).parents[3] / "docs" / "dates.md"
    assert page.read_text(encoding="utf-8") == documentation(), "run python -m onrecord.dates.table > docs/dates.md"
