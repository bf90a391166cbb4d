"""Examples for the ranker of speakers, its answers and how they are measured."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("lightgbm")

from onrecord.document.article import Publication, Tagging
from onrecord.quotes.find import read_drafts
from onrecord.quotes.speaker.features import GROUPS
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of
from training.speaker_examples import FOLDS, LABELS, OTHER, Example, Label, labelled_gold
from training.speakers import HELD_OUT, TARGET, Answer, answers, knots_of, measures, reliability, training_rows, without

TEXT = """Mary Venn, the mayor, came to the quay. “We will mend it,” she said.
“We have the money.” A guard said the door was shut. Tam Quill slept.
"""
SAID = [
    ("We will mend it", "said", "she"),
    ("We have the money", None, None),
    ("the door was shut", "said", "A guard"),
]


def at(part: str) -> list[int]:
    return [TEXT.index(part), TEXT.index(part) + len(part)]


LABELLED: list[Label] = [
    (at("she"), [at("We will mend it")], at("Mary Venn")),
    (None, [at("We have the money")], at("Mary Venn")),
    (at("A guard"), [at("the door was shut")], None),
    (at("Tam Quill"), [at("slept")], at("Tam Quill")),
]


def example(labels: Sequence[Label] = LABELLED, fold: int = 0) -> Example:
    tagging = Tagging(attributions=tuple(attribution(TEXT, *triple) for triple in SAID))
    named = mentions_of(TEXT, {"Mary Venn": ("Venn",), "Tam Quill": ()})
    scene = read_drafts(document_of(TEXT), tagging, named, Publication()).scene
    return Example(scene, labelled_gold(scene, labels), fold)


def test_labels_find_their_attributions_by_source_and_words() -> None:
    found = example()
    assert {i: (gold["speaker"], gold["kind"]) for i, gold in found.gold.items()} == {
        0: ("Mary Venn", "person"),
        1: ("Mary Venn", "person"),
        2: (None, "unnamed_person"),
    }
    venn = next(track for track in found.scene.tracks.values() if track.name == "Mary Venn")
    assert [found.is_right(i, venn) for i in range(3)] == [True, True, False]
    assert found.is_right(2, None)
    assert found.told() == [venn.key, venn.key, None]


def test_a_name_that_no_mention_covers_is_a_body() -> None:
    label: Label = (at("A guard"), [at("the door was shut")], at("the quay"))
    assert example([label]).gold[2] == {"kind": "org", "speaker": "the quay", "aliases": ["the quay"], "type": "direct"}


def test_each_candidate_is_a_row_and_one_of_each_attribution_is_right() -> None:
    features = without(())
    rows = training_rows([example(fold=2)], features)
    assert rows.values.shape == (len(rows.labels), len(GROUPS))
    assert rows.labels.sum() == 3
    assert set(rows.folds.tolist()) == {2}
    left = without({"turns"})
    assert training_rows([example()], left).values.shape[1] == len(left) < len(features)


def preferring(name: str, features: Sequence[str]) -> npt.NDArray[np.float64]:
    """The column of a feature as a model that scores by it alone."""
    return np.asarray([4.0 if feature == name else 0.0 for feature in features])


def answered(name: str) -> list[Answer]:
    features = without(())
    weights = preferring(name, features)
    return list(answers(example(), lambda table: table @ weights - 2, features))


def test_an_answer_is_the_best_name_with_its_share() -> None:
    found = answered("rules_say")
    assert [answer.track.name if answer.track else None for answer in found[:2]] == ["Mary Venn", "Mary Venn"]
    assert [answer.right for answer in found] == [True, True, False]
    assert found[0].probability > 0.7 > found[2].probability


def test_measures_count_right_wrong_and_null_names() -> None:
    told = measures(answered("rules_say"), [(0.0, 0.0), (1.0, 1.0)], 0.6)
    assert "quoted right 100.0% wrong 0.0% null 0.0%" in told
    assert told.endswith("unnamed left 100.0%")
    assert "quoted right 0.0% wrong 0.0% null 100.0%" in measures(answered("rules_say"), [(0.0, 0.0), (1.0, 1.0)], 1.1)


def test_the_curve_rises() -> None:
    knots = knots_of(answered("rules_say") * 20)
    assert [height for _, height in knots] == sorted(height for _, height in knots)


def test_reliability_is_told_with_the_curve_of_the_other_folds() -> None:
    track = example().scene.tracks[0]
    right, wrong = (Answer(example(fold=fold), 0, track, 0.9, 0.9) for fold in (0, 1))
    missed = Answer(example([(at("she"), [at("We will mend it")], at("Tam Quill"))], fold=1), 0, track, 0.9, 0.9)
    told = reliability([*[right] * 40, *[wrong] * 20, *[missed] * 10])
    rounded = [(round(said, 2), round(share, 2), count) for said, share, count in told]
    assert rounded == [(0.66, 1.0, 40), (0.98, 0.67, 30)]


def test_the_labels_hold_offsets_and_no_text() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) > 100
    assert {row["fold"] for row in rows} <= {*FOLDS, OTHER}
    for row in rows:
        for source, contents, name in row["labels"]:
            spans = [*contents, *(span for span in (source, name) if span is not None)]
            assert all(0 <= start < end for start, end in spans)


def test_the_fold_that_is_held_out_is_read_with_the_shipped_model() -> None:
    kept = Path(__file__).parents[2] / "training/folds" / str(HELD_OUT) / TARGET.name
    assert kept.read_bytes() == TARGET.read_bytes()
