"""Who speaks where the subject of the verb does not: the agent of a passive, whoever is heard or remembered.

``Orla Venn was told by Tam Quill that``, ``Venn recalled her aunt saying``, ``Venn heard from Quill that``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from onrecord.document.article import Attribution, Span
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.word_lists import any_of
from onrecord.quotes.attribution.filters import is_addressed
from onrecord.quotes.attribution.verbs import hears

#: Words of one clause, up to what is told: no stop, no mark.
_WHO = r"(?P<who>[^\s,.;:\"“”][^\n.;:\"“”]{1,120}?)"
_TOLD = r",?:?(?:\s(?:that|whether|if|how))?(?:\s[\"“‘'«]?)?\Z"
_BY = re.compile(rf"\s(?:\w+ly\s)?by\s{_WHO}{_TOLD}", re.IGNORECASE)
_FROM = re.compile(rf"\sfrom\s{_WHO}{_TOLD}", re.IGNORECASE)
#: Quoted words and their author: ``worst bridge of all” by Tam Quill``.
_QUOTED_BY = re.compile(
    rf"(?P<end>[”\"])\s(?:(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s)?by\s{_WHO}(?=,\s|\Z)"
)
_LEARNS = re.compile(r"\b(?:heard?|hears|learn(?:s|ed|t)?)\Z", re.IGNORECASE)
_MIND = r"(?:recall|remember)(?:s|ed|ing)?|hear(?:s|d|ing)?"
_REMEMBERS = re.compile(rf"\b(?:{_MIND})\Z", re.IGNORECASE)
_NEAR = 20  # letters before a cue in which its auxiliaries stand


def by_whom(text: str, attribution: Attribution) -> Attribution:
    """The attribution with whoever speaks as its source, where its verb's subject only hears or remembers."""
    cue = attribution.cue
    if cue is None or not attribution.content:
        return attribution
    rules: tuple[Callable[[str, Attribution, Span], Attribution | None], ...]
    rules = (_told_by, _quoted_by, _heard_from, _remembered, _recalled, _heard)
    return next((found for rule in rules if (found := rule(text, attribution, cue)) is not None), attribution)


def _told_by(text: str, attribution: Attribution, cue: Span) -> Attribution | None:
    """``Orla Venn was told by Tam Quill that``."""
    behind = tuple(span for span in attribution.content if span.start > cue.end)
    if not behind or not is_addressed(text[max(0, cue.start - _NEAR) : cue.end].lower()):
        return None
    who = _BY.match(text, cue.end, behind[0].start)
    return None if who is None else replace(attribution, source=Span(*who.span("who")), content=behind)


def _quoted_by(text: str, attribution: Attribution, cue: Span) -> Attribution | None:
    """``a bridge called “the worst of all” by Tam Quill``: the tagger takes the author for words of the content."""
    last = attribution.content[-1]
    behind = _QUOTED_BY.search(text, last.start, _end_of_clause(text, last))
    if last.start < cue.end or behind is None or attribution.source is not None:
        return None
    content = (*attribution.content[:-1], Span(last.start, behind.start("end")))
    return replace(attribution, source=Span(*behind.span("who")), content=content)


def _heard_from(text: str, attribution: Attribution, cue: Span) -> Attribution | None:
    """``Orla Venn learned from Tam Quill that``."""
    first = next((span for span in attribution.content if span.start > cue.end), None)
    who = None if first is None or not _LEARNS.search(cue.of(text)) else _FROM.match(text, cue.end, first.start)
    return None if who is None else replace(attribution, source=Span(*who.span("who")))


def _remembered(text: str, attribution: Attribution, cue: Span) -> Attribution | None:
    """``Orla Venn remembers Tam Quill telling her that``, of the verb of remembering."""
    said = _said().match(text, cue.end) if _REMEMBERS.search(cue.of(text)) else None
    if said is None:
        return None
    content = tuple(
        Span(max(s.start, said.end()) if s.start > cue.end else s.start, s.end)
        for s in attribution.content
        if s.end > said.end() or s.end <= cue.start
    )
    return replace(attribution, source=Span(*said.span("who")), content=content) if content else None


def _recalled(text: str, attribution: Attribution, cue: Span) -> Attribution | None:
    """The same, of the verb of saying."""
    source = attribution.source
    recalls = [m for m in _recalls().finditer(text, max(0, cue.start - 120), cue.end) if m.end() >= cue.end]
    if not recalls or (source is not None and source.start >= recalls[-1].start("who")):
        return None
    return replace(attribution, source=Span(*recalls[-1].span("who")))


def _heard(text: str, attribution: Attribution, cue: Span) -> Attribution | None:
    """``“We stay,” Orla Venn heard``: she does not say it."""
    source = attribution.source
    before = source is not None and attribution.content[0].start < source.start < cue.start
    if not before or not hears(text, cue):
        return None
    return replace(attribution, source=None)


def _end_of_clause(text: str, span: Span) -> int:
    ends = [i for mark in ".\n;" if (i := text.find(mark, span.end)) >= 0]
    return min(ends, default=len(text))


@cache
def _saying() -> str:
    """Verbs of saying without a subject of their own: ``saying``, ``tell her``."""
    groups = reporting_words()
    forms = [form for form in groups.groups if groups.is_in(form, "speech", "telling", "manner")]
    bare = {"say", "tell", "shout", "ask", "cry", "yell", "whisper"}
    return any_of([form for form in forms if form.endswith("ing") or form in bare])


#: Who is remembered: a name, a pronoun or a few words, but no clause of its own.
_SUBJECT = r"(?P<who>(?!(?:that|how|what|when|where|why|from|about|\w+ing)\b)[^\s,.;:\"“”]+(?:\s[^\s,.;:\"“”]+){0,5}?)"


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"\s{_SUBJECT}\s(?:{_saying()})\b", re.IGNORECASE)


@cache
def _recalls() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_MIND})\s{_SUBJECT}\s(?:{_saying()})\b", re.IGNORECASE)
