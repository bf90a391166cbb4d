"""Who speaks words that have no source beside them: the subject of a sentence that ends in a colon before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import Speaker, named
from onrecord.document.article import Mention, QuoteType
from onrecord.document.sentences import Sentence
from onrecord.lexicon.media import media_words
from onrecord.lexicon.people import people_words
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.speaker.sentence_roles import subjects

_COLON = re.compile(r":\s+[\"“‘'«]?\Z")  # before quoted words
_LONGEST_LEAD = 6  # letters from such a colon to the words


def _is_read(sentence: Sentence) -> bool:
    """Whether a sentence tells that somebody hears or reads what follows: ``Venn opened the letter.``"""
    words = {token.lower for token in sentence.tokens}
    return not words.isdisjoint(media_words().reading | people_words().documents)


@dataclass(frozen=True)
class Sourceless:
    """Finds who speaks words that have no source beside them."""

    text: str
    mentions: Mentions
    discourse: Discourse

    def announced(self, draft: Draft) -> Speaker | None:
        """The subject of a sentence that leads up to words by a colon: ``Venn was clear: "No."``"""
        colon = _COLON.search(self.text, max(0, draft.start - _LONGEST_LEAD), draft.start)
        if colon is None or draft.parent is not None or not self.discourse.sentences:
            return None
        subject = self.subjects.get(self.discourse.number(colon.start()))
        return named(self.mentions, subject) if subject is not None and subject.end < colon.start() else None

    def told_of(self, draft: Draft, before: Draft | None) -> int | None:
        """Of whom the paragraph tells before quoted words without a source: ``Orla Venn shook her head. "Never."``

        :param before: the draft before; where it is of the same paragraph, its speaker may go on.
        """
        split = self.discourse.sentences
        quoted = draft.quote_type is QuoteType.DIRECT and draft.cue is None and draft.parent is None
        if not quoted or not split or (before is not None and before.passage == draft.passage):
            return None
        number = first = self.discourse.number(draft.start)
        while first and split[first - 1].passage == split[number].passage:
            first -= 1
        opens = draft.start - split[number].span.start <= 1 and not _is_read(split[number - 1])
        person = self.discourse.told_of(split[first].span.start, draft.start) if opens and first < number else None
        if person is None or person < 0 or self.mentions.are_of(person, draft.contents):
            return None
        return person

    @cached_property
    def subjects(self) -> dict[int, Mention]:
        """The names that are the subjects of sentences, by the number of the sentence."""
        return dict(subjects(self.text, self.discourse, self.mentions))
