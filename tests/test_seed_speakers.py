"""Who speaks in the three real dumps outside the project, and as what (none of their text is here)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onrecord import read

SEEDS = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared")) / "seeds"
#: By dump, every name that may stand under a quote, with a word of the role and the number of quotes at least.
SPEAKERS: dict[str, dict[str, tuple[str | None, int]]] = {
    "000": {
        "Muen Kadhimi": ("aide", 2),
        "Baghdad": (None, 1),
        "Shi'ite Asaib Ahl Haq force": (None, 1),
        "Naim Uboudi": ("Spokesman", 2),
        "Haider Abadi": ("Prime Minister", 1),
        "Iraq": (None, 1),
    },
    "003": {
        "Jaffar al Husseini": ("spokesman", 4),
        "Hakim al-Zamili": ("head", 1),
        "Faisal Qaragholi": ("representative", 1),
        "Mark Toner": ("Spokesman", 1),
    },
    "004": {
        "Joseph Dunford": ("general", 1),
        "Haider al-Abadi": ("Prime Minister", 1),
        "Muen al-Kadhimi": ("aide", 2),
    },
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are outside the project (set ONRECORD_SHARED)")
@pytest.mark.parametrize("number", SPEAKERS)
def test_each_speaker_of_the_seeds_has_the_whole_name_and_the_role(number: str) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    quotes = read(path.read_text("utf-8")).quotes
    assert {quote.speaker_name for quote in quotes} - {None} == set(SPEAKERS[number])
    for name, (role, least) in SPEAKERS[number].items():
        own = [quote for quote in quotes if quote.speaker_name == name]
        assert len(own) >= least
        assert all(
            (quote.speaker_role is None) if role is None else role in (quote.speaker_role or "") for quote in own
        )
