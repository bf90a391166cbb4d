"""Modules that a library imports in vain are loaded when something of them is used."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tasks.loading import deferred, uncollected


@pytest.fixture
def drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library that imports two large modules, one of them inside a package."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "drawing.py").write_text(
        "import large_charts as charts\nfrom large_numbers import statistics\n\n"
        "def draw():\n    return charts.COLOUR, statistics.MEAN\n"
    )
    (tmp_path / "large_charts.py").write_text("COLOUR = 'blue'\n")
    (tmp_path / "large_numbers").mkdir()
    # As scipy does: its modules are imported when they are asked for.
    (tmp_path / "large_numbers" / "__init__.py").write_text(
        "import importlib\n\ndef __getattr__(name):\n    return importlib.import_module(f'large_numbers.{name}')\n"
    )
    (tmp_path / "large_numbers" / "statistics.py").write_text("MEAN = 3\n")
    for name in ("drawing", "large_charts", "large_numbers", "large_numbers.statistics"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))  # so that the end of the test takes ours away
        del sys.modules[name]
    return tmp_path


@pytest.mark.usefixtures("drawing")
def test_a_deferred_module_is_loaded_when_something_of_it_is_used() -> None:
    with deferred("large_charts", "large_numbers.statistics"):
        import drawing  # type: ignore[import-not-found]
    assert not {"large_charts", "large_numbers.statistics"} & sys.modules.keys()
    assert drawing.draw() == ("blue", 3)
    import large_charts  # type: ignore[import-not-found]

    assert not hasattr(large_charts, "__path__") and large_charts.__file__  # the module itself, no stand-in
    with pytest.raises(AttributeError, match="SHAPE"):
        _ = drawing.charts.SHAPE


@pytest.mark.usefixtures("drawing")
def test_a_module_that_is_loaded_already_stays() -> None:
    import large_charts

    with deferred("large_charts"):
        import drawing
    assert drawing.charts is large_charts is sys.modules["large_charts"]


def test_cycles_are_looked_for_again_behind_the_block() -> None:
    with pytest.raises(OSError, match="full"), uncollected():
        assert not gc.isenabled()
        raise OSError("full")
    assert gc.isenabled()
