"""What is a report and of which kind: boosted trees over named features decide, and say how sure they are.

Three models stand beside this file, all fitted by `training/report_kind.py` on articles annotated by reading.
`report_speech.onnx` gives each candidate the probability that it is a report of speech or writing with these words;
`report_kind.onnx` one for every kind and for none; `report_confidence.onnx` that the row is right.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from onrecord.document.article import DISPLAY_KINDS, SPOKEN_KINDS, STORY_KINDS, BlockKind, QuoteType, ReportKind
from onrecord.document.document import Document
from onrecord.learned import TreeModel, load_trees
from onrecord.quotes.attribution.candidates import Candidates
from onrecord.quotes.attribution.cue_words import words_of
from onrecord.quotes.attribution.deduplication import told_again
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.report_features import Setting, features
from onrecord.quotes.attribution.verbless import is_phrase
from onrecord.quotes.attribution.verbs import has_verb_of_saying, is_passive

_PACKAGE = "onrecord.quotes.attribution"
NONE = "none"
_LEAST, _MOST = 0.01, 0.99
#: What the probability of a report of speech or writing with these words stands under, beside those of the kinds.
REPORTED = "reported"
#: From this probability on a candidate is speech or writing. Chosen out of fold on folds 0 to 3.
REPORTED_FROM = 0.4
#: From this probability on, what is no report at all is no row.
NONE_FROM = 0.5
#: How many candidates before and after one may hold words of its content.
_NEARBY = 6
_LONGEST_HEADING = 12  # words
_OTHERS = (ReportKind.THOUGHT, ReportKind.PERCEPTION, ReportKind.ACT)


class Certain(Enum):
    """What a rule is certain of: a refusal by its words, a post by its credit, a whole quotation with a verb of saying,
    what is told "in the words of" somebody, an order, what somebody found or hopes, and what a pattern of such verbs
    reads, which is a report of some kind."""

    REFUSAL = auto()
    POST = auto()
    SAID = auto()
    ORDERED = auto()
    FOUND = auto()
    HOPED = auto()
    PATTERN = auto()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of one candidate (None: no report), the probabilities of all kinds, and how sure the row is."""

    kind: ReportKind | None
    probabilities: dict[str, float]
    confidence: float


def reports(found: Candidates) -> list[Draft]:
    """The candidates that are reports, each with its kind and confidence; those that are none are left out."""
    has_story = any(block.kind in STORY_KINDS for block in found.document.read)
    kept: list[Draft] = []
    place: dict[int, int | None] = {}
    text, judgements = found.document.text, judged(found)
    again = told_again(
        text, found.drafts, (n for n, judgement in enumerate(judgements) if judgement.kind in SPOKEN_KINDS)
    )
    for number, (draft, judgement) in enumerate(zip(found.drafts, judgements, strict=True)):
        parent = None if draft.parent is None else place[draft.parent]
        if judgement.kind is None or number in again:
            place[number] = parent  # what lies in it lies in what it lies in
            continue
        place[number] = len(kept)
        kind = judgement.kind
        displayed = block_of(found.document, draft) in DISPLAY_KINDS or is_heading(found.document, draft)
        if kind in SPOKEN_KINDS and has_story and displayed:
            kind = ReportKind.HEADLINE
        kept.append(replace(draft, parent=parent, report_kind=kind, confidence=judgement.confidence))
    return kept


def is_heading(document: Document, draft: Draft) -> bool:
    """Whether a draft is a short quotation on a line of its own, without a stop and without anything that tells whose.

    A paragraph of speech ends in a stop, and one that announces it in a colon.
    """
    if draft.cue is not None or draft.source is not None or draft.passage + 1 >= len(document.passages):
        return False
    text, passage, words = document.text, document.passages[draft.passage], draft.contents[0]
    alone = len(draft.contents) == 1 and words.start - passage.start <= 1 and passage.end - words.end <= 1
    announced = draft.passage > 0 and text[document.passages[draft.passage - 1].end - 1] == ":"
    short = len(words.of(text).split()) <= _LONGEST_HEADING
    return alone and short and not announced and words.of(text)[-1].isalnum()


def block_of(document: Document, draft: Draft) -> BlockKind:
    """The kind of block that a draft stands in."""
    return document.read[draft.passage].kind if draft.passage < len(document.read) else BlockKind.PARAGRAPH


def judged(found: Candidates) -> list[Judgement]:
    """The judgement of every candidate, in order."""
    rows = list(candidate_features(found))
    kinds = load_trees(_PACKAGE, "report_kind.onnx")
    probabilities = kinds.probabilities(kinds.rows(rows))
    shares = [dict(zip(kinds.classes, map(float, row), strict=True)) for row in probabilities]
    reported = load_trees(_PACKAGE, "report_speech.onnx")
    for share, probability in zip(shares, reported.probabilities(reported.rows(rows)), strict=True):
        share[REPORTED] = float(probability)
    text = found.document.text
    chosen = [
        decided(share, certainty(text, draft), draft.doubtful)
        for draft, share in zip(found.drafts, shares, strict=True)
    ]
    sure = _confidences(load_trees(_PACKAGE, "report_confidence.onnx"), rows, shares, chosen)
    return [Judgement(*held) for held in zip(chosen, shares, sure, strict=True)]


def candidate_features(found: Candidates) -> Iterator[dict[str, float]]:
    """The features of every candidate, in order."""
    document, text = found.document, found.document.text
    places = [document.sentence_of(draft.start if draft.cue is None else draft.cue.start) for draft in found.drafts]
    sure = [draft for draft in found.drafts if not draft.doubtful]
    beside = Counter(place for draft, place in zip(found.drafts, places, strict=True) if not draft.doubtful)
    starts = [draft.start for draft in sure]
    words = words_of(text)
    second = sum(word in {"you", "your"} for word in words) / max(1, len(words))
    for draft, place in zip(found.drafts, places, strict=True):
        block = block_of(document, draft)
        sentence = document.sentences[place] if document.sentences else None
        at = bisect_left(starts, draft.start)
        near = [other for other in sure[max(0, at - _NEARBY) : at + _NEARBY] if other is not draft]
        setting = Setting(sentence, block, draft.start / max(1, len(text)), beside[place], second, near)
        yield features(text, draft, found.names, setting)


def certainty(text: str, draft: Draft) -> Certain | None:
    """What is certain of a draft, whatever the probabilities say."""
    if draft.link is Link.POST:
        return Certain.POST
    if draft.doubtful:
        return None
    if is_refusal(text, draft):
        return Certain.REFUSAL
    if draft.link is Link.PLAIN and draft.cue is not None and is_phrase(draft.cue.of(text)):
        return Certain.SAID
    if draft.quote_type is QuoteType.DIRECT and has_verb_of_saying(text, draft.cue):
        return Certain.SAID
    return _by_verb(text, draft) or (Certain.PATTERN if draft.link is Link.PLAIN else None)


_HOPES = re.compile(r"(?:hop(?:e|es|ed)|worr(?:y|ies)|fear(?:s|ed)?)\Z", re.IGNORECASE)
_PERSONS = frozenset({"i", "he", "she", "we", "they"})
_URGES = re.compile(r"\b(?:(?:urg|advis|implor|exhort)(?:e|es|s|ed|ing)?|plead(?:s|ed|ing)?\swith)\Z", re.IGNORECASE)


def _by_verb(text: str, draft: Draft) -> Certain | None:
    """In the article's own words an order is an act, what a person found a perception, a hope a thought, urging speech.

    ``She ordered the crews to stay``; ``she found that they had left``; ``she advised them to return``.
    """
    cue, source = draft.cue, draft.source
    if cue is None or source is None or draft.quote_type is not QuoteType.INDIRECT or draft.start < cue.end:
        return None
    verb = " ".join(cue.of(text).lower().split()[-1:])
    if verb in {"ordered", "orders"}:
        return Certain.ORDERED
    if verb == "found" and source.of(text).lower() in _PERSONS:
        return Certain.FOUND
    if _HOPES.match(verb) and not is_passive(text, cue):
        return Certain.HOPED
    urged = _URGES.search(cue.of(text)) is not None and text.startswith(("to ", "not to "), draft.start)
    return Certain.SAID if urged and not is_passive(text, cue) else None


def decided(share: Mapping[str, float], certain: Certain | None, doubtful: bool = False) -> ReportKind | None:
    """The kind that is certain, or that probabilities of all kinds, and of a report, speak for.

    The doubtful is speech, writing or nothing.

    >>> share = {"speech": 0.35, "writing": 0.2, "thought": 0.35, "perception": 0, "act": 0.1, "none": 0}
    >>> decided({**share, REPORTED: 0.5}, None), decided({**share, REPORTED: 0.3}, None)
    (<ReportKind.SPEECH: 'speech'>, <ReportKind.THOUGHT: 'thought'>)
    """
    if certain is Certain.REFUSAL:
        return ReportKind.REFUSAL
    if certain is Certain.POST:
        return ReportKind.WRITING
    if certain is Certain.ORDERED or certain is Certain.FOUND:
        return ReportKind.ACT if certain is Certain.ORDERED else ReportKind.PERCEPTION
    if certain is Certain.HOPED:
        return ReportKind.THOUGHT
    if certain is Certain.SAID or share[REPORTED] >= REPORTED_FROM:
        return max(SPOKEN_KINDS, key=lambda kind: share[kind])
    if doubtful or share[NONE] >= NONE_FROM:
        return ReportKind.SPEECH if certain is Certain.PATTERN else None
    return max(_OTHERS, key=lambda kind: share[kind])


_REFUSING = re.compile(
    r"(?:\b(?:declin|refus)\w*\b.*?\b(?:comment|respond|answer|repl|say|discuss|elaborat"
    r"|talk|speak|be interviewed|be named)"
    r"|(?:n['’]t|\bnot|\bnever|\bnor|\bneither)\b(?:\s\w+)?\s(?:comment|respond|answer|repl(?:y|ied)|return|elaborate)\b"
    r"|\bno comment\b|\bnot\b.*\b(?:reached|available) for comment)",
    re.IGNORECASE | re.DOTALL,
)


def is_refusal(text: str, draft: Draft) -> bool:
    """Whether the source will not speak: ``declined to comment``, ``did not respond to a request``.

    Verb and object may stand in the cue or in the content; words in quotation marks are never a refusal.
    """
    if draft.cue is None or draft.quote_type is not QuoteType.INDIRECT or draft.start < draft.cue.end:
        return False
    lead = draft.contents[0].of(text).split()[:4]
    return _REFUSING.search(" ".join([draft.cue.of(text), *lead])) is not None


def _confidences(
    model: TreeModel,
    rows: Sequence[Mapping[str, float]],
    shares: Sequence[Mapping[str, float]],
    kinds: Sequence[ReportKind | None],
) -> list[float]:
    given = [confidence_features(*held) for held in zip(rows, shares, kinds, strict=True)]
    return [float(p) for p in np.clip(model.probabilities(model.rows(given)), _LEAST, _MOST)]


def confidence_features(
    row: Mapping[str, float], share: Mapping[str, float], kind: ReportKind | None
) -> dict[str, float]:
    """The features of a candidate with those of its judgement, for how sure it is."""
    judgement = {f"kind: probability of {name}": probability for name, probability in share.items()}
    own = REPORTED if kind in SPOKEN_KINDS else NONE if kind is None else kind
    return {**row, **judgement, "kind: probability of its own": share.get(own, 1.0)}
