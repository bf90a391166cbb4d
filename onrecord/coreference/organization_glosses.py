"""Names of bodies that the article explains by one another: "Tarn Water Board (TWB)", "Orlen, also known as Veda"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.coreference.acronyms import is_acronym, stands_for_letters
from onrecord.document.article import EntityType
from onrecord.names.spans import Named

_GLOSS = re.compile(r"\s*[(\[]\s*(?:the\s+|or\s+|also\s+known\s+as\s+|known\s+as\s+|formerly\s+)?[\"“'‘]?")
_GLOSS_END = re.compile(r"[\"”'’]?\s*[)\],;]")
_IN_BRACKETS = re.compile(r"\s*\(\s*")
_ALSO = re.compile(r",?\s+(?:also\s+known\s+as|better\s+known\s+as|known\s+as|also\s+called|or)\s+(?:the\s+)?[\"“'‘]?")


def glossed_bodies(text: str, names: Sequence[Named]) -> Iterator[int]:
    """Indices of the names that are one with the name behind, as the article says: "Veda [the Red Dawn]"."""
    shortened = set(shortened_bodies(text, names))
    for index, (first, second) in enumerate(pairwise(names)):
        if first.entity_type is not second.entity_type or second.start - first.end > 40:
            continue
        between = text[first.end : second.start]
        after = text[second.end : second.end + 3]
        if _GLOSS.fullmatch(between) and _GLOSS_END.match(after):
            editorial = "[" in between or "known" in between
            pair = first.parts.core, second.parts.core
            short = index in shortened
            if short or editorial or is_acronym(*pair) or is_acronym(*reversed(pair)) or stands_for_letters(*pair):
                yield index
        elif _ALSO.fullmatch(between) and ("called" in between or "known" in between):
            yield index


def shortened_bodies(text: str, names: Sequence[Named]) -> Iterator[int]:
    """Indices of the bodies that a word of any letters in brackets right behind shortens, if it stands again.

    "Norland Centre for Civil Rights (Cendih)", whose letters may be those of its name in another language.
    """
    counts = Counter(name.parts.core for name in names)
    words = {token for name in names if len(name.parts.tokens) > 1 for token in name.parts.tokens}
    for index, (first, second) in enumerate(pairwise(names)):
        if first.entity_type is not EntityType.ORG or " " in second.parts.core or " " not in first.parts.core:
            continue
        if second.entity_type in (EntityType.LOC, EntityType.NORP) or not words.isdisjoint(second.parts.tokens):
            continue  # "Tarn Council (Orlen)", "Tarn United (Quill)" beside an Ada Quill
        alone = _IN_BRACKETS.fullmatch(text, first.end, second.start) and text[second.end : second.end + 1] == ")"
        if alone and counts[second.parts.core] > 1:
            yield index
