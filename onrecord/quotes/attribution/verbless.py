"""Reports whose cue is no verb: ``in the words of Orla Venn, “a cold bench”``, ``Two are lost, per Orla Venn.``"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Attribution, EntityType, Span
from onrecord.document.document import Document
from onrecord.quotes.attribution.rule_based import QUOTED_SCORE, UNQUOTED_SCORE

_WORDS_OF = re.compile(r"\b[Ii]n\sthe\swords\sof\s")
#: What somebody is, before her name: ``festival director``, ``their manager,``.
_DESCRIBED = re.compile(r"(?:[a-z][\w’'-]*,?\s){0,6}")
#: Between such a phrase and the quotation behind it.
_BEFORE_QUOTATION = re.compile(r",?\s?:?\s?\Z")
#: Between a quotation and such a phrase behind it.
_BEHIND_QUOTATION = re.compile(r"[,.]?\s\Z")
_PER = re.compile(r"\b(?P<first>Per)\s|,\s(?P<last>per)\s")
_SPEAKS = frozenset({EntityType.PERSON, EntityType.ORG})
_LONGEST_GAP = 4  # letters between phrase and quotation
_SHORTEST = 3  # words of what is told


def is_phrase(cue: str) -> bool:
    """Whether a cue is such a phrase."""
    return cue.lower() in {"per", "in the words of"}


def by_phrases(document: Document, names: Mentions) -> Iterator[Attribution]:
    """The reports that a phrase with a name attributes, without a verb, in reading order."""
    text = document.text
    for sentence in document.sentences:
        printed = sentence.span.of(text)
        if " words of " in printed:
            yield from _in_words(document, sentence.span, names)
        if "per " in printed or "Per " in printed:
            yield from _per(text, sentence.span, names, bool(document.touching(sentence.span)))


def _in_words(document: Document, sentence: Span, names: Mentions) -> Iterator[Attribution]:
    """``In the words of Orla Venn, “a cold bench”``; ``“a cold bench”, in the words of Orla Venn``."""
    text = document.text
    for match in _WORDS_OF.finditer(text, sentence.start, sentence.end):
        described = _DESCRIBED.match(text, match.end())
        named = None if described is None else names.starting_at(described.end())
        if named is None or named.entity_type not in _SPEAKS:
            continue
        for quotation in document.touching(sentence):
            behind = 0 <= quotation.start - named.end <= _LONGEST_GAP
            before = 0 <= match.start() - quotation.end <= _LONGEST_GAP
            behind = behind and _BEFORE_QUOTATION.fullmatch(text, named.end, quotation.start) is not None
            before = before and _BEHIND_QUOTATION.fullmatch(text, quotation.end, match.start()) is not None
            if (behind or before) and quotation.closed:
                cue, source = Span(match.start(), match.end() - 1), Span(match.end(), named.end)
                yield _made(quotation.inner, cue, source, QUOTED_SCORE)
                break


def _per(text: str, sentence: Span, names: Mentions, quoted: bool) -> Iterator[Attribution]:
    """``Per Orla Venn, two are lost.``; ``Two are lost, per Orla Venn.``"""
    for match in _PER.finditer(text, sentence.start, sentence.end):
        named = names.starting_at(match.end())
        if named is None or named.entity_type is not EntityType.PERSON or quoted:
            continue
        source = Span(named.start, named.end)
        if match["first"] and match.start() == sentence.start and text.startswith(", ", named.end):
            told, cue = Span(named.end + 2, sentence.end), Span(*match.span("first"))
        elif match["last"] and not text[named.end : sentence.end].strip(" .\n"):
            told, cue = Span(sentence.start, match.start()), Span(*match.span("last"))
        else:
            continue
        if len(told.of(text).split()) >= _SHORTEST:
            yield _made(_without_stop(text, told), cue, source, UNQUOTED_SCORE)


def _without_stop(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip(" .\n")))


def _made(content: Span, cue: Span, source: Span, score: float) -> Attribution:
    return Attribution((content,), cue, source, score, content_score=score, cue_score=score, source_score=score)
