"""Annotated articles are read by groups, and their taggings kept as long as they are those of the same articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import annotated
from onrecord.document.article import Tagging
from onrecord.document.document import Document
from tests.benchmarks.annotated_article import TEXT, article


@pytest.mark.parametrize("key", ["id", "fold", "text"])
def test_taggings_are_those_of_the_same_articles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str) -> None:
    """Taggings kept of other articles, or of other folds, are made anew."""
    row, tagged = {"id": "invented", "fold": 1, "text": TEXT}, []

    class Tagger:
        def tag(self, documents: list[Document]) -> list[Tagging]:
            tagged.append(len(documents))
            return [Tagging()] * len(documents)

    monkeypatch.setattr(annotated, "FOLDS", tmp_path / "folds")
    monkeypatch.setattr(annotated, "MODEL", "tests")
    monkeypatch.setattr(annotated, "tagger_for", lambda _: Tagger())
    for given in (row, row, {**row, key: f"{TEXT} Rain fell." if key == "text" else 2}):
        monkeypatch.setattr(annotated, "read_gold", lambda _, one=given: [("speech", one)])
        annotated.read_articles(tmp_path, tmp_path / "cache")
    assert len(tagged) == 2


def test_taggings_are_kept_as_they_were() -> None:
    tagging = article().tagging
    assert annotated.stored_tagging(json.loads(annotated.storable([tagging]))[0]) == tagging


def test_gold_is_read_by_groups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = {"speech/dev.jsonl": [{"fold": 4}], "speech/dev_2.jsonl": [{"fold": 0}]}
    monkeypatch.setattr(annotated, "files_read", tuple)
    monkeypatch.setattr(annotated, "annotated", lambda _: [{"fold": 2}, {"fold": 4}])
    monkeypatch.setattr(annotated, "read_jsonl", lambda path: rows[path.relative_to(tmp_path).as_posix()])
    assert [group for group, _ in annotated.read_gold(tmp_path)] == ["fold 4", "speech", "read", "fold 4"]
