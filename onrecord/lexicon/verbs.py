"""Verbs by their form (verbs.yaml)."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon.word_lists import word_list


@cache
def forms_of_be() -> frozenset[str]:
    """The forms of "be" that make a passive with a participle behind them."""
    return _words("forms_of_be")


@cache
def finite_verbs() -> frozenset[str]:
    """Frequent finite forms: words with one of them are a clause, and no role."""
    return _words("finite")


@cache
def doubling_verbs() -> frozenset[str]:
    """Verbs that double their last letter before "-ed" and "-ing"."""
    return _words("doubling")


def _words(name: str) -> frozenset[str]:
    return frozenset(word_list("verbs.yaml")[name]["words"])
