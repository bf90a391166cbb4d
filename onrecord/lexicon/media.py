"""Words for media: platforms, occasions, outlets, hearers (media.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.word_lists import word_list

#: Determiners, of which a medium is given without its own.
ARTICLES = frozenset(
    {"a", "an", "the", "his", "her", "their", "its", "another", "this", "that", "one", "these", "those"}
)


@dataclass(frozen=True, slots=True)
class MediaWords:
    """The lists of media.yaml, lower case; `verbs` gives the medium that a verb names."""

    verbs: dict[str, str]
    platforms: frozenset[str]
    occasions: frozenset[str]
    answers: frozenset[str]
    conversations: frozenset[str]
    hearers: frozenset[str]
    outlets: frozenset[str]
    press_people: frozenset[str]
    asking: frozenset[str]
    pages: frozenset[str]
    posts: frozenset[str]
    issuing: frozenset[str]
    times_behind: frozenset[str]
    stops: frozenset[str]
    nouns_in_ly: frozenset[str]
    channels: frozenset[str]
    turning: frozenset[str]
    speaking: frozenset[str]
    writing: frozenset[str]
    loose: frozenset[str]
    participles: frozenset[str]
    shows: frozenset[str]
    addressing: frozenset[str]
    telling_to: frozenset[str]
    reading: frozenset[str]
    unheard: frozenset[str]


@cache
def media_words() -> MediaWords:
    """The word lists, read once."""
    lists = {key: entry["words"] for key, entry in word_list("media.yaml").items()}
    return MediaWords(verbs=lists.pop("verbs"), **{key: frozenset(words) for key, words in lists.items()})


def stops(word: str) -> bool:
    """Whether a word ends a hearer or an occasion: one of the list, or an adverb in -ly."""
    words = media_words()
    return word in words.stops or (word.endswith("ly") and word not in words.nouns_in_ly)


def reports(word: str) -> bool:
    """Whether a word is a verb of saying."""
    return reporting_words().is_in(word, "speech", "telling", "manner")
