"""Annotated windows as the shipped encoder sees them: what the heads behind it are fitted on."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.tagger.chain import Chain, lattice, potentials_of
from onrecord.tagger.labels import CUE_KINDS, OUTSIDE
from onrecord.tagger.network import Encoded, Network
from onrecord.tagger.windows import Pieces
from training.corpora import GoldDocument
from training.examples import Example, read_documents, windows_of_epoch
from training.shipped import SHIPPED, UNADAPTED

#: A word of the speech gold that is no cue of speech, but as likely a cue to the tagger as this, is left open.
OPEN_FROM = 0.1


@dataclass(frozen=True)
class Seen:
    """A window with its gold, as the shipped encoder sees it. `open_words`: those that may be cues of attitudes."""

    example: Example
    encoded: Encoded
    open_words: NDArray[np.bool_]


def see(documents: Sequence[GoldDocument], speech: bool, seed: int) -> list[Seen]:
    """The windows of documents, through the shipped encoder. Of the speech gold, some words are left open."""
    network = Network((SHIPPED / "encoder.onnx").read_bytes(), (UNADAPTED / "linker.onnx").read_bytes())
    pieces = Pieces(Tokenizer.from_file(str(SHIPPED / "tokenizer.json")))
    steps = json.loads((UNADAPTED / "tagger.json").read_text("utf-8"))["steps"]["cues"]
    chain = Chain.from_weights(len(CUE_KINDS), steps)
    seen = []
    for example in windows_of_epoch(read_documents(documents, pieces), random.Random(seed)):  # noqa: S311
        encoded = network.encode(example.window)
        likely = 1 - lattice(chain, *potentials_of(encoded.cues[None]), np.array([len(encoded.cues)])).marginals()[0]
        seen.append(Seen(example, encoded, speech & (likely[:, OUTSIDE] > OPEN_FROM)))
    return seen
