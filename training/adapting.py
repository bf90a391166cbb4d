"""What the attribution heads learn from the speech gold, fold by fold, behind the encoder as it is shipped.

`python -m training.adapting CORPORA --work FOLDER [--folds 0 1 2 3 4]`

The gold (`training.speech_gold`) marks reports of speech and writing in articles of other outlets and years
than PolNeAR's, which the heads were taught with, but no attitudes. So of its words only those are taken for no cue that
the tagger thinks unlikely to be one; the others are left open. PolNeAR's articles are read beside it, so that nothing
is unlearnt.

The encoder is shared by all folds. What is fitted is small: the linking graph, and an adapter, which adds to the scores
of cues what it reads in each word as the linking graph sees it. A fold's files (`linker.onnx`, `tagger.json`) are
fitted on the other folds; those that ship are fold 4's. All begin with `training/unadapted`, which has seen no speech
gold.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord.tagger.decoding import pad
from onrecord.tagger.default import Parameters
from onrecord.tagger.labels import CUE_KINDS, OUTSIDE, label_count
from training.calibrate import calibrate
from training.corpora import GoldDocument, quoted, read_corpora
from training.examples import to_batch
from training.fold_tagger import FOLDS as FOLD_MODELS
from training.fold_tagger import HEADS
from training.graphs import link_graph
from training.link_examples import LinkBatch, link_batches
from training.network import LINK_HEADS, LINK_LAYERS, LINK_WIDTH, Network, network_of
from training.reading import scores_around
from training.seen import Seen, see
from training.shipped import SHIPPED, UNADAPTED, checkpoint_of
from training.speech_cues import fit_speech_cues
from training.speech_gold import read_speech_gold
from training.teaching import sequences
from training.train import Settings as Encoder
from training.train import likely_cues, rate_factor

FOLDS = range(5)
#: Parts of the network that are fitted: the linking graph. What it reads of words and cues stays the encoder's.
FITTED = ("link_distance", "link_quotation", "link_norm", "link_layers", "links", "cues_chain")


@dataclass(frozen=True)
class Settings:
    """How the heads are fitted."""

    seed: int = 7
    epochs: int = 2
    windows: int = 40  # in a batch
    rate: float = 7e-4
    warmup: float = 0.06
    dropout: float = 0.1
    repeated: int = 1  # how often an epoch reads each window of the speech gold
    others: float = 0.5  # share of PolNeAR's windows that an epoch reads


class Heads(nn.Module):
    """What reads the encoder's output: the adapter of cues, and the linking graph."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.adapter = nn.Linear(LINK_WIDTH, label_count(len(CUE_KINDS)))
        nn.init.zeros_(self.adapter.weight)
        nn.init.zeros_(self.adapter.bias)
        for name, weight in network.named_parameters():
            weight.requires_grad_(name.startswith(FITTED))

    def cues(self, scores: Tensor, words: Tensor) -> Tensor:
        """Adapted scores (windows, words, labels). `words`: (windows, words, link width)."""
        adapted: Tensor = scores + self.adapter(words)
        return adapted

    def links(self, words: Tensor, first: Tensor, last: Tensor, links: LinkBatch) -> Tensor:
        """Scores (cues, words, labels). `words`, `first`, `last`: (words of the batch, link width)."""
        with torch.autocast("cpu", torch.bfloat16):  # twice as fast where the processor has it
            return scores_around(self.network, first[links.first] + last[links.last], words, links).float()


def read_speech(folder: Path, folds: Sequence[int]) -> list[GoldDocument]:
    """The speech gold of some folds; attributions without a cue say nothing of cues and are left out."""
    return [
        replace(document, attributions=tuple(a for a in document.attributions or () if a.cue))
        for document in map(quoted, read_speech_gold(folder, folds))
    ]


def adapt(quotes: Sequence[Seen], speech: Sequence[Seen], start: dict[str, Tensor], settings: Settings) -> Heads:
    """The heads fitted on PolNeAR's windows and those of the speech gold of some folds."""
    torch.manual_seed(settings.seed)
    heads = Heads(network_of(start, settings.dropout))
    fitted = [p for p in heads.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(fitted, settings.rate, weight_decay=0.01)
    step = 0
    for epoch in range(settings.epochs):
        rng = random.Random(settings.seed * 1000 + epoch)  # noqa: S311 - reproducible
        chosen = rng.sample(list(quotes), round(settings.others * len(quotes))) + list(speech) * settings.repeated
        chosen.sort(key=lambda seen: len(seen.encoded.cues) + rng.random() * 24)
        batches = [chosen[i : i + settings.windows] for i in range(0, len(chosen), settings.windows)]
        rng.shuffle(batches)
        for number, batch in enumerate(batches):
            loss = batch_loss(heads, batch, rng)
            progress = step / (len(batches) * settings.epochs)
            for group in optimiser.param_groups:
                group["lr"] = settings.rate * rate_factor(progress, settings.warmup)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(fitted, 1.0)
            optimiser.step()
            step += 1
            if number % 20 == 0:
                print(f"epoch {epoch + 1} {number}/{len(batches)} loss {loss.item():.4f}", flush=True)
    heads.eval()
    return heads


def batch_loss(heads: Heads, seen: Sequence[Seen], rng: random.Random) -> Tensor:
    """The mean loss a word of cues and links."""
    batch = to_batch([s.example for s in seen], None)
    scores, words, first, last = (
        _padded([getattr(s.encoded, name) for s in seen]) for name in ("cues", "link_words", "cue_first", "cue_last")
    )
    held = sequences(batch, batch.cues_rows, batch.cues, taught=False)
    emissions = heads.cues(scores, words)
    open_words = _padded([s.open_words[:, None] for s in seen]).bool() & held.gold[..., OUTSIDE, None]
    loss = heads.network.cues_chain.loss(emissions, held.lengths, held.gold | open_words)
    likely = likely_cues(batch, held, emissions) & ~open_words[..., 0].numpy()
    words, first, last = (of.reshape(-1, LINK_WIDTH) for of in (words, first, last))
    for links in link_batches(batch, likely, rng):
        loss = loss + heads.network.links_chain.loss(heads.links(words, first, last, links), links.lengths, links.gold)
    mean: Tensor = loss / float(batch.word_counts.sum())
    return mean


def _padded(rows: Sequence[NDArray[Any]]) -> Tensor:
    return torch.from_numpy(pad(rows)[0]).float()


def write(heads: Heads, folder: Path) -> None:
    """The linking graph in int8, and `tagger.json` with what else is fitted; calibration is not measured yet."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: p.detach().float().numpy() for name, p in heads.network.named_parameters()}
    graph = link_graph(state, LINK_LAYERS, LINK_HEADS, quantised=True)
    (folder / "linker.onnx").write_bytes(graph.SerializeToString())
    about = json.loads((UNADAPTED / "tagger.json").read_text("utf-8"))
    about["name"] += "-adapted"
    about["steps"] |= {kind: _rounded(state[f"{kind}_chain.steps"]) for kind in ("cues", "links")}
    weight, bias = (p.detach().numpy() for p in (heads.adapter.weight, heads.adapter.bias))
    about["adapter"] = {"weight": _rounded(weight.T), "bias": _rounded(bias)}
    (folder / "tagger.json").write_text(json.dumps(about) + "\n", encoding="utf-8")


def _rounded(values: NDArray[np.floating]) -> list[float]:
    rounded: list[float] = np.round(values.astype(float), 5).tolist()
    return rounded


def whole(folder: Path, at: Path) -> Path:
    """A model folder at `at` of the shipped encoder and the heads of `folder`."""
    shutil.copytree(SHIPPED, at, dirs_exist_ok=True)
    for name in HEADS:
        shutil.copy(folder / name, at / name)
    return at


def add_speech_cues(about: Path, seen: Sequence[Seen]) -> None:
    """Fit what tells cues of speech from others, and write it beside the rest."""
    text = about.read_text("utf-8")
    weight, bias = fit_speech_cues(seen, Parameters.read(text))
    held = json.loads(text) | {"speech": {"weight": _rounded(weight), "bias": round(bias, 5)}}
    about.write_text(json.dumps(held) + "\n", encoding="utf-8")


def keep_names(about: Path) -> None:
    """Put back how names are calibrated: no fold changes anything in them."""
    held = json.loads(about.read_text("utf-8"))
    held["calibration"]["names"] = json.loads((UNADAPTED / "tagger.json").read_text("utf-8"))["calibration"]["names"]
    about.write_text(json.dumps(held) + "\n", encoding="utf-8")


def main() -> None:
    """The command line: fits, calibrates and stores the heads of each fold; fold 4's ship."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder for model folders in the making")
    parser.add_argument("--folds", type=int, nargs="+", default=list(FOLDS))
    given = parser.parse_args()
    settings = Settings()
    torch.set_num_threads(1)
    start = checkpoint_of(whole(UNADAPTED, given.work / "unadapted"))
    encoder = Encoder()
    documents = read_corpora(given.corpora, encoder.seed, encoder.aside)
    quotes = see([d for d in documents.train if d.attributions is not None], False, settings.seed)
    speech = {fold: see(read_speech(given.corpora, [fold]), True, settings.seed) for fold in FOLDS}
    for fold in given.folds:
        others = [seen for other, held in speech.items() if other != fold for seen in held]
        folder = FOLD_MODELS / str(fold)
        write(adapt(quotes, others, start, settings), folder)
        model = whole(folder, given.work / f"fold{fold}")
        print(f"fold {fold}: calibration {calibrate(model, documents.aside)}", flush=True)
        keep_names(model / "tagger.json")
        add_speech_cues(model / "tagger.json", others)
        shutil.copy(model / "tagger.json", folder / "tagger.json")
        if fold == max(FOLDS):
            for name in HEADS:
                shutil.copy(model / name, SHIPPED / name)


if __name__ == "__main__":
    main()
