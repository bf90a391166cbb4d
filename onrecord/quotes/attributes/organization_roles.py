"""What the bodies of an article are, where it says so: "the lobby group Harbour Watch"; "Corran Air, a ferry line"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.organization_appositions import Apposition, Position, appositions
from onrecord.document.article import EntityType, Span
from onrecord.document.sentences import Sentence, sentence_around
from onrecord.lexicon.people import people_words
from onrecord.quotes.attributes.role_appositions import up_to_end
from onrecord.quotes.attributes.role_words import LONGEST, role_words


def organization_roles(text: str, names: Mentions, sentences: Sequence[Sentence]) -> dict[int, str]:
    """What bodies are, by local id, as printed; of several phrases the first.

    :param sentences: of the article, in order.
    """
    found: dict[int, str] = {}
    for apposition in appositions(text, names, sentences):
        mention = apposition.mention
        if mention.entity_type is EntityType.ORG and mention.local_id not in found and _is_kind(apposition):
            role = _printed(text, apposition, names, sentences)
            if role is not None:
                found[mention.local_id] = role
    return found


def _printed(text: str, apposition: Apposition, names: Mentions, sentences: Sequence[Sentence]) -> str | None:
    """The whole phrase; None for the mere noun behind a name: the Corran Herald ``newspaper``."""
    match apposition.position:
        case Position.BEFORE:
            return " ".join(apposition.phrase.of(text).split())
        case Position.BEHIND:
            end = sentence_around(sentences, apposition.mention).end
            phrase = " ".join(apposition.phrase.of(text).split())
            role = up_to_end(text, Span(apposition.phrase.start, end), names)
            if role.startswith(f"{phrase},"):  # a list, which the phrase does not begin
                return phrase
            return role if role.startswith(phrase) and len(role) <= LONGEST else None
        case _:
            return None


def _is_kind(apposition: Apposition) -> bool:
    noun, words = apposition.head, role_words()
    if apposition.one_of:
        noun = re.sub(r"s\Z", "", re.sub(r"ies\Z", "y", noun))
    return noun in words.bodies or (noun in people_words().organizations and noun not in words.places)
