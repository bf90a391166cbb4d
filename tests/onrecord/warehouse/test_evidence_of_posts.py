"""A post printed whole stands in no quotation marks: its credit says that it is direct."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from onrecord import read
from onrecord.document.article import QuoteType
from onrecord.warehouse.evidence import quote_evidence
from onrecord.warehouse.rows import Lineage, article_rows

POST = "Ferry stops\n\nThe board stopped the ferry.\n\n{}\n\nRain fell all day."
WORDS = "We are sorry that the ferry stops today."


def are_marked(text: str, lineage: Lineage, move: int = 0) -> list[bool]:
    """What the evidence says of the direct quotes of a text, their content moved by some letters."""
    rows = article_rows(read(text), lineage)
    direct = [row | {"correction_ids": None} for row in rows["quotes"] if row["quote_type"] == QuoteType.DIRECT]
    for row in direct:
        row["content_spans"] = [{"start": s["start"] + move, "end": s["end"] + move} for s in row["content_spans"]]
    articles = {article["article_id"]: article for article in rows["articles"]}
    return list(quote_evidence(pd.DataFrame(direct), articles, dt.date(2024, 6, 1))["direct_is_marked"])


@pytest.mark.parametrize(
    "credit",
    [
        "— Orla Venn (@orla_v) May 3, 2024",
        "https://t.co/ab12 — Orla Venn (@orla_v) May 3, 2024",
        "-- Orla Venn (@orla_v)",
        "— Orla Venn (@orla.corran.example) May 3, 2024",
    ],
)
def test_a_post_before_its_credit_is_direct(lineage: Lineage, credit: str) -> None:
    text = POST.format(f"{WORDS} {credit}")
    assert are_marked(text, lineage) == [True]
    assert are_marked(text, lineage, move=-9) == [False]
