"""Fit what is a report and of which kind, on articles annotated by reading.

    python -m training.report_kind statistics CORPORA
    python -m training.report_kind fit CORPORA [--folds FOLDER]

`statistics` counts the heads of cues in PolNeAR's training articles into `cue_statistics.tsv`. `fit` reads the
articles of the speech gold (`training.speech_gold`) on folds 0 to 3, those of `quotes/polnear_dev.jsonl` and the
PolNeAR articles that the tagger was not trained on, prints figures out of fold, and writes `report_speech.onnx` (of
the speech gold alone), `report_kind.onnx` and `report_confidence.onnx`; with `--folds`, also models of each fold's
rest into FOLDER/N, for measuring on fold N (`ONRECORD_LEARNED`): on fold 4 the same models, which have not seen it. The
kinds of what is no speech come from `training/gold/report_kinds.jsonl`.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.document.article import QuoteType, ReportKind
from onrecord.quotes.attribution.cue_words import CueStatistics, cue_head, lemma, words_of
from onrecord.quotes.attribution.report_kind import NONE, REPORTED, confidence_features, decided
from training.boosting import Doubles, Rows, calibration, fit, out_of_fold, write_trees
from training.corpora import read_jsonl
from training.report_examples import FOLDS, OTHERS, PATTERNS_OF_REPORTS, SPOKEN, UNSURE, Example, read_examples

TARGET = Path(__file__).parent.parent / "onrecord/quotes/attribution"
MODELS = ("report_kind.onnx", "report_confidence.onnx", "report_speech.onnx")
KINDS = (*SPOKEN, *OTHERS, NONE)
ROUNDS = 180
KIND_PARAMETERS: Mapping[str, Any] = {
    "objective": "multiclass",
    "num_class": len(KINDS),
    "num_leaves": 6,
    "min_data_in_leaf": 10,
    "feature_fraction": 0.4,
    "lambda_l2": 5.0,
}
REPORT_ROUNDS = 300
REPORT_PARAMETERS: Mapping[str, Any] = {
    "num_leaves": 6,
    "min_data_in_leaf": 10,
    "feature_fraction": 0.4,
    "lambda_l2": 5.0,
}
CONFIDENCE_ROUNDS = 200
CONFIDENCE_PARAMETERS: Mapping[str, Any] = {
    "learning_rate": 0.03,
    "num_leaves": 6,
    "feature_fraction": 0.4,
    "lambda_l2": 5.0,
}


def counted(articles: Sequence[Mapping[str, Any]]) -> dict[str, CueStatistics]:
    """What the heads of cues do in annotated articles; heads seen once are left out."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    forms = Counter(word for article in articles for word in words_of(article["text"]))
    occurrences: Counter[str] = Counter()
    for form, times in forms.items():
        occurrences[lemma(form, forms)] += times
    for article in articles:
        text = article["text"]
        for gold in article["attributions"]:
            cue = " ".join(text[start:end] for start, end in gold["cue"])
            head = cue_head(cue, forms) if gold["content"] else None
            if head is None:
                continue
            start = gold["content"][0][0]
            first = words_of(text[start : start + 20])[:1]
            seen[head.lemma].update(
                {
                    "attributions": 1,
                    gold["type"]: 1,
                    "that": first == ("that",),
                    "infinitive": first == ("to",),
                    "content_first": start < gold["cue"][0][0],
                    "no_source": not gold["source"],
                }
            )
    names = [field.name for field in fields(CueStatistics)]
    return {
        lemma: CueStatistics(*((counts | Counter(occurrences=occurrences[lemma]))[name] for name in names))
        for lemma, counts in sorted(seen.items())
        if counts["attributions"] > 1
    }


def write_statistics(found: Mapping[str, CueStatistics], path: Path) -> None:
    """Write the counts as a table, a word a line."""
    head = "\t".join(["word", *(field.name for field in fields(CueStatistics))])
    lines = ["\t".join([lemma, *map(str, astuple(counts))]) for lemma, counts in found.items()]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def features_of(examples: Sequence[Example]) -> tuple[str, ...]:
    """The names of all features, in order of the alphabet."""
    return tuple(sorted({name for example in examples for name in example.values}))


def table(values: Sequence[Mapping[str, float]], names: Sequence[str]) -> npt.NDArray[np.float32]:
    """Feature values as rows; what an example lacks is missing."""
    return np.array([[held.get(name, np.nan) for name in names] for held in values], dtype=np.float32)


class KindModel:
    """Trees for the kinds. An example that may be of several counts as the likeliest of them.

    Trees fitted on the examples of one sure kind tell which that is.
    """

    def __init__(self, examples: Sequence[Example], names: Sequence[str]) -> None:
        used = [example for example in examples if example.kinds]
        values = table([example.values for example in used], names)
        folds = np.array([example.fold for example in used])
        weights = np.array([example.weight for example in used])
        labels = np.array([KINDS.index(example.kinds[0]) for example in used])
        sure = np.array([len(example.kinds) == 1 and example.weight == 1 for example in used])
        rows = Rows(tuple(names), values, labels, folds, weights)
        first = fit(rows.where(sure), ROUNDS // 2, KIND_PARAMETERS)
        allowed = np.array([[kind in example.kinds for kind in KINDS] for example in used])
        likeliest = np.where(allowed, np.asarray(first.predict(values)), -1).argmax(axis=1)
        rows = Rows(tuple(names), values, likeliest.astype(np.int64), folds, weights)
        self.names = tuple(names)
        self.booster = fit(rows, ROUNDS, KIND_PARAMETERS)

    def shares(self, examples: Sequence[Example]) -> list[dict[str, float]]:
        """The probability of each kind for each example."""
        found = np.asarray(self.booster.predict(table([example.values for example in examples], self.names)))
        return [dict(zip(KINDS, map(float, row), strict=True)) for row in found]


def report_rows(examples: Sequence[Example], names: Sequence[str]) -> Rows:
    """Rows for whether a candidate is a report of speech or writing with these words, where all are annotated."""
    used = [e for e in examples if (e.counts or e.by_pattern) and not e.repeats]
    weights = np.array([PATTERNS_OF_REPORTS if e.by_pattern else 1.0 for e in used])
    labels = np.array([int(e.found) for e in used])
    return Rows(tuple(names), table([e.values for e in used], names), labels, np.array([e.fold for e in used]), weights)


def judged(example: Example, share: Mapping[str, float]) -> ReportKind | None:
    """The kind that a candidate is given, as when the library reads it."""
    return decided(share, example.certain, bool(example.values.get("score: doubtful")))


def is_right(example: Example, kind: ReportKind | None) -> bool | None:
    """Whether a row of this kind would be right, as far as the gold tells."""
    if kind is None or example.repeats:
        return None
    if not example.found and (example.counts is (str(kind) in SPOKEN) or not example.counts):
        return False
    if example.counts and str(kind) in SPOKEN:
        return True
    if len(example.kinds) == 1:
        return str(kind) in SPOKEN if example.kinds[0] in SPOKEN else example.kinds[0] == kind
    return None


def confidence_rows(examples: Sequence[Example], shares: Sequence[Mapping[str, float]]) -> Rows:
    """Rows for how sure a judgement is, where it is known whether it is right."""
    kinds = [judged(example, share) for example, share in zip(examples, shares, strict=True)]
    outcome = [is_right(example, kind) for example, kind in zip(examples, kinds, strict=True)]
    known = [i for i, right in enumerate(outcome) if right is not None]
    values = [confidence_features(examples[i].values, shares[i], kinds[i]) for i in known]
    names = tuple(sorted({name for held in values for name in held}))
    labels = np.array([int(bool(outcome[i])) for i in known])
    folds = np.array([examples[i].fold for i in known])
    weights = np.array([min(1.0, examples[i].weight / UNSURE) for i in known])
    return Rows(names, table(values, names), labels, folds, weights)


def held_out_shares(examples: Sequence[Example], names: Sequence[str]) -> list[dict[str, float]]:
    """For each example the probabilities of kinds and of a report, of trees that have not seen its fold."""
    found: list[dict[str, float]] = [{} for _ in examples]
    for fold in sorted({example.fold for example in examples}):
        others = [example for example in examples if example.fold != fold]
        model, report = KindModel(others, names), fit(report_rows(others, names), REPORT_ROUNDS, REPORT_PARAMETERS)
        places = [i for i, example in enumerate(examples) if example.fold == fold]
        held = [examples[i] for i in places]
        reported = np.asarray(report.predict(table([example.values for example in held], names)))
        for i, share, probability in zip(places, model.shares(held), reported, strict=True):
            found[i] = share | {REPORTED: float(probability)}
    return found


def sigmoid(odds: Doubles) -> Doubles:
    """The probabilities of log odds."""
    return 1 / (1 + np.exp(-odds))


def write_models(examples: Sequence[Example], folder: Path) -> None:
    """Fit the models on these examples and write them into a folder; the confidence is calibrated out of fold."""
    names = features_of(examples)
    shares = held_out_shares(examples, names)
    rows = confidence_rows(examples, shares)
    odds = out_of_fold(rows, CONFIDENCE_ROUNDS, CONFIDENCE_PARAMETERS)
    usual = rows.weights == 1
    knots = calibration(sigmoid(odds)[usual], rows.labels[usual].astype(bool))
    write_trees(KindModel(examples, names).booster, names, folder / MODELS[0], classes=KINDS)
    write_trees(fit(report_rows(examples, names), REPORT_ROUNDS, REPORT_PARAMETERS), names, folder / MODELS[2])
    booster = fit(rows, CONFIDENCE_ROUNDS, CONFIDENCE_PARAMETERS)
    write_trees(booster, rows.features, folder / MODELS[1], knots=knots)


def tell(examples: Sequence[Example], shares: Sequence[Mapping[str, float]]) -> None:
    """Print, for the speech gold, how many rows of speech and writing are found, and how many are kept."""
    for quote_type in QuoteType:
        of_type = [
            (example, share)
            for example, share in zip(examples, shares, strict=True)
            if example.counts and example.quote_type is quote_type
        ]
        spoken = [example for example, share in of_type if str(judged(example, share)) in SPOKEN]
        right = sum(example.found for example in spoken)
        kept = right / max(1, sum(example.found for example, _ in of_type))
        fresh = sum(not example.repeats for example in spoken)
        print(
            f"{quote_type}: {len(of_type)} candidates, {len(spoken)} rows, {right / max(1, len(spoken)):.3f} right "
            f"({right / max(1, fresh):.3f} without repetitions), {kept:.3f} of those found kept"
        )
    labelled = [(e, s) for e, s in zip(examples, shares, strict=True) if len(e.kinds) == 1 and e.weight == 1]
    confused = Counter((e.kinds[0], str(judged(e, s) or NONE)) for e, s in labelled)
    for kind in KINDS:
        row = {other: confused[kind, other] for other in KINDS if confused[kind, other]}
        print(f"{kind}: {row}")


def main() -> None:
    """Count cues, or fit and write the models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["statistics", "fit"])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--folds", type=Path, help="folder for the models of each fold's rest")
    given = parser.parse_args()
    if given.what == "statistics":
        articles = read_jsonl(given.corpora / "quotes/polnear_train.jsonl")
        write_statistics(counted(articles), TARGET / "cue_statistics.tsv")
        return
    examples = [e for e in read_examples(given.corpora) if e.fold < FOLDS]
    tell(examples, held_out_shares(examples, features_of(examples)))
    write_models(examples, TARGET)
    for fold in range(FOLDS) if given.folds else ():
        write_models([e for e in examples if e.fold != fold], given.folds / str(fold))
    for name in MODELS if given.folds else ():
        copyfile(TARGET / name, given.folds / str(FOLDS) / name)


if __name__ == "__main__":
    main()
