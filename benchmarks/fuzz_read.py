"""Hostile inputs to the reading of articles: no exception, every character in one block, time linear in length.

    python -m benchmarks.fuzz_read [COUNT] [FOLDER ...]

COUNT inputs (10,000 by default) are mutations of the labelled dumps and of the .txt files in the folders given: lines
dropped, doubled, shuffled and cut, brackets, marks and odd characters put in, line ends and encodings changed. Each
goes through `decode`, `segment`, `publication` and `body`. Then the long ones, each timed at two lengths.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.blocks import dumps
from onrecord.files import Unreadable, decode
from onrecord.layout import body, segment
from onrecord.publication import publication

#: Doubling the length may not more than triple the time, with a floor under which a clock tells nothing.
_GROWTH, _FLOOR = 3.0, 0.4
#: Failures that are printed; the rest are counted.
_SHOWN = 10

_ODD = (
    "\u00ad\u200b\ufeff\u00a0\u2028\x85\x0c\x1b\x00\ufffd\U0001f600\u0301\u202e"
    "“”‘’«»\"'`()[]<>{}|/\\#*_~©®™…—–-:;,.!?@&%$\t\r\n0\u0661"
)
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "cp1251", "mac-roman")


def mutate(text: str, rng: random.Random) -> str:
    """`text` with one to six things done to it."""
    for _ in range(rng.randint(1, 6)):
        text = rng.choice(_MUTATIONS)(text, rng)
    return text


def _cut(text: str, rng: random.Random) -> str:
    a, b = sorted(rng.randrange(len(text) + 1) for _ in "ab")
    return text[:a] + text[b:] if rng.random() < 0.5 else text[a:b]


def _shuffle(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def _double(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    line = rng.choice(lines)
    return text + rng.choice(("\n", "\n\n", "", " ")) + (line + rng.choice(("\n", "", " "))) * rng.randint(1, 20)


def _sprinkle(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(_ODD) * rng.randint(1, 4) + text[at:]
    return text


def _rewrap(text: str, rng: random.Random) -> str:
    return text.replace(
        rng.choice(("\n\n", "\n", " ", ". ", "\r\n")), rng.choice(("\n", "\r", " ", "\r\n", "\n\n\n", ""))
    )


def _case(text: str, rng: random.Random) -> str:
    return rng.choice((str.upper, str.lower, str.title, str.swapcase))(text)


_MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (_cut, _shuffle, _double, _sprinkle, _rewrap, _case)


def check(text: str) -> None:
    """Read `text`, and raise where a character is in no block or in two, or an edge is white space."""
    blocks = segment(text)
    at = 0
    for block in blocks:
        words = text[block.start : block.end]
        if block.start < at or not words or words != words.strip() or text[at : block.start].strip():
            raise AssertionError(f"{block} does not follow what ends at {at}")
        at = block.end
    if text[at:].strip():
        raise AssertionError(f"nothing covers the text from {at}")
    publication(text, blocks)
    body(text, blocks)


def long_texts(size: int) -> dict[str, str]:
    """Texts of about `size` characters that are all of one kind."""
    sentence = "The mayor said on Monday that the bridge at Eastmere was safe, and told Reuters so. "
    return {
        "article": f"Bridge is safe\n\nEASTMERE (Reuters) - {sentence * 5}\n\n"
        + f"{sentence * 6}\n\n" * (size // (6 * len(sentence))),
        "one line": sentence * (size // len(sentence)),
        "blank lines": "\n" * size,
        "short lines": "a line\n" * (size // 7),
        "one word": "x" * size,
        "capitals": "X" * size,
        "deep quotes": "“" * (size // 2) + "”" * (size // 2),
        "brackets": "(" * size,
        "spaces": "a" + " " * size + "b",
        "dashes": "- " * (size // 2),
        "hashes": "#" * size,
        "bylines": "By Orla Venn and " * (size // 17),
        "datelines": "EASTMERE (Reuters) - " * (size // 21),
        "date lines": "May 3, 2021\n" * (size // 12),
        "addresses": "https://a.example/" * (size // 18),
        "entities": "&amp;" * (size // 5),
        "names": "Orla Venn " * (size // 10),
        "told": "told " * (size // 5),
        "wrapped": (("word " * 14).strip() + "\n") * (size // 70),
        "related": "Related: Bridge\n" * (size // 16),
        "mojibake": "â€™ " * (size // 4),
    }


def main() -> int:
    """Run both parts; 1 where anything went wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seeds = [dump.text for dump in dumps()]
    for folder in sys.argv[2:]:
        seeds += [path.read_bytes().decode("utf-8", "replace") for path in sorted(Path(folder).rglob("*.txt"))]
    rng = random.Random(20260101)  # noqa: S311 - mutations, not secrets
    failed = unreadable = 0
    slowest, began = 0.0, time.perf_counter()
    for _ in range(count):
        raw = mutate(rng.choice(seeds), rng).encode(rng.choice(_ENCODINGS), "replace")
        start = time.perf_counter()
        try:
            check(decode(raw).text)
        except Unreadable:
            unreadable += 1
        except Exception as error:
            failed += 1
            if failed <= _SHOWN:
                print(f"{type(error).__name__}: {error}\n  on {raw[:300]!r}")
        slowest = max(slowest, time.perf_counter() - start)
    took = time.perf_counter() - began
    print(
        f"{count} inputs from {len(seeds)} texts: {failed} failed, {unreadable} refused with a reason, "
        f"{took:.0f} s, slowest {slowest:.2f} s"
    )
    return 1 if failed + _time_long(1_000_000) else 0


def _time_long(size: int) -> int:
    """The time that each kind of long text takes at `size` and at twice it; how many grow faster than they should."""
    slow = 0
    for name in long_texts(10):
        times = []
        for length in (size, 2 * size):
            text = long_texts(length)[name]
            start = time.perf_counter()
            check(text)
            times.append(time.perf_counter() - start)
        bad = times[1] > _GROWTH * max(times[0], _FLOOR)
        slow += bad
        note = "  NOT LINEAR" if bad else ""
        print(f"{name:<14}{size:>10,} characters {times[0]:>6.2f} s, {2 * size:,} {times[1]:>6.2f} s{note}", flush=True)
    return slow


if __name__ == "__main__":
    raise SystemExit(main())
