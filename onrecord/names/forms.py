"""The printed forms of an article's names, each with the types that the tagger gave it and how sure it was of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.document.article import EntityType, NameSpan
from onrecord.lexicon.name_words import is_always_organisation
from onrecord.names.body_nouns import is_before_body
from onrecord.names.territories import territory_code
from onrecord.names.titled import before, border_before

#: The score from which the tagger is sure of a name, and the highest that the mean of a form is.
SURE = 0.9
#: The weight of a title before a name, in scores.
_TITLE = 2.0


@dataclass(slots=True)
class Form:
    """One printed form: how often it stands, the summed score of each type, the highest score.

    `backing` counts the full names that back a surname; `always` marks a form that is an organisation by a list.
    """

    count: int = 0
    backing: int = 0
    titled: bool = False
    always: bool = False
    best: float = 0.0
    _weights: dict[EntityType, float] = field(default_factory=dict)

    def add(self, span: NameSpan) -> None:
        """Counts a name of the form."""
        self.add_weight(span.entity_type, span.score)
        self.count += 1
        self.best = max(self.best, span.score)

    def add_weight(self, kind: EntityType, weight: float) -> None:
        """Adds to the weight of a type."""
        self._weights[kind] = self.weight(kind) + weight

    def weight(self, kind: EntityType) -> float:
        """The summed score of a type, with what titles and full names add."""
        return self._weights.get(kind, 0.0)

    @property
    def type(self) -> EntityType:
        """The type that outweighs each other one, the first of equals."""
        return EntityType.ORG if self.always else max(self._weights, key=self.weight)

    @property
    def agreed(self) -> bool:
        """Whether one type has most of the weight."""
        return self.always or self.weight(self.type) * 4 >= sum(self._weights.values()) * 3

    @property
    def leads(self) -> bool:
        """Whether the form's type outweighs the others together."""
        return self.weight(self.type) * 2 > sum(self._weights.values())

    @property
    def mean(self) -> float:
        """The weight of the form's type, averaged over all names of the form and those that back it; at most `SURE`."""
        return min(self.weight(self.type) / (self.count + self.backing), SURE)


def forms_of(text: str, names: Sequence[NameSpan]) -> dict[str, Form]:
    """The printed forms; a surname alone is backed by the full names that end in it."""
    forms: dict[str, Form] = {}
    for span in names:
        form = forms.setdefault(text[span.start : span.end], Form())
        form.add(span)
        if _has_title(text, span):
            form.add_weight(EntityType.PERSON, _TITLE)
            form.titled = True
    for printed, form in forms.items():
        if is_always_organisation(printed):
            form.always, form.best = True, 1.0
        _back_surname(printed, form, forms)
    return forms


def _back_surname(printed: str, form: Form, forms: dict[str, Form]) -> None:
    words = printed.split()
    weight = form.weight(EntityType.PERSON)
    surname = next((w for w in (words[-1], words[-1].partition("-")[2]) if w in forms), None)
    if len(words) > 1 and surname and weight:
        forms[surname].add_weight(EntityType.PERSON, weight)
        forms[surname].backing += form.count
        forms[surname].titled |= form.titled


def _has_title(text: str, span: NameSpan) -> bool:
    """Whether a person's title stands right before a name: "Prime Minister Wari" names a person, no place."""
    follows = text[span.end : span.end + 2]
    if territory_code(text[span.start : span.end], EntityType.LOC) or (follows[:1] == " " and follows[1:].isupper()):
        return False  # "coach France", "Chief Cabinet Secretary"
    titles = before(text, span.start, border_before(text, span.start))
    last = [text[start:end].split()[-1] for start, end in (*titles.roles, *titles.honorifics)]
    if any(is_before_body(word, span, text[span.start : span.end]) for word in last):
        return False
    return any(
        word[0].isupper() or word.endswith(("minister", "president", "spokesman", "spokeswoman")) for word in last
    )
