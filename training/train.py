"""Training proper: corpora → checkpoints. Goes on where it was stopped, at the last epoch's end."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord.tagger.windows import MAX_PIECES
from training.corpora import ASIDE_SHARE, SEED, read_corpora, read_unlabelled
from training.examples import (
    Batch,
    GoldChunk,
    batches_of_epoch,
    on_device,
    read_documents,
    to_batch,
    windows_of_epoch,
    with_single_marks,
)
from training.link_examples import link_batches
from training.minilm import MINILM, VOCABULARY, load_pieces
from training.mpnet import mpnet_network
from training.network import Network, layers_of, network_of, with_layers
from training.reading import link_scores, word_vectors
from training.teaching import Lessons, Sequences, Teachers, sequences


@dataclass(frozen=True)
class Settings:
    """What a run is; written into the log beside its scores."""

    seed: int = SEED
    epochs: int = 8
    batch_pieces: int = 3072
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    head_dropout: float = 0.1
    hidden_words: float = 0.03
    single_marks: float = 0.12  # share of quotation documents also read with single outer marks
    aside: float = ASIDE_SHARE
    clip: float = 1.0
    minutes: float = 0.0  # wall-clock budget: the learning rate reaches zero when it is spent; 0: none
    average_from: int = 2  # the model is the mean of the checkpoints from this epoch on
    documents: int = 0  # first so many documents only, for a trial; 0: all
    teacher_share: float = 0.5  # with a teacher: how much of what is annotated is learnt from it all the same
    teacher_scale: float = 0.85  # on its scores, which are surer than they are right
    unlabelled: int = 1  # with a teacher: also learn from text that nobody annotated; 0: no
    teacher_sight: float = 0.0  # how much a word that the student sees otherwise than the teacher counts
    layers: str = ""  # those of the checkpoint to start from that are kept, as 0,1,3,5; all where empty


#: A word as likely as this in a cue that is none is learnt from as a wrong cue.
LIKELY_CUE = 0.3


class HalfPrecision:
    """bfloat16 weights for the arithmetic, float32 ones for the optimiser: twice as fast on CPUs with AVX512-BF16."""

    def __init__(self, network: Network, settings: Settings) -> None:
        self.network = network
        self.half = [p for n, p in network.named_parameters() if "chain" not in n]
        self.full = [p for n, p in network.named_parameters() if "chain" in n]
        self.masters = [nn.Parameter(p.detach().clone().float()) for p in self.half]
        for p in self.half:
            p.data = p.data.bfloat16()
        encoder: list[nn.Parameter] = []
        heads: list[nn.Parameter] = []
        names = [n for n, _ in network.named_parameters() if "chain" not in n]
        for name, master in zip(names, self.masters, strict=True):
            (encoder if name.startswith(("piece", "position", "norm", "layers")) else heads).append(master)
        self.optimiser = torch.optim.AdamW(
            [
                {"params": encoder, "lr": settings.encoder_rate, "peak": settings.encoder_rate},
                {"params": heads + self.full, "lr": settings.head_rate, "peak": settings.head_rate},
            ],
            weight_decay=settings.weight_decay,
            fused=True,
        )
        self.clip = settings.clip

    def step(self, factor: float) -> float:
        for master, p in zip(self.masters, self.half, strict=True):
            master.grad = None if p.grad is None else p.grad.float()
            p.grad = None
        norm = nn.utils.clip_grad_norm_([*self.masters, *self.full], self.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * factor
        self.optimiser.step()
        self.optimiser.zero_grad()
        for master, p in zip(self.masters, self.half, strict=True):
            p.data.copy_(master.data)
        return float(norm)

    def full_state(self) -> dict[str, Tensor]:
        """The float32 weights under the network's names."""
        state = {n: p.detach().float().cpu().clone() for n, p in self.network.named_parameters()}
        names = [n for n, _ in self.network.named_parameters() if "chain" not in n]
        state.update({n: m.detach().cpu().clone() for n, m in zip(names, self.masters, strict=True)})
        return state


def losses(
    network: Network,
    batch: Batch,
    settings: Settings,
    wrong_cues: bool,
    rng: random.Random,
    lessons: Lessons | None = None,
    open_words: NDArray[np.bool_] | None = None,
) -> dict[str, Tensor]:
    """Summed losses of the three heads, where the network is.

    `open_words` (windows x words): those of which the gold does not tell whether they are in a cue.
    """
    device = network.piece.weight.device
    examples, batch = batch, batch.to(device)
    seen = word_vectors(network, batch)
    words = nn.functional.dropout(seen, settings.head_dropout, network.training)
    out: dict[str, Tensor] = {}
    if lessons and settings.teacher_sight:
        out["sight"] = settings.teacher_sight * unlike(seen, lessons.words[0], batch.word_counts)
    names = sequences(batch, batch.names_rows, batch.names, lessons is not None)
    if len(names.rows):
        emissions = network.names(words[names.rows]).float()[:, : names.longest]
        lesson = lessons.names(names) if lessons else None
        out["names"] = network.names_chain.loss(emissions, names.lengths, names.gold, lesson)
    cues = sequences(batch, batch.cues_rows, batch.cues, lessons is not None)
    if len(cues.rows):
        emissions = network.cues(words[cues.rows]).float()[:, : cues.longest]
        lesson = lessons.cues(cues) if lessons else None
        left_open = None if open_words is None else open_words[cues.rows.cpu().numpy(), : cues.longest]
        gold = cues.gold if left_open is None else cues.gold | torch.from_numpy(left_open).to(device)[..., None]
        out["cues"] = network.cues_chain.loss(emissions, cues.lengths, gold, lesson)
        predicted = likely_cues(batch, cues, emissions) if wrong_cues else None
        if predicted is not None and open_words is not None:
            predicted &= ~open_words
        taught = lessons.seen_cues() if lessons else None
        flat = words.reshape(-1, words.shape[-1])
        around = network.link_word(flat)
        for read_from in link_batches(examples, predicted, rng, taught):
            links = on_device(read_from, device)
            scores = link_scores(network, flat, around, links).float()
            lesson = lessons.links(links) if lessons else None
            loss = network.links_chain.loss(scores, links.lengths, links.gold, lesson)
            out["links"] = out["links"] + loss if "links" in out else loss
    return out


def unlike(words: Tensor, others: Tensor, counts: Tensor) -> Tensor:
    """The mean squared difference of two sights (windows, words, width) of each word, summed over the words."""
    inside = torch.arange(words.shape[1], device=words.device)[None] < counts[:, None]
    return (((words.float() - others.float()) ** 2).mean(-1) * inside).sum()


def likely_cues(batch: Batch, cues: Sequences, emissions: Tensor) -> np.ndarray:
    """Windows × words: what the network itself takes for a cue, right or wrong."""
    likely = 1 - torch.softmax(emissions.detach(), -1)[..., 0]
    inside = torch.arange(likely.shape[1], device=likely.device)[None] < cues.lengths[:, None]
    predicted = np.zeros(batch.first.shape, bool)
    predicted[cues.rows.cpu().numpy(), : cues.longest] = (likely * inside > LIKELY_CUE).cpu().numpy()
    return predicted


def rate_factor(progress: float, warmup: float) -> float:
    """Linear warm-up, then linear decay to zero."""
    if progress < warmup:
        return progress / warmup
    return max(0.0, (1 - progress) / (1 - warmup))


@dataclass(frozen=True)
class Reading:
    """What a run reads: chunks by document, those with single marks, and text that nobody annotated."""

    plain: list[list[GoldChunk]]
    single: list[list[GoldChunk]]
    unlabelled: list[list[GoldChunk]]

    def epoch(self, rng: random.Random) -> list[list[GoldChunk]]:
        """The documents of an epoch: of those with single marks, half."""
        return self.plain + rng.sample(self.single, len(self.single) // 2) + self.unlabelled


def read_training(corpora: Path, settings: Settings, taught: bool) -> Reading:
    """The training documents; with a teacher, unlabelled ones, too."""
    documents = read_corpora(corpora, settings.seed, settings.aside).train
    unlabelled = read_unlabelled(corpora) if taught and settings.unlabelled else []
    if settings.documents:
        documents = documents[:: max(1, len(documents) // settings.documents)]
        unlabelled = unlabelled[: settings.documents]
    cut = load_pieces()
    rng = random.Random(settings.seed)  # noqa: S311
    quotes = [d for d in documents if d.attributions is not None and rng.random() < settings.single_marks]
    single = read_documents([with_single_marks(d) for d in quotes], cut)
    return Reading(read_documents(documents, cut), single, read_documents(unlabelled, cut))


def first_network(settings: Settings, start: Path | None) -> Network:
    """MiniLM with new heads, MPNet with new heads (its `.safetensors`), or a checkpoint, or some of its layers."""
    if start is not None and start.suffix == ".safetensors":
        return mpnet_network(start, settings.dropout)
    if start is None:
        network = Network(VOCABULARY, MAX_PIECES, settings.dropout)
        network.start_from_minilm(MINILM / "model.safetensors")
        return network
    state = torch.load(start)
    kept = [int(number) for number in settings.layers.split(",")] if settings.layers else range(layers_of(state))
    return network_of(with_layers(state, kept), settings.dropout)


def train(
    reading: Reading, out: Path, settings: Settings, teachers: Sequence[Path] = (), start: Path | None = None
) -> None:
    """Write a checkpoint after each epoch into `out`; go on from the last one that is there. On a GPU if there is one.

    `teachers`: checkpoints to learn from as well (see `training.teaching`); `start`: one to begin with.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = first_network(settings, start).to(device)
    taught_by = Teachers(teachers, settings.teacher_share, settings.teacher_scale, device) if teachers else None
    trainer = HalfPrecision(network, settings)
    (out / "settings.json").write_text(json.dumps(asdict(settings), indent=1))
    first_epoch, step, spent = 0, 0, 0.0
    if (out / "resume.pt").exists():
        held = torch.load(out / "resume.pt")
        first_epoch, step, spent = held["epoch"], held["step"], held["spent"]
        network.load_state_dict(held["state"], strict=False)
        for master, (name, _) in zip(
            trainer.masters, [x for x in network.named_parameters() if "chain" not in x[0]], strict=True
        ):
            master.data.copy_(held["state"][name])
        trainer.optimiser.load_state_dict(held["optimiser"])
    began = time.time() - spent
    for epoch in range(first_epoch, settings.epochs):
        rng = random.Random(settings.seed * 1000 + epoch)  # noqa: S311
        torch.manual_seed(settings.seed * 1000 + epoch)
        examples = windows_of_epoch(reading.epoch(rng), rng)
        batches = list(batches_of_epoch(examples, settings.batch_pieces, rng))
        total = len(batches) * settings.epochs
        running: dict[str, float] = {}
        pieces, epoch_began = 0, time.time()
        network.train()
        for number, examples_of_batch in enumerate(batches):
            batch = to_batch(examples_of_batch, rng, settings.hidden_words)
            lessons = taught_by.read(to_batch(examples_of_batch, None).to(device)) if taught_by else None
            parts = losses(network, batch, settings, epoch > 0 or start is not None, rng, lessons)
            words = float(batch.word_counts.sum())
            (torch.stack(list(parts.values())).sum() / words).backward()
            progress = step / total
            if settings.minutes:
                progress = max(progress, (time.time() - began) / 60 / settings.minutes)
            norm = trainer.step(rate_factor(min(1.0, progress), settings.warmup))
            step += 1
            pieces += int(batch.lengths.sum())
            for key, value in parts.items():
                now = value.item() / words
                running[key] = 0.98 * running.get(key, now) + 0.02 * now
            if number % 25 == 0:
                speed = pieces / (time.time() - epoch_began)
                note = " ".join(f"{k} {v:.4f}" for k, v in running.items())
                print(
                    f"epoch {epoch + 1} {number}/{len(batches)} progress {progress:.3f} {note} norm {norm:.2f} "
                    f"{speed:.0f} pieces/s {(time.time() - began) / 60:.1f} min",
                    flush=True,
                )
            if math.isnan(norm):
                raise RuntimeError(f"the loss is not a number in epoch {epoch + 1}, batch {number}")
            if progress >= 1:
                break
        state = trainer.full_state()
        torch.save(state, out / f"epoch{epoch + 1}.pt.part")
        (out / f"epoch{epoch + 1}.pt.part").rename(out / f"epoch{epoch + 1}.pt")
        resume = {
            "epoch": epoch + 1,
            "step": step,
            "spent": time.time() - began,
            "state": state,
            "optimiser": trainer.optimiser.state_dict(),
        }
        torch.save(resume, out / "resume.pt.part")
        (out / "resume.pt.part").rename(out / "resume.pt")
        with (out / "losses.jsonl").open("a", encoding="utf-8") as losses_file:
            shown = {key: round(value, 5) for key, value in running.items()}
            row = {"epoch": epoch + 1, "steps": step, "minutes": round((time.time() - began) / 60, 1), **shown}
            losses_file.write(json.dumps(row) + "\n")
        if settings.minutes and (time.time() - began) / 60 >= settings.minutes:
            break
