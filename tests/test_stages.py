"""A stage that gives something else than before has a new number, and its digest is written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.gate.workplace import processor
from benchmarks.stages import STORED, differing, digests
from onrecord import version
from onrecord.version import STAGES, data_digest, pipeline_version


def test_what_a_stage_gives_changes_with_its_number_only() -> None:
    stored = json.loads(STORED.read_text("utf-8"))
    assert stored["stages"].keys() == STAGES.keys()
    changed = differing(stored, digests(), processor())
    forgotten = [stage for stage in changed if stored["stages"][stage]["number"] == STAGES[stage]]
    assert not forgotten, f"{forgotten} give something else: raise them in onrecord/version.py"
    assert not changed, f"{changed} were raised: run python -m benchmarks.stages --write"


def test_few_texts_may_come_out_otherwise_on_another_processor() -> None:
    stored = {"processor": "vax", "stages": {"dates": {"number": 1, "digests": ["a", "b", "c"]}}}
    assert differing(stored, {"dates": ["a", "x", "x"]}, "pdp") == []
    assert differing(stored, {"dates": ["a", "b", "x"]}, "vax") == ["dates"]
    assert differing(stored, {"dates": ["x", "x", "x"]}, "pdp") == ["dates"]
    assert differing(stored, {"dates": ["a", "b", "c", "d"]}, "pdp") == ["dates"]


def test_the_version_is_of_stages_data_and_tagger(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline_version.cache_clear()
    plain = pipeline_version()
    assert plain == f"{'.'.join(str(number) for number in STAGES.values())}+{data_digest()}"
    assert pipeline_version("spacy:x") != plain
    pipeline_version.cache_clear()
    monkeypatch.setattr(version, "STAGES", {**STAGES, "dates": STAGES["dates"] + 1})
    assert pipeline_version() != plain
    pipeline_version.cache_clear()


@pytest.mark.parametrize(
    ("content", "same"), [("a: [b]\n", True), ("# Why.\n\na: [b]\n  # And\n", True), ("a: [b, c]\n", False)]
)
def test_comments_in_word_lists_make_nothing_outdated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, same: bool
) -> None:
    for package in version.PACKAGES:
        (tmp_path / package).mkdir()
    monkeypatch.setattr(version, "files", lambda _package: tmp_path)
    words = tmp_path / "lexicon" / "words.yaml"
    words.write_text("a: [b]\n", encoding="utf-8")
    (tmp_path / "lexicon" / "code.py").write_text("x = 1\n", encoding="utf-8")
    before = data_digest()
    words.write_text(content, encoding="utf-8")
    (tmp_path / "lexicon" / "code.py").write_text("x = 2\n", encoding="utf-8")
    assert (data_digest() == before) is same
