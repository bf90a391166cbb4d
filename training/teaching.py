"""Learning from an earlier model as well as from the gold.

A born-again network (Furlanello et al. 2018) and a noisy student (Xie et al. 2020) in one: the student reads text with
words hidden, the teacher the text as it is. Where nothing is annotated (attributions in the corpora of names, names in
the corpus of attributions) the teacher's expectations are all there is, so that each head learns from every outlet;
where there is gold they share the weight with it, and say which of its choices are a matter of taste. A student of
fewer layers also learns to see words as the teacher sees them (as TinyBERT does, Jiao et al. 2020).

Expectations are those of a whole label sequence under the teacher's chain: the loss is the cross entropy of two
distributions of paths. Of several teachers, which may be larger than the student, the mean is learnt. A teacher needs
no gold, so that text of other outlets, annotated by nobody, is learnt from as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.tagger.labels import CUE_KINDS, LINK_KINDS, NAME_KINDS, OUTSIDE
from training.crf import Lesson, expectations
from training.examples import Batch
from training.link_examples import LinkBatch
from training.network import network_of
from training.reading import link_scores, word_vectors

HEADS = {"names": len(NAME_KINDS), "cues": len(CUE_KINDS), "links": len(LINK_KINDS)}
#: A word that the teachers think as likely as this in a cue is read on from, where no cues are annotated.
SEEN_CUE = 0.5


@dataclass(frozen=True)
class Sequences:
    """Windows of a batch that a head learns from: which, how long (words), the gold, and which have any."""

    rows: Tensor
    lengths: Tensor
    longest: int
    gold: Tensor
    annotated: Tensor


def sequences(batch: Batch, annotated: Tensor, gold: Tensor, taught: bool) -> Sequences:
    """The annotated windows; with a teacher all of them, the gold of the others allowing everything."""
    if not taught:
        counts = batch.word_counts[annotated]
        longest = int(counts.max()) if len(counts) else 0
        return Sequences(annotated, counts, longest, gold[:, :longest], torch.ones_like(annotated, dtype=torch.bool))
    rows = torch.arange(len(batch.word_counts), device=gold.device)
    known = torch.zeros_like(rows, dtype=torch.bool)
    known[annotated] = True
    flags = torch.ones(len(rows), *gold.shape[1:], dtype=torch.bool, device=gold.device)
    flags[annotated] = gold
    longest = int(batch.word_counts.max())
    return Sequences(rows, batch.word_counts, longest, flags[:, :longest], known)


class Teacher:
    """A trained network that only reads."""

    def __init__(self, checkpoint: Path, scale: float, device: torch.device) -> None:
        """`scale`: on its scores, makes them as sure as they are right."""
        self.network = network_of(torch.load(checkpoint)).to(device)
        self.network.eval().requires_grad_(False).bfloat16()
        self.scale = scale

    def weights(self, head: str) -> Tensor:
        """(from, to) of a head's chain."""
        held: Tensor = getattr(self.network, f"{head}_chain").steps
        return held.double() * self.scale


class Teachers:
    """Trained networks whose mean is learnt."""

    def __init__(self, checkpoints: Sequence[Path], share: float, scale: float, device: torch.device) -> None:
        """`share`: their weight where there is gold."""
        self.all = [Teacher(path, scale, device) for path in checkpoints]
        self.share = share

    def read(self, batch: Batch) -> Lessons:
        """`batch`: windows with nothing hidden."""
        with torch.no_grad():
            return Lessons(self, batch)


class Lessons:
    """What the teachers say of one batch."""

    def __init__(self, teachers: Teachers, batch: Batch) -> None:
        self.teachers, self.batch = teachers, batch
        self.words = [word_vectors(teacher.network, batch) for teacher in teachers.all]
        self.flat = [words.reshape(-1, words.shape[-1]) for words in self.words]
        networks = [teacher.network for teacher in teachers.all]
        self.around = [network.link_word(flat) for network, flat in zip(networks, self.flat, strict=True)]
        self.cue_scores = [network.cues(words) for network, words in zip(networks, self.words, strict=True)]

    def names(self, held: Sequences) -> Lesson:
        """What is expected of names in the windows."""
        scores = [
            teacher.network.names(words[held.rows])[:, : held.longest]
            for teacher, words in zip(self.teachers.all, self.words, strict=True)
        ]
        return self._lesson("names", scores, held.lengths, held.annotated)

    def cues(self, held: Sequences) -> Lesson:
        """What is expected of cues in the windows."""
        scores = [scores[held.rows, : held.longest] for scores in self.cue_scores]
        return self._lesson("cues", scores, held.lengths, held.annotated)

    def cues_of_all(self, annotated: Tensor) -> Lesson:
        """What is expected of cues in all windows, those without annotations by the teachers alone."""
        return self._lesson("cues", self.cue_scores, self.batch.word_counts, annotated)

    def seen_cues(self) -> np.ndarray:
        """Windows × words: the words that the teachers see in cues."""
        every = torch.zeros_like(self.batch.word_counts, dtype=torch.bool)
        lesson = self.cues_of_all(every)
        inside = torch.arange(lesson.labels.shape[1], device=every.device)[None] < self.batch.word_counts[:, None]
        seen: np.ndarray = ((1 - lesson.labels[..., OUTSIDE] > SEEN_CUE) & inside).cpu().numpy()
        return seen

    def links(self, links: LinkBatch) -> Lesson:
        """What is expected of the words around the cues."""
        with torch.no_grad():
            scores = [
                link_scores(teacher.network, flat, around, links)
                for teacher, flat, around in zip(self.teachers.all, self.flat, self.around, strict=True)
            ]
        return self._lesson("links", scores, links.lengths, links.annotated)

    def _lesson(self, head: str, scores: Sequence[Tensor], lengths: Tensor, annotated: Tensor) -> Lesson:
        share = torch.where(annotated, self.teachers.share, 1.0).double()
        held = [
            expectations(HEADS[head], teacher.weights(head), of.double() * teacher.scale, lengths, share)
            for teacher, of in zip(self.teachers.all, scores, strict=True)
        ]
        labels = sum((labels for labels, _ in held[1:]), start=held[0][0]) / len(held)
        steps = sum((steps for _, steps in held[1:]), start=held[0][1]) / len(held)
        return Lesson(labels, steps, share)
