"""Measure names within an article on gold mentions: B-cubed of `local_id`, and the names and aliases of people.

    python -m benchmarks.names [--corpora DIR] [--errors N]

Gold spans are handed to `find_mentions` as a perfect tagger would (GUM's and MEANTIME's trimmed of determiners and of
what follows a comma or stands in brackets; pronouns and descriptions without a capital are left out), and each of
its mentions is compared with the gold id of the span that it came from. Single articles only: ids of different
articles are never compared. For people with names and aliases (PolNeAR), every occurrence of a form is a mention.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.coreference import find_mentions
from onrecord.document.article import Block, BlockKind, EntityType, NameSpan
from onrecord.document.document import Document

TYPES = {"PER": EntityType.PERSON, "ORG": EntityType.ORG, "LOC": EntityType.LOC}
Pair = tuple[str, int, str, str, str]  # article, predicted id, gold id, printed form, name given


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name within a gold span that may carry a determiner, an apposition or a bracket; none if it has no name."""
    match = re.match(r"(?:the|an?|this|that|his|her|its|their)\s+", text[start:end], re.IGNORECASE)
    start += match.end() if match else 0
    cut = re.search(r",\s|\s\(|\s*$", text[start:end])
    end = start + cut.start() if cut else end
    printed = text[start:end]
    words = printed.split()
    if not words or len(words) > 7 or not words[0][0].isupper() or not words[-1][0].isupper():
        return None
    return start, end


def crossdoc_pairs(path: Path, limit: EntityType | None = None) -> Iterator[Pair]:
    """The mentions of a cross-document set, of one type or all."""
    for row in rows(path):
        gold: dict[tuple[int, int], tuple[str, EntityType]] = {}
        for start, end, ident, kind in row["mentions"]:
            if ident in (None, "None", "NIL") or kind not in TYPES or (limit and TYPES[kind] is not limit):
                continue
            if span := trimmed(row["text"], start, end):
                gold[span] = ident, TYPES[kind]
        spans = [NameSpan(s, e, kind, 1.0) for (s, e), (_, kind) in gold.items()]
        yield from pairs(row["doc_id"], row["text"], spans, {s: ident for s, (ident, _) in gold.items()})


def pairs(key: str, text: str, spans: list[NameSpan], gold: dict[tuple[int, int], str]) -> Iterator[Pair]:
    """Each mention with the gold id of the span that it lies in."""
    by_end = sorted(gold)
    for mention in find_mentions(Document(text, ()), spans):
        for start, end in by_end:
            if start <= mention.start and mention.end <= end:
                yield key, mention.local_id, gold[start, end], text[mention.start : mention.end], mention.name
                break


def people_spans(text: str, listed: list[dict[str, Any]]) -> dict[tuple[int, int], str]:
    """Where the forms of the `listed` people stand, the longer forms first, and whose they are."""
    owners: dict[str, set[str]] = defaultdict(set)
    for person in listed:
        for form in (person["name"], *person["aliases"]):
            owners[form].add(person["name"])
    gold: dict[tuple[int, int], str] = {}
    taken = bytearray(len(text))
    for form in sorted(owners, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(form)}\b", text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                if len(owners[form]) == 1:
                    gold[start, end] = next(iter(owners[form]))
    return gold


def people_pairs(quotes: Path) -> Iterator[Pair]:
    """Every occurrence of a listed name or alias in its article, the longer forms first."""
    listed = {row["id"]: row["people"] for row in rows(quotes / "speakers_dev.jsonl")}
    for row in rows(quotes / "polnear_dev.jsonl"):
        if row["id"] not in listed:
            continue
        gold = people_spans(row["text"], listed[row["id"]])
        spans = [NameSpan(s, e, EntityType.PERSON, 1.0) for s, e in gold]
        yield from pairs(row["id"], row["text"], spans, gold)


def timing() -> None:
    """Print the time for invented articles of growing length, to show that it grows with the length alone."""
    paragraph = "Prime Minister Karim{0} al-Wari{0} met Jane{0} Orr{0}, head of Tarn{0} Board. Wari{0} and Orr{0} left."
    pattern = re.compile(r"Karim\d+ al-Wari\d+|Jane\d+ Orr\d+|Tarn\d+ Board|Wari\d+|Orr\d+")
    for size in (500, 1000, 2000):
        text = "\n\n".join(paragraph.format(i) for i in range(size))
        blocks = [Block(BlockKind.PARAGRAPH, m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
        spans = [
            NameSpan(*m.span(), EntityType.ORG if m.group().startswith("Tarn") else EntityType.PERSON, 0.95)
            for m in pattern.finditer(text)
        ]
        start = time.process_time()
        find_mentions(Document(text, tuple(blocks)), spans)
        print(f"{len(text):9,} characters, {len(spans):6,} names: {time.process_time() - start:6.2f} s")


def b_cubed(items: Iterable[Pair]) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and number of mentions; clusters never reach across articles."""
    items = list(items)
    by_p: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    by_g: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for article, predicted, gold, _, _ in items:
        by_p[article, predicted][gold] += 1
        by_g[article, gold][predicted] += 1
    total = len(items) or 1
    p = sum(c * c / x.total() for x in by_p.values() for c in x.values()) / total
    r = sum(c * c / x.total() for x in by_g.values() for c in x.values()) / total
    return p, r, 2 * p * r / (p + r) if p + r else 0.0, len(items)


def errors(items: Iterable[Pair]) -> Iterator[str]:
    """Entities split, and names joined, readable."""
    by_g: dict[tuple[str, str], dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    by_p: dict[tuple[str, int], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for article, predicted, gold, printed, _ in items:
        by_g[article, gold][predicted][printed] += 1
        by_p[article, predicted][gold][printed] += 1
    for (article, gold), split in by_g.items():
        if len(split) > 1:
            yield f"SPLIT  {article[-40:]}  {gold}: " + " | ".join(str(dict(c)) for c in split.values())
    for (article, _), joined in by_p.items():
        if len(joined) > 1:
            yield f"JOINED {article[-40:]}  " + " | ".join(f"{g}: {dict(c)}" for g, c in joined.items())


def main() -> None:
    """Print B-cubed for each set, its errors if asked, the share of right names, and times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("ONRECORD_SHARED", "../shared"))
    parser.add_argument("--corpora", type=Path, default=shared / "corpora")
    parser.add_argument("--errors", type=int, default=0, help="print this many errors of each set")
    options = parser.parse_args()
    sets: dict[str, list[Pair]] = {}
    for stem in ("gum", "meantime"):
        path = options.corpora / "names" / f"{stem}_crossdoc.jsonl"
        sets[stem] = list(crossdoc_pairs(path))
        for short, kind in TYPES.items():
            sets[f"{stem} {short}"] = list(crossdoc_pairs(path, kind))
    sets["people of PolNeAR dev"] = list(people_pairs(options.corpora / "quotes"))
    for label, items in sets.items():
        p, r, f, n = b_cubed(items)
        print(f"{label:24} B3 P {100 * p:5.1f} R {100 * r:5.1f} F1 {100 * f:5.1f}  mentions {n}")
        if " " not in label or label.startswith("people"):
            for line in list(errors(items))[: options.errors]:
                print("   ", line)
    named = sets["people of PolNeAR dev"]
    right = sum(gold == name for _, _, gold, _, name in named)
    print(f"{'fullest name right':24} {100 * right / len(named):5.1f} % of {len(named)}")
    timing()


if __name__ == "__main__":
    main()
