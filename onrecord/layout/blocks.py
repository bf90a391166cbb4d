"""From text to blocks: what every line of a page dump is. Nothing is deleted; every character gets one label.

A part (a line, or a wrapped paragraph) is first known by its own form: an address, a date, a byline, a notice. What
that leaves open is told by its place: a headline stands before the story, a standfirst says what the story says again,
a heading stands between paragraphs. In doubt a part is a paragraph, because only paragraphs keep their quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.document.article import BODY_KINDS, Block, BlockKind
from onrecord.layout.captions import has_credit
from onrecord.layout.dateline import find_dateline
from onrecord.layout.field_lines import label_fields
from onrecord.layout.head import HEADLINE_LENGTH, label_head
from onrecord.layout.headline import title_end
from onrecord.layout.labeller import score_parts
from onrecord.layout.lines import parts_of, plain
from onrecord.layout.parts import Labelled, has_quotation, label_by_form, label_captions
from onrecord.layout.recurring import label_recurring
from onrecord.layout.scores import LIKELY
from onrecord.layout.story_kinds import is_list_item, label_story_kinds
from onrecord.layout.surroundings import kind_around, label_comments, label_lists, label_others
from onrecord.lexicon.outlets import agency_named

#: A heading between paragraphs has no more words and characters than this.
_HEADING_WORDS, _HEADING_LENGTH = 14, 100
#: A label with an address behind it, alone on its line: "Read more: https://…".
_LABELLED_ADDRESS = re.compile(r"([^<>]{2,40}:)\s*(<?(?:https?://|www\.)\S+)")
#: First words of short questions that are prose ("And why?"), not headings.
_NO_HEADING = frozenset({"it's", "it’s", "and", "but", "so", "come", "did", "had", "or", "q", "then", "right", "who's"})
_TRANSCRIPT = re.compile(r"[A-Z][A-Z .’'-]{1,30}:")
#: A dateline inside a glued line: "... strikes on Eastmere  EASTMERE (Meridian) - The ..."
_GLUED_DATELINE = re.compile(
    r"(?<=[\w”’\"?!)])\s*(?=[A-Z]{3}[A-Z .,'’-]{0,40}\s?\([A-Z][\w /&.-]{1,40}\)\s?[-–—]{1,2}\s)"
)


def segment(text: str, *, boilerplate: frozenset[int] = frozenset(), address: str | None = None) -> tuple[Block, ...]:
    """The blocks of `text`, in order, covering every non-blank character once.

    `boilerplate` holds the keys of lines known to stand in many articles of the publisher (`recurring_lines`);
    `address` is the article's, where it is known: it helps to find the headline. Any string is taken; none raises; the
    time is linear in its length.
    """
    parts = parts_of(text)
    labelled = label_fields(text, label_by_form(text, parts, score_parts(text, parts, address, boilerplate)))
    label_recurring(labelled, boilerplate)
    label_captions(labelled)
    label_lists(labelled)
    label_comments(labelled)
    label_others(labelled)
    _unlabel_prose(labelled)
    story = label_head(labelled)
    label_story_kinds(labelled)
    _label_story(text, labelled, story)
    blocks = [block for item in labelled for block in _blocks_of(text, item)]
    return tuple(_with_datelines(text, blocks))


def body(text: str, blocks: Sequence[Block]) -> str:
    """The article's prose as a person reads it: its paragraphs, each on one line, parted by blank lines.

    Lists and the headings between paragraphs are of it. Wrapped lines are joined and markup (entities, soft hyphens,
    Markdown) is resolved; offsets are those of `text` alone, never of the body.
    """
    return "\n\n".join(plain(text[block.start : block.end]) for block in blocks if block.kind in BODY_KINDS)


def _unlabel_prose(labelled: list[Labelled]) -> None:
    """A byline or caption in the middle of the story that the text goes on from is prose after all."""
    first = next(
        (i for i, item in enumerate(labelled) if item.kind is None and len(item.words) > HEADLINE_LENGTH), None
    )
    if first is None:
        return
    for i in range(first + 1, len(labelled)):
        item = labelled[i]
        if item.kind is BlockKind.CAPTION and len(item.words) > 120 and not has_credit(item.words):
            labelled[i] = replace(item, kind=None)


def _label_story(text: str, labelled: list[Labelled], story: int) -> None:
    """Label the open parts from the story on: paragraphs, headings between them, items of lists."""
    anything_likely = any(item.body >= LIKELY for item in labelled)
    last_prose = max((i for i, item in enumerate(labelled) if item.kind is None and item.is_sentence), default=-1)
    for i in range(story, len(labelled)):
        item = labelled[i]
        if item.kind is not None:
            continue
        if item.body < LIKELY and anything_likely:
            labelled[i] = replace(item, kind=kind_around(item))
            continue
        kind = BlockKind.HEADING if i < last_prose and i > story and _is_heading(item) else BlockKind.PARAGRAPH
        if is_list_item(item, text[item.part.start : item.part.end]):
            kind = BlockKind.LIST_ITEM
        labelled[i] = replace(item, kind=kind)


def _is_heading(item: Labelled) -> bool:
    words = item.words
    if item.part.rank:
        return True
    if (
        item.part.lines > 1
        or len(words) > _HEADING_LENGTH
        or len(words.split()) > _HEADING_WORDS
        or has_quotation(words)
    ):
        return False
    if words.endswith((",", ";", ":", "-", "–", "—", ".", "…", ")")) or not (words[0].isupper() or words[0].isdigit()):
        return False
    if words.endswith("?"):
        tokens = words.split()
        return 3 <= len(tokens) <= 9 and ":" not in words[:20] and tokens[0].casefold() not in _NO_HEADING
    return not item.is_sentence and words.rsplit(" ", 1)[-1] not in ("and", "or")


def _blocks_of(text: str, item: Labelled) -> list[Block]:
    """The part as a block; a labelled address as two, and a title line as headline and what the site adds to it."""
    part = item.part
    kind = item.kind or BlockKind.PARAGRAPH
    raw = text[part.start : part.end]
    if part.lines == 1 and len(raw) < 2000 and (match := _LABELLED_ADDRESS.fullmatch(raw)):
        return [
            Block(BlockKind.BOILERPLATE, part.start, part.start + match.end(1)),
            Block(BlockKind.URL, part.start + match.start(2), part.end),
        ]
    if kind is BlockKind.HEADLINE and part.lines == 1 and (end := title_end(raw)) < len(raw):
        rest = part.start + end
        rest += len(text[rest : part.end]) - len(text[rest : part.end].lstrip())
        return [Block(kind, part.start, part.start + end), Block(BlockKind.BOILERPLATE, rest, part.end)]
    return [Block(kind, part.start, part.end)]


def _with_datelines(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks with datelines cut from the paragraphs that begin with one."""
    speakers = Counter(
        match[0]
        for block in blocks
        if (match := _TRANSCRIPT.match(text, block.start, min(block.end, block.start + 40)))
    )
    found: list[Block] = []
    first = True
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH:
            found.extend(_split_dateline(text, block, first=first, speakers=speakers))
            first = False
        else:
            found.append(block)
    return found


def _split_dateline(text: str, block: Block, *, first: bool, speakers: Counter[str]) -> list[Block]:
    raw = text[block.start : min(block.end, block.start + 400)]
    transcript = _TRANSCRIPT.match(raw)
    if transcript and (not first or speakers[transcript[0]] > 1 or len(speakers) > 3):
        return [block]
    if first and not find_dateline(raw) and (glued := _GLUED_DATELINE.search(raw, 10, 300)):
        head, tail = raw[: glued.start()].rstrip(), block.start + glued.end()
        if not re.search(r"[.!?]\s", head) and len(head.split()) >= 3 and not head.isupper():
            return [
                Block(BlockKind.HEADLINE, block.start, block.start + len(head)),
                *_split_dateline(text, Block(block.kind, tail, block.end), first=True, speakers=speakers),
            ]
    dateline = find_dateline(raw, bare_colon=first)
    if dateline is None or not (first or dateline.date or dateline.day or agency_named(dateline.agency or "")):
        return [block]
    start = block.start + len(raw[: dateline.end])
    rest = text[start : block.end]
    start += len(rest) - len(rest.lstrip())
    cut = Block(BlockKind.DATELINE, block.start, block.start + len(raw[: dateline.end].rstrip()))
    return [cut, Block(block.kind, start, block.end)] if start < block.end else [cut]
