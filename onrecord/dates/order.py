"""In which order a text writes day and month in figures: 7/8/07 is in July or in August."""

from __future__ import annotations

import re
from functools import cached_property

_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])", re.ASCII)
_MONTHS = 12
_MOST_DAYS = 31


class FigureOrder:
    """The order of a text: its own dates decide ("25/12/2020"), else what is known of its outlet."""

    def __init__(self, text: str = "", outlet: bool | None = None) -> None:
        self._text = text
        self._outlet = outlet

    @cached_property
    def day_first(self) -> bool | None:
        """Whether the day stands first. None where nothing tells, or the text writes both."""
        told = set()
        for figures in _FIGURES.finditer(self._text):
            first, second = int(figures[1]), int(figures[3])
            if min(first, second) and min(first, second) <= _MONTHS < max(first, second) <= _MOST_DAYS:
                told.add(first > _MONTHS)
        if told:
            return told.pop() if len(told) == 1 else None
        return self._outlet
