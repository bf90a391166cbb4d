"""What has the words of a report and is none: titles of works, orders to tell, hearsay of nobody, "as she calls it"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.document.article import Attribution, Span
from onrecord.document.words import WORD
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attribution.scare_quotes import is_title

#: What makes a work, whose title stands in quotation marks.
_MAKES = re.compile(
    r"\b(?:wr(?:i|o)t(?:e|es|ten|ing)|co-?wrote|s(?:a|u)ng|sings?|record(?:s|ed)?|compos(?:es|ed)|direct(?:s|ed)"
    r"|perform(?:s|ed)|publish(?:es|ed)|produc(?:es|ed)|releas(?:es|ed))\Z",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\s*[“\"‘'«](?P<title>[^“”\"«»\n]{1,100}?)[”\"’'»]")
#: An order or a leave: ``tell the crew``, ``you can say``, behind one of these.
_MODAL = re.compile(
    r"\b(?:please|should|can|could|may|might|must|need(?:s)?\sto)\b(?P<between>[^.;:!?“”\"]*)\Z", re.IGNORECASE
)
_TELL = frozenset({"tell", "say", "ask"})
_OPEN = re.compile(r"(?:if|whether)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:i|we|they|he|she|who|that|which)\s\Z", re.IGNORECASE)
_SAYS = re.compile(r"says?|tells?|agrees?|rules?|decides?|confirms?", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless)\s\Z", re.IGNORECASE)
#: ``People said to be ill``: it is not the people who say it.
_SAID_OF = re.compile(r"to\s(?:be|have)\b", re.IGNORECASE)
_PARTICIPLES = frozenset({"said", "reported", "believed", "thought", "alleged", "rumoured", "rumored"})
_ACTIVE = frozenset({"i", "he", "she", "they", "we", "who", "it"})
_BACK = re.compile(r"\bcall(?:s|ed)?\Z", re.IGNORECASE)
_BACK_TO = re.compile(r"\s(?:it|them|him|her|that|this)[,.;:)]", re.IGNORECASE)
_NEITHER = re.compile(r"(?<!,\s)\bneither\s[^.;:,“”\"]+\snor\s[^.;:,“”\"]+\Z", re.IGNORECASE)
_NEAR = 120  # letters before a cue in which its modal stands


def is_no_report(text: str, attribution: Attribution) -> bool:
    """Whether what was found has the words of a report only."""
    cue = attribution.cue
    if cue is None or not attribution.content:
        return False
    return any(
        rule(text, attribution, cue)
        for rule in (_is_title, _is_order, _is_open, _is_said_of, _points_back, _is_nobodys)
    )


def _is_title(text: str, attribution: Attribution, cue: Span) -> bool:
    """``Orla Venn wrote the novel “The Old Pier”``: the title of a work."""
    first = attribution.content[0]
    if len(attribution.content) > 1 or first.start < cue.end or _MAKES.search(cue.of(text)) is None:
        return False
    work = _work().match(text, cue.end)
    title = None if work is None else _TITLE.match(text, work.end())
    if title is None or title.end() < first.start:
        return False
    return is_title(WORD.findall(title["title"]))


@cache
def _work() -> re.Pattern[str]:
    """Up to a noun for a work, right before its title: ``the short-lived musical``."""
    nouns = "|".join(sorted(reporting_words().works))
    return re.compile(
        rf"\s(?:a|an|the|his|her|their|its)\s(?:[\w’'-]+\s){{0,4}}?(?:{nouns})\b(?:,?\s(?:called|entitled|titled))?(?=\s[“\"‘'«])"
    )


def _is_order(text: str, attribution: Attribution, cue: Span) -> bool:
    """``Passengers should tell the crew if they feel ill``: nobody has told or asked it yet."""
    words = cue.of(text).lower().split()
    if not words or words[-1] not in _TELL or _OPEN.match(text, attribution.content[0].start) is None:
        return False
    verb = cue.end - len(words[-1])
    modal = _MODAL.search(text, max(0, cue.start - _NEAR), verb)
    return modal is not None and _SUBJECT.search(text, max(0, verb - 8), verb) is None


def _is_open(text: str, attribution: Attribution, cue: Span) -> bool:
    """``If the judge says the bridge is safe, it will open``: nobody has said it yet."""
    source = attribution.source
    if source is None or source.end > cue.start or not _SAYS.fullmatch(cue.of(text)):
        return False
    return _CONDITION.search(text, max(0, source.start - len("unless ")), source.start) is not None


def _is_said_of(text: str, attribution: Attribution, cue: Span) -> bool:
    """``People said to be ill``: nobody says it; not ``she said to be careful``."""
    source, first = attribution.source, attribution.content[0]
    if source is None or cue.of(text).lower() not in _PARTICIPLES or source.end > cue.start:
        return False
    if text[source.end : cue.start].strip() or first.start - cue.end > 1 or _SAID_OF.match(text, first.start) is None:
        return False
    subject = source.of(text)
    return subject.lower() not in _ACTIVE and subject.islower()


def _is_nobodys(text: str, attribution: Attribution, cue: Span) -> bool:
    """``Neither Orla Venn nor Tam Quill said that it was old``: nobody has said it."""
    source = attribution.source
    if source is None or source.end > cue.start:
        return False
    return _NEITHER.search(text, max(0, source.start - _NEAR), source.end) is not None


def _points_back(text: str, attribution: Attribution, cue: Span) -> bool:
    """``“the Tides”, as she calls them, without sails``: what it is called stands before."""
    source = attribution.source
    if source is None or attribution.content[0].start < cue.end or _BACK.search(cue.of(text)) is None:
        return False
    behind_as = text[max(0, source.start - 4) : source.start].lower().endswith("as ")
    return behind_as and _BACK_TO.match(text, cue.end) is not None
