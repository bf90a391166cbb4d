"""Whom the labels of a transcript mean: ``GOV. ORLA VENN (D-NORLAND), NOMINEE``, later ``VENN``; ``Q`` and ``A``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import SOMEBODY, Method, Speaker, named
from onrecord.document.article import EntityType, Span, SpeakerKind
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.speaker.interviewee import interviewee, is_answer


class Labels:
    """The labels of an article's turns, asked for whom they mean.

    :param found: the speakers of its drafts, filled while they are asked for.
    """

    def __init__(
        self,
        text: str,
        mentions: Mentions,
        discourse: Discourse,
        drafts: Sequence[Draft],
        found: Mapping[int, Speaker],
    ) -> None:
        self._text = text
        self._mentions = mentions
        self._discourse = discourse
        self._drafts = drafts
        self._found = found

    def meant(self, label: Span) -> Speaker:
        """Whom a label means; ``Q`` is nobody.

        ``VENN`` is nobody either where two of that name have spoken. ``A`` is the one interviewed.
        """
        printed = re.split(r"[,(]", label.of(self._text))[0].strip()
        if is_answer(printed):
            return self._interviewed
        name = self._mentions.person_labelled(printed)
        spoken = [m for m in self._mentions.people_of_surname(printed) if self._discourse.has_spoken(m.local_id)]
        if name is None and len(spoken) > 1:
            return SOMEBODY
        inside = [m for m in self._mentions.within(label) if m.entity_type is EntityType.PERSON]
        person = name or (inside[0] if inside else None)
        return SOMEBODY if person is None else named(self._mentions, person)

    @cached_property
    def _interviewed(self) -> Speaker:
        """The one who answers the questions of a transcript."""
        first = min(draft.source.start for draft in self._drafts if draft.link is Link.TURN and draft.source)
        said = (speaker for index, speaker in self._found.items() if self._drafts[index].end <= first)
        quoted = {m.local_id for speaker in said if (m := speaker.mention) and speaker.kind is SpeakerKind.PERSON}
        answers = interviewee(self._text, self._mentions, first, quoted)
        return SOMEBODY if answers is None else replace(named(self._mentions, answers), method=Method.DESCRIPTION)
