"""Chooses a person's role among the words that may be it, or none, by boosted trees (MODEL.md)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.learned import TreeModel, load_trees
from onrecord.quotes.attributes.role_candidates import Candidate
from onrecord.quotes.attributes.role_features import features_of, options_of

#: Words less probable than this are given to nobody: out of fold .3 to .4 give the same F1.
THRESHOLD = 0.3


def model() -> TreeModel:
    """The shipped ranker, loaded once a process."""
    return load_trees(__package__, "roles.onnx")


def best_role(
    candidates: Sequence[Candidate], person: PersonProfile, names: Mentions, length: int, trees: TreeModel
) -> str | None:
    """The most probable role of a person, or None; `length` of the article in code points."""
    options = options_of(candidates)
    if not options:
        return None
    probabilities = trees.probabilities(trees.rows(features_of(options, person, names, length)))
    best = int(np.argmax(probabilities))
    return options[best].role if probabilities[best] >= THRESHOLD else None
