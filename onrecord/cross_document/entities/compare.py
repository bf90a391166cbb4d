"""What two names have to do with each other, by the names alone.

People are compared part by part: every part of the shorter name must have its counterpart in the other, in any
order; parts left over on both sides speak for two people ("Kim Jong Un", "Kim Jong Il"), parts left over on one side
for a fuller form ("Muen Kadhimi", "Muen Jabbar al-Kadhimi"). Organisations and places are one only if all their
words agree but for legal form, article and order: "Kataib Hezbollah" is no fuller form of "Hezbollah".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from onrecord.cross_document.entities.keys import country_of, organisation_parts, person_parts, place_parts, words
from onrecord.cross_document.entities.spelling import OTHER_NAME, Likeness, likeness, sound_alike, sounded


class Verdict(StrEnum):
    """EQUAL: one name, however spelled. PARTIAL: one is a shorter form of the other. NEAR: a slip of the pen apart.
    CONFLICT: they have parts in common and parts that contradict each other. UNRELATED: nothing in common."""

    EQUAL = "equal"
    PARTIAL = "partial"
    NEAR = "near"
    CONFLICT = "conflict"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`score` is 0 to 1, higher for names more likely of one bearer; `MATCH` and above counts as the same name."""

    verdict: Verdict
    score: float
    reason: str

    @property
    def is_match(self) -> bool:
        return self.score >= MATCH


#: Two names of this score or more are taken for one name where there is nothing but the names to go by.
MATCH = 0.75


def compare_names(a: str, b: str, entity_type: str) -> Comparison:
    """Compare two names of one type (PERSON, ORG, LOC, NORP, MISC). Symmetric."""
    if entity_type == "PERSON":
        return compare_people(a, b)
    return compare_organisations(a, b, entity_type)


def compare_people(a: str, b: str) -> Comparison:
    """Compare two names of people, titles already taken off. Symmetric."""
    if a > b:
        a, b = b, a
    (parts_a, suffix_a), (parts_b, suffix_b) = person_parts(a), person_parts(b)
    left, right = _units(parts_a), _units(parts_b)
    if not left or not right:
        return Comparison(Verdict.UNRELATED, 0.0, "no name")
    if suffix_a != suffix_b and (suffix_a and suffix_b):
        return Comparison(Verdict.CONFLICT, 0.2, f"{suffix_a} and {suffix_b}")
    if sorted(left) == sorted(right) or _joined(left, right):
        return _suffixed(Comparison(Verdict.EQUAL, 1.0, "same parts"), suffix_a, suffix_b)
    return _suffixed(_judge(_align(left, right), left, right), suffix_a, suffix_b)


def _suffixed(found: Comparison, suffix_a: str, suffix_b: str) -> Comparison:
    """One of the two has a generational suffix: it may be the father or the son."""
    if suffix_a == suffix_b or found.verdict not in (Verdict.EQUAL, Verdict.NEAR):
        return found
    return Comparison(Verdict.PARTIAL, min(found.score, 0.8), f"{found.reason}; only one is {suffix_a or suffix_b}")


def _units(parts: list[str]) -> list[str]:
    """Parts with what belongs together joined: "abd rahman", "abdulrahman" and "bin salman" are one unit each."""
    lists = words()
    out: list[str] = []
    held = ""
    for part in parts:
        if part in lists["compounding_prefixes"] or part in ("bin", "ibn", "ben"):
            held += _PREFIX.get(part, part)
        elif part in lists["particles"]:
            continue
        else:
            out.append(held + _opened(part))
            held = ""
    return out + ([held] if held else []) or parts


_PREFIX = {"abdul": "abd", "abdal": "abd", "abdel": "abd", "abdol": "abd", "abdur": "abd", "ibn": "bin", "ben": "bin"}


def _opened(part: str) -> str:
    """ "abdulrahman" as "abdrahman"."""
    for prefix in ("abdul", "abdel", "abdal", "abdol"):
        if part.startswith(prefix) and len(part) > len(prefix) + 2:
            return "abd" + part[len(prefix) :]
    return part


def _joined(left: list[str], right: list[str]) -> bool:
    """Words run together or taken apart: "Ramimakhlouf", "Kim Jongun"."""
    if len(left) == len(right) or any(len(p) == 1 for p in (*left, *right)):
        return False
    return sound_alike(sounded("".join(left)), sounded("".join(right)))


def _align(left: list[str], right: list[str]) -> list[tuple[int, int, Likeness]]:
    """Pairs of parts, best first, each part once; at equal likeness the pair nearest in position."""
    scored = [
        (-found.score, abs(i - j), i, j, found)
        for i, x in enumerate(left)
        for j, y in enumerate(right)
        if (found := likeness(x, y)).score >= 0.7
    ]
    scored.sort(key=lambda row: row[:4])
    used_l: set[int] = set()
    used_r: set[int] = set()
    out: list[tuple[int, int, Likeness]] = []
    for _, _, i, j, found in scored:
        if i not in used_l and j not in used_r:
            used_l.add(i)
            used_r.add(j)
            out.append((i, j, found))
    return out


def _judge(pairs: list[tuple[int, int, Likeness]], left: list[str], right: list[str]) -> Comparison:
    over_l = [x for i, x in enumerate(left) if i not in {p[0] for p in pairs}]
    over_r = [y for j, y in enumerate(right) if j not in {p[1] for p in pairs}]
    full = [p for p in pairs if p[2].why != "initial"]
    if not full:
        return Comparison(Verdict.UNRELATED, 0.1 * len(pairs), "no part in common")
    weakest = min(p[2].score for p in pairs)
    near = [p for p in pairs if p[2].why.startswith("near")]
    misspelt = f"{len(near)} parts misspelt" if len(near) > 1 else "one part misspelt"
    if any(p[2].why == OTHER_NAME for p in near):
        misspelt = OTHER_NAME
    how = ", ".join(sorted({p[2].why for p in pairs}))
    if over_l and over_r and (_run_together(over_l, over_r) or _run_together(over_r, over_l)):
        return Comparison(Verdict.PARTIAL, 0.8, "initials")
    if over_l and over_r:
        worst = max(likeness(x, y).score for x in over_l for y in over_r)
        return Comparison(Verdict.CONFLICT, 0.3 + 0.5 * worst, f"{' '.join(over_l)} against {' '.join(over_r)}")
    if len(near) > 1:
        return Comparison(Verdict.NEAR, weakest - 0.1 * (len(near) - 1), misspelt)
    if over_l or over_r:
        if _initial_displaced(pairs, left, right):
            return Comparison(Verdict.CONFLICT, 0.45, "another first middle initial")
        return _partial(full, misspelt if near else "", weakest, over_l or over_r, how)
    if near:
        alone = len(pairs) == 1
        return Comparison(Verdict.NEAR, weakest - (0.05 if alone else 0.0), misspelt)
    if any(p[2].why == "initial" for p in pairs):
        return Comparison(Verdict.PARTIAL, 0.8, "initial")
    return Comparison(Verdict.EQUAL, weakest, how)


def _run_together(short: list[str], long: list[str]) -> bool:
    """Initials written as one word: "JC" for "Jean-Claude"."""
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)


def _initial_displaced(pairs: list[tuple[int, int, Likeness]], left: list[str], right: list[str]) -> bool:
    """Whether the first middle initial of the shorter name is a later middle name of the fuller one.

    George W. is no shorter form of George H. W.: people leave out middle names from the end.
    """
    for i, j, _ in pairs:
        short, at, other = (left, i, j) if len(left) < len(right) else (right, j, i)
        if at == 1 and len(short) > 2 and len(short[1]) == 1 and other > 1:
            return True
    return False


def _partial(
    full: list[tuple[int, int, Likeness]],
    misspelt: str,
    weakest: float,
    over: list[str],
    how: str,
) -> Comparison:
    extra = " ".join(over)
    if len(full) == 1:
        return Comparison(Verdict.PARTIAL, 0.3 if misspelt else 0.5, f"one part in common; {extra} in one only")
    if misspelt:
        return Comparison(Verdict.NEAR, weakest - 0.05, f"{misspelt}; {extra} in one only")
    return Comparison(Verdict.PARTIAL, min(weakest, 0.9) - 0.02 * len(over), f"{how}; {extra} in one only")


def compare_organisations(a: str, b: str, entity_type: str = "ORG") -> Comparison:
    """Compare two names of organisations, places or groups. Symmetric."""
    if a > b:
        a, b = b, a
    read = organisation_parts if entity_type in ("ORG", "MISC") else place_parts
    left, right = _content(read(a)), _content(read(b))
    if not left or not right:
        return Comparison(Verdict.UNRELATED, 0.0, "no name")
    if left == right or "".join(left) == "".join(right):
        return Comparison(Verdict.EQUAL, 1.0, "same words")
    if entity_type in ("LOC", "NORP") and country_of(" ".join(left)) != country_of(" ".join(right)):
        return Comparison(Verdict.CONFLICT, 0.3, "two countries, or a country and another place")
    if sorted(left) == sorted(right):
        return Comparison(Verdict.EQUAL, 0.95, OTHER_ORDER)
    if _is_acronym(left, right) or _is_acronym(right, left):
        return Comparison(Verdict.PARTIAL, 0.6, "acronym")
    return _words_apart(left, right)


#: Why two bodies' names are equal that are two bodies at times: a university of a town, and one of that name.
OTHER_ORDER = "same words in another order"

_FILLERS = frozenset({"the", "of", "for", "and", "in", "on", "de", "la", "le", "du", "des", "del"})


def _content(found: list[str]) -> list[str]:
    return [t for t in found if t not in _FILLERS] or found


def _is_acronym(short: list[str], long: list[str]) -> bool:
    return len(short) == 1 and len(long) > 1 and len(short[0]) > 1 and short[0] == "".join(w[0] for w in long)


def _words_apart(left: list[str], right: list[str]) -> Comparison:
    pairs = _align(left, right)
    if not pairs:
        return Comparison(Verdict.UNRELATED, 0.0, "no word in common")
    over_l = [x for i, x in enumerate(left) if i not in {p[0] for p in pairs}]
    over_r = [y for j, y in enumerate(right) if j not in {p[1] for p in pairs}]
    weakest = min(p[2].score for p in pairs)
    if any(p[2].why == "initial" for p in pairs):
        return Comparison(Verdict.CONFLICT, 0.3, "initial")
    kinds = words()["kind_words"]
    if weakest == 1.0 and bool(over_l) != bool(over_r) and all(w in kinds for w in over_l + over_r):
        return Comparison(Verdict.PARTIAL, 0.8, f"{' '.join(over_l + over_r)} in one only")
    if over_l or over_r:
        share = 2 * len(pairs) / (len(left) + len(right))
        return Comparison(Verdict.CONFLICT, 0.6 * share * weakest, f"{' '.join(over_l + over_r)} in one only")
    if all(p[2].why in ("same", "transliteration") for p in pairs):
        return Comparison(Verdict.EQUAL, weakest, "transliteration")
    whole = OSA.normalized_similarity(" ".join(left), " ".join(right))
    return Comparison(Verdict.NEAR, min(weakest, whole), "one word misspelt")
