"""The shipped tagger: windows through the network, label scores through the chains, words back to characters."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.document.article import Attribution, NameSpan, Span, Tagging
from onrecord.document.document import Document
from onrecord.learned.trees import model_bytes
from onrecord.tagger.chain import Chain
from onrecord.tagger.consistency import NameEvidence, Weights, agreed_kinds
from onrecord.tagger.decoding import FoundLink, FoundSpan, decode_cues, decode_links, decode_spans
from onrecord.tagger.labels import CUE_KINDS, LINK_KINDS, NAME_KINDS
from onrecord.tagger.network import Encoded, Network
from onrecord.tagger.windows import Chunk, Pieces, Window, pack, read_chunks

#: A folder with other weights than the shipped ones, as `training.export` writes it.
FOLDER_VARIABLE = "ONRECORD_TAGGER_MODEL"
#: The package of the shipped weights.
MODEL = "onrecord.tagger.model"
#: Windows decoded together: decoding many small sequences at once saves time; the results are the same.
GROUP = 32

Calibration = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SpeechCues:
    """Tells cues of speech and writing from those of thoughts and deeds: a logistic regression on what the linking
    graph reads of a cue (`training.speech_cues`). `weight`: (3 x link width,)."""

    weight: NDArray[np.float32]
    bias: float

    def probability(self, encoded: Encoded, start: int, end: int) -> float:
        """That words `start` to `end` (exclusive) are a cue of speech or writing, if they are a cue."""
        odds = float(encoded.cue(start, end) @ self.weight) + self.bias
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 4)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What decoding needs beside the graphs: the chains, and how raw probabilities are calibrated."""

    name: str
    names: Chain
    cues: Chain
    links: Chain
    calibration: dict[str, Calibration]
    cue_bonus: float
    consistency: Weights
    speech: SpeechCues | None = None

    @staticmethod
    def read(text: str) -> Parameters:
        held = json.loads(text)
        chains = {
            key: Chain.from_weights(len(kinds), held["steps"][key])
            for key, kinds in (("names", NAME_KINDS), ("cues", CUE_KINDS), ("links", LINK_KINDS))
        }
        calibration = {key: (float(a), float(b)) for key, (a, b) in held["calibration"].items()}
        weights = Weights(*(float(weight) for weight in held["consistency"]))
        speech = held.get("speech")
        return Parameters(
            held["name"],
            **chains,
            calibration=calibration,
            cue_bonus=held["cue_bonus"],
            consistency=weights,
            speech=SpeechCues(np.array(speech["weight"], np.float32), speech["bias"]) if speech else None,
        )


@dataclass(frozen=True, slots=True)
class _Item:
    """A window with the article that it is from."""

    article: int
    window: Window
    encoded: Encoded


class NetworkTagger:
    """A `Tagger` over a model folder. Memory does not grow with an article beyond what is found in it."""

    def __init__(self, network: Network, pieces: Pieces, parameters: Parameters) -> None:
        self.network = network
        self.pieces = pieces
        self.parameters = parameters

    @property
    def name(self) -> str:
        return self.parameters.name

    def tag(self, documents: Sequence[Document]) -> list[Tagging]:
        """One `Tagging` a document. A span never crosses from one passage into the next; the edges of cue, source and
        content are words, without marks beside them."""
        names: list[list[NameEvidence]] = [[] for _ in documents]
        attributions: list[list[Attribution]] = [[] for _ in documents]
        possible: list[list[Attribution]] = [[] for _ in documents]
        for group in self._groups(documents):
            self._add_names(group, names)
            found, others = decode_cues(
                self.parameters.cues, [item.encoded.cues for item in group], self.parameters.cue_bonus
            )
            self._add_attributions(group, found, attributions)
            self._add_attributions(group, others, possible)
        return [
            Tagging(self._names(n), tuple(a), tuple(p)) for n, a, p in zip(names, attributions, possible, strict=True)
        ]

    def _names(self, found: Sequence[NameEvidence]) -> tuple[NameSpan, ...]:
        agreed = agreed_kinds(found, self.parameters.consistency)
        return tuple(
            NameSpan(name.start, name.end, NAME_KINDS[kind], self._honest("names", probability))
            for name, (kind, probability) in zip(found, agreed, strict=True)
        )

    def _groups(self, documents: Sequence[Document]) -> Iterator[list[_Item]]:
        held: list[_Item] = []
        for number, document in enumerate(documents):
            for window in pack(read_chunks(document, self.pieces)):
                held.append(_Item(number, window, self.network.encode(window)))
                if len(held) == GROUP:
                    yield held
                    held = []
        if held:
            yield held

    def _add_names(self, group: Sequence[_Item], names: list[list[NameEvidence]]) -> None:
        found = decode_spans(self.parameters.names, [item.encoded.names for item in group])
        for item, spans in zip(group, found, strict=True):
            for chunk, span in _by_chunk(item.window, spans):
                words = chunk.words
                place = words.starts[span.start], words.ends[span.end - 1]
                spelt = tuple(words.norms[span.start : span.end])
                names[item.article].append(NameEvidence(*place, spelt, span.by_kind))

    def _add_attributions(
        self, group: Sequence[_Item], found: Sequence[Sequence[FoundSpan]], attributions: list[list[Attribution]]
    ) -> None:
        """Add what the linking graph gives to the cues of each window."""
        asked: list[tuple[int, Chunk, FoundSpan, float | None]] = []
        told = self.parameters.speech
        rows = []
        for item, spans in zip(group, found, strict=True):
            cues = _by_chunk(item.window, spans)
            for chunk, words in zip(item.window.chunks, item.window.ranges, strict=True):
                here = [span for at, span in cues if at is chunk]
                if here:
                    quotation = chunk.quotation[chunk.first]
                    rows += list(self.network.link(item.encoded, words, quotation, [(c.start, c.end) for c in here]))
                    for cue in here:
                        at = words[0] + cue.start, words[0] + cue.end
                        asked.append((item.article, chunk, cue, told.probability(item.encoded, *at) if told else None))
        for (article, chunk, cue, speech), link in zip(asked, decode_links(self.parameters.links, rows), strict=True):
            if link.content:
                attributions[article].append(self._attribution(chunk, cue, link, speech))

    def _attribution(self, chunk: Chunk, cue: FoundSpan, link: FoundLink, speech: float | None) -> Attribution:
        starts, ends = chunk.words.starts, chunk.words.ends
        return Attribution(
            content=tuple(Span(starts[a], ends[b - 1]) for a, b in link.content),
            cue=Span(starts[cue.start], ends[cue.end - 1]),
            source=Span(starts[link.source[0]], ends[link.source[1] - 1]) if link.source else None,
            score=self._honest("attribution", cue.probability * link.probability),
            content_score=self._honest("content", cue.probability * link.content_probability),
            cue_score=self._honest("cue", cue.probability),
            source_score=self._honest("source", cue.probability * link.source_probability),
            speech_score=speech,
        )

    def _honest(self, kind: str, probability: float) -> float:
        return calibrated(probability, *self.parameters.calibration[kind])


def calibrated(probability: float, slope: float, shift: float) -> float:
    """Applies Platt's (1999) correction on the log odds; the result is rounded to the digits that it is good to."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return round(1 / (1 + math.exp(-(slope * math.log(p / (1 - p)) + shift))), 4)


def _by_chunk(window: Window, spans: Sequence[FoundSpan]) -> list[tuple[Chunk, FoundSpan]]:
    """The window's spans with the chunk that each is in, in the chunk's word numbering. One that runs over the end of
    a chunk is cut off there."""
    placed = []
    at = 0
    for span in spans:
        while span.start >= window.ranges[at][1]:
            at += 1
        start, end = window.ranges[at]
        placed.append((window.chunks[at], replace(span, start=span.start - start, end=min(span.end, end) - start)))
    return placed


def load_tagger_folder(folder: Traversable, threads: int = 1) -> NetworkTagger:
    """The tagger whose model is in `folder` (`encoder.onnx`, `linker.onnx`, `tokenizer.json`, `tagger.json`).

    Raises FileNotFoundError where one of them is missing.
    """
    return tagger_of(lambda name: (folder / name).read_bytes(), threads)


def default_tagger(folder: Path | None = None, threads: int = 1) -> NetworkTagger:
    """The shipped tagger, or the one in `folder` or in the folder that ONRECORD_TAGGER_MODEL names.

    Files of the shipped one are those of the same name in the folder that `ONRECORD_LEARNED` names, if it has any.
    """
    other = folder or os.environ.get(FOLDER_VARIABLE)
    if other:
        return load_tagger_folder(Path(other), threads)
    return tagger_of(lambda name: model_bytes(MODEL, name), threads)


def tagger_of(bytes_of: Callable[[str], bytes], threads: int = 1) -> NetworkTagger:
    """The tagger of a model folder whose files `bytes_of` reads by name."""
    network = Network(bytes_of("encoder.onnx"), bytes_of("linker.onnx"), threads)
    tokenizer = Tokenizer.from_str(bytes_of("tokenizer.json").decode("utf-8"))
    return NetworkTagger(network, Pieces(tokenizer), Parameters.read(bytes_of("tagger.json").decode("utf-8")))
