"""The style: colours that can be read, in light, in dark and on paper."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import onrecord.browse

STYLE = (Path(onrecord.browse.__file__).parent / "templates" / "style.css").read_text("utf-8")
PALETTES = [
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", found)) for found in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
]
#: The least contrast of small text, by the Web Content Accessibility Guidelines 2.2 (AA); of drawings.
TEXT, DRAWING = 4.5, 3.0


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_there_are_three_palettes_of_the_same_colours() -> None:
    assert len(PALETTES) == 3
    assert all(palette.keys() | {"line"} == PALETTES[0].keys() for palette in PALETTES)


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "paper"])
def test_text_can_be_read_on_whatever_it_stands(palette: dict[str, str]) -> None:
    for text, ground in itertools.product(("ink", "link"), ("ground", "said", "match")):
        assert contrast(palette[text], palette[ground]) >= TEXT, (text, ground)
    for ground in ("ground", "said"):
        assert contrast(palette["faint"], palette[ground]) >= TEXT, ground
    assert contrast(palette["bar"], palette["ground"]) >= DRAWING
