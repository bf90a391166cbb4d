"""Who is the subject of each sentence, and whom an attribution is told: places in a sentence that names have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, Mention, Span
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attribution.draft import Draft

_LAST_WORD = re.compile(r"([^\W\d_][\w’'-]*)\W*\Z")
_OWNS = re.compile(r"['’]s?\s")
#: Between a verb of telling and the name of the hearer: ``told the Harbour Board's``, ``asked Mr``, ``asked coauthor``.
_UP_TO_HEARER = re.compile(r"\s(?:(?:the|an?|our|my)\s)?(?:[A-Z][\w.]*\s){0,3}(?:(?P<noun>[a-z][\w-]*)\s)?")
_BESIDE = 40  # letters behind a verb of telling within which the hearer's name begins
_FARTHEST_TITLE = 40  # letters before a name in which its title may stand
#: Between a clause and the name of the subject that it goes before.
_COMMA = re.compile(r",[”\"’']?\s(?:the\s)?(?:[A-Z]\w+\.?\s){0,2}")
_FOR = re.compile(r"For\s(?:the\s|Mrs?\.?\s|Ms\.?\s)?")
_SPEAKERS = frozenset({EntityType.PERSON, EntityType.ORG})
_SUBJECTS = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.LOC, EntityType.MISC})


def subjects(text: str, discourse: Discourse, mentions: Mentions) -> Iterator[tuple[int, Mention]]:
    """The names that are the subjects of sentences, each with the number of its sentence, in order.

    The subject is the first name in the article's own words that stands behind no preposition, unless it owns what
    follows ("Venn's lawyer").
    """
    for number, sentence in enumerate(discourse.sentences):
        for mention in mentions.within(sentence.span):
            before = text[max(sentence.span.start, mention.start - _FARTHEST_TITLE) : mention.start]
            last = _LAST_WORD.search(before)
            governed = last is not None and last[1].lower() in people_words().governing
            if mention.entity_type in _SUBJECTS and not discourse.in_content(mention.start) and not governed:
                if not _OWNS.match(text, mention.end):
                    yield number, mention
                break


def opens_for(text: str, draft: Draft, discourse: Discourse, mentions: Mentions) -> Mention | None:
    """Whose view a sentence with quoted words gives that no verb attributes: ``For Orla Venn, it is "unsafe".``"""
    if draft.cue is not None or not discourse.sentences:
        return None
    start = discourse.sentences[discourse.number(draft.start)].span.start
    opening = _FOR.match(text, start, draft.start)
    viewer = None if opening is None else mentions.starting_at(opening.end())
    named = viewer is not None and viewer.entity_type in _SPEAKERS and text.startswith(", ", viewer.end)
    return viewer if named else None


def behind_participle(text: str, draft: Draft, discourse: Discourse, mentions: Mentions) -> Mention | None:
    """The subject of a sentence that opens with a participle: ``Saying that it was late, Orla Venn left.``"""
    cue = draft.cue
    if cue is None or not discourse.sentences or not cue.of(text).endswith("ing") or not text[cue.start].isupper():
        return None
    opens = discourse.sentences[discourse.number(cue.start)].span.start == cue.start
    behind = mentions.within(Span(draft.end, min(len(text), draft.end + _BESIDE))) if opens else []
    subject = behind[0] if behind and behind[0].entity_type in _SPEAKERS else None
    return subject if subject is not None and _COMMA.fullmatch(text, draft.end, subject.start) else None


def latter(discourse: Discourse, mentions: Mentions, offset: int) -> Mention | None:
    """The last of two people, or else bodies, whom the sentence before an offset names, or else the one before that."""
    number = discourse.number(offset)
    for sentence in reversed(discourse.sentences[max(0, number - 1) : number + 1]):
        before = mentions.within(Span(sentence.span.start, min(offset, sentence.span.end)))
        for kinds in ({EntityType.PERSON}, {EntityType.ORG, EntityType.LOC}):
            alike = [m for m in before if m.entity_type in kinds]
            if len({m.local_id for m in alike}) > 1:
                return alike[-1]
    return None


def hearer(text: str, cue: Span | None, mentions: Mentions) -> Mention | None:
    """The name that a verb of telling or asking has as its object: ``told Orla Venn``, ``asked Mr Quill``."""
    if cue is None or not _addresses(cue.of(text).lower().split()):
        return None
    behind = mentions.within(Span(cue.end, min(len(text), cue.end + _BESIDE)))
    before = _UP_TO_HEARER.fullmatch(text, cue.end, behind[0].start) if behind else None
    if before is None or (before["noun"] is not None and not people_words().may_be_person(before["noun"])):
        return None
    return None if _OWNS.match(text, behind[0].end) else behind[0]


def _addresses(cue: Sequence[str]) -> bool:
    """Whether the last word of a cue has a hearer as its object: ``told``, ``has asked``; not ``was told``."""
    known = reporting_words()
    passive = len(cue) > 1 and cue[-2] in {"was", "were", "been", "is", "are", "being"}
    return bool(cue) and not passive and known.is_in(cue[-1], "telling", "asking")
