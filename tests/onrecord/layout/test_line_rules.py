"""The rules in YAML: each knows its own example, none takes prose, none is slow."""

from __future__ import annotations

import re
import time

import pytest

from onrecord.layout.captions import is_caption
from onrecord.layout.line_rules import line_rule
from onrecord.lexicon.word_lists import read_yaml, word_list

RULES = read_yaml("onrecord.layout", "line_rules.yaml")


@pytest.mark.parametrize("row", RULES, ids=lambda row: row["name"])
def test_a_rule_knows_its_example(row: dict[str, str]) -> None:
    rule = line_rule(row["example"])
    assert rule is not None
    assert (rule.name, rule.kind) == (row["name"], row["kind"])
    assert row["reason"]


@pytest.mark.parametrize("mark", word_list("caption_words.yaml")["marks"], ids=lambda mark: mark["example"])
def test_a_caption_mark_knows_its_example(mark: dict[str, str]) -> None:
    assert re.search(mark["pattern"], mark["example"], re.IGNORECASE)
    assert is_caption(mark["example"])


@pytest.mark.parametrize(
    "words",
    [
        "Read more of the colonel's letters, the crofters said, and you would think the island was empty.",
        "Follow the cliff path on any evening and you will hear the guns, she said.",
        "Copyright, the county's lawyer said in court, was the wrong word.",
        "Advertisement for the spraying was posted only in the courthouse, the suit says.",
        "Tags on the hives show that all of them were registered.",
        "Watch out for ice on the bridge, the mayor warned.",
        "Related companies in three countries were searched.",
        "“Follow me on Twitter,” the minister told the crowd.",
        "Reporting by the ministry has been late for years, the auditor said.",
        "Sign language is taught in only two schools.",
        "Reuters was told that the talks had failed.",
        "Research by Tam Okoro, of the coast institute, has shown that the cliffs are moving.",
        "More from the sea than from the sky, the flood came at night.",
        "Share prices fell.",
        "Support for the bill has grown since the members of the free church joined the march today.",
        "The story is over, and the years have gone.",
        "Source code was stolen.",
        "(c) the third thing is money, and there is none.",
    ],
)
def test_prose_is_not_taken(words: str) -> None:
    assert line_rule(words) is None


@pytest.mark.parametrize(
    "seed",
    [
        "like ",
        "share | ",
        "x ",
        "#tag ",
        "privacy policy ",
        "terms of use | ",
        "a ",
        "- ",
        "reuters/ ",
        "by ",
        "watch ",
    ],
)
def test_no_rule_backtracks(seed: str) -> None:
    for length in (80, 140, 260, 500):
        words = (seed * length)[: length - 1] + "!"
        start = time.process_time()
        line_rule(words)
        # That it ends at all: a rule that backtracks would take years here, and one that does not, microseconds.
        assert time.process_time() - start < 10
