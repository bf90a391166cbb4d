"""Ranks the candidates for each attribution of an article, in reading order, each knowing who has spoken before.

Boosted trees give each candidate, and "nobody", a probability (`speakers.onnx`, fitted by `training/speakers.py` on the
gold of `speech`, calibrated out of fold). The answers are passed on to the attributions after it, with how probable
they are (`histories.py`), so that a chain of quotes shares what its first says, and its doubt. A name that is not sure
enough is not given, but kept as a candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.coreference.organizations import body_of_place
from onrecord.coreference.referents import Method
from onrecord.coreference.source_phrases import Form
from onrecord.learned import TreeModel, load_trees
from onrecord.learned.trees import Doubles
from onrecord.quotes.attribution.draft import Link
from onrecord.quotes.speaker.candidates import candidates
from onrecord.quotes.speaker.features import Moment, columns_of
from onrecord.quotes.speaker.histories import Histories
from onrecord.quotes.speaker.scene import Scene
from onrecord.quotes.speaker.tracks import Track
from onrecord.quotes.speaker.turns import Turns

#: A name less probable than this, where those who most probably spoke before did, is not given: of those given for
#: quoted words one in forty is wrong (out of fold; python -m training.speakers).
THRESHOLD = 0.75
#: The same of a name that the rules give too.
THRESHOLD_AGREED = 0.55
#: At most so many candidates are kept for each attribution, each at least so probable.
MOST, LEAST = 3, 0.02
_AHEAD = 5  # attributions looked ahead for a source that is a name

#: The scores (log odds) of the candidates for an attribution, nobody first, after one history and the next.
Scores = Callable[[Sequence[tuple[Moment, Turns]]], Doubles]


@dataclass(frozen=True, slots=True)
class Chances:
    """How probable each candidate for one attribution is, by its key, before any calibration; nobody has null.

    `of` is summed over who may have spoken before; `alone` takes the most probable history for true.
    `spoken` are the speakers before it with whom the most probable candidate has most of its chance, until the next
    chances are asked for.
    """

    of: Mapping[int | None, float]
    alone: Mapping[int | None, float]
    spoken: Turns

    def named(self, scene: Scene) -> list[tuple[Track, float]]:
        """The named candidates, the most probable first."""
        told = [(scene.tracks[key], chance) for key, chance in self.of.items() if key is not None]
        return sorted(told, key=lambda one: -one[1])


@dataclass(frozen=True, slots=True)
class Ranked:
    """The answer for one attribution: named candidates with their probabilities, the most probable first.

    `first_alone` is the first one's where those who most probably spoke before did, which decides whether its name is
    given.
    """

    candidates: tuple[tuple[Track, float], ...]
    first_alone: float = 0.0


def model() -> TreeModel:
    """The shipped ranker, loaded once a process."""
    return load_trees(__package__, "speakers.onnx")


def scores_by(trees: TreeModel) -> Scores:
    """The scores that trees give."""
    return lambda asked: trees.scores(trees.table(columns_of(asked)))


def ranked(scene: Scene, trees: TreeModel) -> tuple[Ranked | None, ...]:
    """The ranked candidates of each draft; null where the rules' answer is certain (:func:`is_certain`)."""
    found: list[Ranked | None] = []
    for chances in weighed(scene, scores_by(trees)):
        if chances is None:
            found.append(None)
            continue
        named = chances.named(scene)
        alone = chances.alone.get(named[0][0].key, 0.0) if named else 0.0
        *calibrated, first = trees.calibrated(np.array([*(chance for _, chance in named), alone])).tolist()
        told = ((track, probability) for (track, _), probability in zip(named, calibrated, strict=True))
        found.append(Ranked(tuple(told), first))
    return tuple(found)


def weighed(scene: Scene, scores: Scores) -> Iterator[Chances | None]:
    """The chances of each draft, in order, summed over who may have spoken before; null where a rule is certain."""
    histories = Histories()
    for index in range(len(scene.drafts)):
        if is_certain(scene, index):
            histories.append(scene.keys[index])
            yield None
            continue
        answers = _answers(asked_after(scene, index, [turns for _, turns in histories]), scores)
        whole: dict[int | None, float] = {}
        for (share, _), answer in zip(histories, answers, strict=True):
            whole |= {key: whole.get(key, 0.0) + share * chance for key, chance in answer.items()}
        first = max(whole, key=lambda key: whole[key])
        parts = [share * answer.get(first, 0.0) for (share, _), answer in zip(histories, answers, strict=True)]
        yield Chances(whole, answers[0], [turns for _, turns in histories][parts.index(max(parts))])
        histories.branch(answers)


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


def asked_after(scene: Scene, index: int, histories: Sequence[Turns]) -> list[tuple[Moment, Turns]]:
    """A draft whose speaker is asked for, after each history; those with the same candidates share what is asked."""
    ahead = _named_ahead(scene, index)
    moments: dict[frozenset[int], Moment] = {}
    found: list[tuple[Moment, Turns]] = []
    for turns, rivals in zip(histories, candidates(scene, index, histories), strict=True):
        keys = frozenset(track.key for track in rivals)
        found.append((moments.setdefault(keys, Moment(scene, index, ahead, rivals)), turns))
    return found


def _answers(asked: Sequence[tuple[Moment, Turns]], scores: Scores) -> list[dict[int | None, float]]:
    """For each history the probability of each candidate, by its key."""
    ends = np.cumsum([len(moment.keys) for moment, _ in asked])
    each = np.split(scores(asked), ends[:-1])
    return [
        dict(zip(moment.keys, shares(own).tolist(), strict=True)) for (moment, _), own in zip(asked, each, strict=True)
    ]


def _named_ahead(scene: Scene, index: int) -> list[tuple[int, int | None]]:
    """The next attributions whose source is a name, as how many on and whose."""
    found: list[tuple[int, int | None]] = []
    for later in range(index + 1, min(len(scene.drafts), index + _AHEAD + 1)):
        phrase, key = scene.phrases[later], scene.keys[later]
        named = phrase is not None and phrase.form is Form.NAME and scene.drafts[later].parent is None
        if named and key is not None:
            found.append((later - index, key))
    return found
