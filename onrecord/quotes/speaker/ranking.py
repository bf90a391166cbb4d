"""Ranks the candidates for each attribution of an article, in reading order, each knowing who has spoken before.

Boosted trees give each candidate, and "nobody", a probability (`speakers.onnx`, fitted by `training/speakers.py` on the
gold of `speech`, calibrated out of fold). The most probable answer is passed on to the attributions after it, so that a
chain of quotes shares what its first says. A name that is not sure enough is not given, but kept as a candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.coreference.organizations import body_of_place
from onrecord.coreference.referents import Method
from onrecord.coreference.source_phrases import Form
from onrecord.learned import TreeModel, load_trees
from onrecord.learned.trees import Doubles
from onrecord.quotes.attribution.draft import Link
from onrecord.quotes.speaker.candidates import Scene, Track
from onrecord.quotes.speaker.features import Moment, columns_of, features_of
from onrecord.quotes.speaker.turns import Turns

#: A name less probable than this is not given: of those given for quoted words one in fifty is wrong (out of fold;
#: python -m training.speakers).
THRESHOLD = 0.65
#: The same of a name that the rules give too.
THRESHOLD_AGREED = 0.45
#: At most so many candidates are kept for each attribution, each at least so probable.
MOST, LEAST = 3, 0.02
_AHEAD = 5  # attributions looked ahead for a source that is a name


@dataclass(frozen=True, slots=True)
class Ranked:
    """The answer for one attribution: named candidates with their probabilities, the most probable first.

    `key` is the most probable answer of all, null for nobody.
    """

    key: int | None
    candidates: tuple[tuple[Track, float], ...]


def model() -> TreeModel:
    """The shipped ranker, loaded once a process."""
    return load_trees(__package__, "speakers.onnx")


def ranked(scene: Scene, trees: TreeModel) -> tuple[Ranked | None, ...]:
    """The ranked candidates of each draft; null where the rules' answer is certain (:func:`is_certain`)."""
    spoken = Turns()
    found: list[Ranked | None] = []
    for index in range(len(scene.drafts)):
        if is_certain(scene, index):
            spoken.append(scene.keys[index])
            found.append(None)
            continue
        moment, candidates = _weighed(scene, index, spoken)
        among = shares(trees.scores(trees.table(columns_of(moment, candidates))))
        calibrated = trees.calibrated(among)
        order = sorted(range(len(candidates)), key=lambda n: -among[n])
        first = candidates[order[0]]
        named = [(track, float(calibrated[n])) for n in order if (track := candidates[n]) is not None]
        spoken.append(None if first is None else first.key)
        found.append(Ranked(spoken[-1], tuple(named)))
    return tuple(found)


def shares(scores: Doubles) -> Doubles:
    """The candidates' probabilities, of scores in log odds, as shares of their sum: rivals that fit too count."""
    each = 1 / (1 + np.exp(-scores))
    found: Doubles = each / each.sum()
    return found


def is_certain(scene: Scene, index: int) -> bool:
    """Whether a rule decides: a transcript's label, the author's own words, a source that is said not to be named, or a
    name that no mention covers there."""
    ruled, phrase = scene.ruled[index], scene.phrases[index]
    if scene.drafts[index].link is Link.TURN or ruled.method in (Method.AUTHOR, Method.WITHHELD):
        return True
    uncovered = phrase is not None and phrase.mention is None and phrase.form is not Form.PRONOUN
    return uncovered and ruled.method is Method.NAME and (_is_name(scene, index) or _is_body_of_place(scene, index))


def _is_name(scene: Scene, index: int) -> bool:
    """Whether a source is the name that the rules found, as it is printed elsewhere: ``the Harbour Cardinal``."""
    source = scene.drafts[index].source
    called = None if source is None else scene.mentions.called(scene.text, source)
    return called is not None and called.local_id == scene.keys[index]


def _is_body_of_place(scene: Scene, index: int) -> bool:
    """Whether a source is itself a body named by its place or people: ``the Norlandish police``."""
    source, phrase = scene.drafts[index].source, scene.phrases[index]
    body = None if source is None or phrase is None else body_of_place(scene.text, source, phrase)
    return body is not None and body.name == scene.ruled[index].name


def rows_of(
    scene: Scene, index: int, spoken: Sequence[int | None]
) -> tuple[list[Track | None], list[dict[str, float]]]:
    """The candidates for a draft, nobody first, and their features."""
    moment, candidates = _weighed(scene, index, spoken if isinstance(spoken, Turns) else Turns(spoken))
    return candidates, features_of(moment, candidates)


def _weighed(scene: Scene, index: int, spoken: Turns) -> tuple[Moment, list[Track | None]]:
    """A draft whose speaker is asked for, and the candidates, nobody first."""
    rivals = scene.candidates(index, spoken)
    return Moment(scene, index, spoken, _named_ahead(scene, index), rivals), [None, *rivals]


def _named_ahead(scene: Scene, index: int) -> list[tuple[int, int | None]]:
    """The next attributions whose source is a name, as how many on and whose."""
    found: list[tuple[int, int | None]] = []
    for later in range(index + 1, min(len(scene.drafts), index + _AHEAD + 1)):
        phrase, key = scene.phrases[later], scene.keys[later]
        named = phrase is not None and phrase.form is Form.NAME and scene.drafts[later].parent is None
        if named and key is not None:
            found.append((later - index, key))
    return found
