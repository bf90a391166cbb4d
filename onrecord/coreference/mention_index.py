"""The names of an article, to be asked by place and by form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.coreference.acronyms import is_acronym
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.people import people_words

if TYPE_CHECKING:
    from onrecord.coreference.source_phrases import Phrase


class Mentions:
    """The mentions of an article, to be asked by place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.all = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self.all]
        #: The sources of the article that were taken apart so far (`onrecord.coreference.source_phrases.parsed`).
        self.phrases: dict[Span, Phrase] = {}
        self._by_form: dict[str, dict[int, Mention]] = {}
        self._by_label: dict[str, dict[int, Mention]] = {}
        for mention in self.all:
            if mention.entity_type is EntityType.PERSON:
                words = mention.name.split()
                for form in {mention.name, words[-1]} if words else set():
                    self._by_form.setdefault(form, {})[mention.local_id] = mention
                    if not mention.name.isupper():
                        self._by_label.setdefault(form.casefold(), {})[mention.local_id] = mention

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of the names of people."""
        return frozenset(m.name.split()[-1] for m in self.all if m.entity_type is EntityType.PERSON)

    @cached_property
    def _by_printed(self) -> dict[str, dict[int, Mention]]:
        """The mentions by their fullest names, one for each that bears it."""
        found: dict[str, dict[int, Mention]] = {}
        for mention in self.all:
            found.setdefault(_without_the(mention.name), {}).setdefault(mention.local_id, mention)
        return found

    def called(self, text: str, source: Span) -> Mention | None:
        """The one that bears a name, at a place where that was not taken for one: ``the Harbour Board of Corran``.

        Or the one body whose initials it is. None for several people: ``the Democrats``.
        """
        printed = _without_the(" ".join(source.of(text).split()))
        found = self._by_printed.get(printed, {})
        taken = any(_without_the(text[m.start : m.end]) == printed for m in self.within(source))
        if not found and printed.isupper() and len(printed) > 2:
            found = {m.local_id: m for m in self._organizations if is_acronym(m.name, printed)}
        several = bool(printed) and people_words().is_plural(printed.split()[-1].lower())
        return next(iter(found.values())) if len(found) == 1 and not taken and not several else None

    @cached_property
    def _organizations(self) -> list[Mention]:
        """One mention of each body."""
        return list({m.local_id: m for m in self.all if m.entity_type is EntityType.ORG}.values())

    @cached_property
    def bodies(self) -> dict[str, set[str]]:
        """The names of bodies, by the printed word that they begin with."""
        found: dict[str, set[str]] = {}
        for mention in self.all:
            first = PRINTED_WORD.search(mention.name) if mention.entity_type is EntityType.ORG else None
            if first is not None:
                found.setdefault(first[0], set()).add(mention.name)
        return found

    def person_called(self, form: str) -> Mention | None:
        """The one person of the article who bears this full name or surname: for a name that no mention covers."""
        called = self._by_form.get(form, {})
        return next(iter(called.values())) if len(called) == 1 else None

    def person_labelled(self, label: str) -> Mention | None:
        """The one person of the article whose full name, last name or initials are `label`'s, in whatever case."""
        wanted = label.casefold()
        for form in (wanted, wanted.split()[-1] if wanted else ""):
            called = self._by_label.get(form, {})
            if len(called) == 1:
                return next(iter(called.values()))
        called = self._by_initials.get(label, {})
        return next(iter(called.values())) if len(called) == 1 else None

    @cached_property
    def _by_initials(self) -> dict[str, dict[int, Mention]]:
        """The people named in full by the initials of their names: ``OV`` is Orla Venn."""
        found: dict[str, dict[int, Mention]] = {}
        for mention in self.all:
            if mention.entity_type is EntityType.PERSON and " " in mention.name:
                initials = "".join(word[0] for word in mention.name.split() if word[0].isupper())
                found.setdefault(initials, {})[mention.local_id] = mention
        return found

    def people_of_surname(self, surname: str) -> list[Mention]:
        """A mention of each person of the article whose last name is `surname`, in whatever case."""
        return list(self._by_label.get(surname.casefold(), {}).values())

    def full_name(self, mention: Mention) -> str:
        """A person's name, without brackets behind it that a tagger took along (a party, a place)."""
        before, _, bracket = mention.name.rpartition(" (")
        return mention.name if ") " in bracket else before or mention.name

    def starting_at(self, offset: int) -> Mention | None:
        """The longest mention that starts at `offset`."""
        index = bisect_left(self._starts, offset)
        return self.all[index] if index < len(self.all) and self._starts[index] == offset else None

    def within(self, span: Span) -> list[Mention]:
        """The mentions that lie inside `span`, none inside another."""
        found: list[Mention] = []
        for mention in self.all[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]:
            if mention.end <= span.end and (not found or mention.start >= found[-1].end):
                found.append(mention)
        return found

    def starting_within(self, span: Span) -> bool:
        """Whether a mention starts inside `span`, however long it is."""
        return bisect_left(self._starts, span.start) < bisect_left(self._starts, span.end)

    def are_of(self, local_id: int, spans: Sequence[Span]) -> bool:
        """Whether any of the spans names this person or body."""
        return any(mention.local_id == local_id for span in spans for mention in self.within(span))

    def ending_before(self, offset: int, at_most: int) -> Mention | None:
        """The last mention that ends at or before `offset`, at most `at_most` letters away."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0:
            return None
        mention = self.all[index]
        return mention if mention.end <= offset and offset - mention.end <= at_most else None


def _without_the(name: str) -> str:
    """A name without "the" before it."""
    first, _, rest = name.partition(" ")
    return rest if first in ("the", "The") and rest else name
