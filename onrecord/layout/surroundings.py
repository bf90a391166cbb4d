"""What stands around the story: menus, lists of other stories, readers' comments, notices of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.document.article import BlockKind
from onrecord.layout.parts import Labelled
from onrecord.layout.scores import LIKELY, likeliest
from onrecord.lexicon.outlets import is_outlet

#: Longer parts are no entries of a menu.
_ENTRY_WORDS = 7
#: Longer parts that are likely the story's are its prose.
_PROSE_LENGTH = 40
#: Longer parts are no entries of a list of other stories.
_LISTED_LENGTH = 160
_COMMENTS = re.compile(
    r"(?:(?:\d[\d,.]*|no|all|view|show|your|readers?['’]?|latest|top|recent|leave|post|add|write)\s+(?:a\s+|all\s+)?)?"
    r"(?:comments?|responses?|replies|reply|discussion|conversation)\s*(?:[(\[]?\d[\d,.]*[)\]]?)?\s*:?"
    r"|join the (?:conversation|discussion)",
    re.IGNORECASE,
)
_AGE = re.compile(
    r".{0,60}\b(?:\d+|an?|one)\s?(?:[smhdwy]|mo|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?)"
    r"\s+ago\b.{0,20}|just now|yesterday",
    re.IGNORECASE,
)
#: A pointer whose title stands on the next line; under "Video:" and "More:" stands anything.
_POINTER = re.compile(
    r"(?:related|recommended|must read|don.t miss|(?:see|read) also|also read|read (?:more|next)"
    r"|more on this(?: story)?|further reading)\s?:",
    re.IGNORECASE,
)
#: How the title of a story begins: three words, the first no small one and no number of a list ("12. Wire Strippers").
_TITLE = re.compile(r"(?!\d+[.)]\s)[\"'“‘]?[A-Z\d]\S*\s+\S+\s+\S")
_SAYS = re.compile(r".{2,40}\bsays:?", re.IGNORECASE)
#: What stands over a reader's words or under them: "Posted by Orla at 9:41 am", "Reply", "Like 4 Dislike 1".
_REACTION = re.compile(
    r"(?:posted|written) by .{2,40}\b(?:at|on)\b.*\d.*|(?:log in to )?reply(?: to (?:this|comment))?"
    r"|(?:(?:like|dislike|upvote|downvote|reply|report|flag|share)s?(?:\s?\(?\d+\)?)?[\s|·•]+){1,4}"
    r"(?:like|dislike|upvote|downvote|reply|report|flag)s?(?:\s?\(?\d+\)?)?",
    re.IGNORECASE,
)
_FOOT = re.compile(r"©|\bcopyright\b|all rights reserved|privacy policy|terms of (?:use|service)", re.IGNORECASE)


def is_comments_label(words: str) -> bool:
    """Whether a line is the heading over readers' comments: "Comments (2)", "Leave a reply"."""
    return len(words) <= 40 and bool(_COMMENTS.fullmatch(words.strip(" .:-–—|#*")))


def is_age(words: str) -> bool:
    """Whether a line tells how long ago something was written: "2 hours ago"."""
    return len(words) <= 80 and bool(_AGE.fullmatch(words.strip(" .•·|-–—")))


def label_comments(labelled: list[Labelled]) -> None:
    """Label in place, as comments, what stands under a heading of readers' comments behind the story.

    Under it a reader's name, how long ago he wrote, or "Reply" must come first; the comments end at the site's own
    foot or at a list of other stories.
    """
    story = next(
        (i for i, item in enumerate(labelled) if item.body >= LIKELY and len(item.words) > _PROSE_LENGTH), len(labelled)
    )
    last = max((i for i, item in enumerate(labelled) if item.body >= LIKELY), default=-1)
    for at in range(story + 1, len(labelled)):
        if is_comments_label(labelled[at].words) and _comments_follow(labelled, at, last):
            break
    else:
        return
    labelled[at] = replace(labelled[at], kind=BlockKind.COMMENT)
    for i in range(at + 1, len(labelled)):
        item = labelled[i]
        if _FOOT.search(item.words[:300]) or item.entries:
            return
        labelled[i] = replace(item, kind=BlockKind.COMMENT)


def _comments_follow(labelled: Sequence[Labelled], at: int, last: int) -> bool:
    """Whether readers write under the line `at`; `last` is the page's last line that is likely the story's."""
    following = labelled[at + 1 : at + 5]
    return any(_is_of_comment(item.words) for item in following) or (bool(following) and last <= at)


def _is_of_comment(words: str) -> bool:
    return is_age(words) or (len(words) <= 80 and bool(_SAYS.fullmatch(words) or _REACTION.fullmatch(words)))


def label_lists(labelled: list[Labelled]) -> None:
    """Label in place the entries of lists of other stories: titles, names, dates and ages under "Latest stories".

    A list ends at the headline, and at a paragraph that is likely the story's. Under "Related:" stands one title.
    """
    headline = likeliest([item.headline for item in labelled])
    in_list = False
    for i, item in enumerate(labelled):
        if i == headline:
            in_list = False
        elif item.entries > 1 and not in_list:
            in_list = headline is not None and headline < i and _titles_below(labelled, i) >= item.entries
            labelled[i] = replace(item, kind=BlockKind.RELATED) if in_list else item
        elif item.entries:
            in_list = True
        elif in_list and item.kind in _ENTRIES and not _is_prose(item):
            labelled[i] = replace(item, kind=BlockKind.RELATED)
        elif item.kind is None:
            if i and not _is_prose(item) and _is_open_pointer(labelled[i - 1]):
                labelled[i] = replace(item, kind=BlockKind.RELATED)
            in_list = False


_ENTRIES = (None, BlockKind.BYLINE, BlockKind.DATE, BlockKind.CAPTION, BlockKind.RELATED)


def _titles_below(labelled: Sequence[Labelled], at: int) -> int:
    """How many titles stand below a line that may head a list of them; 0 where something else is among them."""
    count = 0
    for i in range(at + 1, len(labelled)):
        item = labelled[i]
        if item.kind is not None or is_age(item.words):
            if not any(map(str.isalnum, item.words)):
                return 0
            continue
        if _is_prose(item):
            break
        if not _TITLE.match(item.words):
            return 0
        count += 1
    return count


def _is_open_pointer(item: Labelled) -> bool:
    """Whether a line announces another story and does not tell it: "Related:"."""
    return item.kind is BlockKind.RELATED and bool(_POINTER.fullmatch(item.words))


def _is_prose(item: Labelled) -> bool:
    """Whether a part is no entry of a list: too long, a sentence, or the beginning of a quotation that goes on."""
    words = item.words
    goes_on = words[:1] in _OPENING and not any(mark in words[1:] for mark in _CLOSING)
    return item.kind is None and (len(words) > _LISTED_LENGTH or item.is_sentence or goes_on)


_OPENING, _CLOSING = '"“‘', '"”’'


def label_others(labelled: list[Labelled]) -> None:
    """Label in place the open parts that are not likely the story's, but for those in its head.

    The head, from the headline (or some parts before the story) to the first likely paragraph, is left to `label_head`.
    """
    first = next((i for i, item in enumerate(labelled) if item.body >= LIKELY), len(labelled))
    headline = likeliest([item.headline for item in labelled])
    for i, item in enumerate(labelled):
        if item.kind is not None or item.body >= LIKELY or i == headline:
            continue
        if i < first and item.near and (headline is None or i > headline):
            continue
        labelled[i] = replace(item, kind=kind_around(item))


def kind_around(item: Labelled) -> BlockKind:
    """What a part is that is not the story's and has no form of its own."""
    is_entry = len(item.words.split()) <= _ENTRY_WORDS and not item.is_sentence and not is_outlet(item.words)
    return BlockKind.NAVIGATION if is_entry else BlockKind.BOILERPLATE
