"""The mean of a run's checkpoints: steadier than the last one, which has learnt its articles by heart.

Stochastic weight averaging (Izmailov et al. 2018), over whole epochs. A run that begins with a checkpoint of its
teacher's run stays near enough to the teacher for the two to be averaged too (model soups, Wortsman et al. 2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor


def average(out: Path, first: int, teacher: Path | None = None) -> Path:
    """Write the mean of the checkpoints of `out` from epoch `first` on into it; returns its path.

    With a teacher, the mean of that and of its checkpoint. Raises FileNotFoundError where the run has no such epoch.
    """
    epochs = sorted(int(path.stem.removeprefix("epoch")) for path in out.glob("epoch*.pt"))
    chosen = [out / f"epoch{number}.pt" for number in epochs if number >= first]
    if not chosen:
        raise FileNotFoundError(f"{out} has no checkpoint from epoch {first} on; it has {epochs}")
    torch.save(mean(chosen), out / "average.pt")
    if teacher is not None:
        torch.save(mean([out / "average.pt", teacher]), out / "average.pt")
    return out / "average.pt"


def mean(paths: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of checkpoints, weight by weight."""
    states = [torch.load(path) for path in paths]
    return {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
