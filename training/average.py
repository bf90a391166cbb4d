"""The mean of a run's checkpoints: steadier than the last one, which has learnt its articles by heart.

Stochastic weight averaging (Izmailov et al. 2018), over whole epochs.
"""

from __future__ import annotations

from pathlib import Path

import torch


def average(out: Path, first: int) -> Path:
    """Write the mean of the checkpoints of `out` from epoch `first` on into it; returns its path.

    Raises FileNotFoundError where the run has no such epoch.
    """
    epochs = sorted(int(path.stem.removeprefix("epoch")) for path in out.glob("epoch*.pt"))
    chosen = [out / f"epoch{number}.pt" for number in epochs if number >= first]
    if not chosen:
        raise FileNotFoundError(f"{out} has no checkpoint from epoch {first} on; it has {epochs}")
    states = [torch.load(path) for path in chosen]
    mean = {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
    torch.save(mean, out / "average.pt")
    return out / "average.pt"
