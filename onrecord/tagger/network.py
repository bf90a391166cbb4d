"""The shipped network: onnxruntime sessions over the two graphs in a model folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.linking import distance_classes
from onrecord.tagger.windows import Window

if TYPE_CHECKING:
    import onnxruntime  # type: ignore[import-untyped]

Scores = NDArray[np.float32]

#: Of onnxruntime's rewritings of a graph, those that make it slower: a norm fused with the sum before it takes five
#: times as long as the two nodes on a CPU (1.31), which was a third of the linking graph's time.
UNWANTED_FUSIONS = ["SkipLayerNormFusion"]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder says of a window's words: scores of the labels of names (words, 21) and cues (words, 5), and
    what the linking graph reads of each word and of a cue's first and last word (words, link width)."""

    names: Scores
    cues: Scores
    link_words: Scores
    cue_first: Scores
    cue_last: Scores

    def cue(self, start: int, end: int) -> Scores:
        """What the linking graph reads of a cue, words `start` to `end` (exclusive): (3 x link width,)."""
        return np.concatenate([self.link_words[start:end].mean(0), self.cue_first[start], self.cue_last[end - 1]])


class Network:
    """Runs one window at a time: the scale of quantised activations is then the window's own, so that no result
    depends on what is tagged beside it."""

    def __init__(self, encoder: bytes, linker: bytes, threads: int = 1) -> None:
        """`encoder`, `linker`: ONNX models; `threads`: of onnxruntime, per process."""
        self._encoder = _session(encoder, threads)
        self._linker = _session(linker, threads)

    def encode(self, window: Window) -> Encoded:
        feed = {
            "pieces": window.pieces[None],
            "shapes": window.shapes[None],
            "quotations": window.quotation[None],
            "glueds": window.glued[None],
            "first": window.first,
        }
        names, cues, link_words, cue_first, cue_last = self._encoder.run(None, feed)
        return Encoded(names, cues, link_words, cue_first, cue_last)

    def link(
        self, encoded: Encoded, words: tuple[int, int], quotation: NDArray[np.int64], cues: list[tuple[int, int]]
    ) -> Scores:
        """Scores (cues, words, labels) of the words of one chunk for each of its cues.

        `words`: the chunk's range in the window; `quotation`: of the chunk's words; `cues`: ranges in the chunk.
        """
        start, end = words
        first = encoded.cue_first[[start + a for a, _ in cues]]
        last = encoded.cue_last[[start + b - 1 for _, b in cues]]
        feed = {
            "words": encoded.link_words[start:end],
            "cues": first + last,
            "distance": np.stack([distance_classes(end - start, a, b) for a, b in cues]),
            "quotation": quotation,
        }
        (scores,) = self._linker.run(None, feed)
        return np.asarray(scores, np.float32)


def _session(model: bytes, threads: int) -> onnxruntime.InferenceSession:
    import onnxruntime

    return onnxruntime.InferenceSession(
        model, session_options(threads), providers=["CPUExecutionProvider"], disabled_optimizers=UNWANTED_FUSIONS
    )


def session_options(threads: int) -> onnxruntime.SessionOptions:
    """What a graph is run with: one window after the other, and no thread that waits for work in a loop."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
