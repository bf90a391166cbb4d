"""B-cubed of the entities over all articles, from gold mention spans: names in the articles, then one id for each.

Usage: python -m benchmarks.entities gum_crossdoc.jsonl [more.jsonl] [--exact] [--runs N] [--errors N]

Gold rows carry `doc_id`, `text`, perhaps `date`, and `mentions` [start, end, real-world id, type]. Spans whose id is
None and types other than person, organisation and place are left out, as in the measure of the whole pipeline. A gold
span that carries a descriptor with it ("Apple CEO Steve Jobs") or is none but a descriptor ("the company") is no
mention of a name: spans are trimmed to their capitalised words, and those without any are skipped. `--exact` gives
the figure of the plainest method, one entity for each string, for comparison. `--runs` cuts the articles into runs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from onrecord.coreference import find_mentions
from onrecord.cross_document.entities import Batch, State, apply_change, resolve
from onrecord.cross_document.entities.keys import words
from onrecord.cross_document.entities.state import ARTICLES, MENTIONS, STATE_TABLES
from onrecord.document.article import EntityType, NameSpan, Span
from onrecord.document.document import Document

_PRONOUNS = frozenset(
    {"i", "me", "my", "we", "us", "our", "he", "him", "his", "she", "her", "it", "its", "they", "their", "you"}
)

TYPES = {"PER": "PERSON", "PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}

_NAME = re.compile(r"[^\W\d_]\.?(?:[\w'’.&-]*\w)?", re.UNICODE)
_LINKING = frozenset(words()["particles"] | words()["articles_in_names"] | {"of", "the", "for", "and", "in", "on"})


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The capitalised words of a gold span, from the first to the last; None where it has none."""
    found = [m for m in _NAME.finditer(text, start, end) if m[0] not in _LINKING]
    while found and not found[0][0][0].isupper():
        found.pop(0)
    kept = [m for i, m in enumerate(found) if m[0][0].isupper() or i == 0]
    alone = found[0][0] if len(found) == 1 else "US"
    if not found or len(kept) < len(found) or (alone.lower() in _PRONOUNS and alone != "US"):
        return None
    first, last = found[0].start(), found[-1].end()
    return (first, last - 2) if text[last - 2 : last] in ("'s", "’s") else (first, last)


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The rows of a gold file, each with `names`: (start, end, type, id) of the mentions that are scored."""
    docs = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    for doc in docs:
        doc["names"] = []
        for start, end, ident, kind in doc["mentions"]:
            span = trimmed(doc["text"], start, end)
            if ident not in (None, "None", "NIL") and kind in TYPES and span:
                doc["names"].append((*span, TYPES[kind], ident))
    return docs


def mention_rows(doc: dict[str, Any]) -> list[dict[str, Any]]:
    """The mentions of an article, named by the in-article step from the gold spans."""
    text = doc["text"]
    spans = sorted({(s, e, t) for s, e, t, _ in doc["names"]})
    kept: list[tuple[int, int, str]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    names = tuple(NameSpan(s, e, EntityType(t), 1.0) for s, e, t in kept)
    return [
        {
            "article_id": doc["doc_id"],
            "local_id": m.local_id,
            "text": text[m.start : m.end],
            "entity_type": m.entity_type.value,
            "name": m.name,
            "roles": list(m.roles),
            "span": (m.start, m.end),
        }
        for m in find_mentions(Document.of_passages(text, [Span(0, len(text))]), names)
    ]


def run_all(docs: Sequence[dict[str, Any]], runs: int) -> dict[tuple[str, int], str]:
    """Resolve the articles in `runs` runs; the entity of each (article, local id) at the end."""
    tables = {name: schema.empty_table() for name, (schema, _) in STATE_TABLES.items()}
    for cut in range(runs):
        part = docs[cut::runs]
        rows = [{k: v for k, v in row.items() if k != "span"} for doc in part for row in doc["rows"]]
        articles = [
            {"article_id": d["doc_id"], "date_published": _date(d.get("date")), "publisher": None} for d in part
        ]
        batch = Batch(pa.Table.from_pylist(rows, schema=MENTIONS), pa.Table.from_pylist(articles, schema=ARTICLES))
        found = resolve(batch, State(**tables))
        tables = {name: apply_change(tables[name], found.changes[name], key) for name, (_, key) in STATE_TABLES.items()}
    nodes = {row["node"]: row["entity_id"] for row in tables["entity_nodes"].to_pylist()}
    return {(row["article_id"], row["local_id"]): nodes[row["node"]] for row in tables["entity_evidence"].to_pylist()}


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def b_cubed(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """B-cubed precision, recall and F1 of (predicted, gold) ids (Bagga and Baldwin 1998)."""
    listed = list(pairs)
    by_p: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_g: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for p, g in listed:
        by_p[p][g] += 1
        by_g[g][p] += 1
    precision = sum(c * c / sum(x.values()) for x in by_p.values() for c in x.values()) / len(listed)
    recall = sum(c * c / sum(x.values()) for x in by_g.values() for c in x.values()) / len(listed)
    f1 = 2 * precision * recall / (precision + recall)
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(100 * f1, 1)}


def main() -> None:
    """Print one line a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0, help="print so many of the costliest errors of each kind")
    args = parser.parse_args()
    for path in args.gold:
        docs = read_gold(path)
        for doc in docs:
            doc["rows"] = mention_rows(doc)
        entity = {} if args.exact else run_all(docs, args.runs)
        found = []
        for doc in docs:
            row_at = {at: row for row in doc["rows"] for at in range(*row["span"])}
            for start, end, _, ident in doc["names"]:
                row = row_at.get(end - 1)
                if row is None or not start <= row["span"][0]:
                    continue
                printed = doc["text"][start:end]
                said = printed if args.exact else entity[row["article_id"], row["local_id"]]
                found.append((said, ident, printed, row["name"], row["article_id"]))
        print(path.stem, len(found), b_cubed((p, g) for p, g, *_ in found))
        if args.errors:
            print_errors(found, args.errors)


def print_errors(found: list[tuple[str, str, str, str, str]], limit: int) -> None:
    """The gold entities that lie in most pieces, and the entities that mix most."""
    for title, key, other in (("split", 1, 0), ("mixed", 0, 1)):
        groups: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for row in found:
            groups[row[key]][row[other]][f"{row[2]} <{row[3]}>"] += 1
        cost = {
            g: sum(sum(c.values()) for c in v.values()) - max(sum(c.values()) for c in v.values())
            for g, v in groups.items()
        }
        for group in sorted(cost, key=lambda g: -cost[g])[:limit]:
            if cost[group]:
                print(f"  {title} {group} (-{cost[group]})")
                for name, forms in groups[group].items():
                    print(f"      {name}: {dict(forms.most_common(6))}")


if __name__ == "__main__":
    main()
