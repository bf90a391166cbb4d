"""Annotated articles, each with all that is read of it before its names; the taggings are kept between runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.document.article import Attribution, EntityType, Metadata, NameSpan, Publication, Span, Tagging
from onrecord.document.document import Document
from onrecord.files.source import Source
from onrecord.reading import outline
from onrecord.tagger.default import MODEL
from onrecord.version import STAGES
from training.corpora import read_jsonl
from training.fold_tagger import FOLDS, HELD_OUT, tagger_for
from training.speech_gold import FILES, annotated, files_read

#: Articles of fold 4, those of the other folds of the speech corpora, and those read for the project.
GROUPS = ("fold 4", "speech", "read")


@dataclass(frozen=True)
class Article:
    """An annotated article with all that is read of it before its names."""

    gold: Mapping[str, Any]
    group: str
    document: Document
    publication: Publication
    tagging: Tagging


def read_gold(corpora: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The annotated articles, each with its group."""
    texts = {file: read_jsonl(corpora / file) for file in files_read()}
    speech = [row for file in FILES for row in read_jsonl(corpora / file)]
    for group, rows in zip(GROUPS[1:], (speech, annotated(texts)), strict=True):
        yield from ((GROUPS[0] if row["fold"] == HELD_OUT else group, row) for row in rows)


def read_articles(corpora: Path, cache: Path | None = None) -> list[Article]:
    """The annotated articles as the taggers of their folds read them; the taggings are kept in the folder `cache`."""
    golds = list(read_gold(corpora))
    outlines = [outline(Source(row["text"], Metadata(publisher=row.get("outlet")))) for _, row in golds]
    stored = None if cache is None else cache / f"taggings-{_digest([gold for _, gold in golds])}.json"
    if stored is not None and stored.exists():
        taggings = [stored_tagging(row) for row in json.loads(stored.read_bytes())]
    else:
        taggings = [tagger_for(g).tag([d])[0] for (_, g), (d, _) in zip(golds, outlines, strict=True)]
    if stored is not None and not stored.exists():
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(storable(taggings), encoding="utf-8")
    return [
        Article(gold, group, document, publication, tagging)
        for (group, gold), (document, publication), tagging in zip(golds, outlines, taggings, strict=True)
    ]


def _digest(golds: Iterable[Mapping[str, Any]]) -> str:
    """Eight hex digits of what taggings depend on.

    These are the stages up to the tagger, its weights and those of its folds, and the articles.
    """
    digest = hashlib.sha256(repr([STAGES[stage] for stage in ("files", "layout", "tagger")]).encode())
    digest.update(repr([(gold["id"], gold["fold"], gold["text"]) for gold in golds]).encode())
    for folder in (FOLDS, Path(str(files(MODEL)))):
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".onnx", ".json"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def storable(taggings: Sequence[Tagging]) -> str:
    """Taggings as JSON."""
    return json.dumps([asdict(tagging) for tagging in taggings])


def stored_tagging(row: Mapping[str, Any]) -> Tagging:
    """A tagging as it was stored."""

    def attribution(stored: Mapping[str, Any]) -> Attribution:
        ends = {key: stored[key] and Span(**stored[key]) for key in ("cue", "source")}
        return Attribution(**{**stored, **ends, "content": tuple(Span(**span) for span in stored["content"])})

    names = tuple(NameSpan(**{**name, "entity_type": EntityType(name["entity_type"])}) for name in row["names"])
    return Tagging(names, *(tuple(map(attribution, row[key])) for key in ("attributions", "possible")))
