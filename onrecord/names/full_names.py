"""Completes full names that the tagger cut short: joins a given name to a surname that the article has elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.document.article import READ_KINDS, Block, EntityType, NameSpan
from onrecord.lexicon.name_words import fold, genders_of_given_names, title_key, titles
from onrecord.names.headlines import HEADLINES
from onrecord.names.titled import title_length, tokens_of

_WORD = r"[^\W\d_a-z][\w’'-]*\w"
_GIVEN = re.compile(rf"(?<![\w'’-])(?P<given>{_WORD})(?= (?:[^\W\d_a-z]\. ){{0,2}}(?P<family>{_WORD})(?![\w-]))")
#: A name of another kind gives way where the tagger was less sure of it than this.
_SURE = 0.9
_SCORE = 0.9
_LONGEST_TITLE = 40  # letters


def full_names(text: str, blocks: Sequence[Block], names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (in reading order, not overlapping) with given names joined to the people who are called by surname.

    Where "Quill" is a person somewhere in the article, "Ada Quill" is one, be it that only "Quill" was taken for the
    name or all of it for something else, or for nothing. "In Virginia Quill lost" stays where Virginia is a place. What
    is no listed given name is one behind a title: "General Tesfa Quill".
    """
    people = (text[n.start : n.end] for n in names if n.entity_type is EntityType.PERSON)
    surnames = {name for name in people if len(name.split()) == 1}
    if not surnames:
        return list(names)
    starts, ends = [n.start for n in names], [n.end for n in names]
    dropped: set[int] = set()
    added: list[NameSpan] = []
    for block in blocks:
        if block.kind not in READ_KINDS:
            continue
        for match in _GIVEN.finditer(text, block.start, block.end):
            family = re.sub(r"['’]s?$", "", match["family"])
            if family not in surnames:
                continue
            if fold(match["given"]) not in genders_of_given_names() and not _is_titled(text, block, match):
                continue
            if title_key(match["given"]) in titles().offices:  # "Dean Quill" beside "Ada Quill, dean of the school"
                continue
            if match["given"] == "Said":  # "Said Quill:"; of the name the tagger misses few
                continue
            start, end = match.start(), match.start("family") + len(family)
            touched = range(bisect_right(ends, start), bisect_left(starts, end))
            if all(_gives_way(names[i], start, end, match.start("family")) for i in touched):
                dropped.update(touched)
                added.append(NameSpan(start, end, EntityType.PERSON, _SCORE))
    return sorted([*(n for i, n in enumerate(names) if i not in dropped), *added], key=lambda n: n.start)


def _is_titled(text: str, block: Block, match: re.Match[str]) -> bool:
    """Whether a title stands before a word that is none; a headline has capitals for all words."""
    key = title_key(match["given"])
    if block.kind in HEADLINES or key in titles().modifiers or titles().is_title(key):
        return False
    tokens = tokens_of(text, max(block.start, match.start() - _LONGEST_TITLE), match.start())
    size = title_length(tokens, titles().offices) or title_length(tokens, titles().honorifics)
    return size > 0 and tokens[-1].text[0].isupper()


def _gives_way(name: NameSpan, start: int, end: int, family: int) -> bool:
    """Whether a name is the surname alone, or an unsure reading of the same words."""
    if name.entity_type is EntityType.PERSON:
        return start < name.start == family and name.end == end
    return name.start <= start and name.end >= end and name.score < _SURE
