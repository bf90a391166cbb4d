"""Retypes the first words of a body's name that were taken for a person: "Halvik" behind "Halvik Semiconductor"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.document.article import EntityType, NameSpan
from onrecord.lexicon.name_words import fold
from onrecord.lexicon.people import given_names
from onrecord.names.titled import before, border_before

#: A person of whom the tagger was surer at any mention stays one.
_SURE = 0.9


def bodies_by_first_word(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (in reading order) with people as bodies that the article has brought in by a longer name.

    Whoever is no body is brought in by the full name as well: a word in a person's full name stays, and so do a given
    name and what stands behind a title.
    """
    bodies: dict[str, int] = {}
    alone: dict[str, list[int]] = defaultdict(list)
    of_people: set[str] = set()
    for index, name in enumerate(names):
        words = text[name.start : name.end].split()
        if len(words) > 1 and name.entity_type is EntityType.ORG:
            for size in range(1, len(words)):
                bodies.setdefault(" ".join(words[:size]), index)
        elif words and name.entity_type is EntityType.PERSON:
            given = fold(words[0]) in given_names()
            if len(words) == 1 or (not given and bodies.get(" ".join(words), index) < index):
                alone[" ".join(words)].append(index)
            else:
                of_people.update(words)
    short = {
        index
        for word, found in alone.items()
        if bodies.get(word, len(names)) < found[0] and of_people.isdisjoint(word.split())
        if fold(word.split()[0]) not in given_names()
        if all(names[i].score < _SURE and not _has_title(text, names[i]) for i in found)
        for index in found
    }
    return [replace(n, entity_type=EntityType.ORG) if i in short else n for i, n in enumerate(names)]


def _has_title(text: str, name: NameSpan) -> bool:
    titles = before(text, name.start, border_before(text, name.start))
    return bool(titles.honorifics or titles.roles)
