"""Organisations, places and groups of an article under their several names: acronyms, short forms, demonyms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from onrecord.document.article import EntityType
from onrecord.lexicon.name_words import fold, organisation_words
from onrecord.lexicon.outlets import outlets
from onrecord.lexicon.territories import territory_names
from onrecord.names.alike import misspelt
from onrecord.names.parse import plain_tokens
from onrecord.names.spans import Named
from onrecord.names.territories import territory_code

_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,8}s?$")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "y", "e", "des", "du", "to", "a", "an", "&"})
_MINISTRIES = {("ministry",), ("department",)}
_PLACE_KIND = re.compile(r"(?:state|city|town|village|county|province|island) of (?P<place>.+)$|(?P<city>.+) city$")
_GLOSS = re.compile(r"\s*[(\[]\s*(?:the\s+|or\s+|also\s+known\s+as\s+|known\s+as\s+|formerly\s+)?[\"“'‘]?")
_GLOSS_END = re.compile(r"[\"”'’]?\s*[)\],;]")
_IN_BRACKETS = re.compile(r"\s*\(\s*")
_ALSO = re.compile(r",?\s+(?:also\s+known\s+as|better\s+known\s+as|known\s+as|also\s+called|or)\s+(?:the\s+)?[\"“'‘]?")


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
        by_key[name.entity_type, _key(name)].append(index)
    firsts = {key: members[0] for key, members in by_key.items()}
    for (entity_type, key), members in by_key.items():
        if entity_type is EntityType.ORG and _is_head(key):
            continue
        for other in members[1:]:
            sets.join(members[0], other)
    _join_glosses(text, names, sets)
    for entity_type in (EntityType.ORG, EntityType.LOC, EntityType.MISC):
        keys = {key: first for (kind, key), first in firsts.items() if kind is entity_type}
        _join_acronyms(names, keys, sets)
        if entity_type is EntityType.ORG:
            _join_misspelt(keys, sets)
            taken = {key for kind, key in by_key if kind is not EntityType.ORG}
            _join_short_forms(keys, taken, sets)
            _join_heads(keys, by_key, sets)
            _join_outlets(keys, sets)
        if entity_type is EntityType.LOC:
            _join_places(names, keys, sets)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(names)):
        groups[sets.root(index)].append(index)
    return list(groups.values())


def _key(name: Named) -> str:
    """What equal names of one type have in common."""
    code = territory_code(name.parts.core, name.entity_type)
    if code:
        return f"={code}"
    tokens = name.parts.tokens
    if name.entity_type is EntityType.NORP and tokens and len(tokens[-1]) > 4 and tokens[-1].endswith("s"):
        tokens = (*tokens[:-1], tokens[-1][:-1])
    if name.entity_type is EntityType.ORG and len(tokens) > 1:
        tokens = _named_first(_with_code(tokens))
    return " ".join(tokens) or fold(name.parts.core)


def _with_code(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """`tokens` with a leading country as its code, so that "U.S. Senate" and "United States Senate" are one.

    Of a body of the state also a people before it and a country behind "of": "Norlandish Government" and "Government of
    Norland" are one, "Norlandish Bank" and "Bank of Norland" are not.
    """
    _, heads, _ = organisation_words()
    of_state = not heads.isdisjoint(tokens)
    for size in (3, 2, 1):
        code = territory_code(" ".join(tokens[:size]), EntityType.LOC) if size < len(tokens) else None
        if not code and of_state and size == 1:
            code = territory_code(tokens[0], EntityType.NORP)
        if code:
            return (f"={code}", *tokens[size:])
    for size in (3, 2, 1) if of_state else ():
        before = tokens[:-size]
        before = before[:-1] if before and before[-1] == "the" else before
        code = territory_code(" ".join(tokens[-size:]), EntityType.LOC) if before and before[-1] == "of" else None
        if code and len(before) > 1:
            return (f"={code}", *before[:-1])
    return tokens


def _named_first(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a ministry with what it is for first: "Ministry of the Interior" is the "Interior Ministry"."""
    at = 1 if tokens[0].startswith("=") else 0
    if tokens[at : at + 1] not in _MINISTRIES or tokens[at + 1 : at + 2] != ("of",):
        return tokens
    field = tokens[at + 2 :]
    return (*tokens[:at], *(field[1:] if field[:1] == ("the",) else field), tokens[at])


def _join_glosses(text: str, names: Sequence[Named], sets: _Sets) -> None:
    """Join neighbours that the article explains by one another: "Tarn Water Board (TWB)", "Veda [the Red Dawn]"."""
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
            if short or editorial or is_acronym(*pair) or is_acronym(*reversed(pair)) or _letters_of(*pair):
                sets.join(index, index + 1)
        elif _ALSO.fullmatch(between) and ("called" in between or "known" in between):
            sets.join(index, index + 1)


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


def is_acronym(long: str, short: str) -> bool:
    """Whether `short` is made of initials of the words of `long`, in order ("Tarn Water Board", "TWB").

    Small words ("of", "and") may count or not; a word may give more than one letter ("Medicor", "MDC") only if all
    words give at least their first or are small.
    """
    letters = fold(short).replace(".", "").replace("-", "")
    if short[-1:].islower() and short[:-1].isupper() and len(short) > 3 and short[-1] != "s":
        return _ends_in_word(long, short)
    if not (_ACRONYM.fullmatch(short) and short[:1].isupper() and sum(c.isupper() for c in short) * 2 >= len(letters)):
        return False
    words = [w for w in fold(long).replace(".", "").replace("-", " ").replace("/", " ").split() if w]
    if len(words) < 2:
        return False
    full = "".join(w[0] for w in words)
    bare = "".join(w[0] for w in words if w not in _SMALL)
    singular = letters[:-1] if short.endswith("s") else letters
    return letters in (full, bare) or singular in (full, bare) or _optional_small(letters, words)


def _ends_in_word(long: str, short: str) -> bool:
    """Whether the last word gives two letters: "HISc" of "Harbour Institute of Science"."""
    words = [w for w in fold(long).replace("-", " ").split() if w not in _SMALL]
    initials = "".join(w[0] for w in words)
    return len(words) > 2 and words[-1][:2] == fold(short[-2:]) and initials == fold(short[:-1])


def _letters_of(long: str, short: str) -> bool:
    """Whether `short`, in brackets behind `long`, can stand for it: capitals that occur in it, in order."""
    if not (short.isupper() and short.isalpha() and 2 < len(short) < len(long)):
        return False
    initials = sorted(w[0] for w in fold(long).replace("-", " ").split() if w not in _SMALL)
    if sorted(fold(short)) == initials:  # of the words in another language's order
        return True
    rest = iter(fold(long))
    return fold(long)[0] == fold(short)[0] and all(letter in rest for letter in fold(short))


def _optional_small(letters: str, words: Sequence[str]) -> bool:
    """Whether `letters` are the initials of all words but some of the small ones and of those for a kind."""
    position = 0
    for word in words:
        if position < len(letters) and word[0] == letters[position]:
            position += 1
        elif word not in _SMALL and word not in organisation_words()[0]:
            return False
    return position == len(letters) > 1


def _join_acronyms(names: Sequence[Named], keys: dict[str, int], sets: _Sets) -> None:
    """Join an acronym to the one long name of the article whose initials it has, if there is just one.

    Else to the one with these initials in another language's order: "MDT" of the "Transport Department of Morland".
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
            by_letters[_sorted("".join(w[0] for w in words if w not in _SMALL))].append(first)
    for first in list(keys.values()):
        short = names[first].parts.core
        if " " in short or not _ACRONYM.fullmatch(short):
            continue
        near = longs.get(fold(short)[:1], ())
        meant = {sets.root(other) for other in near if is_acronym(names[other].parts.core, short)}
        if not meant and len(short) > 2:
            meant = {sets.root(other) for other in by_letters.get(_sorted(short), ())}
        if len(meant) == 1:
            sets.join(first, meant.pop())


def _sorted(letters: str) -> str:
    return "".join(sorted(fold(letters).replace(".", "")))


def _join_short_forms(keys: dict[str, int], taken: Collection[str], sets: _Sets) -> None:
    """Join an organisation to the one longer name that only adds words for its kind or its country to it.

    "Tarn" to "Tarn Brigade militia", "Tide Observatory" to "U.S. Tide Observatory"; of those named before it also
    "Corran University" to "Corran University of the Tarn", and "Orlen" to "Orlen Veda", unless Orlen is a name of
    something else in the article (`taken`).
    """
    by_word: dict[str, list[tuple[list[str], int]]] = defaultdict(list)
    for key, first in keys.items():
        words = key.split()
        for word in dict.fromkeys(words) if len(words) > 1 else ():
            by_word[word].append((words, first))
    for key, first in keys.items():
        words = key.split()
        if not words or _is_head(key):
            continue
        # A longer name has all the words, so also the one that the fewest names have.
        longs = min((by_word.get(word, []) for word in words), key=len)
        meant = {
            sets.root(f)
            for ws, f in longs
            if _adds_kind_only(words, ws) or _adds_country(words, ws) or (f < first and _adds_whose(words, ws))
        }
        if not meant and len(words) == 1 and len(key) > 3 and key not in taken:
            meant = {sets.root(f) for ws, f in longs if len(ws) == 2 and ws[0] == key and f < first}
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
    for key in keys:
        if not _is_head(key):
            continue
        words = key.split()
        longs = sorted(
            index
            for (kind, other), members in by_key.items()
            if kind is EntityType.ORG and other != key and _headed(other.split(), words)
            for index in members
        )  # fmt: skip
        roots = {sets.root(index) for index in longs}
        for mention in by_key[EntityType.ORG, key]:
            place = bisect_left(longs, mention)
            if len(roots) == 1:
                sets.join(mention, longs[0])
            else:
                sets.join(mention, longs[place - 1] if place else by_key[EntityType.ORG, key][0])


def _join_outlets(keys: dict[str, int], sets: _Sets) -> None:
    """Join the last word of an outlet's name to the one outlet that it ends: "the Herald" to "The Corran Herald"."""
    for key, first in keys.items():
        word = key.removeprefix("the ")
        if word.capitalize() in outlets().endings:
            longs = {
                sets.root(long) for other, long in keys.items() if other.split()[1:] and other.endswith(f" {word}")
            }
            longs.discard(sets.root(first))
            if len(longs) == 1:
                sets.join(first, longs.pop())


def _headed(words: Sequence[str], head: Sequence[str]) -> bool:
    """Whether `words` name a body of the kind `head`: at the end, or before an of-phrase."""
    if list(words[-len(head) :]) == list(head):
        return len(words) == len(head) or words[-len(head) - 1] not in _SMALL
    return list(words[: len(head)]) == list(head) and len(words) > len(head) and words[len(head)] in _SMALL


def _is_head(key: str) -> bool:
    """Whether a name is words for a kind of organisation only ("Brigade", "Supreme Court")."""
    kinds, heads, generals = organisation_words()
    words = key.split()
    return bool(words) and all(w in kinds or w in heads or w in generals for w in words) and words[-1] not in generals


def _adds_country(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `long` is a name of several words behind its country: "U.S. Corran Observatory"."""
    return len(short) > 1 and long[0].startswith("=") and list(long[1:]) == list(short)


def _adds_whose(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `long` is a name of several words before "of": "Corran University of the Tarn"."""
    return len(short) > 1 and list(long[: len(short) + 1]) == [*short, "of"]


def _adds_kind_only(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `long` is `short` with words for its kind before or after ("tarn", "tarn brigade militia")."""
    kinds, _, _ = organisation_words()
    extra = len(long) - len(short)
    if extra <= 0:
        return False
    if list(long[: len(short)]) == list(short):
        return all(w in kinds or w in _SMALL for w in long[len(short) :])
    return list(long[extra:]) == list(short) and all(w in kinds or w in _SMALL for w in long[:extra])


def _join_places(names: Sequence[Named], keys: dict[str, int], sets: _Sets) -> None:
    """Join a place to itself with more words: "Orlen, Tarnia", "the State of Orlen", "Orlen City"."""
    for key, first in keys.items():
        head, comma, _ = names[first].parts.core.partition(",")
        plain = " ".join(plain_tokens(head)) if comma else _plain_place(key)
        other = keys.get(plain)
        if other is not None:
            sets.join(first, other)


def _plain_place(key: str) -> str:
    """A place's key without "state of" before or "city" behind it; "Kuwait City" is not Kuwait, though."""
    match = _PLACE_KIND.match(key)
    if not match:
        return key
    city = match.group("city")
    if city:
        return key if fold(city) in territory_names() else city
    return match.group("place")
