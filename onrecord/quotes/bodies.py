"""Which body a source means: "the ministry", "it", "a report by the board"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.article import EntityType, Mention, Span
from onrecord.quotes.named import Mentions
from onrecord.quotes.people import people_words
from onrecord.quotes.phrase import Phrase
from onrecord.quotes.salience import Discourse
from onrecord.quotes.speaker import BODY, GROUP, Method, Speaker, named

#: A possessive with no other behind it: not "Venn's lawyer's letter".
_OWNS = re.compile(r"(?:['’]s?)\s(?!.*['’]s?\s)")
_BY = re.compile(r"\bby\s")
_OF = re.compile(r"\b(?:from|of)\s")
_AUTHORS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.MISC})
_AUTHOR_ENDS = re.compile(r"[,;(]|\s(?:(?P<and>and|&)|of|in|at|from|by|for|on|given|about|with|that|which|who)\s")
_LEADS = frozenset({"", "the"})
_FURTHEST = 3  # sentences from "it" back to the body that spoke last


class Bodies:
    """The bodies of an article, and which of them spoke last."""

    def __init__(self, text: str, mentions: Mentions, discourse: Discourse) -> None:
        self._text = text
        self._mentions = mentions
        self._discourse = discourse
        self._by_word: dict[str, dict[str, Mention]] = {}
        for mention in mentions.all:
            if mention.entity_type is EntityType.ORG:
                for word in mention.name.lower().split():
                    self._by_word.setdefault(word, {})[mention.name] = mention
        self._documents: dict[str, Speaker] = {}
        self._last: Speaker = BODY
        self._last_sentence = -_FURTHEST

    def speaks(self, speaker: Speaker, at: Span) -> None:
        """Note that a body, or a document, has just spoken."""
        self._last, self._last_sentence = speaker, self._discourse.number(at.start)

    def it(self, source: Span) -> Speaker:
        """``It``: the body or document that spoke last, not long before."""
        return self._last if self._discourse.number(source.start) - self._last_sentence <= _FURTHEST else BODY

    def described(self, source: Span, phrase: Phrase) -> Speaker:
        """``The ministry``, ``the Harbour Board's campaign``."""
        if not phrase.definite or len(phrase.words) > 2:
            return next(self._inside(phrase), BODY)
        before = self._before(source, phrase)
        if before is not None and (before is BODY or _may_be_called(before, phrase.head)):
            return before
        fitting = self._by_word.get(phrase.head, {})
        called = [m for name, m in fitting.items() if set(phrase.words) <= set(name.lower().split())]
        return replace(named(self._mentions, called[0]), method=Method.DESCRIPTION) if len(called) == 1 else BODY

    def _inside(self, phrase: Phrase) -> Iterator[Speaker]:
        """The bodies named in a source, without those of compounds: not the party in "the Venn Party-led council"."""
        for mention in phrase.inside:
            if mention.entity_type is EntityType.ORG and not self._text.startswith(("-", "‑"), mention.end):
                yield named(self._mentions, mention)

    def _before(self, source: Span, phrase: Phrase) -> Speaker | None:
        """``Corran Rail has ten days. The company said ...``: the body that the sentence before begins with or reports.

        A body without a name there ("The Greens") is given without name.
        """
        number = self._discourse.number(source.start)
        if phrase.determiner != "the" or not number:
            return None
        before, here = self._discourse.sentences[number - 1], self._discourse.sentences[number]
        within = self._mentions.within(before.span)
        first = within[0] if within else None
        leads = first is not None and self._text[before.span.start : first.start].strip().lower() in _LEADS
        if first is not None and leads and first.entity_type is EntityType.NORP and phrase.head == "party":
            return BODY
        bodies = {m.local_id for m in within if m.entity_type is EntityType.ORG}
        if first is None or not leads or first.entity_type is not EntityType.ORG:
            return None
        if len(bodies) > 1 or (before.passage != here.passage and self._last_sentence != number - 1):
            return None
        return replace(named(self._mentions, first), method=Method.DESCRIPTION)

    def document(self, source: Span, phrase: Phrase) -> Speaker:
        """Whose document it is: ``Orla Venn's letter``, ``a paper by Tam Quill of Corran``, ``a Harbour Board poll``.

        ``The letter`` is the one that spoke before.
        """
        if phrase.definite and not phrase.inside and phrase.head in self._documents:
            return self._documents[phrase.head]
        self._documents[phrase.head] = whose = self._whose(source, phrase)
        return whose

    def _whose(self, source: Span, phrase: Phrase) -> Speaker:
        head = re.search(rf"\b{re.escape(phrase.head)}", source.of(self._text), re.IGNORECASE)
        noun = source.start if head is None else source.start + head.start()
        for mention in phrase.inside:
            owns = phrase.head in people_words().authored and _OWNS.match(self._text[mention.end : source.end])
            if mention.start < noun and (mention.entity_type is EntityType.ORG or owns):
                return GROUP if mention.entity_type is EntityType.NORP else named(self._mentions, mention)
        author = self._author(Span(noun, source.end))
        return GROUP if author is None else named(self._mentions, author)

    def _author(self, words: Span) -> Mention | None:
        """The one name behind "by" (of a body, else behind "from" or "of"): the last one before the phrase ends."""
        by = _BY.search(self._text, words.start, words.end)
        behind = by or _OF.search(self._text, words.start, words.end)
        if behind is None:
            return None
        names = self._mentions.within(Span(behind.end(), words.end))
        ends = (
            end
            for end in _AUTHOR_ENDS.finditer(self._text, behind.end(), words.end)
            if not any(m.start <= end.start() < m.end for m in names)
        )
        end = next(ends, None)
        authors = [m for m in names if m.entity_type in _AUTHORS and (end is None or m.end <= end.start())]
        if not authors or (end is not None and end["and"] and names[-1].start >= end.end()):
            return None
        return authors[-1] if by is not None or authors[-1].entity_type is not EntityType.PERSON else None


def _may_be_called(body: Speaker, head: str) -> bool:
    """Whether a body may be called "the ministry", "the company": by a word of its name, or by one for any body."""
    words = (body.name or "").lower().split()
    own = [word for word in words if word in people_words().organizations]
    return head in words or (not own and head in people_words().any_body)
