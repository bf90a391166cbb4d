"""Invented prose to make copies of: any number of stories, each the same in every run."""

from __future__ import annotations

import datetime as dt
import random

import pyarrow as pa

from onrecord.cross_document.copies import NEW, signature

SYLLABLES = [
    "ba",
    "do",
    "ri",
    "ken",
    "tal",
    "mor",
    "shi",
    "ve",
    "lun",
    "gar",
    "pel",
    "os",
    "wen",
    "dri",
    "zan",
    "cor",
    "hel",
]


def sentences(seed: int, count: int = 24) -> list[str]:
    """The story's sentences, of words that other stories use as well, in other orders."""
    chance = random.Random(seed)  # noqa: S311 - prose, not a secret
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(400)]
    return [" ".join(chance.choices(words, k=chance.randint(8, 20))).capitalize() + "." for _ in range(count)]


def story(seed: int, count: int = 24) -> str:
    return " ".join(sentences(seed, count))


def edited(seed: int, edit: int) -> str:
    """The story with a quarter of its sentences dropped, the last third cut, or some letters wrong."""
    chance = random.Random(1_000 * seed + edit)  # noqa: S311
    kept = sentences(seed)
    if edit % 3 == 0:
        kept = [one for one in kept if chance.random() > 0.25]
    elif edit % 3 == 1:
        kept = kept[: len(kept) * 2 // 3]
    letters = list(" ".join(kept))
    for place in range(len(letters)):
        if edit % 3 == 2 and chance.random() < 0.02:
            letters[place] = chance.choice("etaoin")
    return "".join(letters)


def rows(texts: dict[str, str], dates: dict[str, dt.date] | None = None) -> pa.Table:
    """The articles as `cluster` takes them, by id."""
    return pa.Table.from_pylist(
        [
            {"article_id": key, "date_published": (dates or {}).get(key), "signature": signature(text)}
            for key, text in texts.items()
        ],
        schema=NEW,
    )
