"""Indirect reports that end in their verb and its subject: ``The bridge is old, adds Orla Venn, an engineer.``"""

from __future__ import annotations

import re

from onrecord.document.article import Attribution, Span
from onrecord.document.sentences import Sentence
from onrecord.lexicon.people import people_words
from onrecord.quotes.attribution.verbs import has_verb_of_saying

_NAME = r"[^\W\d_a-z][\w.’'-]*(?:(?:\s(?:of|de|van|von|bin|al))?\s[^\W\d_a-z][\w.’'-]*)*"
#: The end of a sentence: a comma, one word, and a name, with up to three words before it and what is set off behind.
_END = re.compile(
    rf",\s+(?P<cue>[a-z]+)\s+(?P<who>(?P<before>(?:[a-z][\w-]*\s){{0,3}}){_NAME}(?:,[^.;:]*)?)(?=[.;]?\s*\Z)"
)
_CLAUSES = re.compile(r"\b(?:who|which|whose|where|when)\b", re.IGNORECASE)
_SHORTEST, _LONG = 5, 9  # words of what is told, at least, and before a relative clause in it
_FURTHEST = 300  # letters from the end of the sentence in which the verb stands
_SCORE = 0.35


def inverted(text: str, sentence: Sentence) -> Attribution | None:
    """The report of a sentence that holds no quotation and ends so.

    Not ``The board, which is new, added Orla Venn.``
    """
    words = "" if any(token.quotation is not None for token in sentence.tokens) else sentence.span.of(text)
    match = _END.search(words, max(0, len(words) - _FURTHEST))
    if match is None or _is_subject(words[: match.start()]):
        return None
    start = sentence.span.start
    told = Span(start, start + match.start())
    cue = Span(start + match.start("cue"), start + match.end("cue"))
    who = Span(start + match.start("who"), start + match.start("who") + len(match["who"].rstrip(" .,")))
    before = people_words().prepositions | {"that", "to", "and", "as"}
    if not has_verb_of_saying(text, cue) or not before.isdisjoint(match["before"].split()):
        return None
    return Attribution((told,), cue, who, _SCORE, content_score=_SCORE, cue_score=_SCORE, source_score=_SCORE)


def _is_subject(told: str) -> bool:
    """Whether words before a comma may be the subject of the verb behind it: a few, or a few and a relative clause."""
    clause = _CLAUSES.search(told)
    return len(told.split()) < _SHORTEST or (clause is not None and len(told[: clause.start()].split()) < _LONG)


def is_inverted(text: str, attribution: Attribution) -> bool:
    """Whether what is told stands before a verb of saying, and who tells it behind."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or not has_verb_of_saying(text, cue):
        return False
    return attribution.content[-1].end <= cue.start < source.start
