"""Words and numbers as the grammar sees them: a text becomes tokens, and each token one character of code.

Two words that every rule treats alike share a code, so a rule becomes a small regular expression over codes, and
reading a text is one pass of the tokeniser plus one look-up a token. The vocabulary is `time_words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicon.word_lists import word_list

#: Numbers keep the commas of thousands, points and colons ("1,000", "10.30", "16:05"), and the letters glued to them
#: ("6pm"), unless these are a month ("3May").
TOKEN = re.compile(
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.(?![^\W\d])"
    r"|[AaPp]\.[Mm]\b\.?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)(?=\d)"
    r"|\d+(?:,\d{3}(?!\d)|[.:]\d+)*(?:[AaPp]\.[Mm]\b\.?"
    r"|(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[^\W_]*[^\W\d_])?"
    r"|[^\W\d_][^\W_]*"
    r"|[^\w\s]|_"
)
OTHER = "x"
CAPITALISED = "X"
MARK = "m"
END = "e"
#: Classes that are no list of words: a capitalised and another word not in the vocabulary, the end of the passage.
_OPEN_CLASSES = {"CAP": CAPITALISED, "LOW": OTHER, "END": END}
_MOST_CODES = 100_000
_FIRST_CODE = 0xE000  # private use: no code is a character that means something in a regular expression

_DIGITS = frozenset("0123456789")
_ORDINAL_SUFFIX = frozenset({"st", "nd", "rd", "th"})
_GLUED = re.compile(r"(\d+)(?:[:.](\d\d))?(?:[:.]\d\d)?([AaPp]\.?[Mm]\.?|[Hh]|[a-z]+|Z)?\Z")
_DOT_DATE = re.compile(r"(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\.\d{1,2}\.\d{1,2})\Z", re.ASCII)
_SAME_CHARACTER = {"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "−": "-"}


class Codes(dict[str, str]):
    """The code of each surface form; that of a word which the vocabulary does not have is found by its shape and kept.

    Not more than `_MOST_CODES` are kept, whatever is read.
    """

    def __missing__(self, token: str) -> str:
        code = self._by_shape(token)
        if len(self) < _MOST_CODES:
            self[token] = code
        return code

    def _by_shape(self, token: str) -> str:
        first = token[0]
        if first in _DIGITS:
            return self.get("\0" + " ".join(number_classes(token)), OTHER)
        if not first.isalpha():
            return MARK
        return CAPITALISED if first.isupper() else OTHER


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary, compiled: codes of surface forms, values of words, and the codes that make up each class."""

    code_of: Codes
    values: dict[str, dict[str, Any]]
    codes_in: dict[str, str]

    def encode(self, tokens: Iterable[str]) -> str:
        """One character a token and one for the end, for the grammar's expressions to run over."""
        return "".join(map(self.code_of.__getitem__, tokens)) + END

    def value(self, class_name: str, token: str) -> Any:
        """What `token` stands for as a member of the class; KeyError if it is none."""
        return self.values[class_name][token]


def _in_range(number: int, low: int, high: int) -> bool:
    return low <= number <= high


def _plain_number(digits: str) -> list[str]:
    number, width = int(digits), len(digits)
    found = ["NUM"]
    if width <= 2:
        found += ["NN"] * (width == 2)
        found += ["DAY"] * _in_range(number, 1, 31) + ["MM"] * _in_range(number, 1, 12)
        found += ["BIGDAY"] * _in_range(number, 13, 31) + ["YEARFIGURES"] * _in_range(number, 32, 99)
        found += ["HOUR"] * _in_range(number, 0, 24)
        found += ["TENSDIGITS"] * (width == 2 and number % 10 == 0)
    elif width == 3:
        found += ["NUM3"]
    elif width == 4:
        found += ["YEAR"] * _in_range(number, 1000, 2199)
        found += ["PLAINYEAR"] * _in_range(number, 1700, 2059)
        found += ["NEARYEAR"] * (_in_range(number, 1900, 2059) and number != 2000)
        found += ["TIME4"] * (number < 2400 and number % 100 < 60)
    return found


def _suffixed(number: int, minutes: str | None, suffix: str) -> list[str]:
    if suffix.lower().replace(".", "") in ("am", "pm"):
        return ["CLOCK12"] if _in_range(number, 1, 12) and int(minutes or 0) < 60 else ["GLUED"]
    if suffix in ("h", "H") and number < 24 and minutes is None:
        return ["GLUED"]
    if suffix in _ORDINAL_SUFFIX and minutes is None:
        return ["NTH"] + ["DAYTH"] * _in_range(number, 1, 31) + ["CENTURYTH"] * _in_range(number, 5, 30)
    if suffix == "s" and minutes is None and number % 10 == 0:
        return (
            ["DECADE4"] * _in_range(number, 1000, 2090)
            + ["DECADE2"] * (number < 100)
            + ["LATEDECADE"] * (50 <= number < 100)
        )
    return ["GLUED"]


def number_classes(token: str) -> list[str]:
    """The classes of a token that starts with a digit, by its shape and size; [] for one of no use here."""
    if token.isdecimal():
        return _plain_number(token) if token.isascii() and len(token) <= 9 else []
    if _DOT_DATE.match(token):
        return ["DOTDATE"]
    if (glued := _GLUED.match(token)) and token.isascii() and len(token) <= 12:
        hour, minutes, suffix = int(glued[1]), glued[2], glued[3]
        if suffix:
            return _suffixed(hour, minutes, suffix)
        if ":" in token:
            return ["TIME24"] if hour <= 24 and int(minutes or 0) < 60 else []
        fraction = ["DOTTIME"] if _in_range(hour, 0, 23) and int(minutes or 0) < 60 else []
        return ["AMOUNT", *fraction]
    if token.endswith("½") and token[:-1].isdecimal() and token[:-1].isascii() and len(token) <= 4:
        return ["HALVES"]
    return ["AMOUNT"] if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,6}\.\d", token) else []


#: One token of each numeric shape, so that every combination of classes gets its code before any text is read.
_SHAPES = [
    *(str(n) for n in range(60)),
    *(f"{n:02}" for n in range(100)),
    "0", "60", "90", "100", "999", "999999",
    "1000", "1059", "1060", "1500", "1699", "1700", "1745", "1771", "1899", "1900", "1945", "1963", "2000", "2010",
    "2059", "2060", "2199", "2200", "2399", "2400", "9999", "0800",
    "0060", "0960", "1,000", "2.5", "2.50", "25.50", "2.75", "30.61", "16:05", "16:05:10",
    "6pm", "13pm", "6:30pm", "6h", "30h", "1st", "32nd", "7th", "19th", "35th", "1990s", "30s", "90s", "190s", "6km",
    "08.05.2021", "2½",
]  # fmt: skip


def _surface_forms(word: str, cased: bool) -> list[str]:
    if cased:
        return [word] if len(word.rstrip(".")) <= 4 else [word, word.upper()]
    return [word, word.capitalize(), word.upper()]


@cache
def read_words() -> dict[str, dict[str, Any]]:
    """`time_words.yaml` as class name → {"words": {word: value} or [word], "cased": bool}."""
    loaded: dict[str, dict[str, Any]] = word_list("time_words.yaml")
    return loaded


def build_lexicon(literals: frozenset[str]) -> Lexicon:
    """The lexicon of `time_words.yaml` plus the words that rules spell out themselves."""
    classes: dict[str, set[str]] = {}
    values: dict[str, dict[str, Any]] = {}
    for name, entry in read_words().items():
        words = entry["words"]
        values[name] = {}
        for word in words:
            for form in _surface_forms(str(word), bool(entry.get("cased"))):
                classes.setdefault(form, set()).add(name)
                values[name][form] = words[word] if isinstance(words, dict) else word
    for literal in literals:
        for form in _surface_forms(literal, cased=literal[0].isupper()):
            classes.setdefault(form, set(number_classes(form) if form[0] in _DIGITS else ())).add(f"={literal}")
    for form, same in _SAME_CHARACTER.items():
        if same in classes:
            classes[form] = classes[same]
    for token in _SHAPES:
        if found := number_classes(token):
            classes["\0" + " ".join(found)] = set(found)
    return _number_codes(classes, values)


def _number_codes(classes: dict[str, set[str]], values: dict[str, dict[str, Any]]) -> Lexicon:
    code_of_set: dict[frozenset[str], str] = {}
    codes_in: dict[str, str] = dict(_OPEN_CLASSES)
    code_of = Codes()
    for form, names in classes.items():
        key = frozenset(names)
        if key not in code_of_set:
            code_of_set[key] = code = chr(_FIRST_CODE + len(code_of_set))
            for name in key:
                codes_in[name] = codes_in.get(name, "") + code
        code_of[form] = code_of_set[key]
    return Lexicon(code_of, values, codes_in)
