"""Measure quotes on gold attributions, by kind of error, end to end: text in, tagger, names and quotes as shipped.

    python -m benchmarks.quotes [--corpora DIR] [--articles N] [--weights FOLDER] [--perfect-tagger] [--plain]

Every gold attribution falls into the first class that fits: missed (no quote shares half of its content words),
boundary (content words differ), cue, source (its words differ), identity (another person's name, or a name where
there is none; only on the articles whose speakers are annotated), else right. A found quote that fits no gold one is
spurious. `cost` is what the F1 of exact triples would gain if that class alone were repaired.

Spans are compared by words. `--perfect-tagger` hands the gold triples in as the tagger's, so that what is left is
what linking to marks, coreference and merging lose; `--plain` hands in nothing, so that the patterns stand alone.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.coreference import find_mentions
from onrecord.document.article import (
    Attribution,
    Block,
    BlockKind,
    Publication,
    Quote,
    QuoteType,
    Span,
    SpeakerKind,
    Tagging,
)
from onrecord.document.document import Document
from onrecord.quotes import find_quotes
from onrecord.tagger.default import NetworkTagger, default_tagger
from training.corpora import LINE, read_jsonl
from training.quote_matching import Triple, calibration_error, continued, matched, near, of_quote, right, triple

CLASSES = ("missed", "boundary", "cue", "source", "identity", "right")
QUOTED = ("direct", "mixed")


@dataclass(frozen=True)
class Article:
    """One gold article with what was found in it."""

    row: dict[str, Any]
    quotes: tuple[Quote, ...]
    golds: tuple[tuple[Triple, dict[str, Any]], ...]
    people: dict[int, dict[str, Any]]

    @property
    def found(self) -> list[Triple]:
        """The found triples, in the order of the quotes."""
        return [of_quote(self.row["text"], quote) for quote in self.quotes]


def spans(pairs: Sequence[Sequence[int]]) -> list[Span]:
    """Gold spans."""
    return [Span(start, end) for start, end in pairs]


def gold_tagging(row: dict[str, Any], names: Tagging) -> Tagging:
    """The gold triples as if a tagger had found them; its names stay the tagger's own."""
    found = []
    for a in row["attributions"]:
        if a["content"]:
            cue = Span(a["cue"][0][0], a["cue"][-1][1]) if a["cue"] else None
            source = Span(a["source"][0][0], a["source"][0][1]) if a["source"] else None
            found.append(Attribution(tuple(sorted(spans(a["content"]))), cue, source, 0.9))
    return Tagging(names.names, tuple(found))


def read_article(row: dict[str, Any], tagger: NetworkTagger, mode: str, speakers: dict[str, Any]) -> Article:
    """Find the quotes of one gold article: each line of it is a paragraph, the first one the headline."""
    text = row["text"]
    passages = [Span(m.start(), m.end()) for m in LINE.finditer(text)]
    kinds = [BlockKind.HEADLINE] + [BlockKind.PARAGRAPH] * (len(passages) - 1)
    blocks = tuple(Block(kind, p.start, p.end) for kind, p in zip(kinds, passages, strict=True))
    document = Document(text, blocks)
    tagging = tagger.tag([document])[0]
    if mode == "perfect":
        tagging = gold_tagging(row, tagging)
    elif mode == "plain":
        tagging = Tagging(tagging.names)
    publication = Publication(authors=(row["author"],) if row.get("author") else ())
    mentions = find_mentions(document, tagging.names)
    golds = tuple(
        (triple(text, spans(a["source"]), spans(a["cue"]), spans(a["content"])), a | {"index": i})
        for i, a in enumerate(row["attributions"])
        if a["content"]
    )
    annotated = {s["i"]: s for s in speakers.get(row["id"], ())}
    return Article(row, find_quotes(document, tagging, mentions, (), publication), golds, annotated)


def named_right(quote: Quote, person: dict[str, Any] | None) -> bool:
    """Whether a quote has the annotated person's name, or none where the source is unnamed; true where in doubt."""
    if person is None or person.get("doubt") or person["kind"] not in {"person", "unnamed_person", "unnamed_group"}:
        return True
    said = " ".join((quote.speaker_name or "").lower().split())
    return said == " ".join((person["speaker"] or "").lower().split())


def error_class(gold: Triple, found: Triple | None, named: bool) -> str:
    """The first class that fits."""
    if found is None:
        return "missed"
    for name, same in (
        ("boundary", gold.content == found.content),
        ("cue", gold.cue == found.cue),
        ("source", gold.source == found.source),
        ("identity", named),
    ):
        if not same:
            return name
    return "right"


def f1(hits: int, found: int, gold: int) -> float:
    """The harmonic mean of precision and recall, in percent."""
    return 200 * hits / (found + gold) if found + gold else 0.0


def by_class(articles: Sequence[Article]) -> None:
    """Print errors by class and kind of quote, and what each class costs."""
    table: Counter[tuple[str, str]] = Counter()
    found = exact = 0
    for article in articles:
        triples = article.found
        found += len(triples)
        pairs = matched([g for g, _ in article.golds], triples, near)
        for number, (gold, a) in enumerate(article.golds):
            index = pairs.get(number)
            named = index is None or named_right(article.quotes[index], article.people.get(a["index"]))
            kind = a["type"] if a["type"] != "indirect" else "speech" if a["speech_cue"] else "attitude"
            table[kind, error_class(gold, None if index is None else triples[index], named)] += 1
        exact += len(matched([g for g, _ in article.golds], triples, lambda g, f: g == f))
    annotated = sum(table.values())
    spurious = found - sum(n for (_, name), n in table.items() if name != "missed")
    kinds = ("direct", "mixed", "speech", "attitude")
    print(f"{'class':10}" + "".join(f"{kind:>10}" for kind in kinds) + f"{'all':>10}{'cost':>8}")
    for name in CLASSES:
        counts = [table[kind, name] for kind in kinds]
        gained = sum(counts) if name in {"missed", "boundary", "cue", "source"} else 0
        cost = f1(exact + gained, found + (gained if name == "missed" else 0), annotated) - f1(exact, found, annotated)
        shown = f"{cost:8.1f}" if gained else ""
        print(f"{name:10}" + "".join(f"{n:10}" for n in counts) + f"{sum(counts):10}" + shown)
    cost = f1(exact, found - spurious, annotated) - f1(exact, found, annotated)
    print(f"{'spurious':10}" + " " * 40 + f"{spurious:10}{cost:8.1f}")


def figures(articles: Sequence[Article]) -> None:
    """Print the figures that the targets are set in."""
    parts: dict[str, list[int]] = {name: [0, 0, 0] for name in ("source", "cue", "content", "exact", "overlap")}
    recall: Counter[tuple[str, str]] = Counter()
    sourced = Counter[str]()
    for article in articles:
        golds, triples = [g for g, _ in article.golds], article.found
        for name in ("source", "cue", "content"):
            wanted = Counter(g.parts[name] for g in golds if g.parts[name])
            has = Counter(t.parts[name] for t in triples if t.parts[name])
            add(parts[name], sum((wanted & has).values()), sum(has.values()), sum(wanted.values()))
        for name, fits in (("exact", lambda g, f: g == f), ("overlap", right)):
            add(parts[name], len(matched(golds, triples, fits)), len(triples), len(golds))
        pairs = matched(golds, triples, near)
        for number, (gold, a) in enumerate(article.golds):
            kind = a["type"] if a["type"] != "indirect" else "speech" if a["speech_cue"] else "attitude"
            recall[kind, "found"] += number in pairs
            recall[kind, "gold"] += 1
            if number in pairs and a["type"] == "direct" and gold.source:
                sourced["right"] += bool(gold.source & triples[pairs[number]].source)
                sourced["all"] += 1
    for name, (hits, found, gold_count) in parts.items():
        print(f"F1 {name:8} {f1(hits, found, gold_count):5.1f}")
    for kind in ("direct", "mixed", "speech", "attitude"):
        print(f"recall {kind:8} {100 * recall[kind, 'found'] / max(1, recall[kind, 'gold']):5.1f}")
    print(f"source of a direct quote right {100 * sourced['right'] / max(1, sourced['all']):5.1f}")


def add(sums: list[int], hits: int, found: int, gold: int) -> None:
    """Add one article's counts."""
    for place, count in enumerate((hits, found, gold)):
        sums[place] += count


def identities(articles: Sequence[Article]) -> None:
    """Print how often the person is right, on the articles whose speakers are annotated."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        pairs = matched([g for g, _ in article.golds], article.found, near)
        for number, index in pairs.items():
            a = article.golds[number][1]
            person, quote = article.people.get(a["index"]), article.quotes[index]
            if person is None or person.get("doubt"):
                continue
            if person["kind"] == "person":
                for group in ("quoted" if a["type"] in QUOTED else "indirect", "all"):
                    counts[group, "found"] += 1
                    counts[group, "named"] += quote.speaker_name is not None
                    counts[group, "right"] += quote.speaker_name is not None and named_right(quote, person)
            elif person["kind"] in {"unnamed_person", "unnamed_group"}:
                counts["unnamed", "found"] += 1
                counts["unnamed", "right"] += quote.speaker_name is None
    for group in ("quoted", "indirect", "all"):
        if counts[group, "found"]:
            share = 100 * counts[group, "right"] / counts[group, "found"]
            precision = 100 * counts[group, "right"] / max(1, counts[group, "named"])
            print(f"identity {group:8} right of found {share:5.1f}, precision when named {precision:5.1f}")
    if counts["unnamed", "found"]:
        print(f"unnamed left unnamed {100 * counts['unnamed', 'right'] / counts['unnamed', 'found']:5.1f}")


def honesty(articles: Sequence[Article]) -> None:
    """Print the calibration error of the confidence (a quote is right if content, cue and source all overlap)."""
    rows = []
    for article in articles:
        golds, triples = [g for g, _ in article.golds], article.found
        hits = set(matched(golds, triples, right).values())
        giver = 0  # the last quote with a source: where a quote without one comes by its speaker
        for index, quote in enumerate(article.quotes):
            giver = giver if quote.speaker is None else index
            goes_on = quote.speaker is None and quote.speaker_kind is not SpeakerKind.NONE
            hit = index in hits or (goes_on and continued(golds, triples[index], triples[giver]))
            rows.append((quote.confidence, hit))
    print(f"calibration error {calibration_error(rows):.3f} over {len(rows)} quotes")
    kinds = Counter(quote.speaker_kind for article in articles for quote in article.quotes)
    types = Counter(quote.quote_type for article in articles for quote in article.quotes)
    print(", ".join(f"{kind} {kinds[kind]}" for kind in SpeakerKind))
    print(", ".join(f"{kind} {types[kind]}" for kind in QuoteType))


def main() -> None:
    """Read the gold, find the quotes, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("ONRECORD_SHARED", "../shared")) / "corpora"
    parser.add_argument("--corpora", type=Path, default=default)
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--weights", type=Path, help="folder of a tagger, if not the package's own")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--perfect-tagger", dest="mode", action="store_const", const="perfect")
    mode.add_argument("--plain", dest="mode", action="store_const", const="plain")
    given = parser.parse_args()
    folder = given.corpora / "quotes"
    speakers = {row["id"]: row["speakers"] for row in read_jsonl(folder / "speakers_dev.jsonl")}
    tagger = default_tagger(given.weights)
    rows = read_jsonl(folder / "polnear_dev.jsonl")[: given.articles]
    articles = [read_article(row, tagger, given.mode or "shipped", speakers) for row in rows]
    print(json.dumps({"tagger": tagger.name, "mode": given.mode or "shipped", "articles": len(articles)}))
    by_class(articles)
    figures(articles)
    identities(articles)
    honesty(articles)


if __name__ == "__main__":
    main()
