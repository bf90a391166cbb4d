# /// script
# requires-python = ">=3.11"
# dependencies = ["faker==40.54.0"]
# ///
"""Write onrecord/lexicon/given_names.txt: given names that tell a gender, from the MIT-licensed lists of Faker.

    uv run --script training/given_names.py onrecord/lexicon/given_names.txt

A name counts as a man's (or a woman's) where at least five times as many of Faker's language regions list it so, or
where every region that lists it does. Names in other than Latin letters, and of fewer than three letters, are left
out: in English news they do not occur, or are ambiguous.
"""

import collections
import importlib
import pkgutil
import sys
import textwrap
import unicodedata
from importlib import metadata
from pathlib import Path

import faker.providers.person as person

CLEAR = 5  # regions for the one gender per region for the other
#: Short forms that English gives to men and women alike, which the lists have for one of them.
SHORT_FOR_EITHER = frozenset({"alex", "jess", "mel", "nat", "nicky", "sam"})


def listed(attribute: str) -> collections.Counter[str]:
    """How many regions list each name under the given attribute of their provider."""
    counts: collections.Counter[str] = collections.Counter()
    for module in pkgutil.iter_modules(person.__path__):
        if module.ispkg:
            provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
            counts.update({word for name in getattr(provider, attribute, ()) for word in [plain(name)] if word})
    return counts


def plain(name: str) -> str | None:
    """The name in lower-case Latin letters, or nothing where it is not one word of them."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return bare if len(bare) > 2 and bare.isascii() and bare.replace("-", "").isalpha() else None


def main(target: str) -> None:
    """Write the two lists to the file `target`."""
    male, female = listed("first_names_male"), listed("first_names_female")
    lists = {
        "male": [n for n in male if male[n] >= CLEAR * female[n]],
        "female": [n for n in female if female[n] >= CLEAR * male[n]],
        "either": [n for n in male if female[n] and max(male[n], female[n]) < CLEAR * min(male[n], female[n])],
    }
    clear = {gender: set(names) - SHORT_FOR_EITHER for gender, names in lists.items()}
    clear["either"] |= SHORT_FOR_EITHER
    licence = metadata.distribution("faker").read_text("licenses/LICENSE.txt")
    if licence is None:
        raise FileNotFoundError("faker's licence, which must go with its lists, is not where it was")
    head = (
        "Given names that tell a gender. Derived by training/given_names.py from Faker's lists, under this licence:\n"
    )
    lines = [f"# {line}".rstrip() for line in (head + licence.strip()).splitlines()]
    for gender, names in clear.items():
        lines += [f"[{gender}]", *textwrap.wrap(" ".join(sorted(names)), 118, break_on_hyphens=False)]
    Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
