"""What the tagger learns from the speech gold: the whole network, from where `python -m training` has left it.

`python -m training.adapting CORPORA --work FOLDER`

The gold (`training.speech_gold`) marks reports of speech and writing in articles of other outlets and years than
PolNeAR's, but no attitudes. So of its words only those are taken for no cue that the tagger, as it was, thinks unlikely
to be one; the others are left open. Part of PolNeAR's articles and of those with names is read beside it, and what is
not annotated in a window is learned from the tagger as it was, so that nothing is unlearnt.

Two networks are fitted, each on one half of the folds 0 to 3, and each reads the articles of the other half wherever
something is measured or fitted on what the tagger finds (`training/folds/01` and `23`). The one that ships is their
mean (model soups, Wortsman et al. 2022). All begin with `training/unadapted`, which has seen no speech gold.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.tagger.default import load_tagger_folder
from onrecord.tagger.labels import OUTSIDE
from training.average import mean
from training.calibrate import calibrate
from training.corpora import GoldDocument, quoted, read_corpora
from training.examples import Batch, Example, GoldChunk, batches_of_epoch, read_documents, to_batch, windows_of_epoch
from training.export import export
from training.fold_tagger import ENCODED, FOLDS, HALVES, HELD_OUT
from training.minilm import load_pieces
from training.network import Network, network_of
from training.quantising import some_windows
from training.shipped import SHIPPED, UNADAPTED, checkpoint_of
from training.speech_cues import add_speech_cues, proposed
from training.speech_gold import read_speech_gold
from training.teaching import Lessons, Teachers
from training.train import HalfPrecision, losses, rate_factor
from training.train import Settings as First

#: A word of the speech gold that is no cue of speech, but as likely a cue to the tagger as it was, is left open.
OPEN_FROM = 0.1
#: What stays as it was, besides the first layers: the embeddings.
FROZEN = ("piece", "position", "shape", "quotation", "glued", "norm.")
VERSION = "4"


@dataclass(frozen=True)
class Settings:
    """How a network is fitted."""

    seed: int = 7
    epochs: int = 2
    batch_pieces: int = 3072
    rate: float = 1e-4
    head_rate: float = 5e-4
    warmup: float = 0.06
    dropout: float = 0.1
    hidden_words: float = 0.03
    frozen_layers: int = 2
    quotes: float = 0.4  # share of PolNeAR's articles that an epoch reads
    names: float = 0.08  # the same of the articles with names


@dataclass(frozen=True)
class Reading:
    """What a network is fitted on: the chunks of articles of the speech gold, with quotes, and with names."""

    speech: Sequence[list[GoldChunk]]
    quotes: Sequence[list[GoldChunk]]
    names: Sequence[list[GoldChunk]]

    def epoch(self, rng: random.Random, settings: Settings) -> list[Example]:
        """The windows of an epoch."""
        quotes = rng.sample(self.quotes, round(settings.quotes * len(self.quotes)))
        names = rng.sample(self.names, round(settings.names * len(self.names)))
        return windows_of_epoch([*self.speech, *quotes, *names], rng)

    def is_speech(self) -> frozenset[int]:
        """The identities of the chunks in which only speech and writing are annotated."""
        return frozenset(id(gold.chunk) for chunks in self.speech for gold in chunks)


def read_speech(folder: Path, folds: Sequence[int]) -> list[GoldDocument]:
    """The speech gold of some folds; attributions without a cue say nothing of cues and are left out."""
    return [
        replace(document, attributions=tuple(a for a in document.attributions or () if a.cue))
        for document in map(quoted, read_speech_gold(folder, folds))
    ]


def open_words(batch: Batch, lessons: Lessons, speech: frozenset[int]) -> NDArray[np.bool_]:
    """Windows x words: what may be a cue of an attitude, in windows in which none are annotated."""
    every = torch.zeros_like(batch.word_counts, dtype=torch.bool)
    likely = 1 - lessons.cues_of_all(every).labels[..., OUTSIDE]
    windows = np.array([id(example.gold[0].chunk) in speech for example in batch.examples])
    gold = np.zeros(likely.shape, bool)
    gold[batch.cues_rows.numpy()] = ~batch.cues[..., OUTSIDE].numpy()
    found: NDArray[np.bool_] = (likely.numpy() > OPEN_FROM) & windows[:, None] & ~gold
    return found


def adapt(reading: Reading, start: Path, settings: Settings) -> dict[str, Tensor]:
    """The weights of the network at `start`, fitted on what is read, with itself as it was for a teacher."""
    torch.manual_seed(settings.seed)
    network = network_of(torch.load(start), settings.dropout)
    for name, weight in network.named_parameters():
        weight.requires_grad_(not _is_frozen(name, settings.frozen_layers))
    first = First(encoder_rate=settings.rate, head_rate=settings.head_rate)
    trainer, teachers = HalfPrecision(network, first), Teachers([start], 0.0, 1.0, torch.device("cpu"))
    speech, step = reading.is_speech(), 0
    network.train()
    for epoch in range(settings.epochs):
        rng = random.Random(settings.seed * 1000 + epoch)  # noqa: S311 - reproducible
        batches = list(batches_of_epoch(reading.epoch(rng, settings), settings.batch_pieces, rng))
        for number, examples in enumerate(batches):
            loss = batch_loss(network, examples, teachers, speech, first, settings, rng)
            loss.backward()
            trainer.step(rate_factor(step / (len(batches) * settings.epochs), settings.warmup))
            step += 1
            if number % 20 == 0:
                print(f"epoch {epoch + 1} {number}/{len(batches)} loss {loss.item():.4f}", flush=True)
    return trainer.full_state()


def batch_loss(
    network: Network,
    examples: list[Example],
    teachers: Teachers,
    speech: frozenset[int],
    first: First,
    settings: Settings,
    rng: random.Random,
) -> Tensor:
    """The mean loss a word of names, cues and links."""
    lessons = teachers.read(to_batch(examples, None))
    batch = to_batch(examples, rng, settings.hidden_words)
    parts = losses(network, batch, first, True, rng, lessons, open_words(batch, lessons, speech))
    mean_loss: Tensor = torch.stack(list(parts.values())).sum() / float(batch.word_counts.sum())
    return mean_loss


def _is_frozen(name: str, layers: int) -> bool:
    return name.startswith(FROZEN) or (name.startswith("layers.") and int(name.split(".")[1]) < layers)


def finish(work: Path, corpora: Path, speech: dict[int, list[GoldDocument]]) -> None:
    """Of the checkpoints of both halves, and of their mean, the model files where they are read."""
    torch.save(mean([work / f"{half}.pt" for half in HALVES]), work / "whole.pt")
    settings = First()
    documents = read_corpora(corpora, settings.seed, settings.aside)
    windows = some_windows(documents.train, settings.seed)
    for name in (*HALVES, "whole"):
        export(work / f"{name}.pt", work / name, VERSION, windows)
        print(f"{name}: calibration {calibrate(work / name, documents.aside)}", flush=True)
    seen = {
        fold: list(proposed(speech[fold], load_tagger_folder(work / half)))
        for half, folds in HALVES.items()
        for fold in folds
    }
    for half, folds in HALVES.items():
        for name in ENCODED:
            (FOLDS / half).mkdir(exist_ok=True)
            shutil.copy(work / half / name, FOLDS / half / name)
        for fold in folds:
            cues = [cue for other, held in seen.items() if other != fold for cue in held]
            add_speech_cues(work / half / "tagger.json", cues, FOLDS / str(fold) / "tagger.json")
    cues = [cue for held in seen.values() for cue in held]
    for path in (work / "whole").iterdir():
        shutil.copy(path, SHIPPED / path.name)
    for at in (SHIPPED, FOLDS / str(HELD_OUT)):
        add_speech_cues(work / "whole/tagger.json", cues, at / "tagger.json")


def main() -> None:
    """The command line: fits both halves, and stores them and their mean, which ships."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder for checkpoints and models in the making")
    parser.add_argument("--halves", nargs="*", choices=list(HALVES), default=list(HALVES), help="those to fit anew")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    given.work.mkdir(parents=True, exist_ok=True)
    torch.save(checkpoint_of(UNADAPTED), given.work / "start.pt")
    first, settings, cut = First(), Settings(), load_pieces()
    documents = read_corpora(given.corpora, first.seed, first.aside).train
    speech = {fold: read_speech(given.corpora, [fold]) for folds in HALVES.values() for fold in folds}
    known = {document.key for held in speech.values() for document in held}
    quotes = [d for d in documents if d.attributions is not None and d.key not in known]
    named = [d for d in documents if d.attributions is None]
    for half in given.halves:
        own = [document for fold, held in speech.items() if fold not in HALVES[half] for document in held]
        reading = Reading(*(read_documents(part, cut) for part in (own, quotes, named)))
        torch.save(adapt(reading, given.work / "start.pt", settings), given.work / f"{half}.pt")
    finish(given.work, given.corpora, speech)


if __name__ == "__main__":
    main()
