"""Adds occurrences of an article's sure names that the tagger missed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.document.article import READ_KINDS, Block, NameSpan
from onrecord.document.words import WORD
from onrecord.names.forms import SURE, Form

#: A name gives way to a longer one only where the tagger was less sure of it than this.
_DOUBT = 0.8
_JOINS = frozenset("-‐‑_@#/")

#: By word, where it starts.
_Words = Mapping[str, Sequence[int]]


def with_missed(
    text: str, blocks: Sequence[Block], names: Sequence[NameSpan], forms: Mapping[str, Form]
) -> list[NameSpan]:
    """`names` in reading order, with the occurrences of sure forms that are none yet.

    Less sure names inside an occurrence give way to it.
    """
    starts = [n.start for n in names]
    covered = bytearray(len(text))
    dropped: set[int] = set()
    added: list[NameSpan] = []
    for printed, start in _occurrences_of_sure(text, forms):
        end = start + len(printed)
        near = range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))
        inside = [i for i in near if names[i].end > start]
        if any(covered[start:end]) or not _is_read(start, end, blocks) or _stays(inside, names, start, end):
            continue
        dropped.update(inside)
        covered[start:end] = b"\x01" * len(printed)
        added.append(NameSpan(start, end, forms[printed].type, forms[printed].mean))
    kept = (n for i, n in enumerate(names) if i not in dropped)
    return sorted((*kept, *added), key=lambda n: n.start)


def _occurrences_of_sure(text: str, forms: Mapping[str, Form]) -> Iterator[tuple[str, int]]:
    """The forms of which the tagger was sure, the longest first, each with where it stands in the text."""
    words: dict[str, list[int]] = defaultdict(list)
    for match in WORD.finditer(text):
        words[match.group()].append(match.start())
    sure = [f for f, form in forms.items() if form.best >= SURE and form.agreed and _fit(f, form, words)]
    for printed in sorted(sure, key=lambda f: (-len(f), f)):
        yield from ((printed, start) for start in _occurrences(text, printed, words))


def _fit(printed: str, form: Form, words: _Words) -> bool:
    """Whether a form can be looked for elsewhere: several words, or one that is no ordinary word."""
    if " " in printed:
        return printed[0].isupper()
    return len(printed) > 2 and printed[0].isupper() and form.count > 1 and printed.lower() not in words


def _occurrences(text: str, printed: str, words: _Words) -> Iterator[int]:
    """Where `printed` stands in the text as whole words, not joined to others by a hyphen."""
    own = list(WORD.finditer(printed))
    if not own or own[0].start():
        return
    rarest = min(own, key=lambda word: len(words.get(word[0], ())))
    for place in words.get(rarest[0], ()):
        start = place - rarest.start()
        if start < 0 or (start and WORD.match(text, start - 1, start)):
            continue
        end = start + len(printed)
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if text.startswith(printed, start) and not (after.isalnum() or after in _JOINS or before in _JOINS):
            yield start


def _stays(inside: Sequence[int], names: Sequence[NameSpan], start: int, end: int) -> bool:
    """Whether a name that overlaps `start`..`end` keeps its place: the same span, one that reaches out, a sure one."""
    return any(
        names[i].start < start
        or names[i].end > end
        or (names[i].start, names[i].end) == (start, end)
        or names[i].score >= _DOUBT
        for i in inside
    )


def _is_read(start: int, end: int, blocks: Sequence[Block]) -> bool:
    index = bisect_right(blocks, start, key=lambda b: b.start) - 1
    return index >= 0 and end <= blocks[index].end and blocks[index].kind in READ_KINDS
