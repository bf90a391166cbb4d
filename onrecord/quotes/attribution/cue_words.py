"""The word that a cue turns on, and what that word does in annotated news.

`cue_statistics.tsv` counts, for the head of each cue in PolNeAR's training articles, how often it reports, how often
with quoted words, with "that", with "to", behind its content and without a source, and how often the word stands in
those articles at all. `training/report_kind.py` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from onrecord.lexicon.word_lists import word_list

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class CueWords:
    """The lists of cue_words.yaml; `irregular` maps a form to its base."""

    auxiliaries: frozenset[str]
    modals: frozenset[str]
    other_finite: frozenset[str]
    prepositions: frozenset[str]
    irregular: dict[str, str]


@cache
def cue_words() -> CueWords:
    """The word lists, read once."""
    data = word_list("cue_words.yaml")
    forms = data.pop("irregular")["forms"]
    irregular = {form: base for base, others in forms.items() for form in others}
    return CueWords(**{name: frozenset(held["words"]) for name, held in data.items()}, irregular=irregular)


@cache
def _minor() -> frozenset[str]:
    """The words that no cue turns on."""
    return cue_words().auxiliaries | cue_words().prepositions


@dataclass(frozen=True, slots=True)
class CueStatistics:
    """Counts of one head word: its attributions, of these with some features, and its occurrences of any kind."""

    attributions: int = 0
    direct: int = 0
    mixed: int = 0
    that: int = 0
    infinitive: int = 0
    content_first: int = 0
    no_source: int = 0
    occurrences: int = 0


@dataclass(frozen=True, slots=True)
class CueHead:
    """The head of a cue: `lemma`, the `form` that is printed, and the number of that word among the cue's `words`."""

    lemma: str
    form: str
    place: int
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, lower case."""
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(text))


def cue_head(cue: str, known: Mapping[str, float] | None = None) -> CueHead | None:
    """The last word of a cue that is no preposition, auxiliary or adverb in -ly; None for a cue without words.

    ``was also quick to deny`` turns on "deny", ``called for`` on "call", ``has been`` on "be".
    """
    words = words_of(cue)
    if not words:
        return None
    minor = _minor()
    bearing = [i for i, w in enumerate(words) if w not in minor and not w.endswith("ly")]
    if not bearing:
        bearing = [i for i, w in enumerate(words) if w not in cue_words().prepositions] or [0]
    place = bearing[-1]
    return CueHead(lemma(words[place], known), words[place], place, words)


def lemma(word: str, known: Mapping[str, float] | None = None) -> str:
    """The base form of a verb: irregular, else the stem that is known best, else the word without its ending.

    :param known: how often each base form was met; the counts of this package unless given.
    """
    if (base := cue_words().irregular.get(word)) is not None:
        return base
    met = _attributions() if known is None else known
    stems = list(_stems(word))
    likely = [stem for stem in stems[:-1] if met.get(stem) and stem not in _minor()]
    return max(likely, key=lambda stem: met[stem], default=word)


def _stems(word: str) -> Iterator[str]:
    """What a word may be a form of: ``denied`` of "deny", ``planning`` of "planning", "planne", "plann", "plan"."""
    for ending, instead in (("ies", "y"), ("ied", "y")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)] + instead
    for ending in ("ing", "ed", "es", "s"):
        bare = word.removesuffix(ending)
        if bare == word or len(bare) < 2 or word.endswith("ss"):
            continue
        if ending in {"ing", "ed"}:
            if bare[-1] == bare[-2]:
                yield bare[:-1]
            yield bare + "e"
        yield bare
    yield word


def parse_statistics(lines: Sequence[str]) -> dict[str, CueStatistics]:
    """The counts of a table with a head line: the word and eight numbers a line, parted by tabs."""
    rows = (line.split("\t") for line in lines[1:] if line)
    return {word: CueStatistics(*(int(count) for count in counts)) for word, *counts in rows}


@cache
def statistics() -> dict[str, CueStatistics]:
    """Counts by head word, read once."""
    file = resources.files("onrecord.quotes.attribution").joinpath("cue_statistics.tsv")
    return parse_statistics(file.read_text(encoding="utf-8").splitlines())


@cache
def _attributions() -> dict[str, int]:
    return {word: seen.attributions for word, seen in statistics().items()}
