"""Fit the ranker of roles: which of the words that may be a person's role are it, on the gold of who said what.

    python -m training.roles CORPORA [--folds FOLDER] [--ablation]

Reads the speech gold (`training.speech_gold`, folds 0 to 3; fold 4 is not looked at), the speakers of
`quotes/speakers_dev.jsonl` and the invented articles, runs the shipped tagger over the texts and matches the
attributions found with those of the gold by their content. Words are right where they share enough with the role that
the gold gives at least half of the person's attributions. Writes `onrecord/quotes/attributes/roles.onnx`, with
`--folds` also the models that have not seen a fold, each as `FOLDER/N/roles.onnx` for `ONRECORD_LEARNED`, and prints
precision and recall of the roles of named persons out of fold, by threshold; with `--ablation` the same without each
feature.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile
from typing import Any

import lightgbm as lgb
import numpy as np

from onrecord.coreference import find_mentions
from onrecord.document.article import Metadata, Span, SpeakerKind
from onrecord.files.source import Source
from onrecord.quotes.attributes.role import candidates_of_all
from onrecord.quotes.attributes.role_features import FEATURES, features_of, options_of
from onrecord.quotes.attributes.role_ranking import THRESHOLD
from onrecord.quotes.find import read_drafts
from onrecord.quotes.speaker.decision import decided
from onrecord.reading import outline
from training import boosting
from training.boosting import Doubles, Rows, calibration, fit, write_trees
from training.fold_tagger import tagger_for
from training.names_alike import plain_name, word_numbers, words_shared
from training.speaker_examples import FOLDS, OTHER, matched, polnear
from training.speech_gold import read_invented, read_speech_gold

#: The fold that nothing is fitted on: the shipped model has not seen it.
HELD_OUT = 4
TARGET = Path(__file__).parent.parent / "onrecord/quotes/attributes/roles.onnx"
ROUNDS = 200
PARAMETERS = {
    "num_leaves": 7,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.3,
    "learning_rate": 0.02,
    "seed": 2,
    "lambda_l2": 2.0,
}
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
_ALIKE = 0.6  # share of words that a role and the gold's must have in common
_MOST = 3  # attributions of one person that count


@dataclass(frozen=True)
class Person:
    """A person of an annotated article: the gold's role of each attribution, and the words that may be it."""

    fold: int
    golds: tuple[str | None, ...]
    roles: tuple[str, ...]
    features: tuple[Mapping[str, float], ...]
    invented: bool = False

    def right(self, role: str) -> bool:
        """Whether a role is that of at least half of the attributions."""
        return 2 * sum(alike(role, gold) for gold in self.golds) >= len(self.golds)


def alike(role: str, gold: str | None) -> bool:
    """Whether two roles share enough of their words."""
    first, second = set(plain_name(role)), set(plain_name(gold or ""))
    return bool(first and second) and 2 * len(first & second) >= _ALIKE * (len(first) + len(second))


def read_people(corpora: Path) -> list[Person]:
    """The speakers of the annotated articles of folds 0 to 3, of those with another kind of gold, of invented ones."""
    articles = [*read_speech_gold(corpora, FOLDS), *polnear(corpora)]
    found = [person for article in articles for person in people_of(article)]
    invented = (person for article in read_invented(FOLDS) for person in people_of(article))
    return [*found, *(replace(person, invented=True) for person in invented)]


def people_of(gold: dict[str, Any]) -> Iterator[Person]:
    """The named persons who speak in an article, as the pipeline finds them."""
    document, facts = outline(Source(gold["text"], Metadata(publisher=gold.get("outlet"))))
    tagging = tagger_for(gold).tag([document])[0]
    reading = read_drafts(document, tagging, find_mentions(document, tagging.names), facts)
    speakers = [decision.speaker for decision in decided(reading.scene)]
    numbers = word_numbers(document.text)
    found = [words_shared(numbers, [(s.start, s.end) for s in draft.contents]) for draft in reading.drafts]
    annotated = matched([a for a in gold["attributions"] if not a.get("doubt")], found, numbers)
    ids = [s.mention.local_id if s.kind is SpeakerKind.PERSON and s.mention else None for s in speakers]
    own: dict[int, set[Span]] = {}
    for draft, local_id in zip(reading.drafts, ids, strict=True):
        if local_id is not None and draft.source is not None:
            own.setdefault(local_id, set()).add(draft.source)
    who, names = reading.who, reading.names
    found_roles = candidates_of_all(
        document.text, who.people, own, reading.drafts, document.sentences, names, who.discourse
    )
    for local_id in sorted({ids[index] for index in annotated} - {None}, key=str):
        person = who.people.get(local_id) if local_id is not None else None
        if person is not None:
            options = options_of(found_roles[person.local_id])
            golds = tuple(annotated[index].get("role") for index in sorted(annotated) if ids[index] == local_id)
            values = features_of(options, person, names, len(document.text))
            yield Person(gold["fold"], golds, tuple(option.role for option in options), tuple(values))


def training_rows(people: Sequence[Person], features: Sequence[str]) -> Rows:
    """A row for each of the words that may be a person's role, in order."""
    table = [[values[name] for name in features] for person in people for values in person.features]
    labels = [int(person.right(role)) for person in people for role in person.roles]
    folds = [person.fold for person in people for _ in person.roles]
    weights = [min(_MOST, len(person.golds)) ** 0.5 for person in people for _ in person.roles]
    return Rows(
        tuple(features), np.asarray(table, dtype=np.float32), np.asarray(labels), np.asarray(folds), np.asarray(weights)
    )


def measures(people: Sequence[Person], probabilities: Doubles, threshold: float, *, invented: bool = False) -> str:
    """Precision and recall of the role, by attributions of people of the folds that are measured on.

    :param invented: of the invented articles, not of the others.
    """
    counts: Counter[str] = Counter()
    at = 0
    for person in people:
        own = probabilities[at : at + len(person.roles)]
        at += len(person.roles)
        if person.fold == OTHER or person.invented is not invented:
            continue
        best = int(np.argmax(own)) if len(own) else None
        role = person.roles[best] if best is not None and own[best] >= threshold else None
        counts["gold"] += sum(gold is not None for gold in person.golds)
        counts["given"] += len(person.golds) if role is not None else 0
        counts["right"] += sum(role is not None and alike(role, gold) for gold in person.golds)
    precision, recall = (counts["right"] / max(1, counts[name]) for name in ("given", "gold"))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"at {threshold}: precision {precision:.1%} recall {recall:.1%} F1 {f1:.1%} of {counts['gold']}"


def out_of_fold(people: Sequence[Person], features: Sequence[str], folder: Path | None = None) -> tuple[Rows, Doubles]:
    """The rows with raw scores of models that have not seen the fold; with `folder` the models are written there."""
    rows = training_rows(people, features)

    def keep(fold: int, booster: lgb.Booster) -> None:
        if folder is not None:
            write_trees(booster, features, folder / str(fold) / TARGET.name)

    return rows, boosting.out_of_fold(rows, ROUNDS, PARAMETERS, folds=FOLDS, keep=keep)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--ablation", action="store_true")
    options = parser.parse_args()
    people, features = read_people(options.corpora), list(FEATURES)
    rows, scores = out_of_fold(people, features, options.folds)
    probabilities = 1 / (1 + np.exp(-scores))
    print(f"{len(people)} persons, {len(rows.labels)} options, {int(rows.labels.sum())} right")
    for threshold in THRESHOLDS:
        print(measures(people, probabilities, threshold))
    print("invented", measures(people, probabilities, THRESHOLD, invented=True))
    known = rows.folds != OTHER
    print("calibration:", calibration(probabilities[known], rows.labels[known] == 1, 8))
    write_trees(fit(rows, ROUNDS, PARAMETERS), features, TARGET)
    if options.folds is not None:
        copyfile(TARGET, options.folds / str(HELD_OUT) / TARGET.name)
    for name in features if options.ablation else ():
        _, left = out_of_fold(people, [other for other in features if other != name])
        print(f"without {name}: {measures(people, 1 / (1 + np.exp(-left)), THRESHOLD)}")


if __name__ == "__main__":
    main()
