"""What the gate measures: each gold, its scorer, and the figures that matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from benchmarks.gate.facts import Cases, Seeds
from benchmarks.gate.results import Figure, Result, higher, lower
from benchmarks.gate.scored import Reading, Sample, Scored
from benchmarks.gate.workplace import Row, Workplace
from training.fold_tagger import HELD_OUT
from training.speech_gold import annotated, completed, files_read

#: How the gold pages were made into text.
STYLES = ("full", "markdown", "lines", "mild")
#: Pages taken of the large gold, in equal parts of the styles.
PAGES = 100


class Measurement(Protocol):
    """Something that gives figures or facts.

    `quick`: part of what CI runs. `folded`: its gold carries folds. `reads`: the ingest that it shares with others.
    """

    @property
    def name(self) -> str: ...

    @property
    def quick(self) -> bool: ...

    @property
    def needs_shared(self) -> bool: ...

    @property
    def folded(self) -> bool: ...

    @property
    def command(self) -> str: ...

    @property
    def reads(self) -> str: ...

    def inputs(self, place: Workplace) -> dict[str, str]:
        """SHA-256 of all that it is measured with, by name."""

    def measure(self, place: Workplace) -> Result:
        """Measures. Raises MeasurementError where that cannot be done."""

    def noise(self, place: Workplace, samples: int) -> Mapping[Figure, float]:
        """The standard error of each figure over articles."""


def mixed_pages(golds: Sequence[list[Row]]) -> list[Row]:
    """100 pages spread evenly over the first gold file, each in one style, the styles in turn."""
    by_style = [{row["id"]: row for row in rows} for rows in golds]
    ids = [row["id"] for row in golds[0] if all(row["id"] in rows for rows in by_style)]
    chosen = ids[:: max(1, len(ids) // PAGES)][:PAGES]
    return [by_style[number % len(by_style)][page] for number, page in enumerate(chosen)]


def read_for_the_project(golds: Sequence[list[Row]]) -> list[Row]:
    """The articles of several corpora whose attributions were annotated for the project."""
    return annotated(dict(zip(files_read(), golds, strict=True)))


def invented(golds: Sequence[list[Row]]) -> list[Row]:
    """The articles that were invented for the project, with their attributions."""
    (rows,) = golds
    return completed(rows)


def fitted_on(row: Row) -> bool:
    """Whether an article's fold is one of those that models and rules are made on."""
    return int(row["fold"]) != HELD_OUT


def held_out(row: Row) -> bool:
    """Whether an article is of outlets that nothing is fitted on, and whose errors nobody reads."""
    return not fitted_on(row)


def names_unseen(row: Row) -> bool:
    """Whether the shipped tagger was trained without the article's names."""
    return not row["names_seen"]


_SPEECH = (
    *higher("recall.direct", "recall.mixed", "recall.indirect"),
    *higher("precision.direct", "precision.mixed", "precision.indirect", "source_right"),
    *(
        figure
        for group in ("quoted", "indirect", "person", "org")
        for figure in (
            *higher(f"speaker.{group}.right"),
            *lower(f"speaker.{group}.wrong_name", f"speaker.{group}.null_though_clear"),
        )
    ),
    *higher("unnamed_left_unnamed", "role.F1", "medium.F1", "date.F1"),
    *lower("calibration.row", "calibration.name"),
    *higher("calibration.names_sure_right", "calibration.rows_sure_right"),
)
_QUOTES = (
    *higher("spans_exact.source.F1", "spans_exact.cue.F1", "spans_exact.content.F1", "content_tokens.F1"),
    *higher("attribution.exact.F1", "attribution.overlap.F1"),
    *higher("recall.direct.0", "recall.mixed.0", "recall.indirect_speech.0", "recall.indirect_attitude.0"),
    *higher("direct_precision", "direct_source_accuracy"),
    *(
        figure
        for group in ("all", "quoted", "indirect")
        for figure in higher(
            f"speaker_identity.{group}.right_end_to_end", f"speaker_identity.{group}.precision_when_named"
        )
    ),
    *higher("unnamed_left_unnamed"),
)
_NAMES = higher("PERSON.F1", "ORG.F1", "LOC.F1", "NORP.F1", "names.F1", "all.F1", "names_untyped.F1")
_LINKING = higher("matched", "B3.P", "B3.R", "B3.F1", "B3_without_peoples.P", "B3_without_peoples.F1")
_DATES = higher("strict.F1", "relaxed.F1", "value.F1", "DATE_value_recall")
_COPIES = higher("ARI", "pair_precision", "pair_recall")
_BODY = higher("body.P", "body.R", "body.F1")
_PAGES = (*_BODY, *higher("headline_right", "date_right", "authors_right", "authors_found"), *lower("date_wrong"))


def _score(name: str, what: str, gold: str, figures: tuple[Figure, ...], *, speakers: str | None = None) -> Scored:
    reading = Reading(name, (f"corpora/{gold}",))
    return Scored(name, reading, ("score/score.py", what), figures, speakers=speakers)


def _speech(
    name: str, reading: Reading, only: Callable[[Row], bool] | None = None, *, quick: bool = True
) -> Measurement:
    return Scored(name, reading, ("score/score.py", "speech"), _SPEECH, only=only, quick=quick)


def _pages(reading: Reading, figures: tuple[Figure, ...]) -> Measurement:
    return Scored(reading.name, reading, ("score/score_pages.py",), figures)


def measurements() -> tuple[Measurement, ...]:
    """All of them, in the order in which they are made: what takes longest first, so that no job waits at the end."""
    speech = Reading("speech_dev", ("corpora/speech/dev.jsonl",), folded=True)
    speech_2 = Reading("speech_dev_2", ("corpora/speech/dev_2.jsonl",), folded=True)
    read = tuple(f"corpora/{file}" for file in files_read())
    speech_read = Reading("speech_read", read, read_for_the_project, folded=True)
    speech_invented = Reading("speech_invented", ("training/gold/invented.jsonl",), invented, folded=True)
    fundus = [
        Reading(
            f"pages_fundus_{style}", (f"corpora/pages/fundus_evaluation_{style}.jsonl",), metadata=False, folded=True
        )
        for style in STYLES
    ]
    wcxb = tuple(f"corpora/pages/wcxb_dev_{style}.jsonl" for style in STYLES)
    return (
        Cases(),
        _speech("speech_read", speech_read, fitted_on, quick=False),
        _speech("speech_held_out", speech_read, held_out, quick=False),
        _speech("speech_invented", speech_invented, fitted_on, quick=False),
        _speech("speech_invented_held_out", speech_invented, held_out, quick=False),
        _speech("speech_dev", speech),
        _speech("speech_dev_unseen", speech, names_unseen),
        _speech("speech_dev_2", speech_2),
        Sample(),
        Seeds(),
        _score(
            "quotes_dev", "quotes", "quotes/polnear_dev.jsonl", _QUOTES, speakers="corpora/quotes/speakers_dev.jsonl"
        ),
        _score("names_dev", "entities", "names/worldwide_dev.jsonl", _NAMES),
        _score("linking_gum", "linking", "names/gum_crossdoc.jsonl", _LINKING),
        _score("linking_meantime", "linking", "names/meantime_crossdoc.jsonl", _LINKING),
        _score("dates_gum", "dates", "dates/gum_news.jsonl", _DATES),
        _score("dates_meantime", "dates", "dates/meantime_en.jsonl", _DATES),
        _score("dates_aquaint", "dates", "dates/te3_aquaint.jsonl", _DATES),
        _score("copies_dev", "copies", "copies/dev.jsonl", _COPIES),
        *(_pages(reading, _BODY) for reading in fundus),
        _pages(Reading("pages_wcxb", wcxb, mixed_pages, metadata=False, folded=True), _PAGES),
    )
