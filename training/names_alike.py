"""Whether a name is the gold's, and which words of a text spans hold: as the scorer of the gold compares them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.document.words import WORD


def plain_name(name: str) -> tuple[str, ...]:
    """The words of a name, lower case, without possessives and marks."""
    return tuple(WORD.findall(name.lower().replace("’", "'").replace("'s", "")))


def same_name(said: str, gold: str, kind: str) -> bool:
    """Whether two names have the same words; a body's (`kind` "org") may be longer or shorter at its edges."""
    first, second = plain_name(said), plain_name(gold)
    if not first or not second or first == second:
        return bool(first) and first == second
    short, long = sorted((first, second), key=len)
    starts = range(len(long) - len(short) + 1)
    return kind == "org" and any(long[start : start + len(short)] == short for start in starts)


def word_numbers(text: str) -> dict[int, int]:
    """The number of the word that each letter of a text belongs to, by offset."""
    return {i: number for number, match in enumerate(WORD.finditer(text)) for i in range(match.start(), match.end())}


def words_shared(numbers: Mapping[int, int], spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """The numbers of the words that lie in the spans, so that marks at their edges never matter."""
    return frozenset(numbers[i] for start, end in spans for i in range(start, end) if i in numbers)
