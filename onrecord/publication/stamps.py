"""Whether a sentence is its story's stamp: "Updated May 3, 2021.", "This story was first published on May 3, 2021."

Any other date of a sentence is that of what it tells of, whatever words stand beside it: "A report published on May 3".
"""

from __future__ import annotations

import re

from onrecord.dates.written import is_stamp_label

_SENTENCE = re.compile(r"(?<![A-Z][a-z]{2}\.)(?<![A-Z][a-z]{3}\.)(?<=[.!?])[\"”’)]*\s+")
#: What a story calls itself, up to the day on which it was published.
_ITSELF = re.compile(
    r"\bthis (?:\w+ )?(?:article|story|post|piece|report|column|interview|essay|review|page)\b[^,;:.!?\"“”]*\Z",
    re.IGNORECASE,
)
#: What goes on behind a date as a sentence does: "Published on May 3, 2021, the report said so".
_GOES_ON = re.compile(r",?\s(?!at\b|by\b|in\b|and\b)[a-z]")
_ENDS = re.compile(
    r"(?:,?\s(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)(?:\s[A-Z]{2,4}\b)?)?"
    r"\W*(?:\s(?:at|in|by|and|as|on)\b|$|[.;()\[–—])|\s-\s",
    re.IGNORECASE,
)
#: Where a stamp says that its story appeared: "First published in the Quillbay Ledger on".
_IN_OUTLET = re.compile(r"\bin (?:the |The )?(?:[A-Z][\w’'&-]*,? ){1,5}(?=on\b|\Z)")


def stamps_the_story(line: str, start: int, end: int) -> bool:
    """Whether the date in `line[start:end]`, which a sentence holds, is that of the story's publication or update."""
    begin = max((match.end() for match in _SENTENCE.finditer(line, 0, start)), default=0)
    lead, rest = line[begin:start], line[end:]
    if _ITSELF.search(lead):
        return bool(_ENDS.match(rest))
    lead = _IN_OUTLET.sub("", lead.lstrip("([–—- "))
    return lead[:1].isupper() and is_stamp_label(lead) and not _GOES_ON.match(rest)
