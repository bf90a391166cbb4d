"""The attributions of annotated articles, as the pipeline finds them, with who speaks each: for `training.speakers`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.coreference import find_mentions
from onrecord.document.article import EntityType, Metadata, QuoteType
from onrecord.files.source import Source
from onrecord.quotes.find import read_drafts
from onrecord.quotes.speaker.scene import Scene
from onrecord.quotes.speaker.tracks import Track
from onrecord.reading import outline
from training.fold_tagger import tagger_for
from training.names_alike import same_name, word_numbers, words_shared
from training.speech_gold import ids_read, read_invented, read_speech_gold

#: Offsets of sources that are no names and of a name of who speaks them, by article; read by hand, without any text.
LABELS = Path(__file__).parent / "speaker_labels.jsonl"
LABELLED = ("names/worldwide_train.jsonl", "quotes/polnear_train.jsonl")
FOLDS = (0, 1, 2, 3)
#: The fold of articles that are fitted on but not measured on: another kind of gold.
OTHER = -1
_KINDS = frozenset({"person", "org", "unnamed_person", "unnamed_group"})
LEAST_SHARED = 0.5  # of the words of two contents that are one attribution

Gold = dict[str, Any]
Label = tuple[Sequence[int] | None, Sequence[Sequence[int]], Sequence[int] | None]


@dataclass(frozen=True)
class Example:
    """An article with its scene; `gold` is what is annotated of each attribution, by its number.

    `whole` tells whether all its attributions are annotated: only such articles are measured and calibrated on.
    `invented` articles are fitted on with `INVENTED_WEIGHT`, and measured apart.
    """

    scene: Scene
    gold: dict[int, Gold]
    fold: int
    whole: bool = True
    invented: bool = False

    def is_right(self, index: int, track: Track | None) -> bool:
        """Whether a candidate is the speaker of an annotated attribution."""
        gold = self.gold[index]
        if gold["kind"] not in ("person", "org"):
            return track is None
        names = [gold["speaker"], *gold.get("also", []), *gold["aliases"]]
        return track is not None and any(same_name(track.name, name, gold["kind"]) for name in names)

    def told(self) -> list[int | None]:
        """The speakers of all attributions: the gold's, where it has them, else the rules'."""
        keys = list(self.scene.keys)
        for index in self.gold:
            right = [track.key for track in self.scene.tracks.values() if self.is_right(index, track)]
            if keys[index] not in right:
                keys[index] = right[0] if right else None
        return keys


def read_examples(corpora: Path) -> list[Example]:
    """The annotated articles of folds 0 to 3, and those that have another kind of gold."""
    documents = [*read_speech_gold(corpora, FOLDS), *polnear(corpora)]
    invented = (replace(_example(row), invented=True) for row in read_invented(FOLDS))
    return [*map(_example, documents), *_labelled(corpora), *invented]


def polnear(corpora: Path) -> Iterator[dict[str, Any]]:
    """The articles of `polnear_dev.jsonl` whose sources are identified."""
    speakers = {row["id"]: row for row in map(json.loads, _lines(corpora / "quotes/speakers_dev.jsonl"))}
    for document in map(json.loads, _lines(corpora / "quotes/polnear_dev.jsonl")):
        if document["id"] in speakers:
            found = {s["i"]: s for s in speakers[document["id"]]["speakers"]}
            given = [
                {**a, **{key: found[i].get(key) for key in ("speaker", "kind", "role")}}
                for i, a in enumerate(document["attributions"])
                if i in found and not found[i].get("doubt") and a["content"] and found[i]["kind"] in _KINDS
            ]
            yield {**document, "attributions": given, "people": speakers[document["id"]]["people"], "fold": OTHER}


def _labelled(corpora: Path) -> Iterator[Example]:
    """The articles of `speaker_labels.jsonl`, whose sources that are no names were read by hand."""
    whole = ids_read()
    given = {row["id"]: row for row in map(json.loads, _lines(LABELS)) if row["id"] not in whole}
    for file in LABELLED:
        for document in map(json.loads, _lines(corpora / file)):
            row = given.get(document.get("id") or document.get("doc_id"))
            if row is not None:
                scene = _scene(document)
                yield Example(scene, labelled_gold(scene, row["labels"]), row["fold"], whole=False)


def labelled_gold(scene: Scene, labels: Sequence[Label]) -> dict[int, Gold]:
    """The gold of the attributions that labels are of, by their number.

    A label has the offsets of a source (null where there is none), of the contents, and of one name of the speaker in
    the text (null for one whom the article does not name). Labels whose attribution is no longer found are left out.
    """
    words = word_numbers(scene.text)
    found = [words_shared(words, [(s.start, s.end) for s in draft.contents]) for draft in scene.drafts]
    gold: dict[int, Gold] = {}
    for source, contents, name in labels:
        said = words_shared(words, contents)
        for index, draft in enumerate(scene.drafts):
            if index in gold:
                continue
            if source is None:
                fits = len(found[index] & said) >= LEAST_SHARED * len(found[index] | said)
            else:
                beside = draft.source is not None and draft.source.start < source[1] and source[0] < draft.source.end
                fits = beside and bool(found[index] & said)
            if fits:
                gold[index] = _named(scene, name)
                break
    return gold


def _named(scene: Scene, name: Sequence[int] | None) -> Gold:
    """The gold of a speaker one of whose names stands at `name`."""
    if name is None:
        return {"kind": "unnamed_person", "speaker": None, "aliases": [], "type": QuoteType.DIRECT.value}
    start, end = name
    printed = " ".join(scene.text[start:end].split())
    tracks = [t for t in scene.tracks.values() if any(m.start < end and start < m.end for m in t.mentions)]
    track = max(tracks, key=lambda t: len(t.starts), default=None)
    person = track is not None and track.kind is EntityType.PERSON
    return {
        "kind": "person" if person else "org",
        "speaker": printed if track is None else track.name,
        "aliases": [printed],
        "type": QuoteType.DIRECT.value,
    }


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _scene(gold: dict[str, Any]) -> Scene:
    document, facts = outline(Source(gold["text"], Metadata(publisher=gold.get("outlet"))))
    tagging = tagger_for(gold).tag([document])[0]
    return read_drafts(document, tagging, find_mentions(document, tagging.names), facts).scene


def _example(gold: dict[str, Any]) -> Example:
    scene = _scene(gold)
    words = word_numbers(scene.text)
    found = [words_shared(words, [(s.start, s.end) for s in draft.contents]) for draft in scene.drafts]
    aliases = {person["name"]: person["aliases"] for person in gold["people"]}
    golds = [{**a, "aliases": aliases.get(a["speaker"], [])} for a in gold["attributions"] if not a.get("doubt")]
    return Example(scene, matched(golds, found, words), gold["fold"])


def matched(golds: Sequence[Gold], found: Sequence[frozenset[int]], words: Mapping[int, int]) -> dict[int, Gold]:
    """The gold of each attribution found, one to one, by the words that their contents share, most alike first."""
    pairs = []
    for number, gold in enumerate(golds):
        content = words_shared(words, gold["content"])
        for index, mine in enumerate(found):
            alike = len(content & mine) / max(1, len(content | mine))
            if alike >= LEAST_SHARED:
                pairs.append((alike, number, index))
    taken: set[int] = set()
    matched: dict[int, Gold] = {}
    for _, number, index in sorted(pairs, reverse=True):
        if number not in taken and index not in matched:
            taken.add(number)
            matched[index] = golds[number]
    return matched
