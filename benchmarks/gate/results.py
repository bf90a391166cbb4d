"""What a measurement gives: figures to be held against floors, and facts that hold or do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


class MeasurementError(Exception):
    """A measurement that could not be made, with the reason for a person."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a scorer's JSON. `path`: its keys, joined by dots; a number stands for a place in a list."""

    path: str
    lower_is_better: bool = False

    def of(self, output: Mapping[str, Any]) -> float:
        """Its value in what a scorer printed. Raises MeasurementError where there is none."""
        value: Any = output
        for key in self.path.split("."):
            if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
                value = value[int(key)]
            elif isinstance(value, Mapping) and key in value:
                value = value[key]
            else:
                raise MeasurementError(f"the scorer gives no {self.path}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise MeasurementError(f"the scorer gives {value!r} for {self.path}: nothing there was scored")
        return float(value)


def higher(*paths: str) -> tuple[Figure, ...]:
    """Figures of which more is better."""
    return tuple(Figure(path) for path in paths)


def lower(*paths: str) -> tuple[Figure, ...]:
    """Figures of which less is better."""
    return tuple(Figure(path, lower_is_better=True) for path in paths)


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured. `facts`: by name, whether each holds."""

    figures: Mapping[Figure, float] = field(default_factory=dict)
    facts: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Iterable[Figure], output: Mapping[str, Any]) -> Result:
        """The figures of a scorer's output."""
        return cls({figure: figure.of(output) for figure in figures})
