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
import inspect
import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.annotated import GROUPS, Article, read_articles
from benchmarks.outcomes import Outcomes, outcomes

#: Types of which an argument says nothing of what is given.
_PLAIN = ("str", "int", "bool")
#: Packages of what is done again for every rule: names and quotes. All else is done once.
_DONE_AGAIN = ("onrecord.lexicon", "onrecord.names", "onrecord.coreference", "onrecord.quotes")


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
    "the only one who has spoken": {"onrecord.quotes.speaker.sole_speaker:SoleSpeaker.may_be": false},
    "who announces words": {"onrecord.quotes.speaker.sourceless:Sourceless.announced": nothing},
    "reports relayed": {"onrecord.quotes.attribution.relayed:relayed": second},
    "reports parted": {"onrecord.quotes.attribution.segmentation:parted": lambda _, draft: [draft]},
    "a second verb": {"onrecord.quotes.attribution.segmentation:coordinated": lambda _, drafts, *__: list(drafts)},
    "behind an interruption": {"onrecord.quotes.attribution.segmentation:completed": lambda _, drafts: list(drafts)},
    "plain patterns": {"onrecord.quotes.attribution.doubtful:patterns": lambda *_: ()},
    "scare quotes": {"onrecord.quotes.attribution.scare_quotes:looks_like_speech": lambda *_: True},
}


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
    """Where a function is called by a name: its class, or each module that has it.

    :raises SystemExit: where a table or tuple of a module holds it, too, in which nothing can stand in for it.
    """
    owner, name = place(path)
    if isinstance(owner, type):
        return [(owner, name)]
    function = vars(owner)[name]
    ours = [module for key, module in list(sys.modules.items()) if key.partition(".")[0] == "onrecord"]
    named = [(module, key, held) for module in ours for key, held in list(vars(module).items())]
    for module, key, held in named:
        within = held.values() if isinstance(held, dict) else held if isinstance(held, (tuple, list)) else ()
        if any(one is function for one in within):
            raise SystemExit(f"{path} is called by way of {module.__name__}:{key}, where nothing can stand in for it")
    return [(module, key) for module, key, held in named if held is function]


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
