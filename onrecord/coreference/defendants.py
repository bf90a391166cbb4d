"""Who stands trial, as an article says right behind a name: ``Orla Venn, 37, of Corran, pleaded guilty``."""

from __future__ import annotations

import re

from onrecord.document.article import Mention

_LONGEST = 120  # letters behind a name
_TRIED = re.compile(
    r"(?:,[^.;:“”\"\n]{1,70}?,|,(?=\swho\s)|\s\([^)\n]{1,30}\))?\s(?:(?:had|has|who|also|later|both|on|[A-Z]\w+day|earlier)\s){0,3}"
    r"(?:ple(?:aded|d|ads)\s(?:not\s)?guilty|den(?:ied|ies)\s(?:the\s)?(?:charges?|murder|causing|assault|manslaughter)"
    r"|stands?\saccused|stood\strial|(?:went|goes|is)\son\strial|faces?\s(?:\w+\s)?charges"
    r"|(?:was|is|were|been)\s(?:(?:also|later|today|being)\s)?"
    r"(?:accused\sof|charged|convicted|sentenced|jailed|fined|remanded|acquitted|found\s(?:not\s)?guilty|held\swithout\sbail))\b"
)


def is_tried(text: str, mention: Mention) -> bool:
    """Whether a person is tried in a court, or was, by the words right behind a name."""
    return _TRIED.match(text, mention.end, min(len(text), mention.end + _LONGEST)) is not None
