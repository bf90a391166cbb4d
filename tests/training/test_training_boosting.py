"""Boosted trees: fitted out of fold, written, and read again with the same scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.learned.trees import FOLDER_VARIABLE, load_trees, trees_of
from training.boosting import Rows, calibration, fit, out_of_fold, write_trees

FEATURES = ("length", "quoted", "noise")


def some_rows(count: int = 400, classes: int = 2) -> Rows:
    random = np.random.default_rng(7)
    values = random.normal(size=(count, 3)).astype(np.float32)
    values[random.random(values.shape) < 0.1] = np.nan
    labels = np.nan_to_num(values[:, 0] * 2 + values[:, 1]).round().astype(np.int64) % classes
    return Rows(FEATURES, values, labels, np.arange(count) % 5)


def test_a_written_model_scores_as_the_booster_does(tmp_path: Path) -> None:
    rows = some_rows()
    booster = fit(rows, 30)
    write_trees(booster, FEATURES, tmp_path / "m.onnx", knots=[(0.0, 0.1), (1.0, 0.9)])
    model = trees_of((tmp_path / "m.onnx").read_bytes())
    expected = np.asarray(booster.predict(rows.values, raw_score=True))
    assert np.allclose(model.scores(rows.values), expected, atol=1e-5)
    assert np.allclose(model.probabilities(rows.values), 0.1 + 0.8 / (1 + np.exp(-expected)), atol=1e-5)


def test_classes_add_up_to_one(tmp_path: Path) -> None:
    rows = some_rows(classes=3)
    booster = fit(rows, 10, {"objective": "multiclass", "num_class": 3})
    write_trees(booster, FEATURES, tmp_path / "m.onnx", classes=("a", "b", "c"))
    model = trees_of((tmp_path / "m.onnx").read_bytes())
    assert np.allclose(model.scores(rows.values), booster.predict(rows.values, raw_score=True), atol=1e-5)
    assert np.allclose(model.probabilities(rows.values).sum(axis=1), 1)


def test_rows_are_named_and_what_is_missing_is_missing(tmp_path: Path) -> None:
    rows = some_rows()
    write_trees(fit(rows, 5), FEATURES, tmp_path / "m.onnx")
    model = trees_of((tmp_path / "m.onnx").read_bytes())
    table = model.rows([{"noise": 1.0, "length": 2.0}, {}])
    assert table[0, 0] == 2.0 and np.isnan(table[0, 1]) and table[0, 2] == 1.0 and np.isnan(table[1]).all()
    with pytest.raises(ValueError, match="'size'"):
        model.rows([{"size": 1.0}])
    with pytest.raises(ValueError, match="takes 3 features"):
        model.scores(np.zeros((1, 2), dtype=np.float32))


def test_no_rows_are_no_scores(tmp_path: Path) -> None:
    write_trees(fit(some_rows(), 5), FEATURES, tmp_path / "m.onnx")
    model = trees_of((tmp_path / "m.onnx").read_bytes())
    assert model.probabilities(np.zeros((0, 3), dtype=np.float32)).shape == (0,)


def test_a_folder_takes_the_place_of_the_shipped_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_trees(fit(some_rows(), 5), FEATURES, tmp_path / "of_a_fold.onnx")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert load_trees("onrecord.learned", "of_a_fold.onnx").features == FEATURES
    monkeypatch.delenv(FOLDER_VARIABLE)
    load_trees.cache_clear()
    with pytest.raises(FileNotFoundError):
        load_trees("onrecord.learned", "of_a_fold.onnx")


def test_out_of_fold_scores_are_of_models_that_have_not_seen_the_row() -> None:
    rows = some_rows(200)
    random = np.random.default_rng(3)
    noise = Rows(FEATURES, rows.values, random.integers(0, 2, 200), rows.folds)
    own = np.asarray(fit(noise, 60).predict(noise.values, raw_score=True)) > 0
    other = out_of_fold(noise, 60) > 0
    assert (own == noise.labels).mean() > 0.7
    assert (other == noise.labels).mean() < 0.6


def test_splits_by_category_are_refused(tmp_path: Path) -> None:
    rows = some_rows()
    rows.values[:, 0] = np.arange(len(rows.values)) % 7
    labels = (rows.values[:, 0] % 2 == 0).astype(np.int64)
    held = Rows(FEATURES, np.nan_to_num(rows.values), labels, rows.folds)
    with pytest.warns(UserWarning), pytest.raises(ValueError, match="=="):
        write_trees(fit(held, 5, {"categorical_feature": [0]}), FEATURES, tmp_path / "m.onnx")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200))
def test_calibration_rises_and_stays_between_0_and_1(pairs: list[tuple[float, bool]]) -> None:
    knots = calibration(np.array([p for p, _ in pairs]), np.array([r for _, r in pairs], dtype=bool))
    assert bool(knots) == bool(pairs)
    assert all(0 < after < 1 for _, after in knots)
    assert [before for before, _ in knots] == sorted(before for before, _ in knots)
    assert [after for _, after in knots] == sorted(after for _, after in knots)


def test_calibration_tells_how_often_a_probability_is_right() -> None:
    random = np.random.default_rng(1)
    said = random.random(5000)
    right = random.random(5000) < said**2
    before, after = zip(*calibration(said, right), strict=True)
    assert np.interp(0.5, before, after) == pytest.approx(0.25, abs=0.05)
