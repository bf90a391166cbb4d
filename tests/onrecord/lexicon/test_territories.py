"""Countries, their provinces and their peoples by name."""

import subprocess
import sys

from onrecord.lexicon.territories import country_names, demonyms, territory_names

TIMED = """
import time
from onrecord.lexicon.territories import territory_names
began = time.process_time()
territory_names()
print(time.process_time() - began)
"""


def test_countries_and_provinces_are_known_by_their_names() -> None:
    assert {"france", "kuwait", "new york", "french republic"} <= territory_names()
    assert "aldermoor" not in territory_names()


def test_short_forms_and_peoples_have_their_countrys_code() -> None:
    names, peoples = dict(country_names()), dict(demonyms())
    assert (names["U.S."], names["France"], peoples["Iraqi"]) == ("us", "fr", "iq")


def test_the_names_are_made_in_a_moment() -> None:
    took = subprocess.run([sys.executable, "-c", TIMED], capture_output=True, text=True, check=True)
    assert float(took.stdout) < 0.8
