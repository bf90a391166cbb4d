"""The three real dumps outside the project: their publication facts and kinds of block (none of their text is here)."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from onrecord.files import decode
from onrecord.layout import segment
from onrecord.publication import publication

SEEDS = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[4] / "shared")) / "seeds"
FACTS: dict[str, dict[str, Any]] = {
    "000": {
        "publisher": "The Moscow Times",
        "agency": "Reuters",
        "authors": (),
        "dateline": None,
        "date_published": dt.date(2015, 10, 5),
        "date_published_method": "header",
    },
    "003": {
        "publisher": "VICE News",
        "agency": None,
        "authors": ("David Enders",),
        "dateline": None,
        "date_published": dt.date(2015, 10, 7),
        "date_published_method": "inferred",
        "date_not_before": dt.date(2015, 10, 3),
    },
    "004": {"publisher": None, "agency": "Reuters", "authors": (), "dateline": "BAGHDAD", "date_published": None},
}
KINDS = {
    "000": {"headline": 1, "date": 1, "caption": 1, "paragraph": 11, "boilerplate": 1, "url": 1},
    "003": {"boilerplate": 2, "headline": 1, "alternative_headline": 1, "caption": 1, "paragraph": 16, "related": 3},
    "004": {"headline": 1, "dateline": 1, "paragraph": 13},
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds lie beside the project (ONRECORD_SHARED), not in it")
@pytest.mark.parametrize("name", sorted(FACTS))
def test_as_a_careful_reader(name: str) -> None:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    text = decode(path.read_bytes()).text
    blocks = segment(text)
    found = publication(text, blocks)
    assert {fact: getattr(found, fact) for fact in FACTS[name]} == FACTS[name]
    assert Counter(str(block.kind) for block in blocks) == KINDS[name]
