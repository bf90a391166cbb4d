"""Why a candidate was ranked first: which groups of features spoke for it against the next one."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.learned import TreeModel
from onrecord.quotes.speaker.features import GROUPS, features_of
from onrecord.quotes.speaker.ranking import asked_after, scores_by, weighed
from onrecord.quotes.speaker.scene import Scene

#: At most so many groups are told, each worth at least so much (log odds).
MOST, LEAST = 3, 0.2


@dataclass(frozen=True, slots=True)
class Reason:
    """A group of features, and by how much (log odds) the first candidate would fall with the second's values."""

    group: str
    weight: float


def reasons(scene: Scene, trees: TreeModel) -> tuple[tuple[Reason, ...], ...]:
    """The reasons for the first candidate of each attribution against the next, or nobody; none where a rule decides.

    For each group of features the first candidate is scored once more with the second one's values in that group, as if
    the speakers before were those with whom it has most of its chance.
    """
    found: list[tuple[Reason, ...]] = []
    for index, chance in enumerate(weighed(scene, scores_by(trees))):
        if chance is None:
            found.append(())
            continue
        asked = asked_after(scene, index, [chance.spoken])
        moment, rows = asked[0][0], features_of(asked)
        first, *others = sorted(range(len(rows)), key=lambda n: -chance.of[moment.keys[n]])
        found.append(_against(trees, rows[first], rows[others[0]]) if others else ())
    return tuple(found)


def _against(trees: TreeModel, first: dict[str, float], second: dict[str, float]) -> tuple[Reason, ...]:
    groups = sorted(set(GROUPS.values()))
    exchanged = [{n: (second if GROUPS[n] == group else first)[n] for n in first} for group in groups]
    whole, *without = trees.scores(trees.rows([first, *exchanged])).tolist()
    worth = [Reason(group, whole - score) for group, score in zip(groups, without, strict=True)]
    return tuple(sorted((r for r in worth if r.weight >= LEAST), key=lambda r: -r.weight)[:MOST])
