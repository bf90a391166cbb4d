"""Who is the subject of each sentence, and whom an attribution is told: places in a sentence that names have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, Mention, Span
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import forms_of_be

_LAST_WORD = re.compile(r"([^\W\d_][\w’'-]*)\W*\Z")
_OWNS = re.compile(r"['’]s?\s")
#: Between a verb of telling and the name of the hearer: ``told the Harbour Board's``, ``asked Mr``, ``asked coauthor``.
_UP_TO_HEARER = re.compile(r"\s(?:(?:the|an?|our|my)\s)?(?:[A-Z][\w.]*\s){0,3}(?:(?P<noun>[a-z][\w-]*)\s)?")
_BESIDE = 40  # letters behind a verb of telling within which the hearer's name begins
_FARTHEST_TITLE = 40  # letters before a name in which its title may stand
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
    passive = len(cue) > 1 and cue[-2] in forms_of_be()
    return bool(cue) and not passive and known.is_in(cue[-1], "telling", "asking")
