"""Who speaks words that have no source beside them: by a colon, a question before, or a name in place of a verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import Speaker, named
from onrecord.document.article import EntityType, Mention
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.speaker.sentence_roles import behind_participle, hearer, opens_for, subjects

_COLON = re.compile(r":\s+[\"“‘'«]?\Z")  # before quoted words
_LONGEST_LEAD = 6  # letters from such a colon to the words
#: From the last letter of quoted words to a name that stands in place of a verb.
_SIGNED = re.compile(r"(?:\w?,[\"”’]+|\w?[\"”’]+,)\s")


@dataclass(frozen=True)
class Sourceless:
    """The drafts of an article, asked for who speaks one that has no source."""

    text: str
    drafts: Sequence[Draft]
    mentions: Mentions
    discourse: Discourse

    def asked(self, draft: Draft) -> Speaker | None:
        """Who answers a question that a report before tells of: ``I asked Orla Venn why she left. ¶ "I was tired."``"""
        if draft.link is not Link.INTRODUCED or draft.continues is None:
            return None
        question = self.drafts[draft.continues]
        if question.cue is None or question.cue.of(self.text).split()[-1].lower() != "asked":
            return None
        addressed = hearer(self.text, question.cue, self.mentions)
        return None if addressed is None else named(self.mentions, addressed)

    def announced(self, draft: Draft) -> Speaker | None:
        """The subject of a sentence that leads up to words: ``Venn was clear: "No."``, ``Saying so, Venn left.``"""
        for placed in (behind_participle, opens_for):
            if (subject := placed(self.text, draft, self.discourse, self.mentions)) is not None:
                return named(self.mentions, subject)
        colon = _COLON.search(self.text, max(0, draft.start - _LONGEST_LEAD), draft.start)
        if colon is None or draft.parent is not None or not self.discourse.sentences:
            return None
        subject = self.subjects.get(self.discourse.number(colon.start()))
        return named(self.mentions, subject) if subject is not None and subject.end < colon.start() else None

    def signed(self, draft: Draft) -> Speaker | None:
        """Who is named behind quoted words in place of a verb: ``"We stay," Orla Venn, a nurse in Corran.``"""
        behind = _SIGNED.match(self.text, max(draft.start, draft.end - 1)) if draft.cue is None else None
        name = None if behind is None or draft.parent is not None else self.mentions.starting_at(behind.end())
        if name is None or name.entity_type is not EntityType.PERSON:
            return None
        return named(self.mentions, name) if self.text.startswith((", ", ".", "\n"), name.end) else None

    @cached_property
    def subjects(self) -> dict[int, Mention]:
        """The names that are the subjects of sentences, by the number of the sentence."""
        return dict(subjects(self.text, self.discourse, self.mentions))
