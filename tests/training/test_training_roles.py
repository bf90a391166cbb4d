"""Examples for the ranker of roles and how they are measured."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("lightgbm")

from onrecord.learned.trees import trees_of
from onrecord.quotes.attributes.role_features import FEATURES
from training.roles import TARGET, Person, alike, measures, training_rows
from training.speaker_examples import OTHER


def person(golds: tuple[str | None, ...], *roles: str, fold: int = 0) -> Person:
    return Person(fold, golds, roles, tuple({"words": float(len(role.split()))} for role in roles))


def test_a_role_is_right_for_half_of_the_attributions() -> None:
    found = person(("the mayor", "the mayor of Corran", None, "mayor of Corran"), "mayor of Corran", "diver")
    assert found.right("mayor of Corran")
    assert not found.right("diver")
    assert not alike("mayor", None)
    rows = training_rows([found], ["words"])
    assert rows.labels.tolist() == [1, 0]
    assert rows.values.tolist() == [[3.0], [1.0]]


def test_measures_count_attributions_of_the_folds() -> None:
    people = [person(("mayor", "mayor"), "mayor", "diver"), person((None,), "clerk"), person(("a",), "b", fold=OTHER)]
    told = measures(people, np.asarray([0.9, 0.1, 0.6, 0.9]), 0.5)
    assert told.startswith("at 0.5: precision 66.7% recall 100.0%")
    assert "precision 100.0%" in measures(people, np.asarray([0.9, 0.1, 0.6, 0.9]), 0.7)


def test_invented_articles_are_measured_apart() -> None:
    people = [person(("mayor",), "mayor"), replace(person(("clerk",), "diver"), invented=True)]
    assert "precision 100.0%" in measures(people, np.asarray([0.9, 0.9]), 0.5)
    assert "precision 0.0%" in measures(people, np.asarray([0.9, 0.9]), 0.5, invented=True)


def test_the_shipped_model_takes_these_features() -> None:
    assert trees_of(TARGET.read_bytes()).features == tuple(FEATURES)
