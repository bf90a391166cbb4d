"""Chances of candidates, summed over who may have spoken before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from pytest import approx

from onrecord.document.article import Publication, Tagging
from onrecord.learned.trees import Doubles
from onrecord.quotes.find import read_drafts
from onrecord.quotes.speaker.features import Moment
from onrecord.quotes.speaker.ranking import Chances, weighed
from onrecord.quotes.speaker.turns import Turns
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

TEXT = """Mary Venn met Ann Rook on the bridge.
“The bridge is safe,” she said.
“We will mend it,” she added.
“We have the time,” she went on.
"""
SAID = [
    ("The bridge is safe", "said", "she"),
    ("We will mend it", "added", "she"),
    ("We have the time", "went on", "she"),
]
VENN, ROOK = 0, 1


Likely = Mapping[tuple[int | None, ...], Mapping[int | None, float]]


def chances(likely: Likely) -> list[tuple[Chances, list[int | None]]]:
    """The chances of three quotes, each with the speakers before it that are told.

    `likely` gives the candidates' by the speakers before; where it does not, whoever spoke last goes on.
    """
    named = mentions_of(TEXT, {"Mary Venn": (), "Ann Rook": ()})
    attributions = tuple(attribution(TEXT, *triple) for triple in SAID)
    scene = read_drafts(document_of(TEXT), Tagging(attributions=attributions), named, Publication()).scene

    def scores(asked: Sequence[tuple[Moment, Turns]]) -> Doubles:
        each: list[float] = []
        for moment, spoken in asked:
            given = likely.get(tuple(spoken)) or {spoken[-1]: 1 - 1e-9}
            each += [given.get(key, 1e-9) for key in moment.keys]
        odds = np.array(each) / (1 - np.array(each))
        return np.asarray(np.log(odds), dtype=np.float64)

    found = [(one, list(one.spoken)) for one in weighed(scene, scores) if one is not None]
    assert len(found) == len(SAID)
    return found


def test_who_may_have_spoken_first_may_go_on() -> None:
    for one, _ in chances({(): {VENN: 0.6, ROOK: 0.4}}):
        assert one.of[VENN] == approx(0.6, abs=1e-3)
        assert one.of[ROOK] == approx(0.4, abs=1e-3)
        assert sum(one.of.values()) == approx(1)


def test_what_is_hardly_possible_is_followed_no_further() -> None:
    (first, _), (second, _), _ = chances({(): {VENN: 0.95, None: 0.05}})
    assert first.of[None] == approx(0.05, abs=1e-3)
    assert second.of[VENN] == approx(1, abs=1e-3)


def test_the_history_that_is_told_is_that_of_the_first_candidate() -> None:
    likely: Likely = {
        (): {VENN: 0.6, ROOK: 0.4},
        (VENN,): {VENN: 0.4, ROOK: 0.3, None: 0.3},
        (ROOK,): {ROOK: 0.9, VENN: 0.1},
    }
    (_, before), (second, told), _ = chances(likely)
    assert before == []
    assert second.of[ROOK] == approx(0.6 * 0.3 + 0.4 * 0.9, abs=1e-3)  # Venn, who leads in the first history, has .28
    assert told == [ROOK]
