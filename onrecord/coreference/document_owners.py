"""Whose each document of an article is, by the words beside it: "the Board's report", "Venn sent a letter"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention, Span
from onrecord.lexicon.people import people_words
from onrecord.lexicon.word_lists import any_of

_OWNERS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.MISC, EntityType.LOC})
_OWNED = re.compile(
    r"(?:['’]s?\s(?:[\w-]+\s){0,2}|\s(?:(?!(?:and|or|in|of|for|by|to|as|on|from|with|an?|the)\s)[\w-]+\s)?)"
)
_FARTHEST_OWNER = 30  # letters between the owner and the document
_FARTHEST_SENDER = 40  # letters between the sender and the verb
#: Verbs whose subject gives out the document that they have as object.
_SENT = re.compile(
    r"\b(?:sent|sends|sending|issued|issues|released|releases|published|publishes|wrote|posted|filed|submitted|"
    r"penned|put\sout|shared|produced|compiled|commissioned|launched)\s(?:[\w’'-]+\s){0,5}\Z"
)
_LONGEST_SENDING = 70
_FRONTED = re.compile(r"\b[Ii]n\s(?:an?|its)\s(?:[\w’'-]+\s){0,3}\Z")  # before a document of the subject's
_TO_SUBJECT = re.compile(r"(?:\s[^.;:!?\n“”\",]{1,60})?,\s(?:[Tt]he\s)?")
_PASSIVE = re.compile(r"\s(?:is|was|are|were|has\sbeen|had\sbeen)\s")
_JOINED = re.compile(r"(?:\band|&)\s(?:the\s)?\Z")  # before the last of several senders
_LONGEST_JOINT = 8
_NEW = re.compile(r"\b(?:[Aa]n?|[Aa]nother)\s(?:[\w’'-]+\s){0,3}\Z")  # before a document that is brought in
_LONGEST_NEW = 50
_MOST = 20  # documents with one head that are looked back at
_STOP = re.compile(r"[.;:!?\n“”\"]")
_WORD_BEFORE = re.compile(r"(\w+)(?:['’]s)?\s\Z")


@dataclass(frozen=True, slots=True)
class Ownership:
    """A document's noun at `offset`, and a name of the one whose it is: null for one that is brought in without."""

    offset: int
    head: str
    owner: Mention | None


#: Finds the one name behind a document's noun: ``by the Harbour Board``.
Author = Callable[[Span], Mention | None]


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(people_words().documents)})\b(?!-)", re.IGNORECASE)


class DocumentOwners:
    """The documents of an article with those whose they are, by head."""

    def __init__(self, text: str, mentions: Mentions, author: Author) -> None:
        self._text = text
        self._mentions = mentions
        self._author = author
        self._bodies: dict[str, dict[int, Mention]] = {}  # by the words of their names
        for mention in mentions.all:
            if mention.entity_type is EntityType.ORG:
                for word in mention.name.lower().split():
                    self._bodies.setdefault(word, {}).setdefault(mention.local_id, mention)
        self._by_head: dict[str, list[Ownership]] = {}
        self._owners: dict[int, Mention] = {}
        for owned in self._found():
            if owned.owner is not None:
                self._owners[owned.offset] = owned.owner
            self._by_head.setdefault(owned.head, []).append(owned)

    def before(self, head: str, offset: int) -> list[Ownership]:
        """The last documents with a head before an offset, in reading order."""
        owned = self._by_head.get(head, [])
        end = bisect_left(owned, offset, key=lambda one: one.offset)
        return owned[max(0, end - _MOST) : end]

    def at(self, offset: int) -> Mention | None:
        """Whose the document is whose noun begins at an offset."""
        return self._owners.get(offset)

    def _found(self) -> Iterator[Ownership]:
        for match in _nouns().finditer(self._text):
            owner = self._before(match.start()) or self._behind(match.end()) or self._sender(match.start())
            owner = owner or self._fronted(match.start(), match.end())
            if owner is not None and owner.entity_type in _OWNERS:
                yield Ownership(match.start(), match[0].lower(), owner)
            elif _NEW.search(self._text, max(0, match.start() - _LONGEST_NEW), match.start()) is not None:
                yield Ownership(match.start(), match[0].lower(), None)

    def _before(self, start: int) -> Mention | None:
        """``The Board's report``, ``a Harbour Board report``, ``the board report``."""
        named = self._mentions.ending_before(start, _FARTHEST_OWNER)
        if named is not None and _OWNED.fullmatch(self._text, named.end, start):
            return named
        word = _WORD_BEFORE.search(self._text, max(0, start - 30), start)
        noun = "" if word is None else word[1].lower()
        bodies = self._bodies.get(noun, {}) if noun in people_words().organizations else {}
        return next(iter(bodies.values())) if len(bodies) == 1 else None

    def _behind(self, end: int) -> Mention | None:
        stop = _STOP.search(self._text, end, min(len(self._text), end + 90))
        return self._author(Span(end, min(len(self._text), end + 90) if stop is None else stop.start()))

    def _fronted(self, start: int, end: int) -> Mention | None:
        """``In a notice published on Friday, the Harbour Board gave them a week``: the subject behind the comma."""
        if _FRONTED.search(self._text, max(0, start - _LONGEST_NEW), start) is None:
            return None
        comma = _TO_SUBJECT.match(self._text, end)
        subject = None if comma is None else self._mentions.starting_at(comma.end())
        return None if subject is None or _PASSIVE.match(self._text, subject.end) else subject

    def _sender(self, start: int) -> Mention | None:
        """``Orla Venn sent the board an angry letter``: the name before the verb."""
        verb = _SENT.search(self._text, max(0, start - _LONGEST_SENDING), start)
        if verb is None:
            return None
        named = self._mentions.ending_before(verb.start(), _FARTHEST_SENDER)
        if named is None or _STOP.search(self._text, named.end, verb.start()) is not None:
            return None
        return None if _JOINED.search(self._text, max(0, named.start - _LONGEST_JOINT), named.start) else named
