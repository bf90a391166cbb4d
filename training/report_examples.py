"""Candidates of annotated articles as examples of reports and their kinds."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.coreference import find_mentions
from onrecord.document.article import DISPLAY_KINDS, SPOKEN_KINDS, Metadata, QuoteType, ReportKind, Span
from onrecord.document.words import WORD
from onrecord.files.source import Source
from onrecord.quotes.attribution.candidates import Candidates, candidates
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.attribution.report_kind import NONE, Certain, block_of, candidate_features, certainty
from onrecord.reading import outline
from training.corpora import keys_aside, read_jsonl
from training.fold_tagger import tagger_for
from training.quote_matching import overlap, words_of
from training.speech_gold import ids_read, read_speech_gold

GOLD = Path(__file__).parent / "gold/report_kinds.jsonl"
SPOKEN = tuple(map(str, SPOKEN_KINDS))
#: What a rule decides.
UNLEARNED = (str(ReportKind.REFUSAL), str(ReportKind.HEADLINE))
OTHERS = tuple(str(kind) for kind in ReportKind if kind not in (*SPOKEN, *UNLEARNED))
#: Folds of the speech gold that are fitted on; fold 4 is measured once.
FOLDS = 4
FOUND = 0.5  # words that a row's content shares with the gold's, of all words of both, from which on it is found
NEAR = 0.15  # from here to `FOUND` it is the same report with other edges: no example of any kind
SAME = 0.6  # words that a row shares with a gold content elsewhere, from which on it repeats that
UNSURE = 0.5  # weight of an example whose kind is only known to be one of several
#: Weight of what the plain patterns find where there is no tagger, as an example of a kind, and of a report.
PATTERNS, PATTERNS_OF_REPORTS = 0.3, 0.1
_WRITTEN_MEDIUM = re.compile(
    r"tweet|twitter|facebook|instagram|telegram|weibo|youtube|whatsapp|post|letter|statement|report|e-?mail|blog|article"
    r"|book|document|memo|filing|website|release|paper|affidavit|column$|text message",
    re.IGNORECASE,
)
_WRITTEN_CUE = re.compile(r"\b(?:wrote|writ\w+|tweet\w*|posted|posts|posting|publish\w*|blog\w*)\b", re.IGNORECASE)

Labels = Mapping[tuple[str, int, int, int | None], str]


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate of an annotated article.

    `kinds` are those that it may be of: one where it is labelled, none where it is no example. `right` tells whether
    it is found with its words and, as far as known, is a report of speech or writing; None where that is not known.
    `certain` is what a rule says of it.
    `counts` marks candidates of the speech gold, `repeats` those that say again what the article says elsewhere, as
    headlines do, which nobody annotated there, `by_pattern` what plain patterns found without a tagger.
    """

    article: str
    values: Mapping[str, float]
    fold: int
    quote_type: QuoteType
    kinds: tuple[str, ...]
    found: bool
    counts: bool
    repeats: bool = False
    by_pattern: bool = False
    weight: float = 1.0
    certain: Certain | None = None


def read_labels(path: Path = GOLD) -> Labels:
    """The kinds that a reader gave to candidates, by article, start and end of content, and start of cue."""
    return {(row["article"], *row["content"], row["cue"]): row["kind"] for row in read_jsonl(path)}


def read_candidates(articles: Sequence[Mapping[str, Any]], *, by_pattern: bool = False) -> Iterator[Candidates]:
    """The candidates of each article, read as `onrecord.read` reads it; or by the plain patterns alone."""
    for article in articles:
        day = article.get("dct") or article.get("date")
        metadata = Metadata(
            date_published=dt.date.fromisoformat(day[:10]) if day else None, publisher=article.get("outlet")
        )
        document, _ = outline(Source(article["text"], metadata))
        tagging = tagger_for(article).tag([document])[0]
        tagging = replace(tagging, attributions=()) if by_pattern else tagging
        yield candidates(document, tagging, find_mentions(document, tagging.names))


def speech_examples(article: Mapping[str, Any], found: Candidates, labels: Labels) -> Iterator[Example]:
    """The candidates of an article in which every report of speech and writing is annotated, and nothing else."""
    text = article["text"]
    golds = [gold for gold in article["attributions"] if gold["content"]]
    pairs, shares = _matched(text, golds, found.drafts)
    said = [_bag(text, gold["content"]) for gold in golds]
    for place, (draft, values) in enumerate(zip(found.drafts, candidate_features(found), strict=True)):
        gold = pairs.get(place)
        label = labels.get(_key(article["id"], draft))
        display = block_of(found.document, draft) in DISPLAY_KINDS
        repeats = gold is None and (display or (shares[place] < NEAR and _repeats(text, draft, said)))
        yield Example(
            article=article["id"],
            values=values,
            fold=article["fold"],
            quote_type=draft.quote_type,
            kinds=() if repeats else _speech_kinds(text, draft, values, golds, gold, label, shares[place]),
            found=gold is not None,
            counts=True,
            repeats=repeats,
            weight=1.0 if gold is not None or label else UNSURE,
            certain=certainty(text, draft),
        )


def _speech_kinds(
    text: str,
    draft: Draft,
    values: Mapping[str, float],
    golds: Sequence[Mapping[str, Any]],
    gold: int | None,
    label: str | None,
    share: float,
) -> tuple[str, ...]:
    if gold is not None:
        return (_spoken_kind(text, draft, values, golds[gold].get("medium")),)
    if label is not None:
        return () if label in UNLEARNED or label in SPOKEN else (label,)
    return () if share >= NEAR and not draft.doubtful else (*OTHERS, NONE)


def attribution_examples(article: Mapping[str, Any], found: Candidates, labels: Labels) -> Iterator[Example]:
    """The candidates of an article of PolNeAR, where every attribution of any kind is annotated, without its kind."""
    text = article["text"]
    golds = [gold for gold in article["attributions"] if gold["content"]]
    pairs, _ = _matched(text, golds, found.drafts)
    for place, (draft, values) in enumerate(zip(found.drafts, candidate_features(found), strict=True)):
        label = labels.get(_key(article["id"], draft))
        hit = place in pairs
        kinds: tuple[str, ...]
        if label is not None:
            kinds = () if label in UNLEARNED else (label,)
        elif not hit:
            kinds = (NONE,)
        elif draft.quote_type is QuoteType.INDIRECT:
            kinds = (*SPOKEN, *OTHERS)
        else:
            kinds = (_spoken_kind(text, draft, values, None),)
        yield Example(
            article=article["id"],
            values=values,
            fold=zlib.crc32(article["id"].encode()) % FOLDS,
            quote_type=draft.quote_type,
            kinds=kinds,
            found=hit,
            counts=False,
            weight=1.0 if label or (len(kinds) == 1 and hit) else UNSURE,
            certain=certainty(text, draft),
        )


def _spoken_kind(text: str, draft: Draft, values: Mapping[str, float], medium: str | None) -> str:
    """Writing where the gold's medium, the verb or a document for a source tells so, else speech."""
    cue = "" if draft.cue is None else draft.cue.of(text)
    written = _WRITTEN_CUE.search(cue) or (medium is not None and _WRITTEN_MEDIUM.search(medium))
    return SPOKEN[1] if written or values.get("source: document") else SPOKEN[0]


def _key(article: str, draft: Draft) -> tuple[str, int, int, int | None]:
    return article, draft.start, draft.end, None if draft.cue is None else draft.cue.start


def _matched(
    text: str, golds: Sequence[Mapping[str, Any]], drafts: Sequence[Draft]
) -> tuple[dict[int, int], list[float]]:
    """The gold that each draft is (best overlap first, one to one), and each draft's best overlap with any.

    A gold paragraph that only goes on quoting may lie within a draft that is none other's.
    """
    wanted = [words_of(text, (Span(*span) for span in gold["content"])) for gold in golds]
    has = [words_of(text, draft.contents) for draft in drafts]
    shares = sorted(
        ((overlap(g, h), i, j) for i, g in enumerate(wanted) for j, h in enumerate(has) if g & h),
        key=lambda pair: (pair[0], not drafts[pair[2]].doubtful, pair[1:]),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for share, i, j in shares:
        if share >= FOUND and i not in taken and j not in pairs:
            pairs[j] = i
            taken.add(i)
    for i, gold in enumerate(golds):
        if i not in taken and not gold["source"] and not gold["cue"]:
            within = [j for j, h in enumerate(has) if len(wanted[i] & h) >= 0.9 * len(wanted[i])]
            if within:
                pairs.setdefault(within[0], i)
    best = [max((share for share, _, at in shares if at == j), default=0.0) for j in range(len(drafts))]
    return pairs, best


def _bag(text: str, spans: Sequence[Sequence[int]]) -> frozenset[str]:
    return frozenset(word.lower() for start, end in spans for word in WORD.findall(text, start, end))


def _repeats(text: str, draft: Draft, said: Sequence[frozenset[str]]) -> bool:
    words = _bag(text, [(span.start, span.end) for span in draft.contents])
    return any(len(words & other) >= SAME * len(words | other) for other in said)


def read_examples(corpora: Path) -> list[Example]:
    """The examples of all annotated articles, those of fold 4 of the speech gold too, tagged out of fold."""
    labels = read_labels()
    found: list[Example] = []
    articles = read_speech_gold(corpora)
    for article, read in zip(articles, read_candidates(articles), strict=True):
        found += speech_examples(article, read, labels)
    for article, read in zip(articles, read_candidates(articles, by_pattern=True), strict=True):
        examples = speech_examples(article, read, {})
        found += [
            replace(e, counts=False, by_pattern=True, weight=PATTERNS, kinds=e.kinds if e.found else ())
            for e in examples
        ]
    aside = keys_aside(corpora) - ids_read()
    more = [a for a in read_jsonl(corpora / "quotes/polnear_train.jsonl") if a["id"] in aside]
    articles = [*read_jsonl(corpora / "quotes/polnear_dev.jsonl"), *more]
    for article, read in zip(articles, read_candidates(articles), strict=True):
        found += attribution_examples(article, read, labels)
    return found
