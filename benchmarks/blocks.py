"""How well blocks and publication facts are read on the labelled dumps in tests/dumps: precision, recall, F1 a kind.

    python -m benchmarks.blocks [--errors]
    python -m benchmarks.blocks --speed PAGES.jsonl

A dump is a text with ⟦kind⟧ before each block; above the line of equals signs stand the facts that a careful reader
finds. A block counts as right where its kind, start and end are. `--speed` tells instead what the `text` of each row
takes of the processor's time: blocks, then publication facts.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from onrecord.document.article import Block, BlockKind, Publication
from onrecord.layout import segment
from onrecord.publication import publication

DUMPS = Path(__file__).parents[1] / "tests/dumps"
#: F1 that every kind of block must reach.
REQUIRED = 0.97

_MARK = re.compile(r"⟦(\w+)⟧")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_NEWLINES = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


@dataclass(frozen=True, slots=True)
class Dump:
    """A labelled dump: its raw text, the blocks in it, and the publication facts (those that are told)."""

    name: str
    text: str
    blocks: tuple[Block, ...]
    facts: dict[str, Any]


def read_dump(path: Path) -> Dump:
    """The dump in a file: marks taken out, escapes and line ends put in."""
    head, _, marked = path.read_text(encoding="utf-8").partition("=====\n")
    facts = yaml.safe_load(head) or {}
    marked = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), marked)
    marked = marked.replace("\n", _NEWLINES[facts.pop("newline", "lf")])
    kinds, starts, text, at = [], [], "", 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        kinds.append(BlockKind(mark[1]))
        starts.append(len(text))
        at = mark.end()
    text += marked[at:]
    ends = [start + len(text[start:end].rstrip()) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return Dump(path.stem, text, tuple(map(Block, kinds, starts, ends)), facts)


def dumps() -> list[Dump]:
    """All labelled dumps, by name."""
    return [read_dump(path) for path in sorted(DUMPS.glob("*.dump"))]


def wrong_facts(dump: Dump, found: Publication) -> list[str]:
    """What is read other than a careful reader does, one line a fact."""
    names = {"method": "date_published_method"}
    wrong = []
    for fact, wanted in dump.facts.items():
        value = getattr(found, names.get(fact, fact))
        value = list(value) if isinstance(value, tuple) else value
        if value != wanted:
            wrong.append(f"{dump.name}: {fact} is {value!r}, should be {wanted!r}")
    return wrong


def measure(labelled: list[Dump]) -> tuple[Counter[str], Counter[str], Counter[str], list[str], list[str]]:
    """Blocks right, found and wanted by kind; the blocks and the facts that are wrong, a line each."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    errors, facts = [], []
    for dump in labelled:
        blocks = segment(dump.text)
        right.update(block.kind for block in set(blocks) & set(dump.blocks))
        found.update(block.kind for block in blocks)
        wanted.update(block.kind for block in dump.blocks)
        for sign, some in (("missed", set(dump.blocks) - set(blocks)), ("found ", set(blocks) - set(dump.blocks))):
            errors += [
                f"{dump.name}: {sign} {block.kind:>20} {dump.text[block.start : block.end][:90]!r}"
                for block in sorted(some, key=lambda block: block.start)
            ]
        facts += wrong_facts(dump, publication(dump.text, blocks))
    return right, found, wanted, errors, facts


def f1(right: int, found: int, wanted: int) -> float:
    """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing found."""
    return 2 * right / (found + wanted) if found + wanted else 1.0


@dataclass(frozen=True, slots=True)
class Speed:
    """What reading pages took: their lines, and seconds of the processor for blocks and for publication facts."""

    pages: int
    lines: int
    blocks: float
    facts: float

    def __str__(self) -> str:
        return (
            f"{self.pages} pages, {self.lines} lines; blocks {1000 * self.blocks / self.pages:.1f} ms a page, "
            f"{self.lines / self.blocks:,.0f} lines a second; "
            f"publication facts {1000 * self.facts / self.pages:.1f} ms a page"
        )


def speed(texts: list[str]) -> Speed:
    """What blocks and publication facts of these texts (one at least) take; the models are loaded before."""
    publication(texts[0], segment(texts[0]))
    blocks = facts = 0.0
    for text in texts:
        start = time.process_time()
        found = segment(text)
        between = time.process_time()
        publication(text, found)
        blocks, facts = blocks + between - start, facts + time.process_time() - between
    return Speed(len(texts), sum(bool(line.strip()) for text in texts for line in text.splitlines()), blocks, facts)


def main() -> int:
    """Print the table; fail where a kind is below `REQUIRED` or a fact is wrong."""
    if "--speed" in sys.argv:
        pages = Path(sys.argv[sys.argv.index("--speed") + 1]).read_text(encoding="utf-8")
        print(speed([json.loads(line)["text"] for line in pages.splitlines()]))
        return 0
    labelled = dumps()
    right, found, wanted, errors, facts = measure(labelled)
    print(f"{'kind':<22}{'wanted':>8}{'precision':>11}{'recall':>9}{'F1':>8}")
    scores = {kind: f1(right[kind], found[kind], wanted[kind]) for kind in BlockKind}
    for kind, score in scores.items():
        precision, recall = right[kind] / max(found[kind], 1), right[kind] / max(wanted[kind], 1)
        print(f"{kind:<22}{wanted[kind]:>8}{precision:>11.3f}{recall:>9.3f}{score:>8.3f}")
    total = f1(right.total(), found.total(), wanted.total())
    print(f"{'all':<22}{wanted.total():>8}{'':>20}{total:>8.3f}")
    checked = sum(len(dump.facts) for dump in labelled)
    print(f"{len(labelled)} dumps; publication facts right: {checked - len(facts)} of {checked}")
    if "--errors" in sys.argv:
        print("\n".join(errors + facts))
    return 0 if min(scores.values()) >= REQUIRED and not facts else 1


if __name__ == "__main__":
    raise SystemExit(main())
