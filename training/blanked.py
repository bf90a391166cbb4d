"""A tagger that reads without one of its inputs: what each of them is worth to a network trained with all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.default import NetworkTagger
from onrecord.tagger.network import Encoded, Network, Scores
from onrecord.tagger.windows import Window
from onrecord.tagger.words import CASE_EVIDENCE

#: Windows with an input set to what stands for nothing: lower case, nothing known, outside of quotation marks, apart.
BLANKS: dict[str, Callable[[Window], Window]] = {
    "quotation": lambda window: replace(window, quotation=np.zeros_like(window.quotation)),
    "shapes": lambda window: replace(window, shapes=np.zeros_like(window.shapes)),
    "evidence": lambda window: replace(window, shapes=window.shapes - window.shapes % CASE_EVIDENCE),
    "glued": lambda window: replace(window, glued=np.zeros_like(window.glued)),
}


class _Blanked(Network):
    def __init__(self, network: Network, blank: str) -> None:
        self._encoder, self._linker = network._encoder, network._linker
        self._blank = blank

    def encode(self, window: Window) -> Encoded:
        return super().encode(BLANKS[self._blank](window))

    def link(
        self, encoded: Encoded, words: tuple[int, int], quotation: NDArray[np.int64], cues: list[tuple[int, int]]
    ) -> Scores:
        seen = np.zeros_like(quotation) if self._blank == "quotation" else quotation
        return super().link(encoded, words, seen, cues)


def blanked(tagger: NetworkTagger, blank: str) -> NetworkTagger:
    """The tagger without the input `blank`, a key of `BLANKS`."""
    return NetworkTagger(_Blanked(tagger.network, blank), tagger.pieces, tagger.parameters)
