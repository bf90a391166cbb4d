"""Weighs rules: leaves out one after the other and counts the annotated rows that turn right or wrong with it.

    python -m benchmarks.rules CORPORA [--only NAME ...] [--function PATH ...] [--cache FOLDER]

`RULES` declares what stands in for each rule. `--function` weighs another function, `module:Class.function`: its type
tells whether it gives nothing then, or what it was given where it only changes that. Refused are functions that give
text, a number or a class of the project, properties, and functions of other stages than names and quotes. Each article
is tagged once, by the tagger that has not seen its fold, and its names and quotes are read again for every rule (about
20 seconds each). `--cache` keeps the taggings between runs.

Prints a line for each rule: by group of articles how many rows came to each outcome with the rule and how many left it
("right +9 -1"). The first group are the articles of fold 4, of which only figures may be read; then those of folds 0 to
3 of the speech corpora, and those read for the project. A rule that moves nothing where its author has not read is to
be deleted (CONTRIBUTING.md).
"""

from __future__ import annotations

import argparse
import hashlib
import inspect
import json
import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.coreference import find_mentions
from onrecord.document.article import (
    SPOKEN_KINDS,
    Attribution,
    EntityType,
    Metadata,
    NameSpan,
    Publication,
    Quote,
    Span,
    Tagging,
)
from onrecord.document.document import Document
from onrecord.files.source import Source
from onrecord.quotes import find_quotes
from onrecord.reading import outline
from onrecord.tagger.default import MODEL
from onrecord.version import STAGES
from training.corpora import read_jsonl
from training.fold_tagger import FOLDS, HELD_OUT, tagger_for
from training.names_alike import plain_name, same_name, word_numbers, words_shared
from training.speaker_examples import matched
from training.speech_gold import FILES, annotated, files_read

GROUPS = ("fold 4", "speech", "read")
#: Words that a role or a medium shares with the gold's, of all of both, at least.
_ALIKE = {"role": 0.43, "medium": 0.33}

#: Types of which an argument says nothing of what is given.
_PLAIN = ("str", "int", "bool")
#: Packages of what is done again for every rule: names and quotes. All else is done once.
_DONE_AGAIN = ("onrecord.lexicon", "onrecord.names", "onrecord.coreference", "onrecord.quotes")

Outcomes = tuple[tuple[str, ...], ...]


def nothing(*_: object, **__: object) -> None:
    """Stands in for what finds something or nothing."""


def false(*_: object, **__: object) -> bool:
    """Stands in for a test."""
    return False


def unchanged(given: Any, *_: object, **__: object) -> Any:
    """Stands in for what gives its first argument in another form."""
    return given


def second(_: object, given: Any, *__: object, **___: object) -> Any:
    """Stands in for what gives its second argument in another form; a method's first one after `self`."""
    return given


#: By name of a rule, its functions, each with what stands in for it.
RULES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "the newspaper": {"onrecord.coreference.press:Press.meant": nothing},
    "strangers": {"onrecord.coreference.strangers:Strangers.means": false},
    "names withheld": {"onrecord.coreference.withheld_names:is_withheld": false},
    "leads": {"onrecord.quotes.speaker.leads:Leads._quoted_next": nothing},
    "the one interviewed": {"onrecord.quotes.speaker.interviewee:interviewee": nothing},
    "the only one who has spoken": {"onrecord.quotes.speaker.identity:_Resolver._may_be_the_speaker": false},
    "who announces words": {"onrecord.quotes.speaker.sourceless:Sourceless.announced": nothing},
    "reports relayed": {"onrecord.quotes.attribution.relayed:relayed": second},
    "reports parted": {"onrecord.quotes.attribution.segmentation:parted": lambda _, draft: [draft]},
    "a second verb": {"onrecord.quotes.attribution.segmentation:coordinated": lambda _, drafts, *__: list(drafts)},
    "behind an interruption": {"onrecord.quotes.attribution.segmentation:completed": lambda _, drafts: list(drafts)},
    "plain patterns": {"onrecord.quotes.attribution.doubtful:patterns": lambda *_: ()},
    "scare quotes": {"onrecord.quotes.attribution.scare_quotes:looks_like_speech": lambda *_: True},
}


@dataclass(frozen=True)
class Article:
    """An annotated article with all that is read of it before its names."""

    gold: Mapping[str, Any]
    group: str
    document: Document
    publication: Publication
    tagging: Tagging


def read_gold(corpora: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The annotated articles, each with its group."""
    texts = {file: read_jsonl(corpora / file) for file in files_read()}
    speech = [row for file in FILES for row in read_jsonl(corpora / file)]
    for group, rows in zip(GROUPS[1:], (speech, annotated(texts)), strict=True):
        yield from ((GROUPS[0] if row["fold"] == HELD_OUT else group, row) for row in rows)


def read_articles(corpora: Path, cache: Path | None = None) -> list[Article]:
    """The annotated articles as the taggers of their folds read them; the taggings are kept in the folder `cache`."""
    golds = list(read_gold(corpora))
    outlines = [outline(Source(row["text"], Metadata(publisher=row.get("outlet")))) for _, row in golds]
    stored = None if cache is None else cache / f"taggings-{_digest([gold for _, gold in golds])}.json"
    if stored is not None and stored.exists():
        taggings = [stored_tagging(row) for row in json.loads(stored.read_bytes())]
    else:
        taggings = [tagger_for(g).tag([d])[0] for (_, g), (d, _) in zip(golds, outlines, strict=True)]
    if stored is not None and not stored.exists():
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(storable(taggings), encoding="utf-8")
    return [
        Article(gold, group, document, publication, tagging)
        for (group, gold), (document, publication), tagging in zip(golds, outlines, taggings, strict=True)
    ]


def _digest(golds: Iterable[Mapping[str, Any]]) -> str:
    """Eight hex digits of what taggings depend on.

    These are the stages up to the tagger, its weights and those of its folds, and the articles.
    """
    digest = hashlib.sha256(repr([STAGES[stage] for stage in ("files", "layout", "tagger")]).encode())
    digest.update(repr([(gold["id"], gold["fold"], gold["text"]) for gold in golds]).encode())
    for folder in (FOLDS, Path(str(files(MODEL)))):
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".onnx", ".json"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def storable(taggings: Sequence[Tagging]) -> str:
    """Taggings as JSON."""
    return json.dumps([asdict(tagging) for tagging in taggings])


def stored_tagging(row: Mapping[str, Any]) -> Tagging:
    """A tagging as it was stored."""

    def attribution(stored: Mapping[str, Any]) -> Attribution:
        ends = {key: stored[key] and Span(**stored[key]) for key in ("cue", "source")}
        return Attribution(**{**stored, **ends, "content": tuple(Span(**span) for span in stored["content"])})

    names = tuple(NameSpan(**{**name, "entity_type": EntityType(name["entity_type"])}) for name in row["names"])
    return Tagging(names, *(tuple(map(attribution, row[key])) for key in ("attributions", "possible")))


def outcomes(article: Article) -> tuple[Outcomes, int]:
    """For each annotated row what its name, role and medium are; and how many rows found are none of the gold.

    Rows in doubt and the author's own words have none: their names are neither right nor wrong.
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


def weigh(
    articles: Sequence[Article], rule: Mapping[str, Callable[..., Any]], base: Sequence[tuple[Outcomes, int]]
) -> str:
    """What a rule does, by group: rows that come to an outcome with it and not without it, and the other way round.

    :param base: the outcomes of each article with the rule.
    """
    came: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    with left_out(rule):
        for article, (rows, spurious) in zip(articles, base, strict=True):
            others, more = outcomes(article)
            for row, other in zip(rows, others, strict=True):
                came.update((article.group, outcome) for outcome in set(row) - set(other))
                left.update((article.group, outcome) for outcome in set(other) - set(row))
            came[article.group, "spurious"] += max(0, spurious - more)
            left[article.group, "spurious"] += max(0, more - spurious)
    return " | ".join(f"{group}: {_told(group, came, left)}" for group in GROUPS)


def _told(group: str, came: Counter[tuple[str, str]], left: Counter[tuple[str, str]]) -> str:
    kinds = ("right", "wrong", "null", "missed", "spurious", "role", "medium")
    moved = [(kind, came[group, kind], left[group, kind]) for kind in kinds]
    return ", ".join(f"{kind} +{more} -{less}" for kind, more, less in moved if more or less) or "nothing"


@contextmanager
def left_out(rule: Mapping[str, Callable[..., Any]]) -> Iterator[None]:
    """Puts what stands in for a rule in its places, and the rule back at the end."""
    places = [(*found, instead) for path, instead in rule.items() for found in places_of(path)]
    functions = [vars(owner)[name] for owner, name, _ in places]
    try:
        for owner, name, instead in places:
            setattr(owner, name, instead)
        yield
    finally:
        for (owner, name, _), function in zip(places, functions, strict=True):
            setattr(owner, name, function)


def places_of(path: str) -> list[tuple[Any, str]]:
    """Where a function is called by a name: its class, or each module that has it."""
    owner, name = place(path)
    if isinstance(owner, type):
        return [(owner, name)]
    function = vars(owner)[name]
    ours = [module for key, module in list(sys.modules.items()) if key.partition(".")[0] == "onrecord"]
    return [(module, key) for module in ours for key, held in list(vars(module).items()) if held is function]


def place(path: str) -> tuple[Any, str]:
    """The module or class that has a function, named as in an entry point, and the function's name in it.

    :raises SystemExit: where there is no such function.
    """
    module, _, qualified = path.partition(":")
    owner, _, name = qualified.rpartition(".")
    if not module or not name:
        raise SystemExit(f"{path} names no function: write module:function or module:Class.function")
    try:
        found = pkgutil.resolve_name(f"{module}:{owner}")
    except (ImportError, AttributeError, ValueError) as error:
        raise SystemExit(f"{path} is not found: {error}") from error
    if name not in vars(found):
        raise SystemExit(f"{path} is not found: {module}{owner and ':'}{owner} has no {name} of its own")
    return found, name


def instead_of(path: str) -> Callable[..., Any]:
    """What stands in for a function, by the types that it declares.

    One that gives the type of its first or second argument gives that argument, unless the type is one of `_PLAIN`.

    :raises SystemExit: where nothing can stand in for it, or where it is not called again for each rule.
    """
    owner, name = place(path)
    function = inspect.unwrap(getattr(owner, name))
    if not inspect.isfunction(function):
        raise SystemExit(f"{path} is no function or method, but of the type {type(function).__name__}")
    if not function.__module__.startswith(_DONE_AGAIN):
        raise SystemExit(f"{path} is no function of names or quotes: all else is done once for all rules")
    signature = inspect.signature(function)
    types = [parameter.annotation for parameter in signature.parameters.values()]
    given = str(signature.return_annotation)
    if given in types[:2] and given not in _PLAIN:
        return (unchanged, second)[types.index(given)]
    if given == "bool":
        return false
    if given.endswith("| None") or given == "None":
        return nothing
    empty = {"tuple": tuple, "list": list, "dict": dict, "set": set, "frozenset": frozenset}.get(given.split("[")[0])
    if empty is None:
        raise SystemExit(f"{path} gives {given}: declare what stands in for it in RULES")
    return lambda *_, **__: empty()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", nargs="+", choices=RULES, default=[], metavar="NAME", help=", ".join(RULES))
    parser.add_argument("--function", nargs="+", default=[], metavar="PATH")
    parser.add_argument("--cache", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    rules = {name: RULES[name] for name in given.only} | {path: {path: instead_of(path)} for path in given.function}
    articles = read_articles(given.corpora, given.cache)
    base = [outcomes(article) for article in articles]
    for name, rule in (rules or RULES).items():
        print(f"{name}: {weigh(articles, rule, base)}", flush=True)


if __name__ == "__main__":
    main()
