"""Who answers in an interview that is printed as questions and answers, by labels alone: ``Q: ... A: ...``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention

_ANSWERS = frozenset({"a", "answer"})
#: The one interviewed is named at least so often before the first question, and so many times as often as anybody else.
_LEAST, _TIMES = 2, 2


def is_answer(label: str) -> bool:
    """Whether a transcript's label is of whoever answers."""
    return label.strip(" .*").lower() in _ANSWERS


def interviewee(mentions: Mentions, start: int, quoted: Collection[int] = ()) -> Mention | None:
    """The person whom the words before a transcript quote or name far oftener than others; none who does not stand out.

    :param start: where the first turn begins.
    :param quoted: the local ids of the people who speak before it: one alone is the one interviewed.
    """
    before = [m for m in mentions.all if m.entity_type is EntityType.PERSON and m.end <= start]
    if len(quoted) == 1:
        return next((m for m in reversed(before) if m.local_id in quoted), None)
    counts = Counter(m.local_id for m in before).most_common(2)
    if not counts or counts[0][1] < _LEAST or (len(counts) > 1 and counts[0][1] < _TIMES * counts[1][1]):
        return None
    return next(m for m in reversed(before) if m.local_id == counts[0][0])
