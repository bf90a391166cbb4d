"""Gold attributions and found quotes, compared by words: edge punctuation and quotation marks never matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.document.article import Quote, Span
from onrecord.document.words import WORD

NEAR = 0.5  # intersection over union of content words from which on two contents are taken for the same

Words = frozenset[int]


@dataclass(frozen=True)
class Triple:
    """Source, cue and content as sets of word offsets."""

    source: Words
    cue: Words
    content: Words

    @property
    def parts(self) -> dict[str, Words]:
        return {"source": self.source, "cue": self.cue, "content": self.content}


def words_of(text: str, spans: Iterable[Span | None]) -> Words:
    """The offsets at which the words inside the spans begin."""
    return frozenset(m.start() for span in spans if span is not None for m in WORD.finditer(text, span.start, span.end))


def triple(text: str, source: Iterable[Span | None], cue: Iterable[Span | None], content: Iterable[Span]) -> Triple:
    """Three lists of spans as sets of words."""
    return Triple(words_of(text, source), words_of(text, cue), words_of(text, content))


def of_quote(text: str, quote: Quote) -> Triple:
    """A found quote's triple."""
    return triple(text, [quote.speaker], [quote.cue], quote.content_spans)


def overlap(a: Words, b: Words) -> float:
    """Intersection over union; 0 for two empty sets."""
    return len(a & b) / len(a | b) if a or b else 0.0


def near(gold: Triple, found: Triple) -> bool:
    """Whether the contents are the same by at least half."""
    return overlap(gold.content, found.content) >= NEAR


def right(gold: Triple, found: Triple) -> bool:
    """Whether content, cue and source all fit: what `Quote.confidence` is the probability of."""
    return near(gold, found) and all(
        not wanted or wanted & has for wanted, has in ((gold.source, found.source), (gold.cue, found.cue))
    )


def matched(golds: Sequence[Triple], found: Sequence[Triple], fits: Callable[[Triple, Triple], bool]) -> dict[int, int]:
    """Pair gold and found one to one, best content overlap first; only pairs that fit. Gold index to found index."""
    pairs = sorted(
        (
            (overlap(g.content, f.content), gi, fi)
            for gi, g in enumerate(golds)
            for fi, f in enumerate(found)
            if g.content & f.content and fits(g, f)
        ),
        reverse=True,
    )
    result: dict[int, int] = {}
    taken: set[int] = set()
    for _, gi, fi in pairs:
        if gi not in result and fi not in taken:
            result[gi] = fi
            taken.add(fi)
    return result


def continued(golds: Sequence[Triple], found: Triple, giver: Triple) -> bool:
    """Whether a quote that goes on without a source of its own is a piece of what its speaker says in the gold.

    Annotators mark it as one attribution with the quote before (`giver`), the quotes table gives it a row of its own.
    """
    return any(
        len(found.content & gold.content) >= NEAR * len(found.content)
        and (not gold.source or gold.source & giver.source)
        for gold in golds
    )


def calibration_error(rows: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: mean gap of probability and share right, over equal bins, weighed by their rows."""
    gaps = 0.0
    for number in range(bins):
        held = [(p, hit) for p, hit in rows if min(int(p * bins), bins - 1) == number]
        gaps += abs(sum(p for p, _ in held) - sum(hit for _, hit in held))
    return gaps / len(rows) if rows else 0.0
