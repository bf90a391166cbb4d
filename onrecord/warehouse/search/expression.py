"""What a person types, as an FTS5 expression: words and "phrases" that all must be there; nothing of it is syntax."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: A phrase in double quotation marks of any kind, or what stands between blanks.
_PIECE = re.compile(r'["“„«»]([^"“”„«»]*)["”“«»]|(\S+)')

#: More words than this are not asked for: each costs a pass over the index.
MOST_WORDS = 32


def terms(asked: str) -> list[str]:
    """The words and phrases of a question, in order; what has neither letter nor digit is left out."""
    cleaned = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in asked)
    found = (match[1] if match[1] is not None else match[2] for match in _PIECE.finditer(cleaned))
    return [term for term in found if any(map(_is_of_word, term))][:MOST_WORDS]


def phrase(term: str) -> str:
    """A term as an FTS5 string: whatever is in it is text."""
    return '"' + term.replace('"', '""') + '"'


def all_of(parts: Iterable[str]) -> str:
    """An expression that all of the parts match."""
    return " AND ".join(f"({part})" for part in parts)


def any_of(parts: Iterable[str]) -> str:
    """An expression that one of the parts matches."""
    return " OR ".join(parts)


def within(columns: tuple[str, ...], expression: str) -> str:
    """The expression, in these columns only."""
    return f"{{{' '.join(columns)}}} : ({expression})"


def _is_of_word(character: str) -> bool:
    """Whether FTS5's tokenizer (unicode61) takes a character into a word."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"
