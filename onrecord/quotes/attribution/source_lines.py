"""Lines of their own above or below a quotation that name who says it: ``Orla Venn went on:``, ``— Orla Venn``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Span
from onrecord.document.quotations import Quotation
from onrecord.document.sentences import Sentence
from onrecord.document.words import WORD
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attribution.clause import SPEECH, Clause, start_of_subject

_LONGEST_NAME = 7  # tokens of a bare ``Orla Venn:``
_LONGEST_CREDIT = 12  # words of a line under a quotation that tells whose it is

#: ``And from Chairwoman Orla Venn:``, ``Statement by Orla Venn, the chair:``, ``From the desk of Orla Venn:``
_FROM = re.compile(
    r"(?:[\w’']+[ ,]+){0,5}?(?:[Ff]rom|[Bb]y)\s(?:the\s(?:desk|office|pen)\sof\s)?(?P<source>[^\W\d_a-z].{2,100}):\Z"
)
#: ``Chairwoman Orla Venn on the new bridge:``
_ON = re.compile(
    r"(?P<source>[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'.-]*){1,5}),?\s(?:on|about|commenting)\s[^:]{2,80}:\Z"
)
#: ``And Orla Venn:``, ``In the words of Orla Venn:``
_LED = re.compile(
    r"(?:And|But|Then|Next|Again|Also|Now|Here is|Here['’]s|In the words of|To which)(?:,? (?:then|again|now))?,?\s"
    r"(?P<source>[^\W\d_a-z][^:]{2,80}):\Z"
)
#: A line of its own under a quotation: ``— Orla Venn, Harbour Board``
_CREDIT = re.compile(r"[-–—―]{1,2}\s?(?P<source>[^\W\d_a-z][^\n:“”\"]{3,90}?)\.?\Z")


def introduction(text: str, sentence: Sentence, quotations: Sequence[Quotation]) -> tuple[Span, Span | None] | None:
    """Source and cue of a sentence that ends in a colon and so announces what comes next: ``Orla Venn went on:``"""
    tokens = sentence.tokens
    if tokens[-1].lower != ":" or any(t.quotation is not None for t in tokens):
        return None
    clause = Clause(text, tokens, quotations)
    start = start_of_subject(clause)
    found = clause.cue(start + 1, len(tokens), *SPEECH, "asking", "stance") if len(tokens) > start + 2 else None
    if found is None and (announced := _announced(text, sentence.span)) is not None:
        return announced, None
    if found is None:
        source = clause.source(start, len(tokens)) if len(tokens) <= _LONGEST_NAME else None
        return None if source is None or not text[source.start].isupper() else (source, None)
    source, cue = clause.source(start, found[0]), clause.span(*found)
    return None if source is None or cue is None else (source, cue)


def _announced(text: str, sentence: Span) -> Span | None:
    """Who speaks next by a line without a verb that ends in a colon."""
    forms = (_FROM, _ON, _LED)
    match = next((m for form in forms if (m := form.match(text, sentence.start, sentence.end))), None)
    return None if match is None else Span(*match.span("source"))


def credit(text: str, passage: Span) -> Span | None:
    """The source that a passage is that holds nothing but a dash and who spoke just before it."""
    match = _CREDIT.match(text, passage.start, passage.end)
    named = match is not None and len(match["source"].split()) <= _LONGEST_CREDIT
    return Span(*match.span("source")) if match is not None and named else None


def is_signature(text: str, passage: Span, names: Mentions) -> bool:
    """Whether a passage is a person, and nothing that makes it a sentence: ``Orla Venn, harbour master``."""
    first = next(iter(names.within(passage)), None)
    if first is None or first.start != passage.start or first.entity_type is not EntityType.PERSON:
        return False
    words = passage.of(text)
    behind = WORD.findall(text[first.end : passage.end].lower())
    is_sentence = words[-1] in ".!?:;," or not reporting_words().auxiliaries.isdisjoint(behind)
    apart = text[first.end : passage.end].startswith(", ") or first.end == passage.end
    return len(words.split()) <= _LONGEST_CREDIT and apart and not is_sentence
