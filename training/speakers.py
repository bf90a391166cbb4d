"""Fit the ranker of speakers: who speaks each attribution, on the gold of who said what.

    python -m training.speakers CORPORA [--folds FOLDER] [--ablation]

Reads the speech gold (`training.speech_gold`, folds 0 to 3; fold 4 is not looked at) and the speakers of
`quotes/speakers_dev.jsonl` and `speaker_labels.jsonl` (offsets of who speaks the sources that are no names, in 134 more
articles), runs the shipped tagger over the texts and matches the attributions found with those of
the gold by their content. A candidate is right where its name is the gold's. While fitting, the speakers of the
attributions before are the gold's; out of fold they are the ranker's own histories, as when it reads. Writes
`onrecord/quotes/speaker/speakers.onnx`, with `--folds` also the models that have not seen a fold, each as
`FOLDER/N/speakers.onnx` for `ONRECORD_LEARNED`, and prints how right, wrong and null names are out of fold, by
threshold and by how sure they are; with `--ablation` the same without each group of features.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from onrecord.quotes.speaker.features import GROUPS, Moment, features_of
from onrecord.quotes.speaker.ranking import THRESHOLD, THRESHOLD_AGREED, asked_after, is_certain, weighed
from onrecord.quotes.speaker.tracks import Track
from onrecord.quotes.speaker.turns import Turns
from training.boosting import Rows, calibration, fit, write_trees
from training.speaker_examples import FOLDS, Example, read_examples

#: The fold that nothing is fitted on: the shipped model has not seen it.
HELD_OUT = 4
TARGET = Path(__file__).parent.parent / "onrecord/quotes/speaker/speakers.onnx"
ROUNDS = 600
PARAMETERS = {"num_leaves": 15, "min_data_in_leaf": 30, "feature_fraction": 0.5, "lambda_l2": 5.0}
#: How much a row of an invented article counts beside one of the real ones.
INVENTED_WEIGHT = 3.0
THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)

Predict = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float64]]


def training_rows(examples: Sequence[Example], features: Sequence[str]) -> Rows:
    """A row for each candidate of each annotated attribution."""
    values: list[list[float]] = []
    labels: list[int] = []
    folds: list[int] = []
    weights: list[float] = []
    for example in examples:
        spoken = example.told()
        for index in sorted(example.gold):
            if is_certain(example.scene, index):
                continue
            asked = asked_after(example.scene, index, [Turns(spoken[:index])])
            moment, rows = asked[0][0], features_of(asked)
            right = [example.is_right(index, case.track) for case in moment.cases]
            right[0] = right[0] or not any(right)  # whom the article does not name is nobody
            values += [[row[name] for name in features] for row in rows]
            labels += map(int, right)
            folds += [example.fold] * len(rows)
            weights += [INVENTED_WEIGHT if example.invented else 1.0] * len(rows)
    columns = np.asarray(values, dtype=np.float32), np.asarray(labels), np.asarray(folds), np.asarray(weights)
    return Rows(tuple(features), *columns)


@dataclass(frozen=True)
class Answer:
    """What the ranker says of one annotated attribution: its best name, how probable, whether that is right.

    `alone` is how probable where those who most probably spoke before did, which decides whether the name is given.
    """

    example: Example
    index: int
    track: Track | None
    probability: float
    alone: float

    @property
    def right(self) -> bool:
        return self.track is not None and self.example.is_right(self.index, self.track)


def answers(example: Example, predict: Predict, features: Sequence[str]) -> Iterator[Answer]:
    """The answers for an article, each made knowing how probable those before it are."""

    def scores(asked: Sequence[tuple[Moment, Turns]]) -> npt.NDArray[np.float64]:
        rows = features_of(asked)
        return predict(np.asarray([[row[name] for name in features] for row in rows], dtype=np.float32))

    for index, chances in enumerate(weighed(example.scene, scores)):
        if chances is not None and index in example.gold:
            track, probability = next(iter(chances.named(example.scene)), (None, 0.0))
            alone = 0.0 if track is None else chances.alone.get(track.key, 0.0)
            yield Answer(example, index, track, probability, alone)


def out_of_fold(examples: Sequence[Example], features: Sequence[str], folder: Path | None = None) -> list[Answer]:
    """The answers of models that have not seen the article's fold; with `folder` the models are written there."""
    rows = training_rows(examples, features)
    boosters = {fold: fit(rows.where(rows.folds != fold), ROUNDS, PARAMETERS) for fold in FOLDS}
    found = [
        answer
        for example in examples
        if example.fold in boosters and example.whole
        for answer in answers(example, _predicting(boosters[example.fold]), features)
    ]
    if folder is not None:
        real = [answer for answer in found if not answer.example.invented]
        for fold, booster in boosters.items():
            knots = knots_of([answer for answer in real if answer.example.fold != fold])
            write_trees(booster, features, folder / str(fold) / TARGET.name, knots=knots)
    return found


def _predicting(booster: lgb.Booster) -> Predict:
    return lambda table: np.asarray(booster.predict(table, raw_score=True), dtype=np.float64)


def knots_of(found: Sequence[Answer]) -> list[tuple[float, float]]:
    """The curve that makes the probability of a name true."""
    return calibration(np.asarray([a.probability for a in found]), np.asarray([a.right for a in found]))


def reliability(found: Sequence[Answer], bins: int = 10) -> list[tuple[float, float, int]]:
    """How often the names of each tenth of probability are right: the mean probability, the share right, how many.

    Each probability is calibrated on the answers of the other folds; the lowest, not given, are left out.
    """
    told: dict[int, list[tuple[float, bool]]] = {}
    for fold in sorted({answer.example.fold for answer in found}):
        before, after = zip(*knots_of([a for a in found if a.example.fold != fold]), strict=True)
        for answer in found:
            probability = float(np.interp(answer.probability, before, after))
            given = answer.track is not None and float(np.interp(answer.alone, before, after)) >= THRESHOLD_AGREED
            if answer.example.fold == fold and given:
                told.setdefault(min(bins - 1, int(probability * bins)), []).append((probability, answer.right))
    means = (np.asarray(pairs, dtype=np.float64).mean(axis=0).tolist() for _, pairs in sorted(told.items()))
    return [(said, right, len(pairs)) for (said, right), (_, pairs) in zip(means, sorted(told.items()), strict=True)]


def measures(found: Sequence[Answer], knots: Sequence[tuple[float, float]], threshold: float) -> str:
    """How right, wrong (of those named) and null the names of sources that have one are; how many unnamed stay so."""
    before, after = zip(*knots, strict=True)
    counts: Counter[tuple[str, str]] = Counter()
    for answer in found:
        gold = answer.example.gold[answer.index]
        given = float(np.interp(answer.alone, before, after)) >= threshold
        if gold["kind"] not in ("person", "org"):
            counts["unnamed", "named" if given else "left"] += 1
            continue
        verdict = "null" if not given else "right" if answer.right else "wrong"
        for group in ("all", "indirect" if gold["type"] == "indirect" else "quoted", gold["kind"]):
            counts[group, verdict] += 1
    parts = []
    for group in ("quoted", "all", "person", "org"):
        right, wrong, null = (counts[group, verdict] for verdict in ("right", "wrong", "null"))
        every = max(1, right + wrong + null)
        parts.append(
            f"{group} right {right / every:.1%} wrong {wrong / max(1, right + wrong):.1%} null {null / every:.1%}"
        )
    left = counts["unnamed", "left"] / max(1, counts["unnamed", "left"] + counts["unnamed", "named"])
    return f"at {threshold}: " + "; ".join(parts) + f"; unnamed left {left:.1%}"


def without(groups: Collection[str]) -> list[str]:
    """The names of the features of all groups but these."""
    return [name for name, group in GROUPS.items() if group not in groups]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--ablation", action="store_true")
    options = parser.parse_args()
    examples = read_examples(options.corpora)
    features = without(())
    every = out_of_fold(examples, features, options.folds)
    found = [answer for answer in every if not answer.example.invented]
    knots = knots_of(found)
    for threshold in THRESHOLDS:
        print(measures(found, knots, threshold))
    print("invented,", measures([answer for answer in every if answer.example.invented], knots, THRESHOLD))
    for said, right, count in reliability(found):
        print(f"said {said:.3f}, right {right:.3f}, of {count}")
    write_trees(fit(training_rows(examples, features), ROUNDS, PARAMETERS), features, TARGET, knots=knots)
    if options.folds is not None:
        copyfile(TARGET, options.folds / str(HELD_OUT) / TARGET.name)
    for group in sorted(set(GROUPS.values())) if options.ablation else ():
        left = [answer for answer in out_of_fold(examples, without({group})) if not answer.example.invented]
        print(f"without {group}: {measures(left, knots_of(left), 0.55)}")


if __name__ == "__main__":
    main()
