"""Scores of taggings that are right, wrong and nearly right."""

import pytest

from onrecord.document.article import Attribution, EntityType, NameSpan, Span, Tagging
from training.calibrate import fit_platt
from training.corpora import GoldAttribution, GoldDocument, GoldName
from training.evaluate import Report, calibration_error, evaluate

TEXT = '"We go," said Mira Boru of Kestrel Bay. "And stay away."'
PERSON = Span(14, 23)
CUE = Span(9, 13)
PLACE = Span(27, 38)


class Fixed:
    """Finds what it was given."""

    name = "fixed"

    def __init__(self, tagging: Tagging) -> None:
        self.tagging = tagging

    def tag(self, _: object) -> list[Tagging]:
        return [self.tagging]


def document() -> GoldDocument:
    names = (
        GoldName(PERSON.start, PERSON.end, (EntityType.PERSON,)),
        GoldName(PLACE.start, PLACE.end, (EntityType.LOC,)),
    )
    return GoldDocument(
        "a", TEXT, names, (GoldAttribution((PERSON,), (CUE,), (Span(0, 8), Span(40, 56)), "direct"),), "north"
    )


def report_of(*attributions: Attribution, names: tuple[NameSpan, ...] = ()) -> Report:
    return evaluate(Fixed(Tagging(names, attributions)), [document()])


def test_marks_at_the_edges_do_not_matter() -> None:
    report = report_of(Attribution((Span(1, 6), Span(41, 54)), CUE, PERSON, 0.9))
    for key in ("source", "cue", "content", "content words", "triples exact", "triples overlap"):
        assert report.counts[f"quotes {key}"].scores()["F1"] == 100


def test_half_a_content_overlaps_but_is_not_exact() -> None:
    report = report_of(Attribution((Span(40, 56),), CUE, PERSON, 0.9))
    assert report.counts["quotes content"].hits == 0
    assert report.counts["quotes triples exact"].hits == 0
    assert report.counts["quotes triples overlap"].hits == 1
    assert report.counts["quotes content words"].scores()["P"] == 100


def test_a_wrong_source_is_no_triple() -> None:
    report = report_of(Attribution((Span(0, 8), Span(40, 56)), CUE, PLACE, 0.9))
    assert report.counts["quotes content"].hits == 1
    assert report.counts["quotes triples overlap"].hits == 0


def test_the_same_attribution_twice_is_right_once() -> None:
    one = Attribution((Span(0, 8), Span(40, 56)), CUE, PERSON, 0.9)
    report = report_of(one, one)
    assert report.counts["quotes triples exact"].scores() == {"P": 50.0, "R": 100.0, "F1": 66.7}
    assert report.counts["quotes cue"].hits == 1


def test_a_name_needs_its_type() -> None:
    names = (
        NameSpan(PERSON.start, PERSON.end, EntityType.PERSON, 0.9),
        NameSpan(PLACE.start, PLACE.end, EntityType.ORG, 0.9),
    )
    report = report_of(names=names)
    assert report.counts["names PERSON+ORG+LOC"].scores() == {"P": 50.0, "R": 50.0, "F1": 50.0}
    assert report.counts["names untyped"].scores()["F1"] == 100
    assert report.counts["names in north"].found == 2


def test_calibration_error() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == 0
    assert calibration_error([(0.9, False)] * 5) == pytest.approx(0.9)
    assert calibration_error([]) == 0


def test_scores_that_promise_too_much_are_drawn_down() -> None:
    rows = [(0.95, i % 10 < 6) for i in range(500)] + [(0.6, i % 10 < 3) for i in range(500)]
    slope, shift = fit_platt(rows)
    assert slope > 0
    assert slope * 2.944 + shift == pytest.approx(0.405, abs=0.05)
    assert fit_platt([(0.8, i % 5 < 4) for i in range(1000)]) == pytest.approx((1.0, 0.0), abs=0.05)
