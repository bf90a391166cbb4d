"""Learning from an earlier model as well as from the gold.

A born-again network (Furlanello et al. 2018) and a noisy student (Xie et al. 2020) in one: the student reads text with
words hidden, the teacher the text as it is. Where nothing is annotated (attributions in the corpora of names, names in
the corpus of attributions) the teacher's expectations are all there is, so that each head learns from every outlet;
where there is gold they share the weight with it, and say which of its choices are a matter of taste. A student of
fewer layers also learns to see words as the teacher sees them (as TinyBERT does, Jiao et al. 2020).

Expectations are those of a whole label sequence under the teacher's chain: the loss is the cross entropy of two
distributions of paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.tagger.chain import Chain, lattice, potentials_of
from onrecord.tagger.labels import CUE_KINDS, LINK_KINDS, NAME_KINDS, OUTSIDE
from training.crf import Lesson
from training.examples import Batch
from training.link_examples import LinkBatch
from training.network import network_of
from training.reading import link_scores, word_vectors

HEADS = {"names": NAME_KINDS, "cues": CUE_KINDS, "links": LINK_KINDS}
#: A word that the teacher thinks as likely as this in a cue is read on from, where no cues are annotated.
SEEN_CUE = 0.5


@dataclass(frozen=True)
class Sequences:
    """Windows of a batch that a head learns from: which, how long (words), the gold, and which have any."""

    rows: Tensor
    lengths: Tensor
    longest: int
    gold: Tensor
    annotated: np.ndarray


def sequences(batch: Batch, annotated: Tensor, gold: Tensor, taught: bool) -> Sequences:
    """The annotated windows; with a teacher all of them, the gold of the others allowing everything."""
    if not taught:
        counts = batch.word_counts[annotated]
        longest = int(counts.max()) if len(counts) else 0
        return Sequences(annotated, counts, longest, gold[:, :longest], np.ones(len(annotated), bool))
    rows = torch.arange(len(batch.word_counts))
    known = np.zeros(len(rows), bool)
    known[annotated.numpy()] = True
    flags = torch.ones(len(rows), *gold.shape[1:], dtype=torch.bool)
    flags[annotated] = gold
    longest = int(batch.word_counts.max())
    return Sequences(rows, batch.word_counts, longest, flags[:, :longest], known)


class Teacher:
    """A trained network that only reads."""

    def __init__(self, checkpoint: Path, share: float, scale: float) -> None:
        """`share`: its weight where there is gold; `scale`: on its scores, makes them as sure as they are right."""
        state = torch.load(checkpoint)
        self.network = network_of(state)
        self.network.eval().requires_grad_(False).bfloat16()
        self.share, self.scale = share, scale
        self.chains = {
            head: Chain.of(len(kinds), state[f"{head}_chain.steps"].numpy() * scale) for head, kinds in HEADS.items()
        }

    def read(self, batch: Batch) -> Lessons:
        """`batch`: windows with nothing hidden."""
        return Lessons(self, batch, word_vectors(self.network, batch))


class Lessons:
    """What the teacher says of one batch."""

    def __init__(self, teacher: Teacher, batch: Batch, words: Tensor) -> None:
        """`words`: (windows, words, width)."""
        self.teacher, self.batch = teacher, batch
        self.words = words
        self.flat = words.reshape(-1, words.shape[-1])
        self.around = teacher.network.link_word(self.flat)
        self.cue_scores = self._scaled(teacher.network.cues(words))

    def names(self, held: Sequences) -> Lesson:
        scores = self._scaled(self.teacher.network.names(self.words[held.rows]))
        return self._lesson("names", scores[:, : held.longest], held.annotated)

    def cues(self, held: Sequences) -> Lesson:
        return self._lesson("cues", self.cue_scores[held.rows.numpy(), : held.longest], held.annotated)

    def seen_cues(self) -> np.ndarray:
        """Windows × words: the words that the teacher sees in cues."""
        lengths = self.batch.word_counts.numpy()
        read = lattice(self.teacher.chains["cues"], *potentials_of(self.cue_scores), lengths)
        inside = np.arange(self.cue_scores.shape[1])[None] < lengths[:, None]
        seen: np.ndarray = (1 - read.marginals()[..., OUTSIDE] > SEEN_CUE) & inside
        return seen

    def links(self, links: LinkBatch) -> Lesson:
        scores = self._scaled(link_scores(self.teacher.network, self.flat, self.around, links))
        return self._lesson("links", scores, links.annotated)

    def _scaled(self, scores: Tensor) -> np.ndarray:
        scaled: np.ndarray = scores.float().numpy() * self.teacher.scale
        return scaled

    def _lesson(self, head: str, scores: np.ndarray, annotated: np.ndarray) -> Lesson:
        return Lesson(scores, self.teacher.chains[head], np.where(annotated, self.teacher.share, 1.0))
