"""The noise of a figure is its standard error over articles."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.gate.noise import call_script, half_samples, noise
from benchmarks.gate.results import Figure, MeasurementError, Result

MEAN = Figure("mean")


def mean_of(rows: list[dict[str, Any]]) -> Mapping[str, Any]:
    return {"mean": statistics.mean(row["value"] for row in rows)}


def test_it_is_the_standard_error_of_a_mean() -> None:
    values = [(7 * n) % 101 for n in range(100)]
    rows = [{"id": str(n), "value": value} for n, value in enumerate(values)]
    found = noise([MEAN], half_samples(rows, 400), mean_of)[MEAN]
    assert found == pytest.approx(statistics.stdev(values) / len(values) ** 0.5, rel=0.1)


def test_halves_are_the_same_in_every_run_and_no_article_stands_twice() -> None:
    rows = [{"id": str(n)} for n in range(9)]
    first, second = (list(half_samples(rows, 5)) for _ in range(2))
    assert first == second
    assert all(len({row["id"] for row in half}) == len(half) == 4 for half in first)
    assert len({tuple(row["id"] for row in half) for half in first}) > 1


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_copies_are_drawn_together(clusters: list[int]) -> None:
    rows = [{"id": str(n), "cluster": cluster} for n, cluster in enumerate(clusters)]
    for half in half_samples(rows, 3):
        for cluster in {row["cluster"] for row in half}:
            assert sum(row["cluster"] == cluster for row in half) == clusters.count(cluster)


def test_samples_without_anything_to_score_are_left_out() -> None:
    rows = [{"id": str(n)} for n in range(4)]
    values = iter([None, 1.0, 3.0])
    found = noise([MEAN], half_samples(rows, 3), lambda _: {"mean": next(values)})
    assert found[MEAN] == pytest.approx(2**0.5)


def test_a_scorer_is_called_as_from_the_command_line(tmp_path: Path) -> None:
    script = tmp_path / "scorer.py"
    script.write_text('import json, sys\nprint(json.dumps({"given": sys.argv[1:]}))\n', encoding="utf-8")
    assert call_script(script, ["quotes", tmp_path]) == {"given": ["quotes", str(tmp_path)]}


def test_figures_are_found_by_path_and_missing_ones_are_told() -> None:
    output = {"recall": {"direct": [97.5, 40], "mixed": None}}
    assert Result.of([Figure("recall.direct.0")], output).figures == {Figure("recall.direct.0"): 97.5}
    for path in ("recall.mixed", "recall.indirect", "recall.direct.2", "recall.direct"):
        with pytest.raises(MeasurementError, match=path):
            Figure(path).of(output)
