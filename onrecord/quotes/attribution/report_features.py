"""What the models of reports see of an attribution: its cue, source, content, their order, its sentence and place.

Every feature is a number with a name; `training/report_kind.py` fits trees over them, `report_kind` uses these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.source_phrases import Form, Phrase, parsed
from onrecord.document.article import BlockKind, EntityType, QuoteType, Span
from onrecord.document.sentences import Sentence
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import forms_of_be
from onrecord.quotes.attribution.cue_words import (
    CueHead,
    CueStatistics,
    cue_head,
    cue_words,
    statistics,
    words_of,
)
from onrecord.quotes.attribution.doubtful import shared
from onrecord.quotes.attribution.draft import Draft, Link

_GROUPS = ("speech", "belief", "telling", "manner", "asking", "stance", "attitude")
_NEGATED = re.compile(
    r"n['’]t\b|\b(?:not|never|no|neither|nor|without|none|nothing|refus\w*|declin\w*|fail\w*|yet to)\b", re.IGNORECASE
)
_WRITTEN = re.compile(
    r"\b(?:tweet\w*|twitter|facebook|instagram|posts?|posted|posting|wrote|writ\w+|letters?|statements?|reports?"
    r"|e-?mail\w*|blogs?|articles?|books?|documents?|memos?|filings?|lawsuits?|polls?|survey\w*|stud(?:y|ies)|websites?"
    r"|published|releases?|papers?|affidavits?|according)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?\s*\Z")
_CONDITION = frozenset({"if", "when", "unless", "should", "before", "after"})
_FIRST_WORDS = ("that", "whether", "to", "of", "for", "how", "the", "a", "what", "he", "it", "they")
_PRONOUN_SOURCES = {
    "first person": frozenset({"i", "we", "my", "our"}),
    "second person": frozenset({"you", "your"}),
    "thing": frozenset({"it", "this", "that", "these", "those"}),
    "relative": frozenset({"who", "which", "that", "whose"}),
    "third person": frozenset({"he", "she", "they", "him", "her", "them"}),
    "indefinite": frozenset(
        ["anyone", "some", "many", "people", "others", "everyone", "no", "nobody", "someone", "most", "one"]
    ),
}
_KINDS = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADLINE,
    BlockKind.ALTERNATIVE_HEADLINE,
    BlockKind.HEADING,
    BlockKind.CAPTION,
)
_LONGEST_GAP = 30


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an attribution stands.

    `block` is the kind of its block, `position` its place in the text (0 to 1), `beside` the number of attributions
    whose cue (or content) is in its sentence, `second_person` the share of "you" and "your" among the article's words,
    `near` the other attributions around it that the tagger or a quotation gives.
    """

    sentence: Sentence | None
    block: BlockKind
    position: float
    beside: int
    second_person: float
    near: Sequence[Draft] = ()


def features(text: str, draft: Draft, names: Mentions, setting: Setting) -> dict[str, float]:
    """The named features of one attribution."""
    head = None if draft.cue is None else cue_head(draft.cue.of(text))
    phrase = None if draft.source is None else parsed(text, draft.source, names)
    return {
        **_counted(head),
        **_cue(text, draft, head),
        **_source(text, draft, phrase),
        **_content(text, draft),
        **_order(text, draft),
        **_sentence(text, draft, setting),
        **_place(draft, setting),
        **_scores(draft),
    }


def _counted(head: CueHead | None) -> dict[str, float]:
    """What the cue's head does in annotated news; shares are drawn towards those of a word that is hardly seen."""
    if head is None:
        return {}
    seen = statistics().get(head.lemma, CueStatistics())
    n = seen.attributions
    return {
        "cue: log attributions seen": math.log1p(n),
        "cue: share that reports": (n + 0.5) / (seen.occurrences + 5),
        "cue: share quoted": (seen.direct + seen.mixed + 0.5) / (n + 2.5),
        "cue: share direct": (seen.direct + 0.3) / (n + 2.5),
        "cue: share with that": (seen.that + 0.2) / (n + 2),
        "cue: share with infinitive": (seen.infinitive + 0.2) / (n + 2),
        "cue: share behind its content": (seen.content_first + 0.3) / (n + 2),
        "cue: share without source": (seen.no_source + 0.1) / (n + 2),
    }


def _cue(text: str, draft: Draft, head: CueHead | None) -> dict[str, float]:
    """Form of the cue: length, tense, negation, modality, passive, noun, groups of reporting verbs."""
    if head is None or draft.cue is None:
        return {"cue: none": 1.0}
    words, form = head.words, head.form
    lists = cue_words()
    listed = reporting_words()
    forms = [*words, *(" ".join(pair) for pair in pairwise(words))]
    past = form.endswith("ed") or (form != head.lemma and not form.endswith(("s", "ing")))
    passive = past and not forms_of_be().isdisjoint(words)
    found = {
        "cue: none": False,
        "cue: words": len(words),
        "cue: words behind head": len(words) - 1 - head.place,
        "cue: negated": bool(_NEGATED.search(draft.cue.of(text))),
        "cue: modal": not lists.modals.isdisjoint(words),
        "cue: infinitive": "to" in words[:-1],
        "cue: be": not forms_of_be().isdisjoint(words),
        "cue: have": not {"has", "have", "had"}.isdisjoint(words),
        "cue: do": not {"do", "does", "did"}.isdisjoint(words),
        "cue: -ing": form.endswith("ing"),
        "cue: past": past,
        "cue: -s": form.endswith("s") and form != head.lemma,
        "cue: base form": form == head.lemma,
        "cue: passive": passive,
        "cue: ends in preposition": words[-1] in lists.prepositions,
        "cue: noun": _is_noun(text, draft),
        "cue: according": words[0] == "according",
        "cue: reporting noun": not listed.nouns.isdisjoint(words),
    }
    held = frozenset[str]().union(*(listed.groups.get(w, ()) for w in forms))
    groups = {f"cue: {group}": group in held for group in _GROUPS}
    return {name: float(value) for name, value in {**found, **groups}.items()}


def _is_noun(text: str, draft: Draft) -> bool:
    """Whether the source possesses the cue: ``Orla Venn's claim``, ``their promise``."""
    if draft.source is None or draft.cue is None or draft.source.end > draft.cue.start:
        return False
    if draft.source.of(text).lower() in {"his", "her", "its", "their", "my", "our", "your"}:
        return True
    return _POSSESSIVE.search(text, max(draft.source.start, draft.cue.start - 4), draft.cue.start) is not None


def _source(text: str, draft: Draft, phrase: Phrase | None) -> dict[str, float]:
    """Who is given as the source: no one, a pronoun, a name of some type, a person, a group, a body, a document."""
    if draft.source is None or phrase is None:
        return {"source: none": 1.0}
    words = words_of(draft.source.of(text))
    named = None if phrase.mention is None else phrase.mention.entity_type
    found: dict[str, float] = {
        "source: none": 0.0,
        "source: words": len(words),
        "source: names a person": named is EntityType.PERSON,
        "source: names a body": named is EntityType.ORG,
        "source: names a place or people": named in (EntityType.LOC, EntityType.NORP),
    }
    found |= {f"source: {form}": phrase.form is form for form in Form}
    alone = len(words) == 1
    for name, forms in _PRONOUN_SOURCES.items():
        opens = bool(words) and words[0] in forms
        found[f"source: {name}"] = opens and (alone or name in {"first person", "second person", "indefinite"})
    return {name: float(value) for name, value in found.items()}


def _content(text: str, draft: Draft) -> dict[str, float]:
    """Shape of the content: length, first word, whether it has a finite verb, is a question, is a relative word."""
    said = " ".join(span.of(text) for span in draft.contents)
    words = words_of(said)
    first = words[0] if words else ""
    alone = [words_of(span.of(text)) for span in draft.contents]
    finite = forms_of_be() | cue_words().modals | cue_words().other_finite
    end = draft.contents[-1].end
    found = {
        "content: words": len(words),
        "content: pieces": len(draft.contents),
        "content: quoted": {QuoteType.DIRECT: 1.0, QuoteType.MIXED: 0.5, QuoteType.INDIRECT: 0.0}[draft.quote_type],
        "content: finite verbs": sum(word in finite for word in words),
        "content: words before finite verb": next((i for i, w in enumerate(words) if w in finite), 50),
        "content: share in -ed": sum(word.endswith("ed") for word in words) / (len(words) + 1),
        "content: that inside": "that" in words[1:4],
        "content: capital": said[:1].isupper(),
        "content: digit": said[:1].isdigit(),
        "content: question": text[end - 1 : end + 1].strip().endswith("?"),
        "content: -ing first": first.endswith("ing"),
        "content: relative word alone": any(
            p in {("that",), ("which",), ("who",), ("what",), ("where",)} for p in alone
        ),
        "content: second person": sum(word in {"you", "your"} for word in words),
    }
    found |= {f"content: {word} first": first == word for word in _FIRST_WORDS}
    return {name: float(value) for name, value in found.items()}


def _order(text: str, draft: Draft) -> dict[str, float]:
    """How cue, source and content follow each other, and what stands between them and before the cue."""
    cue, source, contents = draft.cue, draft.source, draft.contents
    if cue is None:
        return {}
    behind = contents[0].start >= cue.end
    between = text[cue.end : contents[0].start] if behind else ""
    before = contents[-1].end <= cue.start
    first = min(cue.start, source.start) if source is not None else cue.start
    following = words_of(text[cue.end : cue.end + 30])[:1]
    preceding = words_of(text[max(0, cue.start - 30) : cue.start])[-1:]
    found = {
        "order: content first": before,
        "order: content around cue": contents[0].start < cue.start < contents[-1].end,
        "order: comma before": before and "," in text[contents[-1].end : max(first, contents[-1].end)][:2],
        "order: words between cue and content": min(_LONGEST_GAP, len(between.split())) if behind else -1,
        "order: that between": between.rstrip().endswith("that"),
        "order: colon between": ":" in between,
        "order: comma between": "," in between,
        "order: that behind cue": following == ("that",),
        "order: to behind cue": following == ("to",),
        "order: preposition behind cue": bool(following) and following[0] in cue_words().prepositions - {"to", "that"},
        "order: to before cue": preceding == ("to",),
        "order: auxiliary before cue": bool(preceding) and preceding[0] in cue_words().auxiliaries,
        "order: relative before cue": preceding in {("what",), ("as",), ("which",), ("who",), ("that",)},
        "order: condition before cue": bool(preceding) and preceding[0] in _CONDITION,
        "order: source behind cue": source is not None and source.start >= cue.end,
        "order: words between source and cue": _gap(text, source, cue),
    }
    return {name: float(value) for name, value in found.items()}


def _gap(text: str, source: Span | None, cue: Span) -> int:
    if source is None or source.meets(cue):
        return 0
    return min(_LONGEST_GAP, len(text[min(source.end, cue.end) : max(source.start, cue.start)].split()))


def _sentence(text: str, draft: Draft, setting: Setting) -> dict[str, float]:
    """The sentence around: its length, marks, questions, conditions, and words for what is written."""
    spans = [span for span in (draft.cue, draft.source) if span is not None]
    own = " ".join(span.of(text) for span in spans)
    found: dict[str, float] = {"written: words of cue and source": len(_WRITTEN.findall(own))}
    if setting.sentence is not None:
        around = setting.sentence.span
        words = around.of(text)
        opens = words_of(words[:12])[:1]
        found |= {
            "written: words of sentence": len(_WRITTEN.findall(words)),
            "sentence: words": len(words.split()),
            "sentence: question": words.rstrip().endswith("?"),
            "sentence: marks": any(mark in words for mark in '"“”'),
            "sentence: condition": bool(opens) and opens[0] in _CONDITION,
        }
        if draft.cue is not None:
            found["sentence: place of cue"] = (draft.cue.start - around.start) / max(1, len(words))
    return {name: float(value) for name, value in found.items()}


def _place(draft: Draft, setting: Setting) -> dict[str, float]:
    """Where it stands: kind of block, place in the article, beside how many others, inside another report."""
    found = {
        "place: position": setting.position,
        "place: attributions in sentence": float(setting.beside),
        "place: second person": setting.second_person,
        "place: nested": float(draft.parent is not None),
        "place: largest share of another": shared(draft, setting.near),
    }
    return found | {f"place: {kind}": float(setting.block is kind) for kind in _KINDS}


def _scores(draft: Draft) -> dict[str, float]:
    """Log odds of the scores of the tagger (or of the pattern), and how the source was linked."""
    scores = {
        "score: attribution": draft.score,
        "score: content": draft.content_score,
        "score: cue": draft.cue_score,
        "score: source": draft.source_score,
    }
    if draft.speech_score is not None:
        scores["score: speech"] = draft.speech_score
    odds = {name: _log_odds(score) for name, score in scores.items()}
    odds["score: doubtful"] = float(draft.doubtful)
    return odds | {
        f"link: {link}": float(draft.link is link) for link in (Link.TAGGER, Link.PLAIN, Link.TURN, Link.NONE)
    }


def _log_odds(probability: float) -> float:
    bounded = min(1 - 1e-3, max(1e-3, probability))
    return math.log(bounded / (1 - bounded))
