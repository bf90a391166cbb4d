"""The head of an article: the headline, what stands between it and the story, and where the story begins."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, pairwise

from onrecord.document.article import BlockKind
from onrecord.document.words import LETTERS_OR_DIGITS
from onrecord.layout.byline import begins_with_given_name, is_person, is_role
from onrecord.layout.captions import reads_like_caption
from onrecord.layout.dateline import find_dateline, lone_dateline
from onrecord.layout.lines import ends_sentence
from onrecord.layout.parts import Labelled, has_quotation, is_section
from onrecord.layout.scores import LIKELY, likeliest
from onrecord.layout.standfirst import may_be_standfirst, stamp_kind
from onrecord.layout.surroundings import kind_around
from onrecord.lexicon.outlets import is_outlet

#: Headlines are shorter; so are standfirsts.
HEADLINE_LENGTH = 250
STANDFIRST_LENGTH = 450
#: A head has no more open parts than this before the story must have begun.
_HEAD_PARTS = 8
_REPEATED = 0.8
#: A page with so many entries of menus and lists is a whole one: where no headline is likely there, none is guessed.
_MENU = 15
#: Of the articles of two corpora that begin with one sentence, those of up to this length were all but five headlines,
#: and those above it all but three a first paragraph.
_STOPPED_LENGTH = 85
_STOPPED = re.compile(r"\.[\"'”’)]*$")

_BREADCRUMB = re.compile(r"[^.!?]{1,40}(?:\s[>»›/|]\s[^.!?>»›/|]{1,40}){1,5}")
#: A sentence ends inside: not the full stop of "U.S. Army" nor of "Gov. Quill".
_SENTENCE_INSIDE = re.compile(
    r"(?:(?<=[a-z0-9)\"”’])(?<!\b(?:Gov|Sen|Rep|Mrs|Gen|Col|Lt\.|Sgt|Hon|Rev))(?<!\b(?:Mr|Ms|Dr|St|Jr|Sr|No|vs|Lt))\.|[!?])"
    r"[\"”’)]*\s+[\"“‘(]?[A-Z]"
)


def label_head(labelled: list[Labelled]) -> int:
    """Label the open parts before the story in place; the index of the story's first part."""
    known = likeliest([item.headline for item in labelled])
    if known is not None:
        return _label_from(labelled, known)
    if sum(item.kind in (BlockKind.NAVIGATION, BlockKind.RELATED) for item in labelled) >= _MENU:
        return next((i for i, item in enumerate(labelled) if item.kind is None), len(labelled))
    open_parts = [i for i, item in enumerate(labelled) if item.kind is None][: _HEAD_PARTS + 1]
    if len(open_parts) > 1 and _is_lone_author(labelled[open_parts[0]], labelled[open_parts[1]]):
        first = open_parts.pop(0)
        labelled[first] = replace(labelled[first], kind=BlockKind.BYLINE)
    headline = _find_headline(labelled, open_parts)
    if headline is None:
        return open_parts[0] if open_parts else len(labelled)
    for i in open_parts[: open_parts.index(headline)]:
        labelled[i] = replace(labelled[i], kind=BlockKind.BOILERPLATE)
    labelled[headline] = replace(labelled[headline], kind=BlockKind.HEADLINE)
    return _label_between(labelled, headline)


def _label_from(labelled: list[Labelled], headline: int) -> int:
    """Label the head below the headline that is known; what is open above it is of the site."""
    for i in range(headline):
        if labelled[i].kind is None:
            labelled[i] = replace(labelled[i], kind=_kind_over(labelled[i]))
    labelled[headline] = replace(labelled[headline], kind=BlockKind.HEADLINE)
    return _label_between(labelled, headline)


def _kind_over(item: Labelled) -> BlockKind:
    """What an open part over the headline is: a likely sentence stays the story's."""
    if item.body < LIKELY:
        return kind_around(item)
    return BlockKind.PARAGRAPH if item.is_sentence else BlockKind.BOILERPLATE


def _is_lone_author(item: Labelled, following: Labelled) -> bool:
    """A name in the first line with the story under it: a dump that lost its headline and kept its author."""
    return len(item.words.split()) <= 3 and is_person(item.words) and len(following.words) > HEADLINE_LENGTH // 3


def _find_headline(labelled: list[Labelled], open_parts: list[int]) -> int | None:
    """The first open part that can be a headline, sections and mastheads over it aside."""
    for position, i in enumerate(open_parts):
        following = labelled[open_parts[position + 1]] if position + 1 < len(open_parts) else None
        later = [len(labelled[j].words) for j in open_parts[position + 1 : position + 3]]
        if following and _is_over_headline(labelled[i], following):
            continue
        return (
            i if _is_stamped(labelled, i) or _can_be_headline(labelled[i], following, max(later, default=0)) else None
        )
    return None


def _is_over_headline(item: Labelled, following: Labelled) -> bool:
    """A section, a trail of sections, or the outlet's own name, with a headline yet to come."""
    words = item.words
    if item.part.rank == 1 or not _can_be_headline(following, None, 0) or following.is_sentence:
        return False
    tokens = [token.casefold() for token in words.split()]
    if is_section(words):
        return True
    kicker = (
        words.isupper() and len(tokens) <= 3 and len(following.words.split()) >= 4 and not following.words.isupper()
    )
    return kicker or bool(_BREADCRUMB.fullmatch(words)) or (is_outlet(words) and len(tokens) <= 6)


def _is_stamped(labelled: list[Labelled], i: int) -> bool:
    """Whether a byline, a date or a standfirst's label stands right under a short part: then it is the headline."""
    if len(labelled[i].words) > 150 or i + 1 >= len(labelled) or find_dateline(labelled[i].words):
        return False
    under = labelled[i + 1]
    return under.kind in _STAMPS or (
        under.kind is not None and under.words.casefold().strip(" .:") in _STANDFIRST_LABELS
    )


def _can_be_headline(item: Labelled, following: Labelled | None, story: int) -> bool:
    """Whether a part reads like a headline; `story`: the characters of the longer of the two open parts under it."""
    words = item.words
    if item.part.rank:
        return True
    if len(words) > HEADLINE_LENGTH or item.part.lines > 3 or find_dateline(words, bare_colon=False):
        return False
    if words.endswith(";") and following and following.part.blanks == 0 and len(following.words) <= HEADLINE_LENGTH:
        return True
    if words.endswith((":", ",", ";")) or (has_quotation(words[:1]) and ends_sentence(words)):
        return False
    if not _STOPPED.search(words):
        longest = 130 if ends_sentence(words) else 180
        return len(words) <= _STOPPED_LENGTH or (
            following is not None and len(words) <= longest and not _SENTENCE_INSIDE.search(words)
        )
    # Some outlets and data banks end headlines with a full stop; then the story under it must tell.
    if following is None or story < len(words):
        return False
    if find_dateline(following.words) and len(words) <= 150:
        return True
    if _SENTENCE_INSIDE.search(words):
        return len(words) <= _STOPPED_LENGTH and _in_title_case(words)
    return len(words) <= _STOPPED_LENGTH or (len(words) <= 150 and _in_title_case(words))


def _in_title_case(words: str) -> bool:
    long = [token for token in LETTERS_OR_DIGITS.findall(words) if len(token) >= 4 and token.isalpha()]
    return len(long) >= 2 and sum(token[0].isupper() for token in long) >= 0.85 * len(long)


def _label_between(labelled: list[Labelled], headline: int) -> int:
    """Label what stands between the headline and the story: standfirst, captions, names and places of their own."""
    i = headline + 1
    standfirsts = opened = 0
    while i < len(labelled):
        item = labelled[i]
        if item.kind is None:
            opened += 1
            if opened > _HEAD_PARTS:
                return i
            kind = _kind_between(labelled, i, standfirsts)
            if kind is BlockKind.ALTERNATIVE_HEADLINE:
                kind = stamp_kind(item.words) or kind
            if item.body < LIKELY and not _is_of_head(labelled, headline, i, kind, opened):
                kind = kind_around(item)
            if kind is BlockKind.PARAGRAPH:
                return i
            standfirsts += kind is BlockKind.ALTERNATIVE_HEADLINE
            labelled[i] = replace(item, kind=kind)
        i += 1
    return len(labelled)


def _is_of_head(labelled: list[Labelled], headline: int, i: int, kind: BlockKind, opened: int) -> bool:
    """Whether a part that is not likely the story's can be of its head all the same."""
    if kind is BlockKind.ALTERNATIVE_HEADLINE:
        return may_be_standfirst(labelled, headline, i, opened)
    return kind is not BlockKind.PARAGRAPH


def _kind_between(labelled: list[Labelled], i: int, standfirsts: int) -> BlockKind:
    item = labelled[i]
    words = item.words
    before = labelled[i - 1].kind
    after = labelled[i + 1].kind if i + 1 < len(labelled) else None
    rest = list(islice((other for other in islice(labelled, i + 1, None) if other.kind is None), 2 * _HEAD_PARTS))
    if not rest:
        return BlockKind.PARAGRAPH
    if _is_bare_byline(labelled, i, rest) or stamp_kind(words) is BlockKind.BYLINE:
        return BlockKind.BYLINE
    if lone_dateline(words):
        return BlockKind.DATELINE
    if labelled[i - 1].words.casefold().strip(" .:") in _STANDFIRST_LABELS and len(words) <= 2 * STANDFIRST_LENGTH:
        return BlockKind.ALTERNATIVE_HEADLINE
    if len(words) > STANDFIRST_LENGTH or find_dateline(words) or has_quotation(words[:1]):
        return BlockKind.PARAGRAPH
    if labelled[i - 1].kind is BlockKind.HEADLINE and labelled[i - 1].words.endswith(";"):
        return BlockKind.ALTERNATIVE_HEADLINE
    if _is_repeated(words, rest):
        return BlockKind.ALTERNATIVE_HEADLINE
    if reads_like_caption(words) and len(rest) >= 1 and not _SENTENCE_INSIDE.search(words):
        return BlockKind.CAPTION
    if standfirsts >= 2:
        return BlockKind.PARAGRAPH
    if not item.is_sentence and item.body < LIKELY:
        return BlockKind.ALTERNATIVE_HEADLINE
    if after in _STAMPS and before not in _STAMPS and not _SENTENCE_INSIDE.search(words):
        return BlockKind.ALTERNATIVE_HEADLINE
    return BlockKind.PARAGRAPH


def _is_bare_byline(labelled: list[Labelled], i: int, rest: list[Labelled]) -> bool:
    """A role, a name by a date, a role or a byline, or a name alone that is no place and no subject of the story.

    By a byline a name needs a given name that is known: "Watch Live" stands there as well.
    """
    words = labelled[i].words
    if is_role(words):
        return True
    if not is_person(words) or lone_dateline(words):
        return False
    around = (labelled[i - 1].kind, labelled[i + 1].kind if i + 1 < len(labelled) else None)
    if BlockKind.BYLINE in around:
        return begins_with_given_name(words)
    if BlockKind.DATE in around or _role_follows(rest):
        return True
    return len(words.split()) <= 3 and not any(words in other.words for other in rest)


#: Over the standfirst in the exports of data banks.
_STANDFIRST_LABELS = frozenset({"abstract", "summary", "highlight"})
_STAMPS = (BlockKind.BYLINE, BlockKind.DATE)


def _role_follows(rest: list[Labelled]) -> bool:
    return bool(rest) and is_role(rest[0].words)


def _is_repeated(words: str, rest: list[Labelled]) -> bool:
    """Whether the story says the words again: most of their pairs stand in one of its first parts."""
    pairs = _pairs(words)
    if len(pairs) < 5:
        return False
    return any(len(pairs & _pairs(other.words[:1500])) >= _REPEATED * len(pairs) for other in rest[:6])


def _pairs(words: str) -> set[tuple[str, str]]:
    tokens = [token.casefold() for token in LETTERS_OR_DIGITS.findall(words)]
    return set(pairwise(tokens))
