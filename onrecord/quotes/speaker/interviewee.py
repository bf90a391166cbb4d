"""Who answers in an interview that is printed as questions and answers, by labels alone: ``Q: ... A: ...``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention

_ANSWERS = frozenset({"a", "answer"})
#: The one interviewed is named at least so often before the first question, and so many times as often as anybody else.
_LEAST, _TIMES = 2, 2
#: What tells that whoever is named before was asked: ``We met him at rehearsal``; ``She talks to us``.
_ASKED = re.compile(
    r"\b(?:[Ww]e|I)\s(?:met|spoke|talked|sat|caught|asked|interviewed|phoned|visited)\s(?:(?:up\s|down\s)?(?:to|with)\s)?"
    r"(?:him|them|her(?!\s[a-z]+(?:,|\s[A-Z])))\b"
    r"|\b(?:talk|speak|spoke|answer)(?:s|ed)?\s(?:to|with)\s(?:us|me)\b"
)


def is_answer(label: str) -> bool:
    """Whether a transcript's label is of whoever answers."""
    return label.strip(" .*").lower() in _ANSWERS


def interviewee(text: str, mentions: Mentions, start: int, quoted: Collection[int] = ()) -> Mention | None:
    """The person whom the words before a transcript quote or name far oftener than others; none who does not stand out.

    Where they tell of the meeting, whom alone they name.

    :param start: where the first turn begins.
    :param quoted: the local ids of the people who speak before it: one alone is the one interviewed.
    """
    before = [m for m in mentions.all if m.entity_type is EntityType.PERSON and m.end <= start]
    if len(quoted) == 1:
        return next((m for m in reversed(before) if m.local_id in quoted), None)
    counts = Counter(m.local_id for m in before).most_common(2)
    if len(counts) == 1 and _ASKED.search(text, before[0].end, start):
        return before[0]
    if not counts or counts[0][1] < _LEAST or (len(counts) > 1 and counts[0][1] < _TIMES * counts[1][1]):
        return None
    return next(m for m in reversed(before) if m.local_id == counts[0][0])
