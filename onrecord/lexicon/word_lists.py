"""Reads the YAML files: word lists of this package, rules and parameters beside the code that uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources
from typing import Any

import yaml


def parse_yaml(text: str) -> Any:
    """What a YAML text says. By libyaml, ten times as fast, where PyYAML has it. Raises `yaml.YAMLError`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - either is safe


def read_yaml(package: str, file: str) -> Any:
    """The YAML file of that name in a package."""
    return parse_yaml(resources.files(package).joinpath(file).read_text(encoding="utf-8"))


def word_list(file: str) -> Any:
    """The word list of this package with that file name."""
    return read_yaml("onrecord.lexicon", file)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, as printed, a longer one before those that it begins with."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
