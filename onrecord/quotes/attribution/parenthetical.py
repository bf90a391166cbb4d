"""Attributions that interrupt the clause that they report, whose subject the tagger took into the source.

``Tam Quill, Orla Venn said on Monday, closed the gate.``: Venn speaks, and says that Quill closed it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.document.article import Attribution, Span
from onrecord.lexicon.people import people_words

#: Between the verb and the rest of the clause: where or when it was said, and a comma.
_GOES_ON = re.compile(r"(?:\s[^,.;:“”\"\n]{1,60})?,\s+")
#: A subject, a comma and the source, which no comma parts from its verb.
_TWO = re.compile(r"(?P<subject>[^,\n]+),\s(?P<source>[^,\n]+)")
#: What stands before a sentence.
_ENDS = frozenset({"", "\n", ".", "!", "?", "”", '"'})
#: No participle.
_WORD = re.compile(r"(?!\w+ing\b)[a-z]+\b")


def interrupting(text: str, attribution: Attribution) -> Attribution:
    """The attribution with the last of two that a comma parts as its source, and the first as the content's beginning.

    In well-formed English nobody with an apposition is followed by the verb without a comma, so that what a comma and
    a verb follow is the clause that the first begins.
    """
    source, cue, content = attribution.source, attribution.cue, attribution.content
    if source is None or cue is None or len(content) != 1 or source.end > cue.start or cue.end > content[0].start:
        return attribution
    two = _TWO.fullmatch(text, source.start, source.end)
    opens = text[max(0, source.start - 2) : source.start].rstrip(" ")[-1:] in _ENDS
    close = not text[source.end : cue.start].strip() and _GOES_ON.fullmatch(text, cue.end, content[0].start)
    if two is None or not opens or not close or not _begins_with_verb(text, content[0]):
        return attribution
    if people_words().is_person(two["subject"].split()[-1].lower()):
        return attribution  # "The mayor, Orla Venn said": an apposition whose second comma is missing
    return replace(attribution, source=Span(*two.span("source")), content=(Span(*two.span("subject")), content[0]))


def _begins_with_verb(text: str, content: Span) -> bool:
    """Whether a content begins with a word in lower case that opens no phrase of another kind."""
    word, known = _WORD.match(text, content.start), people_words()
    others = known.definite | known.indefinite | known.prepositions | known.subordinators
    return word is not None and word[0] not in others
