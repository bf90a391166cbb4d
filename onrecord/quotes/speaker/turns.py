"""The speakers of an article so far, in the order of its attributions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import overload


class Turns(Sequence[int | None]):
    """The keys of the speakers so far (null for nobody), asked in constant time who spoke how often and when last."""

    def __init__(self, keys: Iterable[int | None] = ()) -> None:
        self._keys: list[int | None] = []
        self._counts: Counter[int | None] = Counter()
        self._last: dict[int | None, int] = {}
        for key in keys:
            self.append(key)

    def append(self, key: int | None) -> None:
        """Adds the speaker of the next attribution."""
        self._last.pop(key, None)  # so that the order of `_last` is that of the last turns
        self._last[key] = len(self._keys)
        self._counts[key] += 1
        self._keys.append(key)

    def copy(self) -> Turns:
        """Another one with the same speakers, to go on otherwise."""
        other = Turns()
        other._keys, other._counts, other._last = self._keys.copy(), self._counts.copy(), self._last.copy()
        return other

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> int | None: ...
    @overload
    def __getitem__(self, index: slice) -> list[int | None]: ...
    def __getitem__(self, index: int | slice) -> int | list[int | None] | None:
        return self._keys[index]

    def count(self, value: object) -> int:
        """How many turns the speaker has had."""
        return self._counts[value] if value is None or isinstance(value, int) else 0

    def ago(self, key: int | None) -> int | None:
        """How many turns ago the speaker spoke, 0 for the last; null if never."""
        place = self._last.get(key)
        return None if place is None else len(self._keys) - 1 - place

    def latest(self, most: int) -> list[int]:
        """The last different named speakers, at most so many, the latest first."""
        found: list[int] = []
        for key in reversed(self._last):
            if len(found) == most:
                break
            if key is not None:
                found.append(key)
        return found

    @property
    def speakers(self) -> int:
        """How many different named speakers there have been."""
        return len(self._last) - (None in self._last)
