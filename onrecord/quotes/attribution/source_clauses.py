"""Sources that hold more than who speaks: a clause before it, one it stands in, whoever only gets what is written."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.document.article import Attribution, Span
from onrecord.lexicon.people import people_words
from onrecord.lexicon.word_lists import any_of

#: ``Orla Venn, whose mother``: the mother speaks; of ``the Harbour Board, whose divers`` the board.
_WHOSE = re.compile(r"[^,\n]+,\swhose\s(?=(?P<noun>[a-z]+[a-rt-z])(?:,\s[^,\n]+)?\Z)")
#: ``Defending Tam Quill, Orla Venn``: a participle and its object, then the subject.
_PARTICIPLE = re.compile(r"[A-Z][a-z]+ing\s[^,]+,\s(?=[^,]+\Z)")
#: ``Like her aunt Ida, who left, and her mother Ada, Orla Venn``: whom the subject is compared with.
_COMPARED = re.compile(r"(?:[Ll]ike|[Uu]nlike|[Aa]longside)\s[^\n]*,\s(?=[A-Z][^,\n]+\Z)")
_GOT = r"(?:(?:has|had|have)\s)?(?:got|gets|received|receives|obtained)|(?:was|were)\s(?:sent|given|handed|shown)"
_SAYS = re.compile(r"\w+ing\Z|that\s(?:said|says|read)\Z", re.IGNORECASE)


def of_speaker_alone(text: str, attribution: Attribution) -> Attribution:
    """The attribution with a source that is no more than who speaks, or the letter that somebody got."""
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or source.end > cue.start:
        return attribution
    if (got := _letter(text, source, cue)) is not None:
        return replace(attribution, source=got)
    close = not text[source.end : cue.start].strip()
    clause = (
        _whose(text, source)
        or _COMPARED.match(text, source.start, source.end)
        or (close and _PARTICIPLE.match(text, source.start, source.end))
    )
    if not clause or clause.end() >= source.end:
        return attribution
    return replace(attribution, source=Span(clause.end(), source.end))


def _whose(text: str, source: Span) -> re.Match[str] | None:
    """What a source has before somebody of the one whom it names first."""
    found = _WHOSE.match(text, source.start, source.end)
    return found if found is not None and people_words().is_person(found["noun"]) else None


def _letter(text: str, source: Span, cue: Span) -> Span | None:
    """The document that a source got: ``a letter from Venn`` of ``Tam Quill got a letter from Venn, saying``."""
    if _SAYS.match(cue.of(text)) is None:
        return None
    got = _got().match(text, source.end, cue.start)
    return None if got is None else Span(*got.span("letter"))


@cache
def _got() -> re.Pattern[str]:
    nouns = any_of(people_words().authored)
    letter = rf"(?:an?|the)\s(?:[\w-]+\s){{0,2}}?(?:{nouns})\b[^,.;:]*?"
    return re.compile(rf"\s(?:also\s)?(?:{_GOT})\s(?P<letter>{letter}),?\s*\Z")
