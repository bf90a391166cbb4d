"""Fit the ranker of speakers: who speaks each attribution, on the gold of who said what.

    python -m training.speakers CORPORA [--folds FOLDER] [--ablation]

Reads `speech/dev.jsonl`, `speech/dev_2.jsonl` (folds 0 to 3; fold 4 is not looked at) and the speakers of
`quotes/speakers_dev.jsonl`, runs the shipped tagger over the texts and matches the attributions found with those of
the gold by their content. A candidate is right where its name is the gold's. While fitting, the speakers of the
attributions before are the gold's; out of fold they are the ranker's own, as when it reads. Writes
`onrecord/quotes/speaker/speakers.onnx`, with `--folds` also the models that have not seen a fold, each as
`FOLDER/N/speakers.onnx` for `ONRECORD_LEARNED`, and prints how right, wrong and null names are out of fold, by
threshold; with `--ablation` the same without each group of features.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt

from onrecord.coreference import find_mentions
from onrecord.document.article import Metadata
from onrecord.files.source import Source
from onrecord.quotes.find import read_drafts
from onrecord.quotes.speaker.candidates import Scene, Track
from onrecord.quotes.speaker.features import GROUPS
from onrecord.quotes.speaker.ranking import is_certain, rows_of
from onrecord.reading import outline, shipped_tagger
from training.boosting import Rows, calibration, fit, write_trees
from training.names_alike import same_name, word_numbers, words_shared

TARGET = Path(__file__).parent.parent / "onrecord/quotes/speaker/speakers.onnx"
FILES = ("speech/dev.jsonl", "speech/dev_2.jsonl")
FOLDS = (0, 1, 2, 3)
#: The fold of articles that are fitted on but not measured on: another kind of gold.
OTHER = -1
ROUNDS = 400
PARAMETERS = {"num_leaves": 7, "min_data_in_leaf": 30, "feature_fraction": 0.5, "lambda_l2": 5.0}
THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)
_KINDS = frozenset({"person", "org", "unnamed_person", "unnamed_group"})
LEAST_SHARED = 0.5  # of the words of two contents that are one attribution

Gold = dict[str, Any]
Predict = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float64]]


@dataclass(frozen=True)
class Example:
    """An article with its scene; `gold` is what is annotated of each attribution, by its number."""

    scene: Scene
    gold: dict[int, Gold]
    fold: int

    def is_right(self, index: int, track: Track | None) -> bool:
        """Whether a candidate is the speaker of an annotated attribution."""
        gold = self.gold[index]
        if gold["kind"] not in ("person", "org"):
            return track is None
        names = [gold["speaker"], *gold.get("also", []), *gold["aliases"]]
        return track is not None and any(same_name(track.name, name, gold["kind"]) for name in names)

    def told(self) -> list[int | None]:
        """The speakers of all attributions: the gold's, where it has them, else the rules'."""
        keys = list(self.scene.keys)
        for index in self.gold:
            right = [track.key for track in self.scene.tracks.values() if self.is_right(index, track)]
            if keys[index] not in right:
                keys[index] = right[0] if right else None
        return keys


def read_examples(corpora: Path) -> list[Example]:
    """The annotated articles of folds 0 to 3, and those that have another kind of gold."""
    documents = [json.loads(line) for file in FILES for line in (corpora / file).read_text("utf-8").splitlines()]
    documents = [d for d in documents if d["fold"] in FOLDS] + list(_polnear(corpora))
    return [_example(document) for document in documents]


def _polnear(corpora: Path) -> Iterator[dict[str, Any]]:
    """The articles of `polnear_dev.jsonl` whose sources are identified."""
    speakers = {row["id"]: row for row in map(json.loads, _lines(corpora / "quotes/speakers_dev.jsonl"))}
    for document in map(json.loads, _lines(corpora / "quotes/polnear_dev.jsonl")):
        if document["id"] in speakers:
            found = {s["i"]: s for s in speakers[document["id"]]["speakers"]}
            given = [
                {**a, "speaker": found[i]["speaker"], "kind": found[i]["kind"]}
                for i, a in enumerate(document["attributions"])
                if i in found and not found[i].get("doubt") and a["content"] and found[i]["kind"] in _KINDS
            ]
            yield {**document, "attributions": given, "people": speakers[document["id"]]["people"], "fold": OTHER}


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _example(gold: dict[str, Any]) -> Example:
    text = gold["text"]
    document, facts = outline(Source(text, Metadata(publisher=gold.get("outlet"))))
    tagging = shipped_tagger().tag([document])[0]
    reading = read_drafts(document, tagging, find_mentions(document, tagging.names), facts)
    words = word_numbers(text)
    found = [words_shared(words, [(s.start, s.end) for s in draft.contents]) for draft in reading.drafts]
    aliases = {person["name"]: person["aliases"] for person in gold["people"]}
    golds = [{**a, "aliases": aliases.get(a["speaker"], [])} for a in gold["attributions"] if not a.get("doubt")]
    return Example(reading.scene, _matched(golds, found, words), gold["fold"])


def _matched(golds: Sequence[Gold], found: Sequence[frozenset[int]], words: Mapping[int, int]) -> dict[int, Gold]:
    """The gold of each attribution found, one to one, by the words that their contents share, most alike first."""
    pairs = []
    for number, gold in enumerate(golds):
        content = words_shared(words, gold["content"])
        for index, mine in enumerate(found):
            alike = len(content & mine) / max(1, len(content | mine))
            if alike >= LEAST_SHARED:
                pairs.append((alike, number, index))
    taken: set[int] = set()
    matched: dict[int, Gold] = {}
    for _, number, index in sorted(pairs, reverse=True):
        if number not in taken and index not in matched:
            taken.add(number)
            matched[index] = golds[number]
    return matched


def training_rows(examples: Sequence[Example], features: Sequence[str]) -> Rows:
    """A row for each candidate of each annotated attribution."""
    values: list[list[float]] = []
    labels: list[int] = []
    folds: list[int] = []
    for example in examples:
        spoken = example.told()
        for index in sorted(example.gold):
            if is_certain(example.scene, index):
                continue
            candidates, rows = rows_of(example.scene, index, spoken[:index])
            right = [example.is_right(index, track) for track in candidates]
            right[0] = right[0] or not any(right)  # whom the article does not name is nobody
            values += [[row[name] for name in features] for row in rows]
            labels += map(int, right)
            folds += [example.fold] * len(rows)
    return Rows(tuple(features), np.asarray(values, dtype=np.float32), np.asarray(labels), np.asarray(folds))


@dataclass(frozen=True)
class Answer:
    """What the ranker says of one annotated attribution: its best name, how probable, whether that is right."""

    example: Example
    index: int
    track: Track | None
    probability: float

    @property
    def right(self) -> bool:
        return self.track is not None and self.example.is_right(self.index, self.track)


def answers(example: Example, predict: Predict, features: Sequence[str]) -> Iterator[Answer]:
    """The answers for an article, each made knowing those before it."""
    spoken: list[int | None] = []
    for index in range(len(example.scene.drafts)):
        if is_certain(example.scene, index):
            spoken.append(example.scene.keys[index])
            continue
        candidates, rows = rows_of(example.scene, index, spoken)
        probabilities = predict(np.asarray([[row[name] for name in features] for row in rows], dtype=np.float32))
        best = candidates[int(np.argmax(probabilities))]
        spoken.append(None if best is None else best.key)
        named = max(range(1, len(candidates)), key=lambda n: float(probabilities[n]), default=0)
        if index in example.gold:
            yield Answer(example, index, candidates[named], float(probabilities[named]) if named else 0.0)


def out_of_fold(examples: Sequence[Example], features: Sequence[str], folder: Path | None = None) -> list[Answer]:
    """The answers of models that have not seen the article's fold; with `folder` the models are written there."""
    rows = training_rows(examples, features)
    boosters = {fold: fit(rows.where(rows.folds != fold), ROUNDS, PARAMETERS) for fold in FOLDS}
    found = [
        answer
        for example in examples
        if example.fold in boosters
        for answer in answers(example, _predicting(boosters[example.fold]), features)
    ]
    if folder is not None:
        for fold, booster in boosters.items():
            knots = knots_of([answer for answer in found if answer.example.fold != fold])
            write_trees(booster, features, folder / str(fold) / TARGET.name, knots=knots)
    return found


def _predicting(booster: lgb.Booster) -> Predict:
    return lambda table: np.asarray(booster.predict(table), dtype=np.float64)


def knots_of(found: Sequence[Answer]) -> list[tuple[float, float]]:
    """The curve that makes the probability of a name true."""
    return calibration(np.asarray([a.probability for a in found]), np.asarray([a.right for a in found]))


def measures(found: Sequence[Answer], knots: Sequence[tuple[float, float]], threshold: float) -> str:
    """How right, wrong (of those named) and null the names of sources that have one are; how many unnamed stay so."""
    before, after = zip(*knots, strict=True)
    counts: Counter[tuple[str, str]] = Counter()
    for answer in found:
        gold = answer.example.gold[answer.index]
        given = float(np.interp(answer.probability, before, after)) >= threshold
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
    found = out_of_fold(examples, features, options.folds)
    knots = knots_of(found)
    for threshold in THRESHOLDS:
        print(measures(found, knots, threshold))
    write_trees(fit(training_rows(examples, features), ROUNDS, PARAMETERS), features, TARGET, knots=knots)
    for group in sorted(set(GROUPS.values())) if options.ablation else ():
        left = out_of_fold(examples, without({group}))
        print(f"without {group}: {measures(left, knots_of(left), 0.55)}")


if __name__ == "__main__":
    main()
