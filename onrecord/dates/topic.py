"""What an article is about, as far as its dates depend on it: business and sport have periods of their own."""

from __future__ import annotations

import re
from functools import cache, cached_property

from onrecord.lexicon.word_lists import word_list

_BLANKS = str.maketrans(",.;:!?()\"'“”‘’`-", " " * 16)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in word_list("topic.yaml").items()}


class Topic:
    """The topic of a text, found out when it is first asked for. Two different words of a topic make it."""

    def __init__(self, text: str = "") -> None:
        self._text = text

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._text.lower().translate(_BLANKS).split())

    @cached_property
    def years(self) -> int:
        """How many years the text prints."""
        return len(_YEAR.findall(self._text))

    @cached_property
    def sayings(self) -> int:
        """How often it tells what somebody said."""
        return sum(self._text.count(word) for word in (" said", " told", " says"))

    @property
    def length(self) -> int:
        """Characters."""
        return len(self._text)

    @cached_property
    def business(self) -> bool:
        """A report of what a company earned, of prices or of markets."""
        return len(self._words & _vocabulary()["business"]) >= 2

    @cached_property
    def weather(self) -> bool:
        """Whether temperatures are told."""
        return bool(self._words & _vocabulary()["weather"])

    @cached_property
    def sport(self) -> bool:
        """A report of a match or a season."""
        return len(self._words & _vocabulary()["sport"]) >= 2
