"""The gold pages as blocks, each page read by the labeller that has not seen its fold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.document.article import SITE_KINDS, BlockKind
from onrecord.layout import segment
from onrecord.layout.labeller import forget_models
from onrecord.layout.lines import plain
from onrecord.learned.trees import FOLDER_VARIABLE
from training.layout_gold import FOLDS, STYLES, fold_of, read_rows, thinned

#: The style of pages without what stands around their story, made from `full`.
CROPPED = "cropped"
#: The style of articles without a page.
ARTICLE = "article"
#: Articles below `corpora` with their day, and the field that has it.
DATED_ARTICLES = (
    ("dates/gum_news.jsonl", "dct"),
    ("dates/meantime_en.jsonl", "dct"),
    ("dates/te3_aquaint.jsonl", "dct"),
    ("quotes/polnear_train.jsonl", "date"),
)
_AROUND = SITE_KINDS | {BlockKind.RELATED, BlockKind.COMMENT}

Words = Sequence[tuple[BlockKind, str]]


@dataclass(frozen=True)
class ReadPage:
    """A row of the gold in a style, and its blocks with what a person reads of them."""

    style: str
    row: dict[str, Any]
    words: Words

    @property
    def fold(self) -> int:
        return int(self.row["fold"])


def read_out_of_fold(corpora: Path, folds: Path, *, articles: bool = False) -> Iterator[ReadPage]:
    """The pages of the Web Content Extraction Benchmark in all styles, and cropped to their stories.

    `folds` holds the labeller's models by fold (`training.layout --folds`). With `articles` those without a page follow
    whose day is known.
    """
    before = os.environ.get(FOLDER_VARIABLE)
    rows = [*_pages(corpora), *(_articles(corpora) if articles else ())]
    for fold in range(FOLDS):
        os.environ[FOLDER_VARIABLE] = str(folds / str(fold))
        forget_models()
        for style, row in rows:
            if row["fold"] != fold:
                continue
            text = row["text"]
            words = [(block.kind, plain(text[block.start : block.end])) for block in segment(text)]
            yield ReadPage(style, row, words)
            if style == STYLES[0]:
                yield ReadPage(CROPPED, row, [(kind, line) for kind, line in words if kind not in _AROUND])
    os.environ.pop(FOLDER_VARIABLE)
    if before is not None:
        os.environ[FOLDER_VARIABLE] = before
    forget_models()


def _pages(corpora: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for style in STYLES:
        for row in read_rows(corpora / "pages" / f"wcxb_dev_{style}.jsonl"):
            yield style, row


def _articles(corpora: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Articles with their day; of the largest file one in three, as the labeller's gold has them."""
    for file, field in DATED_ARTICLES:
        for row in thinned(read_rows(corpora / file)):
            yield ARTICLE, row | {"date": row[field], "fold": fold_of(row)}
