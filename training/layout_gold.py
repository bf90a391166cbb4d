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
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.layout.headline import title_end
from onrecord.layout.lines import Part, ends_sentence, parts_of
from onrecord.layout.parts import label_by_form
from onrecord.layout.recurring import counted_key
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
#: Of so many pages it is known what stands in many articles of their publishers, of a story's own lines these.
_TOLD, _TOLD_OF_BODY = 0.4, 0.002
#: Lines of a site put into an article are known to be such ones with this chance.
_KNOWN = 0.9
#: The style of stories of many lines, how many those are, and the styles of the pages around them.
LONG = "long"
LONG_STORIES = (250, 400, 700, 1000, 1500, 2500)
_FRAMES = ("full", "markdown", "lines")
#: The style of pages with another's story or a part of their own, the chance for each of both, and the shares taken.
RECOMBINED = "recombined"
_RECOMBINED, _BEGINNINGS = 0.15, (0.1, 0.2, 0.3, 0.5)
#: Of files with more articles than this, one in three is taken.
_MANY = 300
_TOKEN = re.compile(r"\w+")

Labels = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A text with its parts: `body` is the share of each part's words in the gold body, -1 where nothing is known.

    `headline` tells which parts are the gold headline; null where none is known. `style` names the sort of dump, `news`
    tells whether it is a page of a news outlet. `of_site` is 1 for each part that is known to stand in many articles of
    the publisher; null where none is.
    """

    text: str
    parts: list[Part]
    body: Labels
    headline: NDArray[np.bool_] | None
    fold: int
    style: str
    address: str | None = None
    news: bool = False
    of_site: Labels | None = None


def read_examples(corpora: Path) -> Iterator[Example]:
    """All examples, pages first. The same each time."""
    chance = random.Random(1)  # noqa: S311 - a choice of examples
    framed: list[Example] = []
    for style in STYLES:
        for name in PAGES:
            for row in read_rows(corpora / "pages" / f"{name}_{style}.jsonl"):
                page = _page(row, style, name.startswith("fundus"), chance)
                if style in _FRAMES and (page.body >= 0.5).any():
                    framed.append(page)
                yield page
    for row in read_rows(corpora / "pages" / "wcxb_dev_mild.jsonl"):
        if row["headline"] and chance.random() < 0.5:
            yield _bare(row, chance)
    rows = [row for file in ARTICLES for row in thinned(read_rows(corpora / file))]
    for row in rows:
        yield from _articles(row, chance)
    notices = [list(_notices(page for page in framed if page.fold == fold)) for fold in range(FOLDS)]
    for row in rows:
        yield with_notices(row, notices[fold_of(row)], chance)
    yield from recombined(framed, chance)
    for fold in range(FOLDS):
        lines = [line for row in rows if fold_of(row) == fold for line in row["text"].splitlines() if line.strip()]
        yield from long_pages(lines, [page for page in framed if page.fold == fold], chance)


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


def _page(row: dict[str, Any], style: str, news: bool, chance: random.Random) -> Example:
    parts = parts_of(row["text"])
    headline = headlines(parts, row["headline"]) if row["headline"] else None
    body = body_shares(parts, row["body"])
    told = _told(parts, body, chance) if chance.random() < _TOLD else None
    return Example(row["text"], parts, body, headline, row["fold"], style, row["url"], news, told)


def _told(parts: Sequence[Part], body: Labels, chance: random.Random) -> Labels:
    """What many articles of the publisher would tell: some of the lines around the story, hardly any of its own."""
    share = chance.choice((0.2, 0.5, 0.8))
    keys = [counted_key(part.plain) for part in parts]
    known: set[int] = set()
    for key, of_body in zip(keys, body.tolist(), strict=True):
        if key is not None and chance.random() < (_TOLD_OF_BODY if of_body >= 0.5 else share):
            known.add(key)
    return np.array([key in known for key in keys], np.float64)


def _notices(pages: Iterable[Example]) -> Iterator[str]:
    """Lines around the stories of pages that are no entries of a menu."""
    for page in pages:
        for part, of_body in zip(page.parts, page.body.tolist(), strict=True):
            if of_body == 0 and 4 <= len(part.plain.split()) <= 60 and counted_key(part.plain) is not None:
                yield part.plain


def with_notices(row: dict[str, Any], notices: Sequence[str], chance: random.Random) -> Example:
    """An article with lines of a site among its own: known to be of the site, or nothing is known of them."""
    lines = [line for line in row["text"].splitlines() if line.strip()]
    put = {chance.choice(notices) for _ in range(chance.choice((1, 1, 2, 3)))}
    for line in sorted(put):
        lines.insert(chance.randint(1, len(lines)), line)
    article = _article("\n\n".join(lines), fold_of(row))
    known = {line for line in sorted(put) if chance.random() < _KNOWN}
    body = [0.0 if part.plain in known else -1.0 for part in article.parts]
    of_site = np.array([part.plain in known for part in article.parts], np.float64)
    lines_put = np.array([part.plain in put for part in article.parts], bool)
    return replace(article, body=np.where(lines_put, body, article.body), of_site=of_site, headline=None)


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


def _articles(row: dict[str, Any], chance: random.Random) -> Iterator[Example]:
    fold = fold_of(row)
    yield _article(row["text"], fold)
    lines = [line for line in row["text"].splitlines() if line.strip()]
    for _ in range(2):
        start = chance.randrange(len(lines))
        end = start + chance.choice([1, 1, 2, 3, 4, 6, 8])
        yield _article(chance.choice(["\n", "\n\n"]).join(lines[start:end]), fold)


def long_pages(lines: Sequence[str], framed: Sequence[Example], chance: random.Random) -> Iterator[Example]:
    """Stories of many lines, each without a page and within one of `framed` in place of its story.

    `lines` are those of articles, in order; a story begins anywhere among them.
    """
    for count in LONG_STORIES:
        start = chance.randrange(len(lines))
        story = [lines[(start + i) % len(lines)] for i in range(count)]
        alone = _article(chance.choice(["\n", "\n\n"]).join(story), 0)
        page = chance.choice(framed)
        yield replace(alone, fold=page.fold, style=LONG, headline=None)
        yield replace(spliced(page, alone), style=LONG)


def recombined(pages: Sequence[Example], chance: random.Random) -> Iterator[Example]:
    """Pages whose story is cut to its beginning, or is another page's of the same style and fold."""
    others: dict[tuple[str, int], list[Example]] = defaultdict(list)
    for page in pages:
        others[page.style, page.fold].append(page)
    for page in pages:
        likely = 1.0 if page.news else _RECOMBINED
        if chance.random() < likely:
            yield replace(spliced(page, page, chance.choice(_BEGINNINGS)), style=RECOMBINED)
        if chance.random() < likely:
            story = chance.choice(others[page.style, page.fold])
            yield replace(spliced(page, story, chance.choice((1.0, 1.0, 0.3))), style=RECOMBINED)


def spliced(page: Example, story: Example, share: float = 1.0) -> Example:
    """A page with a story in place of its own, each from its first to its last part of the body.

    Of the story's parts of the body so large a share, one at least, is taken.
    """
    first, last = _ends(page)
    begin, end = _ends(story, share)
    head, middle, tail = page.text[:first], story.text[begin:end], page.text[last:]
    text = head + middle + tail
    parts = parts_of(text)
    body = np.zeros(len(parts))
    for i, part in enumerate(parts):
        if part.start < len(head):
            source, at = page, part.start
        elif part.start < len(head) + len(middle):
            source, at = story, part.start - len(head) + begin
        else:
            source, at = page, part.start - len(head) - len(middle) + last
        body[i] = source.body[max(0, bisect_right(source.parts, at, key=lambda held: held.start) - 1)]
    return Example(text, parts, body, None, page.fold, page.style, news=page.news)


def _ends(example: Example, share: float = 1.0) -> tuple[int, int]:
    """The offsets where the body begins and ends, or where such a share of its parts ends."""
    of_body = np.flatnonzero(example.body >= 0.5)
    of_body = of_body[: max(1, int(share * len(of_body)))]
    return example.parts[of_body[0]].start, example.parts[of_body[-1]].end


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
