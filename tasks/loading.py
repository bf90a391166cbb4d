"""Loading of large libraries: without looking for cycles, and without the modules that nothing of it needs."""

from __future__ import annotations

import contextlib
import gc
import importlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles where much is made and kept: a listing of 100,000 files, the modules of Prefect.

    They have none that could go, and would be looked through again and again: a fifth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class DeferredModule(ModuleType):
    """Stands for a module that is imported when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system asks for these
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextlib.contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Libraries that are imported in the block get stand-ins for modules that they may never use.

    A module that is imported already stays, and whoever imports one of `names` later gets the module itself. In the
    block names may be imported (`import x`, `from x import y` where y is among `names`), not looked into.
    (`importlib.util.LazyLoader` does not do here: the import statement itself looks into a module that it finds.)
    """
    stand_ins = {name: DeferredModule(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
