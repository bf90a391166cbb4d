"""Who may speak an attribution, of the people, bodies and places of the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from onrecord.quotes.speaker.exclusions import is_another
from onrecord.quotes.speaker.scene import Scene
from onrecord.quotes.speaker.tracks import Track
from onrecord.quotes.speaker.turns import Turns

#: At most so many candidates are weighed: the nearest named before the report, those named only behind it, and those
#: that have spoken so far.
BEFORE, BEHIND, SPOKEN = 14, 4, 6


def candidates(scene: Scene, index: int, histories: Iterable[Turns]) -> Iterator[list[Track]]:
    """The tracks weighed for a draft after each history of speakers: those of its source, of the rules, of the last
    speakers, and the nearest."""
    draft, begin, ruled = scene.drafts[index], scene.begin(index), scene.keys[index]
    inside = [] if draft.source is None else [m.local_id for m in scene.mentions.within(draft.source)]
    own = [key for key in inside if key in scene.tracks] + ([] if ruled is None else [ruled])
    named = bisect_left(scene.first_named, (begin, 0))
    near = [*_nearest(scene, begin), *(key for _, key in scene.first_named[named : named + BEHIND])]
    may_speak: dict[int, bool] = {}
    for spoken in histories:
        keys = dict.fromkeys([*own, *spoken.latest(SPOKEN), *near])
        for key in keys.keys() - may_speak.keys():
            may_speak[key] = key == ruled or not is_another(scene, index, scene.tracks[key])
        yield [scene.tracks[key] for key in keys if may_speak[key]]


def _nearest(scene: Scene, offset: int) -> Iterator[int]:
    """The tracks last named before `offset`, the nearest first, at most `BEFORE`."""
    seen: set[int] = set()
    for place in range(bisect_left(scene.named, (offset, 0)) - 1, -1, -1):
        key = scene.named[place][1]
        if key not in seen:
            seen.add(key)
            yield key
        if len(seen) == BEFORE:
            return
