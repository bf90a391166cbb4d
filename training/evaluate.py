"""Scores of a tagger against gold documents: names by type, parts of attributions exactly and by overlap, calibration.

`python -m training.evaluate --corpora FOLDER --model FOLDER`
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.document.article import Attribution, EntityType, Span, Tagging
from onrecord.tagger import Tagger
from onrecord.tagger.default import default_tagger
from training.blanked import BLANKS, blanked
from training.corpora import ASIDE_SHARE, SEED, GoldAttribution, GoldDocument, read_corpora

WORD = re.compile(r"\w+")
PARTS = ("source", "cue", "content")
CALIBRATION_BINS = 10

Words = frozenset[int]


@dataclass
class Count:
    """Hits, and how many were found and were to be found."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    def add(self, hits: int, found: int, gold: int) -> None:
        self.hits += hits
        self.found += found
        self.gold += gold

    def scores(self) -> dict[str, float]:
        """Precision, recall and F1 in per cent."""
        precision = self.hits / self.found if self.found else 0.0
        recall = self.hits / self.gold if self.gold else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(100 * f1, 1)}


class WordNumbers:
    """Spans as sets of word numbers: marks at the edges of a span do not matter."""

    def __init__(self, text: str) -> None:
        self._at: dict[int, int] = {}
        for number, match in enumerate(WORD.finditer(text)):
            for i in range(match.start(), match.end()):
                self._at[i] = number

    def of(self, spans: Iterable[Span]) -> Words:
        return frozenset(self._at[i] for s in spans for i in range(s.start, s.end) if i in self._at)


@dataclass(frozen=True)
class Triple:
    """An attribution by word numbers, with what it was made from."""

    source: Words
    cue: Words
    content: Words
    quote_type: str | None = None
    found: Attribution | None = None

    def part(self, name: str) -> Words:
        value: Words = getattr(self, name)
        return value


@dataclass
class Report:
    """Counts over documents; `outcomes` holds (probability, right) of each kind of score."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    outcomes: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))

    def scores(self) -> dict[str, object]:
        out: dict[str, object] = {key: count.scores() for key, count in sorted(self.counts.items())}
        out["calibration_error"] = {key: round(calibration_error(rows), 4) for key, rows in self.outcomes.items()}
        return out


def calibration_error(rows: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error in ten bins of equal width (Guo et al. 2017)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, right in rows:
        bins[min(int(probability * CALIBRATION_BINS), CALIBRATION_BINS - 1)].append((probability, right))
    gaps = (abs(sum(p for p, _ in held) - sum(r for _, r in held)) for held in bins.values())
    return sum(gaps) / max(1, len(rows))


def score_names(document: GoldDocument, tagging: Tagging, report: Report) -> None:
    """Exact span and type; the gold of a corpus that leaves types open counts as its first type."""
    gold = {(n.start, n.end, n.types[0]) for n in document.names or ()}
    found = {(n.start, n.end, n.entity_type) for n in tagging.names}
    groups = {str(t): {t} for t in EntityType}
    groups["PERSON+ORG+LOC"] = {EntityType.PERSON, EntityType.ORG, EntityType.LOC}
    groups["four types"] = set(EntityType) - {EntityType.MISC}
    for key, types in groups.items():
        g, f = {x for x in gold if x[2] in types}, {x for x in found if x[2] in types}
        report.counts[f"names {key}"].add(len(g & f), len(f), len(g))
    places, found_places = {x[:2] for x in gold}, {x[:2] for x in found}
    report.counts["names untyped"].add(len(places & found_places), len(found_places), len(places))
    if document.region:
        types = groups["PERSON+ORG+LOC"]
        g, f = {x for x in gold if x[2] in types}, {x for x in found if x[2] in types}
        report.counts[f"names in {document.region}"].add(len(g & f), len(f), len(g))
    for name in tagging.names:
        report.outcomes["names"].append((name.score, (name.start, name.end, name.entity_type) in gold))


def overlap(a: Words, b: Words) -> float:
    """Words in both of the words in either."""
    return len(a & b) / len(a | b) if a or b else 0.0


def score_quotes(document: GoldDocument, tagging: Tagging, report: Report) -> None:
    """Parts as multisets of exact spans, content by words, linked triples exactly and by overlap, recall by type."""
    numbers = WordNumbers(document.text)
    gold = [gold_triple(a, numbers) for a in document.attributions or () if a.content]
    found = [found_triple(a, numbers) for a in tagging.attributions]
    for part in PARTS:
        wanted, got = (Counter(x.part(part) for x in side if x.part(part)) for side in (gold, found))
        report.counts[f"quotes {part}"].add((wanted & got).total(), got.total(), wanted.total())
    words, found_words = (frozenset[int]().union(*(x.content for x in side)) for side in (gold, found))
    report.counts["quotes content words"].add(len(words & found_words), len(found_words), len(words))
    pairs = sorted(((overlap(g.content, f.content), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)))[
        ::-1
    ]
    exact = pair(p for p in pairs if all(gold[p[1]].part(k) == found[p[2]].part(k) for k in PARTS))
    near = pair(p for p in pairs if p[0] >= 0.5 and touches(gold[p[1]], found[p[2]]))
    half = pair(p for p in pairs if p[0] >= 0.5)
    report.counts["quotes triples exact"].add(len(exact), len(found), len(gold))
    report.counts["quotes triples overlap"].add(len(near), len(found), len(gold))
    hit = {i for i, _ in half}
    for i, g in enumerate(gold):
        report.counts[f"quotes found {g.quote_type}"].add(i in hit, i in hit, 1)
    add_outcomes(gold, found, {j for _, j in exact}, report)


def touches(gold: Triple, found: Triple) -> bool:
    """Whether source and cue, where the gold has them, overlap."""
    return all(not gold.part(k) or gold.part(k) & found.part(k) for k in ("source", "cue"))


def pair(candidates: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Greedily one to one, best first."""
    seen: tuple[set[int], set[int]] = set(), set()
    out = []
    for _, i, j in candidates:
        if i not in seen[0] and j not in seen[1]:
            seen[0].add(i)
            seen[1].add(j)
            out.append((i, j))
    return out


def add_outcomes(gold: Sequence[Triple], found: Sequence[Triple], exact: set[int], report: Report) -> None:
    """What each score promised and whether it was so."""
    for j, f in enumerate(found):
        item = f.found
        if item is None:
            raise ValueError("a found triple without its attribution")
        same_cue = [g for g in gold if g.cue == f.cue]
        report.outcomes["attribution"].append((item.score, j in exact))
        report.outcomes["cue"].append((item.cue_score, bool(same_cue)))
        report.outcomes["content"].append((item.content_score, any(g.content == f.content for g in same_cue)))
        report.outcomes["source"].append((item.source_score, any(g.source == f.source for g in same_cue)))


def gold_triple(a: GoldAttribution, numbers: WordNumbers) -> Triple:
    """An attribution of the gold by word numbers."""
    return Triple(numbers.of(a.source), numbers.of(a.cue), numbers.of(a.content), a.quote_type)


def found_triple(a: Attribution, numbers: WordNumbers) -> Triple:
    """An attribution of the tagger by word numbers."""
    source = [a.source] if a.source else []
    cue = [a.cue] if a.cue else []
    return Triple(numbers.of(source), numbers.of(cue), numbers.of(a.content), found=a)


def evaluate(tagger: Tagger, documents: Sequence[GoldDocument]) -> Report:
    """Each document is scored for what is annotated in it."""
    report = Report()
    taggings = tagger.tag([d.document for d in documents])
    for document, tagging in zip(documents, taggings, strict=True):
        if document.names is not None:
            score_names(document, tagging, report)
        if document.attributions is not None:
            score_quotes(document, tagging, report)
    return report


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="a model folder; otherwise the shipped one")
    parser.add_argument("--every", type=int, default=1, help="score every so many documents only")
    parser.add_argument("--aside", action="store_true", help="score the training documents put aside instead of dev")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--aside-share", type=float, default=ASIDE_SHARE)
    parser.add_argument("--without", choices=sorted(BLANKS), help="read with this input blanked")
    given = parser.parse_args()
    corpora = read_corpora(given.corpora, given.seed, given.aside_share)
    documents = (corpora.aside if given.aside else corpora.dev)[:: given.every]
    tagger = default_tagger(given.model)
    if given.without:
        tagger = blanked(tagger, given.without)
    began = time.perf_counter()
    report = evaluate(tagger, documents)
    seconds = time.perf_counter() - began
    words = sum(len(d.text.split()) for d in documents)
    for key, value in report.scores().items():
        print(f"{key}: {json.dumps(value)}")
    print(f"{tagger.name}: {words} words in {seconds:.1f} s, {words / seconds:.0f} words/s with scoring")


if __name__ == "__main__":
    main()
