"""Distances from a cue."""

import numpy as np

from onrecord.tagger.linking import DISTANCES, distance_classes


def test_classes_are_the_cue_then_nearer_to_farther_on_each_side() -> None:
    classes = distance_classes(200, 100, 102)
    assert (classes[100:102] == 0).all()
    before, after = classes[:100][::-1], classes[102:]
    assert before[0] == 1
    assert (np.diff(before) >= 0).all()
    assert (np.diff(after) >= 0).all()
    assert set(before) & set(after) == set()
    assert classes.min() >= 0
    assert classes.max() == DISTANCES - 1
