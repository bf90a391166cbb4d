"""A reading that fails, or goes on for ever and is ended, is told of, and only its own article is lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord.document.article import Article, Tagging
from onrecord.document.document import Document
from onrecord.files import Source
from onrecord.reading import read_each
from onrecord.settings import Settings
from onrecord.tagger import Tagger
from onrecord.warehouse.rows import article_id
from tasks import extract as extracting
from tasks import survey as surveying
from tasks.batches import RawFile
from tasks.deadline import OverdueError, allowed, deadline
from tasks.extract import Run, extract
from tasks.staging import Staged, write_recurring
from tasks.survey import survey

RUN = Run("run", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


class Nothing:
    """A tagger that finds nothing."""

    name = "nothing"

    def tag(self, documents: Sequence[Document]) -> list[Tagging]:
        return [Tagging() for _ in documents]


def put(folder: Path, texts: Mapping[str, str]) -> list[RawFile]:
    """Raw files below the folder."""
    (folder / "raw").mkdir()
    files = []
    for name, text in texts.items():
        path = folder / "raw" / name
        path.write_text(text)
        files.append(RawFile(name, hashlib.sha256(text.encode()).hexdigest(), len(text), None, None, path))
    return files


def extracted(folder: Path, files: Sequence[RawFile], monkeypatch: pytest.MonkeyPatch, reading: Any) -> Staged:
    """The files as one batch, which `reading` reads."""
    write_recurring(folder / "staging", 0, {article_id(file.path): () for file in files})
    monkeypatch.setattr(extracting, "tagger_of", lambda _name: Nothing())
    monkeypatch.setattr(extracting, "read_each", reading)
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse")
    return extract(files, 0, settings, RUN, folder / "staging")


def test_a_regular_expression_that_backtracks_for_ever_is_ended() -> None:
    with pytest.raises(OverdueError, match="not read within 0 s"), deadline(0.2):
        re.match(r"(a+)+$", "a" * 60 + "b")


def test_a_loop_in_another_thread_is_ended() -> None:
    caught: list[BaseException] = []

    def loop() -> None:
        try:
            with deadline(0.2):
                while True:
                    time.sleep(0.01)
        except OverdueError as error:
            caught.append(error)

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    thread.join(20)
    assert [str(error) for error in caught] == ["it was not read within 0 s"]


def test_what_ends_in_time_is_left_alone() -> None:
    with deadline(0.1):
        pass
    time.sleep(0.2)


def test_a_hanging_article_is_its_own_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"good.txt": "Mayor Ada Strand said the bridge is safe.", "hangs.txt": "Tam Oriel said nothing, for ever."}
    files = put(tmp_path, texts)

    def hanging(sources: Sequence[Source], tagger: Tagger) -> Iterator[Article]:
        for source in sources:
            while "for ever" in source.text:
                time.sleep(0.01)
        return read_each(sources, tagger)

    list(read_each([Source(texts["good.txt"])], Nothing()))  # what is loaded once
    monkeypatch.setattr(extracting, "allowed", lambda _characters: 2.0)
    made = extracted(tmp_path, files, monkeypatch, hanging)
    assert made.rows["articles"] == 1
    assert [(reject.key, reject.stage) for reject in made.rejects] == [("hangs.txt", "extract")]
    reason = made.rejects[0].reason
    assert "not read within 2 s (test_deadline.py:" in reason
    assert "please report it" in reason


def test_a_batch_that_fails_only_together_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    files = put(tmp_path, {"a.txt": "Mayor Ada Strand said the bridge is safe.", "b.txt": "Tam Oriel said nothing."})

    def alone(sources: Sequence[Source], tagger: Tagger) -> Iterator[Article]:
        if len(sources) > 1:
            raise IndexError("the bridge is safe")
        return read_each(sources, tagger)

    with caplog.at_level(logging.WARNING):
        made = extracted(tmp_path, files, monkeypatch, alone)
    assert (made.rows["articles"], made.rejects) == (2, ())
    assert "2 articles could not be read together (IndexError, test_deadline.py:" in caplog.text
    assert "the bridge is safe" not in caplog.text


def test_a_survey_that_is_not_done_in_time_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    files = put(tmp_path, {"slow.txt": "Mayor Ada Strand said the bridge is safe."})
    monkeypatch.setattr(surveying, "allowed", lambda _characters: 0.2)
    monkeypatch.setattr(surveying, "outline", lambda _source: time.sleep(20))
    with caplog.at_level(logging.WARNING):
        path = survey(files, 0, Settings(raw=tmp_path / "raw", since=RUN.started_at.date()), tmp_path / "staging")
    (row,) = pq.read_table(path).to_pylist()
    assert (row["article_id"], row["site"], row["lines"]) == (article_id("slow.txt"), None, [])
    assert "slow.txt could not be surveyed (OverdueError, test_deadline.py:" in caplog.text


def test_a_whole_newspaper_has_hours() -> None:
    assert allowed(0) == 600
    assert allowed(12_000_000) == 40_600
