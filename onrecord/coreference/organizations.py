"""Which body a source means: "the ministry", "it"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.organization_keys import heads_of
from onrecord.coreference.organization_kinds import OrganizationKinds
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import BODY, Method, Speaker, named, unlisted_body
from onrecord.coreference.source_phrases import Phrase
from onrecord.document.article import EntityType, Mention, Span
from onrecord.lexicon.body_kinds import body_kinds
from onrecord.lexicon.media import media_words
from onrecord.lexicon.name_words import organisation_words
from onrecord.lexicon.people import people_words

#: Bodies of which a place, a people or a president has one: with its name before them they are a name themselves.
_ONLY_ONE = (
    r"(?:\w+\s)?(?:government|ministry|administration|army|navy|air force|military|police|parliament|senate|cabinet|"
    r"embassy|consulate|presidency|regime|central bank)"
)
_OF_STATE = re.compile(rf"(?P<owned>['’]s)?\s(?P<body>{_ONLY_ONE}(?:\s(?:of|for)\s(?:\w+\s){{0,4}}?\w+)?)\Z")
_IN_ITS = re.compile(r"\s(?:in|on|through)\s(?:its|an?|the)\s")  # "the Norlandish government in its report"
_PRESIDENTIAL = frozenset({"administration", "government", "regime", "campaign"})
_BODIES = frozenset({EntityType.ORG, EntityType.MISC})
#: Of a company a name that tells that it is one is no better than one that does not.
_ANY_COMPANY = frozenset({"company"})
_MAY_BE_BODIES = frozenset({EntityType.ORG, EntityType.MISC, EntityType.LOC})
_LEADS = frozenset({"", "the"})
_LONGEST = 3  # words of a description that points back
_LONGEST_VOICE = 2  # words behind a body that tell who speaks for it: "state leadership"
_APPOSITION = re.compile(r",\s(?:an?|the)\s[^,.\n]*")  # what a body is, behind its name
#: A body that is brought in without a name: ``a mining firm``.
_ANOTHER = re.compile(
    r"\b(?:an?|another)\s(?:[\w-]+\s){0,4}(?:company|firm|group|agency|chain|maker|operator|airline|bank)\b"
)
_NEAR, _RECENT = 1500, 4  # letters and sentences back to the bodies that "the company" may mean
_SOON = 4  # sentences on to the body that a lead calls only by its kind
_TOPIC = 2  # sentences at the beginning that name the body of which an article tells
_QUALIFIED = 2  # words of a description that qualifies its noun: "furniture retailer"
#: Of a description, say that it means another than the one just named.
_OTHERS = frozenset(
    {"other", "rival", "parent", "sister", "second", "third", "latter", "former", "new", "state", "holding"}
)
_FURTHEST = 3  # sentences from "it" back to the body that spoke last


def body_of_place(text: str, source: Span, phrase: Phrase) -> Speaker | None:
    """``The Norlandish police``, ``Norland's ministry of works``: a body named by a place, a people or a president.

    The name is the source as printed, without its determiner: no mention stands for it.
    """
    first = phrase.inside[0] if phrase.inside else None
    if first is None or text[source.start : first.start].strip().lower() not in _LEADS:
        return None
    tail = _IN_ITS.search(text, first.end, source.end)
    end = source.end if tail is None else tail.start()
    behind = _OF_STATE.match(text, first.end, end)
    if behind is None:
        return None
    if first.entity_type is EntityType.PERSON and (behind["owned"] or behind["body"] not in _PRESIDENTIAL):
        return None
    return unlisted_body(" ".join(text[first.start : end].split()))


class Bodies:
    """The bodies of an article, and which of them spoke last."""

    def __init__(self, text: str, mentions: Mentions, discourse: Discourse) -> None:
        self._text = text
        self._mentions = mentions
        self._discourse = discourse
        self.kinds = OrganizationKinds(text, mentions, discourse.sentences)
        self._by_word: dict[str, dict[str, Mention]] = {}
        self._first: dict[int, Mention] = {}  # of each body, in the order of the text
        for mention in mentions.all:
            if mention.entity_type is EntityType.ORG:
                self._first.setdefault(mention.local_id, mention)
                for word in mention.name.lower().split():
                    self._by_word.setdefault(word, {})[mention.name] = mention
        self._last: Speaker = BODY
        self._last_sentence = -_FURTHEST

    def speaks(self, speaker: Speaker, at: Span) -> None:
        """Note that a body, or a document, has just spoken."""
        self._last, self._last_sentence = speaker, self._discourse.number(at.start)

    def spoke_just_before(self, source: Span) -> bool:
        """Whether a body or document spoke in the sentence before, or in this one."""
        number = self._discourse.number(source.start) if self._discourse.sentences else 0
        return self._last.name is not None and number - self._last_sentence <= 1

    def it(self, source: Span) -> Speaker:
        """``It``: the body or document that spoke last, not long before."""
        number = self._discourse.number(source.start)
        if not self._discourse.sentences:
            return BODY
        return self._last if number - self._last_sentence <= _FURTHEST else BODY

    def described(self, source: Span, phrase: Phrase) -> Speaker:
        """``The ministry``, ``the Harbour Board's campaign``: a body with that word in its name, or named there."""
        whole = self.of_kind(source, phrase)
        if whole is not None:
            return whole
        phrase = _without_where(self._text, phrase)
        if not phrase.definite or len(phrase.words) > (2 if phrase.inside else _LONGEST):
            return next(self._inside(phrase), BODY)
        called = self._so_called(phrase, source.start) if len(phrase.words) <= 2 else []
        called = called or self._of_such_kind(source, phrase) or self._near(source, phrase)
        return replace(named(self._mentions, called[0]), method=Method.DESCRIPTION) if len(called) == 1 else BODY

    def named_with(self, source: Span, phrase: Phrase) -> Speaker | None:
        """``The archives``, ``the observatory``: the one body named before whose name has that noun as its head."""
        words = people_words()
        people = phrase.head in words.peoples or words.may_be_person(words.singular(phrase.head))
        if people or phrase.determiner != "the" or phrase.inside:
            return None
        called = [m for m in self._so_called(phrase, source.start) if self._first[m.local_id].start < source.start]
        if len(called) != 1 or phrase.head not in heads_of(called[0].name.lower()):
            return None
        return replace(named(self._mentions, called[0]), method=Method.DESCRIPTION)

    def _so_called(self, phrase: Phrase, before: int) -> list[Mention]:
        """The bodies with all the words in their names: of several, those named before."""
        fitting = self._by_word.get(phrase.head, {})
        called = {m.local_id: m for name, m in fitting.items() if _has(phrase, name.lower().split())}
        for m in self._first.values() if called and phrase.words == (phrase.head,) else ():
            if body_kinds().fit(body_kinds().meant(phrase.words), body_kinds().begins(m.name)):  # "Universiti Tarn"
                called.setdefault(m.local_id, m)
        if len(called) > 1:
            return [m for local_id, m in called.items() if self._first[local_id].start < before]
        return list(called.values())

    def _of_such_kind(self, source: Span, phrase: Phrase) -> list[Mention]:
        """The bodies named in the last sentences that are known to be such a one: ``the lender`` of a Savings Bank."""
        if phrase.determiner != "the" or phrase.inside:
            return []
        near = self._named_near(source)
        called = [m for m in near if self.kinds.is_called(m.local_id, phrase.words)]
        if called or body_kinds().meant(phrase.words) == _ANY_COMPANY:
            return called
        fitting = [m for m in near if self.kinds.fits(m.local_id, phrase.words)]
        if phrase.words == (phrase.head,):
            named = (m for m in near if m.entity_type is not EntityType.LOC)  # "the bank" is not the West Bank
            fitting = fitting or [m for m in named if phrase.head in heads_of(m.name.lower())]
        return fitting or self._named_elsewhere(source, phrase)

    def _named_elsewhere(self, source: Span, phrase: Phrase) -> list[Mention]:
        """The only body of the kind that was named, however long before; else those first named soon behind."""
        here = self._discourse.number(source.start)
        found = [m for m in self._first.values() if self.kinds.fits(m.local_id, phrase.words)]
        before = [m for m in found if m.start < source.start]
        if before:
            told = [m for m in before if body_kinds().fit(body_kinds().meant(phrase.words), body_kinds().told(m.name))]
            return told if len(before) == 1 else []
        return [m for m in found if self._discourse.number(m.start) - here <= _SOON]

    def _near(self, source: Span, phrase: Phrase) -> list[Mention]:
        """The bodies named in the last sentences that "the company" can mean, whatever their names."""
        if phrase.determiner != "the" or phrase.inside or not _may_be_any(phrase):
            return []
        near = self._unlike_another(self._named_near(source), phrase)
        if not near and body_kinds().fit(_ANY_COMPANY, body_kinds().meant((phrase.head,))):
            before = self._unlike_another([m for m in self._first.values() if m.start < source.start], phrase)
            near = before if len(before) == 1 and self._is_topic(before[0], source) else []
        if len(near) != 1 or self.kinds.is_another(near[0].local_id, phrase.words):
            return []
        return [] if self._is_aside(near[0], source) else near

    def _unlike_another(self, bodies: Sequence[Mention], phrase: Phrase) -> list[Mention]:
        """Those of the bodies that may be companies: no platform, nor what is of another kind by its name."""
        _, heads, _ = organisation_words()
        platforms = media_words().platforms
        plain = [m for m in bodies if m.entity_type is EntityType.ORG and m.name.lower() not in platforms]
        plain = [m for m in plain if heads.isdisjoint(m.name.lower().split())]
        if body_kinds().meant((phrase.head,)) != _ANY_COMPANY:
            return plain
        # An outlet is quoted about a company more than it is one.
        return [m for m in plain if not self.kinds.of(m.local_id) or self.kinds.fits(m.local_id, (phrase.head,))]

    def _is_topic(self, first: Mention, source: Span) -> bool:
        """Whether the article begins with a body and names it again before a source."""
        again = self._text.count(first.name.split()[0], 0, source.start) > 1
        return again and self._discourse.number(first.start) <= _TOPIC

    def _is_aside(self, mention: Mention, source: Span) -> bool:
        """Whether a body only stands in a phrase, or another one is brought in behind it: ``a mining firm``."""
        before = self._text[max(0, mention.start - 30) : mention.start].lower().split()
        governed = bool(before) and before[-1] in {"from", "against", "by", "with", "to"}
        own = _APPOSITION.match(self._text, mention.end)
        return governed or _ANOTHER.search(self._text, own.end() if own else mention.end, source.start) is not None

    def _named_near(self, source: Span) -> list[Mention]:
        """The bodies named in the last sentences, each once."""
        here, found = self._discourse.number(source.start), {}
        for mention in reversed(self._mentions.within(Span(max(0, source.start - _NEAR), source.start))):
            if mention.entity_type in _MAY_BE_BODIES and here - self._discourse.number(mention.start) <= _RECENT:
                found[mention.local_id] = mention
        return list(found.values())

    def of_kind(self, source: Span, phrase: Phrase) -> Speaker | None:
        """``The Corran Herald newspaper``, ``the Harbour League leadership``: a name, and behind it what body it is."""
        last, words = phrase.inside[-1] if phrase.inside else None, people_words()
        if last is None or last.entity_type not in _BODIES:
            return None
        behind = self._text[last.end : source.end].lower().split()
        if phrase.head in words.voices and last.entity_type is EntityType.ORG:
            speaks = behind[-1:] == [phrase.head] and len(behind) <= _LONGEST_VOICE
        else:
            speaks = phrase.head in words.kinds | words.any_body and behind[:1] == [phrase.head]
        return named(self._mentions, last) if speaks else None

    def _inside(self, phrase: Phrase) -> Iterator[Speaker]:
        """The bodies named in a source, without those of compounds: not the party in "the Venn Party-led council"."""
        for mention in phrase.inside:
            if mention.entity_type is EntityType.ORG and not self._text.startswith(("-", "‑"), mention.end):
                yield named(self._mentions, mention)


def _without_where(text: str, phrase: Phrase) -> Phrase:
    """A description of a company without where it is from: ``the Leeds-based chain``, ``the Norlandish company``."""
    places = [m for m in phrase.inside if m.entity_type in (EntityType.LOC, EntityType.NORP)]
    based = "based" in phrase.words
    company = body_kinds().fit(_ANY_COMPANY, body_kinds().meant((phrase.head,)))
    if phrase.determiner != "the" or not places or len(places) != len(phrase.inside) or not (based or company):
        return phrase
    where = {word for m in places for word in re.split(r"[\s-]", text[m.start : m.end].lower())} | {"based"}
    words = tuple(word for word in phrase.words if word not in where)
    return replace(phrase, words=words, inside=()) if words[-1:] == (phrase.head,) else phrase


def _may_be_any(phrase: Phrase) -> bool:
    """Whether a body of any name may be called so: ``the firm``, ``the furniture retailer``; not ``the rival firm``."""
    company = body_kinds().fit(_ANY_COMPANY, body_kinds().meant((phrase.head,)))
    any_body = phrase.words == (phrase.head,) and phrase.head in people_words().any_body
    return any_body or (company and len(phrase.words) <= _QUALIFIED and _OTHERS.isdisjoint(phrase.words))


def _has(phrase: Phrase, name: Sequence[str]) -> bool:
    """Whether a body's name has all words of a description, and is not that of several people: "Zoo Friends"."""
    several = people_words().is_plural(name[-1]) and name[-1] != phrase.head
    return set(phrase.words) <= set(name) and not several
