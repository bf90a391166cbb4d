"""Which encoding bytes that are not valid UTF-8 were written in, by the letters that then stand side by side.

Each candidate is scored by the probability of what it makes of the words with bytes above 0x7F: letters by how often
they follow one another in the words of a language (`letters.json`, counted by training/letters.py), marks and signs by
whether they stand where such marks stand. windows-1252 is what English text is written in where it is not UTF-8: any
other encoding has to be likelier by its odds in `CANDIDATES`.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt

#: Encodings by the logarithm of their odds to windows-1252, before the text is looked at.
CANDIDATES: Mapping[str, float] = {
    "windows-1252": 0.0,
    "utf-8": 0.0,
    "iso-8859-15": -8.0,
    "mac-roman": -5.0,
    "cp850": -6.0,
    "cp437": -7.0,
    "windows-1250": -4.0,
    "iso-8859-2": -4.5,
    "cp852": -7.0,
    "windows-1254": -5.0,
    "windows-1257": -5.0,
    "windows-1251": -4.0,
    "koi8-r": -5.0,
    "koi8-u": -6.0,
    "iso-8859-5": -6.0,
    "cp866": -6.0,
    "mac-cyrillic": -7.0,
    "windows-1253": -5.0,
    "iso-8859-7": -5.5,
    "windows-1255": -5.0,
    "windows-1256": -5.0,
    "cp874": -5.0,
    "shift-jis": -4.0,
    "euc-jp": -5.0,
    "gb18030": -4.0,
    "big5": -4.0,
    "euc-kr": -4.0,
}
#: Python's codecs for all that is written under a name, where the codec of that name is narrower.
CODECS: Mapping[str, str] = {"shift-jis": "cp932", "big5": "big5hkscs", "euc-kr": "cp949"}
#: What the national standards hold to be common, by the first of two bytes: kana, syllables and ideographs of level 1.
_COMMON: Mapping[str, tuple[tuple[str, int, int], ...]] = {
    "ja": (("euc_jp", 0xA4, 0xA5), ("euc_jp", 0xB0, 0xCF)),
    "ko": (("euc_kr", 0xB0, 0xC8),),
    "zh": (("gb2312", 0xB0, 0xD7),),
    "zh_Hant": (("big5", 0xA4, 0xC6),),
}
#: Bytes that are looked at; more add time and no knowledge.
_SAMPLE = 4_000
#: Bytes between white space of which at least one is above 0x7F.
_RUN = re.compile(rb"[^\s\x80-\xff]*[\x80-\xff][^\s]*")
_COMBINING = r"\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_LETTERS = re.compile(rf"[^\W\d_ªº¼½¾²³¹](?:[^\W\d_ªº¼½¾²³¹]|[{_COMBINING}])*")

#: Logarithms of probabilities: a typographic mark where such a mark stands, the same once more, and one elsewhere; a
#: usual sign; a rare one; a sign that touches letters that it should not; a character that no text has.
_MARK, _AGAIN, _STRAY_MARK, _SIGN, _RARE, _IN_WORD, _NEVER = -3.0, -0.5, -9.0, -5.0, -11.0, -14.0, -18.0
#: A capital above ASCII amid a word; a letter above ASCII that is a word; an ideograph beside an ASCII letter.
_CASE, _ALONE, _MIXED = -9.0, -3.0, -3.0
#: What a language is given for letters that its words do not have; of ideographs there are thousands.
_UNSEEN, _UNSEEN_IDEOGRAPH = 1e-6, 1e-8
#: Of the letters of a text, the share behind which a word ends.
_END = 0.15
_SMOOTHING = 2.0

_OPENING, _CLOSING, _DASHES, _JOINING = "“‘", "”’…", "–—•\xa0", "’—\xa0"
_BEFORE_WORDS, _BEHIND_WORDS, _BESIDE_FIGURES = "„‚«‹¿¡©°", "»›®™²³´ºª·", "£€§½¼¾×±¢¥\xad″′"


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, and the logarithm of the probability of what was looked at, for each of its `size` bytes."""

    encoding: str
    fit: float
    size: int


def likeliest(raw: bytes) -> Guess | None:
    """The most probable of `CANDIDATES` for bytes that are not valid UTF-8; None where all are ASCII."""
    runs = _runs(raw)
    if not runs:
        return None
    scores = {name: odds + sum(_score(run, name) * weight for run, weight in runs) for name, odds in CANDIDATES.items()}
    best = max(scores, key=lambda name: scores[name])
    weighed = sum(len(run) * weight for run, weight in runs)
    return Guess(best, scores[best] / weighed, sum(len(run) for run, _ in runs))


def _runs(raw: bytes) -> list[tuple[bytes, float]]:
    """Pieces of text with bytes above ASCII, the most frequent first, with the root of the number of each."""
    runs: list[tuple[bytes, float]] = []
    size = 0
    for run, number in Counter(match[0] for match in _RUN.finditer(raw)).most_common():
        runs.append((run[: _SAMPLE - size], math.sqrt(number)))
        size += len(run)
        if size >= _SAMPLE:
            break
    return runs


def _score(run: bytes, encoding: str) -> float:
    return text_score(run.decode(CODECS.get(encoding, encoding), "replace"))


def text_score(text: str) -> float:
    """The logarithm of the probability of a text's words and of its marks above ASCII."""
    score = sum(word_score(word) for word in _LETTERS.findall(text))
    bare = _LETTERS.sub(lambda word: "a" * len(word[0]), text)
    return score + sum(_mark_score(bare, at) for at, c in enumerate(bare) if not c.isascii())


def _mark_score(text: str, at: int) -> float:
    """How probable a character that is no letter is between its neighbours."""
    mark = text[at]
    before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
    category = unicodedata.category(mark)
    if mark == "\ufffd" or category in ("Cc", "Cn", "Co", "Mn"):
        return _NEVER
    if mark == before:
        return _AGAIN
    if before.isalpha() and after.isalpha():
        return _MARK if mark in _JOINING else _SIGN if mark in "‘–\xad" else _IN_WORD
    if mark in _DASHES:
        return _MARK
    if mark in _OPENING:
        return _MARK if not before.isalnum() and not after.isspace() else _STRAY_MARK
    if mark in _CLOSING:
        return _MARK if not before.isspace() and not after.isalnum() else _STRAY_MARK
    if "\u3000" <= mark <= "\u301f" or "\uff01" <= mark <= "\uff60":
        return _MARK
    if mark in _BEFORE_WORDS:
        return _SIGN if not before.isalpha() else _IN_WORD
    if mark in _BEHIND_WORDS:
        return _SIGN if not after.isalpha() else _IN_WORD
    if mark in _BESIDE_FIGURES:
        return _SIGN if before.isdigit() or after.isdigit() or not (before.isalpha() or after.isalpha()) else _IN_WORD
    return _RARE


@cache
def word_score(word: str) -> float:
    """The logarithm of the probability of a word: the mean over languages, and less where capitals stand amid it."""
    bound = f"^{''.join(c.lower()[0] for c in word)}$"
    likely = np.sum([_pair_scores(a, b) for a, b in pairwise(bound)], axis=0)
    capitals = 0 if word.isupper() else sum(c.isupper() and not c.isascii() for c in word[1:])
    alone = len(word) == 1 and not word.isascii()
    return float(np.logaddexp.reduce(likely)) - math.log(len(likely)) + _CASE * capitals + _ALONE * alone


@cache
def _pair_scores(before: str, letter: str) -> npt.NDArray[np.float64]:
    """The logarithm of the probability of a letter behind another, in each language."""
    mixed = _MIXED * (
        max(before, letter) >= "\u2e80" and min(before, letter).isalpha() and min(before, letter).isascii()
    )
    return np.array([math.log(language.probability(before, letter)) + mixed for language in _languages()])


@dataclass(frozen=True, slots=True)
class _Language:
    """How often the letters of a language stand, and behind which other."""

    counts: Mapping[str, int]
    total: int

    def probability(self, before: str, letter: str) -> float:
        foreign = _UNSEEN_IDEOGRAPH if letter >= "\u2e80" else _UNSEEN
        alone = max(self.counts.get(letter, 0) / self.total, foreign) if letter != "$" else _END
        if not "\x7f" < max(before, letter) < "\u2e80":
            return alone
        return (self.counts.get(before + letter, 0) + _SMOOTHING * alone) / (self.counts.get(before, 0) + _SMOOTHING)


@cache
def _languages() -> tuple[_Language, ...]:
    counted = json.loads(resources.files(__package__).joinpath("letters.json").read_text(encoding="utf-8"))
    languages = []
    for language, pairs in counted.items():
        counts = Counter[str](pairs)
        for codec, first, last in _COMMON.get(language, ()):
            counts.update(_characters(codec, first, last))
        languages.append(_Language(counts, sum(number for pair, number in counts.items() if len(pair) == 1)))
    return tuple(languages)


def _characters(codec: str, first: int, last: int) -> str:
    """The characters of two bytes whose first is between two bounds."""
    return b"".join(bytes((a, b)) for a in range(first, last + 1) for b in range(0xA1, 0xFF)).decode(codec, "ignore")
