"""Organisations, places and groups of an article under their several names: acronyms, short forms, demonyms."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence

from onrecord.coreference.acronyms import has_form_of_acronym, is_acronym, is_office_of
from onrecord.coreference.organization_glosses import glossed_bodies
from onrecord.coreference.organization_keys import heads_of, is_head, key_of, plain_place
from onrecord.document.article import EntityType
from onrecord.lexicon.name_words import fold, organisation_words, small_words
from onrecord.lexicon.outlets import is_outlet, outlets
from onrecord.names.alike import misspelt
from onrecord.names.parse import plain_tokens
from onrecord.names.spans import Named
from onrecord.names.territories import territory_code

_INITIALS = 3  # letters that may be those of another name


class _Sets:
    """Which of `size` things are one: union-find."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self.root(a), self.root(b)))
        self._parent[second] = first


def chain_bodies(text: str, names: Sequence[Named]) -> list[list[int]]:
    """Indices of `names` (none a PERSON; in reading order), one list an entity; every index is in exactly one.

    Only names of one type join: the Russians and Russia stay two.
    """
    sets = _Sets(len(names))
    by_key: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        by_key[name.entity_type, key_of(name)].append(index)
    firsts = {key: members[0] for key, members in by_key.items()}
    for (entity_type, key), members in by_key.items():
        if entity_type is EntityType.ORG and is_head(key):
            continue
        for other in members[1:]:
            sets.join(members[0], other)
    for index in glossed_bodies(text, names):
        sets.join(index, index + 1)
    for entity_type in (EntityType.ORG, EntityType.LOC, EntityType.MISC):
        keys = {key: first for (kind, key), first in firsts.items() if kind is entity_type}
        _join_acronyms(text, names, keys, sets)
        if entity_type is EntityType.ORG:
            _join_misspelt(keys, sets)
            taken = {key for kind, key in by_key if kind is not EntityType.ORG}
            _join_short_forms(names, keys, taken, sets)
            _join_heads(keys, by_key, sets)
            _join_outlets(keys, sets)
        if entity_type is EntityType.LOC:
            _join_places(names, keys, sets)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(names)):
        groups[sets.root(index)].append(index)
    return list(groups.values())


def _join_acronyms(text: str, names: Sequence[Named], keys: dict[str, int], sets: _Sets) -> None:
    """Join an acronym to the one long name of the article whose initials it has, if there is just one.

    Else to the one with these initials in another language's order: "MDT" of the "Transport Department of Morland".
    None where an office named before has the initials, and the body comes later: "the CS" before the Corran Standard.
    """
    longs: dict[str, list[int]] = defaultdict(list)
    for key, first in keys.items():
        core = names[first].parts.core
        for letter in {word[0] for word in fold(core).split()[:2]} if " " in key else ():
            longs[letter].append(first)
    by_letters: dict[str, list[int]] = defaultdict(list)
    for first in keys.values():
        words = fold(names[first].parts.core).replace("-", " ").split()
        if len(words) > 2:
            by_letters[_sorted("".join(w[0] for w in words if w not in small_words()))].append(first)
    for first in list(keys.values()):
        short = names[first].parts.core
        if not has_form_of_acronym(short):
            continue
        near = longs.get(fold(short)[:1], ())
        meant = {sets.root(other) for other in near if is_acronym(names[other].parts.core, short)}
        if min(meant, default=first) > first and is_office_of(text[: names[first].start], short):
            continue
        if not meant and len(short) > 2:
            meant = {sets.root(other) for other in by_letters.get(_sorted(short), ())}
        if len(meant) == 1:
            sets.join(first, meant.pop())


def _sorted(letters: str) -> str:
    return "".join(sorted(fold(letters).replace(".", "")))


def _join_short_forms(names: Sequence[Named], keys: dict[str, int], taken: Collection[str], sets: _Sets) -> None:
    """Join an organisation to the one longer name that only adds words for its kind or its country to it.

    "Tarn" to "Tarn Brigade militia", "Tide Observatory" to "U.S. Tide Observatory"; of those named before it also
    "Corran University" to "Corran University of the Tarn", and "Orlen" to "Orlen Veda", unless Orlen is a name of
    something else in the article (`taken`). "Rovers" to "Corran Rovers", wherever that is named.
    """
    by_word: dict[str, list[tuple[list[str], int]]] = defaultdict(list)
    for key, first in keys.items():
        words = key.split()
        for word in dict.fromkeys(words) if len(words) > 1 else ():
            by_word[word].append((words, first))
    for key, first in keys.items():
        words = key.split()
        if not words or is_head(key):
            continue
        # A longer name has all the words, so also the one that the fewest names have.
        longs = min((by_word.get(word, []) for word in words), key=len)
        meant = {
            sets.root(f)
            for ws, f in longs
            if _adds_kind_only(words, ws) or _adds_country(words, ws) or (f < first and _adds_whose(words, ws))
        }
        named_apart = key in taken or is_outlet(names[first].parts.core)  # "Corran News" beside "Corran News Digital"
        if not meant and len(words) == 1 and len(key) > _INITIALS and not named_apart:
            meant = {sets.root(f) for ws, f in longs if (ws[:-1] == words and f < first) or _is_team(words, ws)}
        if len(meant) == 1:
            sets.join(first, meant.pop())


def _join_misspelt(keys: dict[str, int], sets: _Sets) -> None:
    """Join bodies whose names of several words differ by a letter of a word for their kind: "Works Minstry"."""
    kinds, heads, _ = organisation_words()
    listed = kinds | heads
    by_rest: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    for key, first in keys.items():
        words = key.split()
        for place, word in enumerate(words) if len(words) > 1 else ():
            by_rest[place, " ".join((*words[:place], *words[place + 1 :]))].append((word, first))
    for alike in by_rest.values():
        right = [(kind, other) for kind, other in alike if kind in listed]
        for word, first in alike if right else ():
            meant = None if word in listed else next((o for kind, o in right if misspelt(word, kind)), None)
            if meant is not None:
                sets.join(first, meant)


def _join_heads(keys: dict[str, int], by_key: dict[tuple[EntityType, str], list[int]], sets: _Sets) -> None:
    """Join a bare head ("the Brigade") to the last organisation of that kind named before it.

    If none is named before, to the only one named at all; else all of one head are one.
    """
    headed: dict[str, list[int]] = {key: [] for key in keys if is_head(key)}
    for key in keys if headed else ():
        for head in heads_of(key) & headed.keys() - {key}:
            headed[head] += by_key[EntityType.ORG, key]
    for head, longs in headed.items():
        longs.sort()
        roots = {sets.root(index) for index in longs}
        mentions = by_key[EntityType.ORG, head]
        for mention in mentions:
            place = bisect_left(longs, mention)
            if len(roots) == 1:
                sets.join(mention, longs[0])
            else:
                sets.join(mention, longs[place - 1] if place else mentions[0])


def _join_outlets(keys: dict[str, int], sets: _Sets) -> None:
    """Join the last word of an outlet's name to the one outlet that it ends: "the Herald" to "The Corran Herald"."""
    by_last: dict[str, list[int]] = defaultdict(list)
    for key, first in keys.items():
        before, _, last = key.rpartition(" ")
        if before:
            by_last[last].append(first)
    for key, first in keys.items():
        word = key.removeprefix("the ")
        if word.capitalize() in outlets().endings:
            longs = {sets.root(long) for long in by_last.get(word, ())}
            longs.discard(sets.root(first))
            if len(longs) == 1:
                sets.join(first, longs.pop())


def _adds_country(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `long` is a name of several words behind its country: "U.S. Corran Observatory"."""
    return len(short) > 1 and long[0].startswith("=") and list(long[1:]) == list(short)


def _adds_whose(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `long` is a name of several words before "of": "Corran University of the Tarn"."""
    return len(short) > 1 and list(long[: len(short) + 1]) == [*short, "of"]


def _is_team(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `long` is a plural name of one word with its place, no people's nor a figure: "Corran Rovers"."""
    plural = len(short) == 1 and short[0].endswith("s") and not short[0].endswith("ss")
    of_people = long[0].startswith("=") or territory_code(long[0], EntityType.NORP) is not None
    return plural and len(long) > 1 and long[-1] == short[0] and long[0][0].isalpha() and not of_people


def _adds_kind_only(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `long` is `short` with words for its kind before or after ("tarn", "tarn brigade militia")."""
    kinds, _, _ = organisation_words()
    extra = len(long) - len(short)
    if extra <= 0:
        return False
    if list(long[: len(short)]) == list(short):
        return all(w in kinds or w in small_words() for w in long[len(short) :])
    return list(long[extra:]) == list(short) and all(w in kinds or w in small_words() for w in long[:extra])


def _join_places(names: Sequence[Named], keys: dict[str, int], sets: _Sets) -> None:
    """Join a place to itself with more words: "Orlen, Tarnia", "the State of Orlen", "Orlen City"."""
    for key, first in keys.items():
        head, comma, _ = names[first].parts.core.partition(",")
        plain = " ".join(plain_tokens(head)) if comma else plain_place(key)
        other = keys.get(plain)
        if other is not None:
            sets.join(first, other)
