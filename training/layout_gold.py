"""Labelled parts for the labeller of lines: pages with a gold body in four styles of dump, and articles without a page.

A part is of the body where half of its words stand in four-word runs that the gold body has as well (fragments of a
paragraph are credited, since runs go over line ends). Articles of the other corpora, and gold bodies under their gold
headline, are examples of text without anything around it.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.layout.headline import title_end
from onrecord.layout.lines import Part, ends_sentence, parts_of
from onrecord.layout.parts import label_by_form
from onrecord.layout.scores import story_scores

STYLES = ("full", "markdown", "lines", "mild")
#: Files of pages below `corpora/pages`, and of articles without a page below `corpora`.
PAGES = ("fundus_evaluation", "wcxb_dev")
ARTICLES = (
    "speech/dev.jsonl",
    "speech/dev_2.jsonl",
    "names/worldwide_train.jsonl",
    "dates/gum_news.jsonl",
    "dates/meantime_en.jsonl",
    "dates/te3_aquaint.jsonl",
    "quotes/polnear_train.jsonl",
    "names/wikigold.jsonl",
    "coreference/gum_coreference.jsonl",
)
FOLDS = 5
#: Of files with more articles than this, one in three is taken.
_MANY = 300
_TOKEN = re.compile(r"\w+")

Labels = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A text with its parts: `body` is the share of each part's words in the gold body, -1 where nothing is known.

    `headline` tells which parts are the gold headline; null where none is known. `style` names the sort of dump, `news`
    tells whether it is a page of a news outlet.
    """

    text: str
    parts: list[Part]
    body: Labels
    headline: NDArray[np.bool_] | None
    fold: int
    style: str
    address: str | None = None
    news: bool = False


def read_examples(corpora: Path) -> Iterator[Example]:
    """All examples, pages first. The same each time."""
    chance = random.Random(1)  # noqa: S311 - a choice of examples
    for style in STYLES:
        for name in PAGES:
            for row in read_rows(corpora / "pages" / f"{name}_{style}.jsonl"):
                yield _page(row, style, name.startswith("fundus"))
    for row in read_rows(corpora / "pages" / "wcxb_dev_mild.jsonl"):
        if row["headline"] and chance.random() < 0.5:
            yield _bare(row, chance)
    for file in ARTICLES:
        yield from _articles(corpora / file, chance)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of gold."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def thinned(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """One in three of many rows, else all."""
    return rows[::3] if len(rows) > _MANY else rows


def fold_of(row: Mapping[str, Any]) -> int:
    """The fold of a row: its own, else one by its id."""
    key = str(row.get("id") or row.get("doc_id"))
    return row["fold"] if isinstance(row.get("fold"), int) else zlib.crc32(key.encode()) % FOLDS


def _page(row: dict[str, Any], style: str, news: bool) -> Example:
    parts = parts_of(row["text"])
    headline = headlines(parts, row["headline"]) if row["headline"] else None
    return Example(row["text"], parts, body_shares(parts, row["body"]), headline, row["fold"], style, row["url"], news)


def _bare(row: dict[str, Any], chance: random.Random) -> Example:
    """The gold body under its gold headline, and nothing else."""
    blank = chance.choice(["\n", "\n\n"])
    body = [line for line in row["body"].splitlines() if line.strip()]
    text = blank.join([chance.choice(["", "", "# "]) + row["headline"], *body[: chance.choice([3, 8, 20, 99])]])
    parts = parts_of(text)
    shares = np.ones(len(parts))
    shares[0] = 0.0
    headline = np.arange(len(parts)) == 0
    return Example(text, parts, shares, headline, row["fold"], "bare", row["url"])


def _articles(path: Path, chance: random.Random) -> Iterator[Example]:
    for row in thinned(read_rows(path)):
        fold = fold_of(row)
        yield _article(row["text"], fold)
        lines = [line for line in row["text"].splitlines() if line.strip()]
        for _ in range(2):
            start = chance.randrange(len(lines))
            end = start + chance.choice([1, 1, 2, 3, 4, 6, 8])
            yield _article(chance.choice(["\n", "\n\n"]).join(lines[start:end]), fold)


def _article(text: str, fold: int) -> Example:
    """An article without a page: what has no form of its own is body, but for what may be a headline."""
    parts = parts_of(text)
    labelled = label_by_form(text, parts, story_scores([1.0] * len(parts), [0.0] * len(parts)))
    open_starts = {item.part.start for item in labelled if item.kind is None}
    body = np.array([1.0 if part.start in open_starts else -1.0 for part in parts])
    for i, part in enumerate(parts[:2]):
        if not ends_sentence(part.plain):
            body[i] = -1.0
    without_headline = bool(parts) and len(parts[0].plain) > 130
    return Example(text, parts, body, np.zeros(len(parts), bool) if without_headline else None, fold, "article")


def headlines(parts: Sequence[Part], gold: str) -> NDArray[np.bool_]:
    """Which parts are the gold headline; where none is, which are it before the outlet's name in a title line."""
    exact = np.array([normal(part.plain) == normal(gold) for part in parts], bool)
    if exact.any():
        return exact
    return np.array([normal(part.plain[: title_end(part.plain)]) == normal(gold) for part in parts], bool)


def normal(words: str) -> str:
    """`words` without case, signs and the width of characters."""
    decomposed = unicodedata.normalize("NFKD", words.casefold().replace("’", "").replace("'", ""))
    return " ".join(_TOKEN.findall(decomposed))


def body_shares(parts: Sequence[Part], body: str) -> Labels:
    """The share of each part's words that the gold body has in the same order; -1 nowhere.

    Parts without words are as their neighbours.
    """
    words: list[str] = []
    line: list[int] = []
    for i, part in enumerate(parts):
        found = _TOKEN.findall(part.plain)
        words += found
        line += [i] * len(found)
    gold = shingles(body)
    covered = np.zeros(len(words), bool)
    for i in range(len(words) - 3):
        if tuple(words[i : i + 4]) in gold:
            covered[i : i + 4] = True
    at = np.array(line, int)
    total = np.bincount(at, minlength=len(parts))
    share = np.where(total > 0, np.bincount(at, covered, len(parts)) / np.maximum(total, 1), -1.0)
    for i in np.flatnonzero(total == 0).tolist():
        around = share[max(i - 1, 0) : i + 2]
        share[i] = min((float(value) for value in around if value >= 0), default=0.0)
    _once(parts, share, total, gold)
    return share


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words in a text."""
    words = _TOKEN.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def _once(parts: Sequence[Part], share: Labels, total: NDArray[np.int64], gold: Counter[tuple[str, ...]]) -> None:
    """Take the body label in place from copies of a line beyond those that the gold body has: a teaser of the story."""
    around = np.ones(13)
    in_body = np.convolve(total * (share >= 0.5), around, "same") / np.maximum(np.convolve(total, around, "same"), 1)
    in_body = in_body[: len(share)]
    copies: dict[str, list[int]] = defaultdict(list)
    for i, part in enumerate(parts):
        if share[i] >= 0.5:
            copies[part.plain].append(i)
    for words, at in copies.items():
        runs = shingles(words)
        if len(at) > 1 and runs:
            wanted = max(1, min(gold[run] for run in runs))
            for extra in sorted(at, key=lambda i: -in_body[i])[wanted:]:
                share[extra] = 0.0
