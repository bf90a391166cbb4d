# /// script
# requires-python = ">=3.11"
# dependencies = ["faker==40.54.0", "nomquamgender==0.1.4"]
# ///
"""Write onrecord/lexicon/given_names.txt and given_name_genders.txt: given names, and whose they nearly always are.

    uv run --script training/given_names.py onrecord/lexicon

The first are the MIT-licensed lists of Faker. A name counts as a man's (or a woman's) where at least five times as many
of Faker's language regions list it so, or where every region that lists it does. The second are names that those lists
lack or have otherwise, from the MIT-licensed counts of 36 sources that nomquamgender carries (Van Buskirk, Clauset and
Larremore 2022, arXiv 2208.01714): borne by one gender in at least 97 of 100, counted at least 50 times in five sources;
where Faker's gender is the other one, or at least 15 of 100 are of the other, neither is taken. Names in other than
Latin letters, and of fewer than three letters, are left out: in English news they do not occur, or are ambiguous.
"""

import collections
import importlib
import importlib.resources
import json
import pkgutil
import sys
import textwrap
import unicodedata
from importlib import metadata
from pathlib import Path

import faker.providers.person as person

CLEAR = 5  # regions for the one gender per region for the other
#: Words that the lists have as one gender's, and that stand before either's: short forms of English, a Korean family
#: name, a title of Ghana, names of Italian men that are women's elsewhere.
_SHORT = ("alex", "jess", "mel", "nat", "nicky", "sam")
OF_EITHER = frozenset({*_SHORT, "park", "nana", "andrea", "gabriele", "michele", "nicola", "simone"})
#: Of the counts: sources, bearers, the share of them of the other gender, and the one that makes a name either's.
SOURCES, BEARERS, OTHERS, DOUBTFUL = 5, 50, 0.03, 0.15


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


def of_faker() -> dict[str, list[str]]:
    """Faker's names by gender."""
    male, female = listed("first_names_male"), listed("first_names_female")
    lists = {
        "male": [n for n in male if male[n] >= CLEAR * female[n]],
        "female": [n for n in female if female[n] >= CLEAR * male[n]],
        "either": [n for n in male if female[n] and max(male[n], female[n]) < CLEAR * min(male[n], female[n])],
    }
    clear = {gender: set(names) - OF_EITHER for gender, names in lists.items()}
    clear["either"] |= OF_EITHER & set(male) | OF_EITHER & set(female)
    return {gender: sorted(names) for gender, names in clear.items()}


def counted() -> dict[str, str]:
    """The gender of each name that the counts of nomquamgender decide: a man's, a woman's, or `either`."""
    path = importlib.resources.files("nomquamgender").joinpath("name_data.json")
    genders: dict[str, str] = {}
    for name, (sources, bearers, female, *_) in json.loads(path.read_text("utf-8")).items():
        others = min(female, 1 - female)
        if sources < SOURCES or bearers < BEARERS or plain(name) != name or OTHERS < others < DOUBTFUL:
            continue
        doubtful = others >= DOUBTFUL or name in OF_EITHER
        genders[name] = "either" if doubtful else "male" if female < 0.5 else "female"
    return genders


def more_names(known: dict[str, list[str]]) -> dict[str, list[str]]:
    """Names by gender that the counts have and Faker's lists lack, or leave open, or have otherwise (`either`)."""
    listed_as = {name: gender for gender, names in known.items() for name in names}
    found: dict[str, list[str]] = {"male": [], "female": [], "either": []}
    for name, gender in sorted(counted().items()):
        before = listed_as.get(name)
        if before in (None, "either") and gender != "either":
            found[gender].append(name)
        elif before not in (None, "either", gender):
            found["either"].append(name)
    return found


def write(path: Path, head: str, package: str, licence_file: str, names: dict[str, list[str]]) -> None:
    """Write names by gender under their package's licence. Raises `FileNotFoundError` where that is not found."""
    licence = metadata.distribution(package).read_text(licence_file)
    if licence is None:
        raise FileNotFoundError(f"the licence of {package}, which must go with its lists, is not where it was")
    told = f"{head} Derived by training/given_names.py from the lists of {package}, under this licence:\n"
    lines = [f"# {line}".rstrip() for line in (told + licence.strip()).splitlines()]
    for gender, own in names.items():
        lines += [f"[{gender}]", *textwrap.wrap(" ".join(own), 118, break_on_hyphens=False)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(folder: Path) -> None:
    """Write the two files into a folder."""
    known = of_faker()
    write(folder / "given_names.txt", "Given names that tell a gender.", "faker", "licenses/LICENSE.txt", known)
    more = more_names(known)
    write(folder / "given_name_genders.txt", "Whose more given names are.", "nomquamgender", "LICENSE", more)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
