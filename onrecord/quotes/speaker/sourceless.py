"""Who speaks words that have no source beside them: the subject of a sentence that ends in a colon before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import Speaker, named
from onrecord.document.article import EntityType, Mention, QuoteType, Span
from onrecord.document.sentences import Sentence, Token
from onrecord.lexicon.media import media_words, reports
from onrecord.lexicon.people import people_words
from onrecord.lexicon.verbs import finite_verbs
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.speaker.sentence_roles import subjects

_COLON = re.compile(r":\s+[\"“‘'«]?\Z")  # before quoted words
_LONGEST_LEAD = 6  # letters from such a colon to the words
_FURTHEST = 3  # sentences from "it" back to the one that names its body


def _is_read(sentence: Sentence) -> bool:
    """Whether a sentence tells that somebody hears or reads what follows: ``Venn opened the letter.``"""
    words = {token.lower for token in sentence.tokens}
    return not words.isdisjoint(media_words().reading | people_words().documents)


def _begins_with_it(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and next((token.lower for token in tokens if token.is_word), "") == "it"


def _is_subject(name: Mention, tokens: Sequence[Token]) -> bool:
    """Whether no verb stands before a name, and one, or what is set off, right behind: not "Tarn prices rose"."""
    before = (token.lower for token in tokens if token.start < name.start)
    behind = next((token.lower for token in tokens if token.start >= name.end), "")
    verb = behind in finite_verbs() or behind.endswith("ed") or reports(behind)
    return finite_verbs().isdisjoint(before) and (verb or behind in {",", "("})


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

    def body_told_of(self, source: Span) -> Mention | None:
        """The body that is the subject of the sentence before "it"; of one with "it" as its subject, that before."""
        split, number = self.discourse.sentences, self.discourse.number(source.start) if self.discourse.sentences else 0
        for back in range(number - 1, max(-1, number - 1 - _FURTHEST), -1):
            tokens = split[back].tokens
            if self.discourse.in_content(split[back].span.start + 1) or _begins_with_it(tokens):
                continue
            subject = self.subjects.get(back)
            if subject is None or subject.entity_type is not EntityType.ORG:
                return None
            return subject if _is_subject(subject, tokens) else None
        return None

    @cached_property
    def subjects(self) -> dict[int, Mention]:
        """The names that are the subjects of sentences, by the number of the sentence."""
        return dict(subjects(self.text, self.discourse, self.mentions))
