"""Gold rows of our own → documents → labels."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from onrecord.document.article import EntityType, Span
from training.corpora import (
    WIKIGOLD_TYPES,
    WORLDWIDE_TYPES,
    GoldDocument,
    GoldName,
    read_names,
    read_organisations,
    read_quotes,
)

TEXT = 'Mira Boru said: "We go.\n\nNo more."'


def write(path: Path, row: Mapping[str, object]) -> Path:
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_names_of_types_that_are_no_names_are_left_out(tmp_path: Path) -> None:
    row = {"id": "a", "text": TEXT, "entities": [[0, 9, "Person"], [10, 14, "Date"]], "region": "north"}
    (document,) = read_names(write(tmp_path / "n.jsonl", row), WORLDWIDE_TYPES)
    assert [(n.start, n.end, n.types) for n in document.names or ()] == [(0, 9, (EntityType.PERSON,))]
    assert document.attributions is None
    assert document.passages == (Span(0, 23), Span(25, 34))


def test_types_that_a_corpus_does_not_tell_apart_stay_open(tmp_path: Path) -> None:
    row = {"id": "a", "text": TEXT, "entities": [[0, 4, "MISC"]]}
    (document,) = read_names(write(tmp_path / "n.jsonl", row), WIKIGOLD_TYPES)
    assert set((document.names or ())[0].types) == {EntityType.MISC, EntityType.NORP}


def test_attributions(tmp_path: Path) -> None:
    part = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[17, 23], [25, 33]], "type": "direct"}
    (document,) = read_quotes(write(tmp_path / "q.jsonl", {"id": "a", "text": TEXT, "attributions": [part]}))
    (found,) = document.attributions or ()
    assert found.content == (Span(17, 23), Span(25, 33))
    assert document.names is None


def test_an_unknown_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_quotes(tmp_path / "none.jsonl")


def test_organisations_of_a_corpus_that_marks_descriptions_too(tmp_path: Path) -> None:
    text = "We met the Orvane Front and the FNO in Teko; the front said it. It fled."
    marked = ["We", "Orvane Front", "the FNO", "Teko", "the front", "It"]
    entities = [[text.index(m), text.index(m) + len(m), "Organisation"] for m in marked]
    row = {"id": "a", "source": "Gazette", "text": text, "entities": entities}
    other = GoldDocument("t", "we saw it in Teko", (GoldName(13, 17, (EntityType.LOC,)),), None, "north")
    (document,) = read_organisations(write(tmp_path / "r.jsonl", row), [other])
    assert [text[n.start : n.end] for n in document.names or ()] == ["Orvane Front", "FNO"]
    assert document.partial
    left_out = write(tmp_path / "s.jsonl", row | {"source": "BBC Online"})
    assert read_organisations(left_out, [other]) == []
