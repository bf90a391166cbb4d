"""The sample corpus and its gold agree with each other: what the gold names stands in the text, in that order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from benchmarks.gate.floors import judge, load
from benchmarks.gate.results import Result
from benchmarks.gate.scored import Sample
from benchmarks.gate.workplace import Workplace, processor
from benchmarks.sample import Comparison, compare
from onrecord.document.article import DateMethod, QuoteType, SpeakerKind
from onrecord.warehouse.store import Warehouse
from tests.conftest import SampleRun

ROOT = Path(__file__).resolve().parents[1]
TRUTH = yaml.safe_load((ROOT / "tests/sample_truth.yaml").read_text(encoding="utf-8"))
ENCODINGS = {"aldermoor-gazette/water-meeting.txt": "cp1252"}


def plain(name: str) -> str:
    """The sample's text on one line: hard wraps and non-breaking spaces become single spaces."""
    return " ".join((ROOT / "raw" / name).read_bytes().decode(ENCODINGS.get(name, "utf-8-sig")).split())


def test_gold_covers_every_sample_but_the_damaged_one() -> None:
    files = {p.relative_to(ROOT / "raw").as_posix() for p in (ROOT / "raw").rglob("*.txt")}
    assert files - set(TRUTH) == {"damaged/0001.txt"}
    assert set(TRUTH) <= files


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_facts_stand_in_the_text(name: str) -> None:
    truth, text = TRUTH[name], plain(name)
    assert " ".join(truth["headline"].split()) in text
    for column in ("alternative_headline", "dateline", "located", "url"):
        assert " ".join(str(truth.get(column, "")).split()).casefold() in text.casefold()
    assert ("date_published" in truth) == ("precision" in truth) == ("method" in truth)
    assert "method" not in truth or truth["method"] in set(DateMethod)


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_quotes_stand_in_the_text_in_reading_order(name: str) -> None:
    text, by_name, last = plain(name), plain(name).casefold(), {"direct": 0, "other": 0}
    for quote in TRUTH[name]["quotes"]:
        assert quote["type"] in set(QuoteType)
        assert quote.get("kind", "person") in set(SpeakerKind)
        order = "direct" if quote["type"] == "direct" else "other"
        at = text.find(quote["starts"], last[order])
        assert at >= 0, f"{name}: {quote['starts']!r} is not in the text, or out of order"
        if not quote.get("maybe"):
            last[order] = at
        if "speaker" in quote:
            assert quote["speaker"].casefold() in by_name
        else:
            assert quote.get("kind", "person") != "person", f"{name}: {quote['starts']!r} has a person without a name"


def test_the_flow_reads_the_samples_as_a_careful_reader(sample: SampleRun) -> None:
    with Warehouse(sample.warehouse).latest() as snapshot:
        made = compare(snapshot, TRUTH)
    kept = replace(load(ROOT / "benchmarks/floors.json")["sample"], inputs={})
    broken = [
        one for one in judge(kept, Result.of(Sample().figures, made.percentages()), {}, processor()) if one.broken
    ]
    assert not broken, "\n".join(made.differences)


def test_the_gold_is_what_the_floors_were_measured_with(tmp_path: Path) -> None:
    found = Sample().inputs(Workplace(tmp_path, tmp_path))
    assert found == load(ROOT / "benchmarks/floors.json")["sample"].inputs, (
        "python -m benchmarks.gate --update --only sample"
    )


def test_percentages_are_of_what_was_asked() -> None:
    made = Comparison(Counter({"quotes found": 8, "speaker": 3}), Counter({"quotes found": 6, "speaker": 2}), 1)
    assert made.percentages() == {"quotes found": 75.0, "speaker": 66.7, "wrong name": 16.7}
