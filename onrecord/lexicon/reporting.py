"""Words that report speech, read once from `reporting.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.verbs import doubling_verbs
from onrecord.lexicon.word_lists import word_list


@dataclass(frozen=True, slots=True)
class ReportingWords:
    """`groups` maps each verb form (lower case; particle verbs as two words) to the groups that it belongs to.

    `bases` are the forms that are often nouns too (claim, post, state): verbs only behind a plural. `openings` are the
    first words of the forms.
    """

    groups: dict[str, frozenset[str]]
    openings: frozenset[str]
    bases: frozenset[str]
    auxiliaries: frozenset[str]
    phrases: tuple[str, ...]
    nouns: frozenset[str]
    addressed: frozenset[str]
    hearers: frozenset[str]
    works: frozenset[str]
    empty: frozenset[str]
    empty_alone: frozenset[str]

    def is_in(self, form: str, *groups: str) -> bool:
        return not self.groups.get(form, frozenset()).isdisjoint(groups)


def inflected(base: str) -> tuple[str, ...]:
    """The forms of a regular English verb; a particle stays behind it. ``inflected('deny')[2] == 'denied'``"""
    verb, _, particle = base.partition(" ")
    rest = f" {particle}" if particle else ""
    if verb.endswith("e"):
        forms = [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        forms = [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    elif verb in doubling_verbs():
        forms = [verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    else:
        forms = [verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), verb + "ed", verb + "ing"]
    return tuple(form + rest for form in forms)


@cache
def reporting_words() -> ReportingWords:
    """Returns the verbs, auxiliaries, phrases and nouns of `reporting.yaml`."""
    data = word_list("reporting.yaml")
    groups: dict[str, set[str]] = {}
    bases: set[str] = set()
    for group in data["groups"]:
        forms = [form for base in group.get("regular", ()) for form in inflected(base)]
        bases.update(group.get("regular", ()))
        forms += [form for entry in group.get("irregular", {}).values() for form in entry]
        for form in forms:
            groups.setdefault(form, set()).add(group["name"])
    return ReportingWords(
        groups={form: frozenset(names) for form, names in groups.items()},
        openings=frozenset(form.partition(" ")[0] for form in groups),
        bases=frozenset(bases),
        auxiliaries=frozenset(data["auxiliaries"]["words"]),
        phrases=tuple(data["prepositional"]["phrases"]),
        nouns=frozenset(data["nouns"]["words"]),
        addressed=frozenset(data["addressed"]["words"]),
        hearers=frozenset(data["hearers"]["words"]),
        works=frozenset(data["works"]["words"]),
        empty=frozenset(data["empty"]["words"]),
        empty_alone=frozenset(data["empty"]["alone"]),
    )
