"""Sources of whom an article says that it does not name them: ``a guard, who asked not to be named``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.document.article import Span

_VERBS = r"(?:named|identified|quoted\sby\sname)"
_WITHHELD = re.compile(
    rf"\bnot\s(?:to\s)?(?:be|being)\s{_VERBS}\b"
    rf"|\b(?:cannot|can['’]t|could\snot|couldn['’]t|declin\w+\sto|refus\w+\sto)\sbe\s{_VERBS}\b"
    r"|\b(?:not(?:\swant|\swish)?(?:\sto)?|didn['’]t\swant\sto|declin\w+\sto|refus\w+\sto|without)"
    r"\s(?:reveal|giv|disclos|shar|provid|us|publish)\w*\s(?:his|her|their)\s(?:(?:full|real|own|last)\s)?(?:name|identity)\b"
    r"|\b(?:condition|guarantee|promise)\sof\sanonymity\b"
    r"|\b(?:request|ask|seek|sought|prefer|demand)\w*\s(?:for\s)?(?:to\s(?:remain|stay|be)\s)?anonym(?:ity|ous)\b"
    r"|\bspeaking\sanonymously\b"
    r"|\bwhose\s(?:name|identity)\s(?:is|was|has\sbeen)\s(?:being\s)?(?:withheld|protected)\b",
    re.IGNORECASE,
)


def is_withheld(text: str, source: Span, sentence: Span, contents: Sequence[Span]) -> bool:
    """Whether a source's sentence says, outside of what is reported, that the one who speaks is not to be named."""
    found = _WITHHELD.finditer(text, min(source.start, sentence.start), sentence.end)
    return any(not any(span.start <= match.start() < span.end for span in contents) for match in found)
