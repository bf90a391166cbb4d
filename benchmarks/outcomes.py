"""What annotated rows come to: whether each is found, and whether its name, role and medium are the gold's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.annotated import Article
from onrecord.coreference import find_mentions
from onrecord.document.article import SPOKEN_KINDS, Quote
from onrecord.quotes import find_quotes
from training.names_alike import plain_name, same_name, word_numbers, words_shared
from training.speaker_examples import matched

#: Words that a role or a medium shares with the gold's, of all of both, at least.
_ALIKE = {"role": 0.43, "medium": 0.33}

Outcomes = tuple[tuple[str, ...], ...]


def outcomes(article: Article) -> tuple[Outcomes, int]:
    """For each annotated row what its name, role and medium are; and how many rows found are none of the gold.

    Rows in doubt and the author's own words are found or missed: their names are neither right nor wrong.
    """
    text = article.document.text
    mentions = find_mentions(article.document, article.tagging.names)
    quotes = find_quotes(article.document, article.tagging, mentions, (), article.publication)
    found = [quote for quote in quotes if quote.report_kind in SPOKEN_KINDS]
    words = word_numbers(text)
    said = [words_shared(words, [(s.start, s.end) for s in quote.content_spans]) for quote in found]
    aliases = {person["name"]: person["aliases"] for person in article.gold["people"]}
    golds = [
        {**row, "number": number, "aliases": aliases.get(row["speaker"], [])}
        for number, row in enumerate(article.gold["attributions"])
        if words_shared(words, row["content"])
    ]
    pairs = matched(golds, said, words)
    result: list[tuple[str, ...]] = [("missed",)] * len(article.gold["attributions"])
    for index, gold in pairs.items():
        result[gold["number"]] = () if gold.get("doubt") or gold["kind"] == "author" else _outcome(found[index], gold)
    return tuple(result), len(found) - len(pairs)


def _outcome(quote: Quote, gold: Mapping[str, Any]) -> tuple[str, ...]:
    """Whether a row's name is right, wrong or null; and whether its role and medium are the gold's."""
    name = quote.speaker_name
    if gold["kind"] in ("person", "org"):
        names = [gold["speaker"], *gold.get("also", []), *gold["aliases"]]
        right = name is not None and any(same_name(name, other, gold["kind"]) for other in names if other)
        verdict = "right" if right else "null" if name is None else "wrong"
    else:
        verdict = "right" if name is None else "wrong"
    attributes = {"role": quote.speaker_role, "medium": quote.medium}
    return verdict, *(key for key, value in attributes.items() if _alike(value, gold.get(key), _ALIKE[key]))


def _alike(mine: str | None, gold: str | None, least: float) -> bool:
    ours, theirs = set(plain_name(mine or "")), set(plain_name(gold or ""))
    return ours == theirs or len(ours & theirs) >= least * len(ours | theirs)
