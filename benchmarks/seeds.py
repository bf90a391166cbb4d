"""Looks for what is known of the real page texts (benchmarks/seed_facts.yaml) in a warehouse that was made of them.

    python -m benchmarks.seeds WAREHOUSE [--facts FILE]

Prints one JSON object: by the name of each fact, whether it holds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from onrecord.warehouse.store import Warehouse

FACTS = Path(__file__).with_name("seed_facts.yaml")


def facts_of(
    number: str, known: Mapping[str, Any], article: Mapping[str, Any] | None, quotes: Sequence[Mapping[str, Any]]
) -> dict[str, bool]:
    """By name, whether each fact known of a text holds in its rows; none does where there is no article."""
    row = article or {}
    found = {
        f"{number}: {column}": column in row and _plain(row[column]) == _plain(value)
        for column, value in known["article"].items()
    }
    for name, wanted in known["speakers"].items():
        own = [quote for quote in quotes if quote["speaker_name"] == name]
        roles = [quote["speaker_role"] for quote in own]
        role = wanted["role"]
        found[f"{number}: quotes of {name}"] = len(own) >= wanted["quotes"]
        found[f"{number}: role of {name}"] = bool(own) and all(
            (given is None) if role is None else role in (given or "") for given in roles
        )
        if "told" in wanted:
            found[f"{number}: {name} told {wanted['told']}"] = wanted["told"] in [quote["medium"] for quote in own]
    names = {quote["speaker_name"] for quote in quotes} - {None}
    found[f"{number}: no other speaker"] = article is not None and names <= set(known["speakers"])
    return found


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--facts", type=Path, default=FACTS)
    given = parser.parse_args()
    with Warehouse(given.warehouse).latest() as snapshot:
        articles = snapshot.read("articles").to_pylist()
        quotes = snapshot.read("quotes").to_pylist()
    found: dict[str, bool] = {}
    for number, known in yaml.safe_load(given.facts.read_text(encoding="utf-8")).items():
        article = next((row for row in articles if Path(row["source_path"]).name.startswith(number)), None)
        own = [quote for quote in quotes if article is not None and quote["article_id"] == article["article_id"]]
        found |= facts_of(number, known, article, own)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
