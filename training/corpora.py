"""The gold corpora as documents: a text, its passages, and what is annotated in it."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.document.article import EntityType, Span
from onrecord.document.document import Document

LINE = re.compile(r"[^\n]*\S[^\n]*")

Types = Mapping[str, tuple[EntityType, ...]]

#: Types of the corpora as ours; a set of several where the corpus does not tell them apart; absent: not a name.
WORLDWIDE_TYPES: Types = {
    "Person": (EntityType.PERSON,),
    "Organization": (EntityType.ORG,),
    "Location": (EntityType.LOC,),
    "Facility": (EntityType.LOC,),
    "NORP": (EntityType.NORP,),
    "Misc": (EntityType.MISC,),
    "Product": (EntityType.MISC,),
}
#: Wikigold follows CoNLL-2003, where nationalities are MISC.
WIKIGOLD_TYPES: Types = {
    "PER": (EntityType.PERSON,),
    "ORG": (EntityType.ORG,),
    "LOC": (EntityType.LOC,),
    "MISC": (EntityType.MISC, EntityType.NORP),
}


@dataclass(frozen=True)
class GoldName:
    """A name of the gold; several types where the corpus leaves it open which of them it is."""

    start: int
    end: int
    types: tuple[EntityType, ...]


@dataclass(frozen=True)
class GoldAttribution:
    """An attribution of the gold, each part a list of spans."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quote_type: str | None


@dataclass(frozen=True)
class GoldDocument:
    """A text with names or attributions annotated; null where the corpus annotates none of the kind."""

    key: str
    text: str
    names: tuple[GoldName, ...] | None
    attributions: tuple[GoldAttribution, ...] | None
    region: str | None = None
    partial: bool = False  # not all names are annotated: a capitalised word outside of any may be one

    @property
    def passages(self) -> tuple[Span, ...]:
        """The lines that are not blank."""
        return tuple(Span(m.start(), m.end()) for m in LINE.finditer(self.text))

    @property
    def document(self) -> Document:
        """What a tagger reads of it."""
        return Document.of_passages(self.text, self.passages)


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_names(path: Path, types: Types) -> list[GoldDocument]:
    """Documents with names; types that are not in `types` are left out."""
    return [
        GoldDocument(
            row["id"],
            row["text"],
            tuple(GoldName(s, e, types[t]) for s, e, t in row["entities"] if t in types),
            None,
            row.get("region"),
        )
        for row in read_jsonl(path)
    ]


#: The source of re3d whose documents are CC BY-NC.
NON_COMMERCIAL = frozenset({"BBC Online"})
INSIDE_NAMES = frozenset({"of", "for", "and", "the", "in", "on", "al"})


def read_organisations(path: Path, trusted: Sequence[GoldDocument]) -> list[GoldDocument]:
    """re3d's organisations, as partly annotated documents.

    re3d alone of the corpora names armed groups, but it marks pronouns, countries and descriptions as organisations
    too. Kept is what is spelt as a name, is never another type in `trusted` and seldom in re3d itself, and, if it is
    one word, never stands in lower case in `trusted`.
    """
    rows = [row for row in read_jsonl(path) if row["source"] not in NON_COMMERCIAL]
    typed = Counter((row["text"][s:e].lower(), t == "Organisation") for row in rows for s, e, t in row["entities"])
    other = {spelt for spelt, _ in typed if typed[spelt, False] * 5 > typed[spelt, True]}
    lower: set[str] = set()
    for document in trusted:
        lower.update(word for word in document.text.split() if word.islower())
        others = (n for n in document.names or () if n.types != (EntityType.ORG,))
        other.update(document.text[n.start : n.end].lower() for n in others)
    documents = []
    for row in rows:
        text: str = row["text"]
        names: dict[tuple[int, int], GoldName] = {}
        for begin, end, kind in row["entities"]:
            start = begin + 4 if text[begin : begin + 4].lower() == "the " else begin
            spelt = text[start:end]
            known = spelt.lower() in other or spelt.lower() in lower
            if kind == "Organisation" and not known and is_spelt_as_name(spelt):
                names[start, end] = GoldName(start, end, (EntityType.ORG,))
        # Where two overlap, both are left open.
        kept = [
            n
            for n in names.values()
            if not any(n is not m and m.start < n.end and n.start < m.end for m in names.values())
        ]
        documents.append(GoldDocument(row["id"], text, tuple(kept), None, partial=True))
    return documents


def is_spelt_as_name(text: str) -> bool:
    """Whether every word but the small ones inside is capitalised."""
    words = text.replace("-", " ").split()
    return bool(words) and all(w[0].isupper() or (i and w in INSIDE_NAMES) for i, w in enumerate(words))


def read_quotes(path: Path) -> list[GoldDocument]:
    """Documents with attributions."""
    return [quoted(row) for row in read_jsonl(path)]


def quoted(row: Mapping[str, Any]) -> GoldDocument:
    """An annotated article as a document with attributions."""

    def spans(pairs: list[list[int]] | None) -> tuple[Span, ...]:
        return tuple(Span(s, e) for s, e in pairs or ())

    attributions = (
        GoldAttribution(spans(a["source"]), spans(a["cue"]), spans(a["content"]), a["type"])
        for a in row["attributions"]
    )
    return GoldDocument(row["id"], row["text"], None, tuple(attributions))


#: Text of many outlets and kinds that nobody annotated for names or attributions: what teachers alone read to a
#: student. The speech gold is not among it, so that nothing of the articles that are measured was seen.
UNLABELLED = (
    "pages/wcxb_dev_mild.jsonl",
    "pages/fundus_evaluation_mild.jsonl",
    "names/gum_crossdoc.jsonl",
    "names/meantime_crossdoc.jsonl",
    "dates/te3_aquaint.jsonl",
)
#: Characters of a document that are read: some pages are longer than a hundred articles.
LONGEST_UNLABELLED = 8000


def read_unlabelled(folder: Path) -> list[GoldDocument]:
    """Documents with nothing annotated."""
    return [
        GoldDocument(f"{path}:{number}", row["text"][:LONGEST_UNLABELLED], None, None)
        for path in UNLABELLED
        for number, row in enumerate(read_jsonl(folder / path))
        if row["text"].strip()
    ]


@dataclass(frozen=True)
class Corpora:
    """What is trained on, what scores are calibrated on, and what is reported on."""

    train: list[GoldDocument]
    aside: list[GoldDocument]
    dev: list[GoldDocument]


#: By which seed the shipped encoder's training put documents aside, and which share.
SEED, ASIDE_SHARE = 7, 0.04


def keys_aside(folder: Path) -> frozenset[str]:
    """The keys of the documents that the shipped encoder was not trained on."""
    return frozenset(document.key for document in read_corpora(folder, SEED, ASIDE_SHARE).aside)


def read_corpora(folder: Path, seed: int, aside_share: float) -> Corpora:
    """Training documents with a share put aside by document, and the dev documents."""
    train: list[GoldDocument] = []
    aside: list[GoldDocument] = []
    for documents in (
        read_names(folder / "names/worldwide_train.jsonl", WORLDWIDE_TYPES),
        read_quotes(folder / "quotes/polnear_train.jsonl"),
    ):
        order = sorted(documents, key=lambda d: d.key)
        random.Random(seed).shuffle(order)  # noqa: S311 - reproducible split
        held = round(len(order) * aside_share)
        aside += order[:held]
        train += order[held:]
    train += read_names(folder / "names/wikigold.jsonl", WIKIGOLD_TYPES)
    # Twice: it alone says that armed groups are organisations.
    train += 2 * read_organisations(folder / "names/re3d.jsonl", [d for d in train if d.region])
    dev = read_names(folder / "names/worldwide_dev.jsonl", WORLDWIDE_TYPES)
    dev += read_quotes(folder / "quotes/polnear_dev.jsonl")
    return Corpora(train, aside, dev)
