"""Short and everyday forms of given names."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon.word_lists import word_list


def nickname_groups(word: str) -> frozenset[str]:
    """The groups of given names that `word` (folded) stands in: "bob" and "robert" share one, "york" has none."""
    return _groups().get(word, frozenset())


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in word_list("nicknames.yaml")["groups"]:
        for name in group:
            found.setdefault(name, set()).add(group[0])
    return {name: frozenset(heads) for name, heads in found.items()}
