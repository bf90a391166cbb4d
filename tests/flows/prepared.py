"""A folder that is made once for a module, and put back before each test as it was, at the same place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path


class Prepared:
    """`place`, once made, which every test may change.

    It stays at its path, since a warehouse knows where its raw folder lies. Names of one file (the snapshots of a
    warehouse share files) stay names of one file.
    """

    def __init__(self, place: Path, make: Callable[[Path], object]) -> None:
        self._place, self._kept = place, place.with_name(f"{place.name}-kept")
        make(place)
        _copy(place, self._kept)

    def restored(self) -> Path:
        """The place, as it was made."""
        shutil.rmtree(self._place)
        _copy(self._kept, self._place)
        return self._place


def _copy(source: Path, target: Path) -> None:
    copies: dict[int, str] = {}

    def copy(file: str, to: str) -> None:
        first = copies.setdefault(Path(file).lstat().st_ino, to)
        if first == to:
            shutil.copy2(file, to, follow_symlinks=False)
        else:
            os.link(first, to, follow_symlinks=False)

    shutil.copytree(source, target, symlinks=True, copy_function=copy)
