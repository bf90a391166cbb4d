"""Whose document a source means: "a report by the board", and later "the report"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

from onrecord.coreference.document_owners import DocumentOwners
from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.organizations import Bodies
from onrecord.coreference.referents import GROUP, Speaker, named
from onrecord.coreference.source_phrases import Form, Phrase, parsed
from onrecord.document.article import EntityType, Mention, Span, SpeakerKind
from onrecord.lexicon.media import media_words
from onrecord.lexicon.people import people_words
from onrecord.lexicon.word_lists import any_of

#: A possessive with no other behind it: not "Venn's lawyer's letter".
_OWNS = re.compile(r"(?:['’]s?)\s(?!.*['’]s?\s)")
#: Somebody's, before what is hers: her family, her office.
_OWNED = re.compile(r"(?:['’]s|(?<=s)['’])\s[a-z]")
#: Not whoever only passes it on: ``a letter seen by the Corran Herald``, ``a statement signed by the director``.
_BY = re.compile(r"(?<!\bseen\s)(?<!\bobtained\s)(?<!\breviewed\s)(?<!\bviewed\s)(?<!\bsigned\s)(?<!\bread\s)\bby\s")
_BY_BODY = re.compile(r"\s(?:by|from)\s(?P<body>the\s[a-z-]+)\Z")
_IN = re.compile(r"\bin\s")
_PRINTED = frozenset({"article", "editorial", "story"})
_OF = re.compile(r"\b(?:from|of)\s")
_AUTHORS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.MISC})
_AUTHOR_ENDS = re.compile(r"[,;(]|\s(?:and|&|of|in|at|from|by|for|to|on|given|about|with|that|which|who)\s")
_LONGEST = 2  # words of a description that points back: "the report", "the monthly report"


@cache
def _told_in() -> re.Pattern[str]:
    nouns = any_of(people_words().documents)
    return re.compile(rf"\b[Ii]n\s(?:an?|its|his|her|their|the)\s(?:[\w’'-]+\s){{0,3}}?({nouns})\b(?!-)")


def _may_own(head: str, owner: Mention) -> bool:
    """Whether a document speaks for its owner: a body's always, a person's where it is of the kind that does."""
    person = owner.entity_type is EntityType.PERSON
    return owner.entity_type is EntityType.ORG or (person and head in people_words().authored)


class Documents:
    """The documents of an article and whose they are."""

    def __init__(self, text: str, mentions: Mentions, bodies: Bodies) -> None:
        self._text = text
        self._mentions = mentions
        self._bodies = bodies
        self._known: dict[str, Speaker] = {}

    def owner(self, source: Span, phrase: Phrase) -> Speaker:
        """Whose document it is: ``Orla Venn's letter``, ``a paper by Tam Quill of Corran``, ``a Harbour Board poll``.

        ``The letter`` is the one that spoke before, or the one in which somebody did; else the only one of its kind.
        """
        if phrase.definite and not phrase.inside and len(phrase.words) <= _LONGEST:
            known = self._known.get(phrase.head)
            return known or self._only_one(phrase.head, source.start)
        self._known[phrase.head] = whose = self._by_described(source) or self._whose(source, phrase)
        return whose

    def told_in(self, speaker: Speaker, sentence: Span, contents: Sequence[Span]) -> None:
        """Note the document in which a sentence has somebody say something: ``The board said in a report ...``."""
        if speaker.mention is None:
            return
        for match in _told_in().finditer(self._text, sentence.start, sentence.end):
            reported = any(span.start <= match.start() < span.end for span in contents)
            speaks = speaker.kind is SpeakerKind.ORGANIZATION or match[1] in people_words().authored
            if not reported and speaks:
                self._known[match[1]] = speaker

    def _only_one(self, head: str, before: int) -> Speaker:
        """``The study`` of the one to whom the article has given one: of research, under whatever noun of research.

        Nobody's where another one was brought in since, of whom the article does not say whose it is.
        """
        research = people_words().research
        heads = research if head in research else {head}
        owners = {s.name: s for h, s in self._known.items() if h in heads}
        given = sorted((owned for h in heads for owned in self.owners.before(h, before)), key=lambda one: one.offset)
        if given and given[-1].owner is None:
            return GROUP
        mine = (owned.owner for owned in given if owned.owner is not None and _may_own(head, owned.owner))
        owners |= {owner.name: named(self._mentions, owner) for owner in mine}
        return next(iter(owners.values())) if len(owners) == 1 else GROUP

    @cached_property
    def owners(self) -> DocumentOwners:
        """The documents of the article with those whose they are."""
        return DocumentOwners(self._text, self._mentions, self._author)

    def _by_described(self, source: Span) -> Speaker | None:
        """``A report by the board``: the body that the description at its end means."""
        by = _BY_BODY.search(source.of(self._text))
        if by is None:
            return None
        author = Span(source.start + by.start("body"), source.end)
        phrase = parsed(self._text, author, self._mentions)
        return self._bodies.described(author, phrase) if phrase.form is Form.BODY else None

    def _whose(self, source: Span, phrase: Phrase) -> Speaker:
        head = re.search(rf"\b{re.escape(phrase.head)}", source.of(self._text), re.IGNORECASE)
        noun = source.start if head is None else source.start + head.start()
        for mention in phrase.inside:
            if self._text.startswith(("-", "‑"), mention.end) or mention.name.lower() in media_words().platforms:
                continue  # "a Harbour Board-run website" is another's, "the board's Twitter account" not Twitter's
            owns = phrase.head in people_words().authored and _OWNS.match(self._text[mention.end : source.end])
            if mention.start < noun and (mention.entity_type is EntityType.ORG or owns):
                return GROUP if mention.entity_type is EntityType.NORP else named(self._mentions, mention)
        author = self._author(Span(noun, source.end), phrase.head) or self._body_before(noun, phrase.head)
        return GROUP if author is None else named(self._mentions, author)

    def _body_before(self, noun: int, head: str) -> Mention | None:
        """``A board report``: the body that the word before the document's noun means; "party figures" are nobody's."""
        written = head in people_words().authored | people_words().research
        owner = self.owners.at(noun) if written else None
        return owner if owner is not None and owner.entity_type is EntityType.ORG and owner.end < noun else None

    def _author(self, words: Span, head: str = "") -> Mention | None:
        """The name behind "by" (of a body, else behind "from" or "of"): the last one before the phrase ends or goes on.

        It goes on with "and": of two authors it is the first. Behind "from" also a person whose letter it is, behind
        "in" the outlet of an article.
        """
        by = _BY.search(self._text, words.start, words.end)
        behind = by or _OF.search(self._text, words.start, words.end)
        if behind is None and head in _PRINTED:
            behind = _IN.search(self._text, words.start, words.end)
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
        if not authors:
            return None
        if authors[-1].entity_type is EntityType.PERSON and _OWNED.match(self._text, authors[-1].end):
            return None  # "a statement from Orla Venn's family"
        sent = behind[0].startswith("from") and head in people_words().authored
        return authors[-1] if by is not None or sent or authors[-1].entity_type is not EntityType.PERSON else None
