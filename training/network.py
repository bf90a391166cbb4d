"""The network: an encoder with word features, two sequence heads, and a head that reads on from each cue.

The shipped encoder is MiniLM's; a teacher has MPNet's, which is wider and also sees how far apart two pieces are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - as everywhere
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.tagger.labels import CUE_KINDS, LINK_KINDS, NAME_KINDS, label_count
from onrecord.tagger.linking import DISTANCES
from onrecord.tagger.words import CASE_EVIDENCE, QUOTATION_STATES, SHAPES
from training.crf import ChainLoss

WIDTH, HEADS, LAYERS = 384, 12, 6
LINK_WIDTH, LINK_HEADS, LINK_LAYERS = 192, 4, 2


class Noise:
    """Dropout from a pool of masks drawn once: on a CPU, drawing anew costs a tenth of the training."""

    pools: dict[tuple[float, torch.dtype], Tensor] = {}  # noqa: RUF012 - process-wide on purpose
    size = 1 << 23

    @classmethod
    def on(cls, x: Tensor, share: float) -> Tensor:
        if x.is_cuda:
            return F.dropout(x, share)
        key = (share, x.dtype)
        if key not in cls.pools:
            cls.pools[key] = (torch.rand(cls.size) > share).to(x.dtype) / (1 - share)
        if x.numel() >= cls.size:
            return F.dropout(x, share)
        at = int(torch.randint(0, cls.size - x.numel(), (1,)))
        return x * cls.pools[key][at : at + x.numel()].view(x.shape)


class Layer(nn.Module):
    """A post-norm transformer layer (Vaswani et al. 2017; as BERT has it)."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bar: Tensor) -> Tensor:
        """`x`: (batch, length, width); `bar`: added to the attention, large negative at padding, of a shape that
        spreads over (batch, heads, length, length)."""
        batch, length, width = x.shape
        split = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        query, key, value = split.unbind(0)
        seen = F.scaled_dot_product_attention(query, key, value, bar.expand(batch, -1, length, -1))
        mixed = seen.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self._drop(self.out(mixed)))
        return self.norm2(x + self._drop(self.down(F.gelu(self.up(x)))))

    def _drop(self, x: Tensor) -> Tensor:
        return Noise.on(x, self.dropout) if self.training else x


class Network(nn.Module):
    """Everything that is learnt; see MODEL.md for the whole picture."""

    def __init__(
        self,
        vocabulary: int,
        positions: int,
        dropout: float,
        layers: int = LAYERS,
        width: int = WIDTH,
        buckets: int = 0,
    ) -> None:
        """`buckets`: classes of the distance of two pieces, of which the attention has a bias; 0: none."""
        super().__init__()
        self.dropout = dropout
        self.relative = nn.Embedding(buckets, HEADS) if buckets else None
        self.piece = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(positions, width)
        self.shape = nn.Embedding(len(SHAPES) * CASE_EVIDENCE, width)
        self.quotation = nn.Embedding(QUOTATION_STATES, width)
        self.glued = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, HEADS, 4 * width, dropout) for _ in range(layers))
        self.names = nn.Linear(width, label_count(len(NAME_KINDS)))
        self.cues = nn.Linear(width, label_count(len(CUE_KINDS)))
        self.link_word = nn.Linear(width, LINK_WIDTH)
        self.link_cue = nn.Linear(2 * width, LINK_WIDTH)
        self.link_distance = nn.Embedding(DISTANCES, LINK_WIDTH)
        self.link_quotation = nn.Embedding(QUOTATION_STATES, LINK_WIDTH)
        self.link_norm = nn.LayerNorm(LINK_WIDTH)
        self.link_layers = nn.ModuleList(
            Layer(LINK_WIDTH, LINK_HEADS, 2 * LINK_WIDTH, dropout) for _ in range(LINK_LAYERS)
        )
        self.links = nn.Linear(LINK_WIDTH, label_count(len(LINK_KINDS)))
        for embedding in (self.shape, self.quotation, self.glued, self.link_distance, self.link_quotation):
            nn.init.normal_(embedding.weight, std=0.02)
        self.names_chain = ChainLoss(len(NAME_KINDS))
        self.cues_chain = ChainLoss(len(CUE_KINDS))
        self.links_chain = ChainLoss(len(LINK_KINDS))

    def encode(self, pieces: Tensor, shapes: Tensor, quotation: Tensor, glued: Tensor, bar: Tensor) -> Tensor:
        """Piece features (batch, length) → (batch, length, width)."""
        position = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.piece(pieces) + self.position(position)
        x = self.norm(x + self.shape(shapes) + self.quotation(quotation) + self.glued(glued))
        if self.training:
            x = Noise.on(x, self.dropout)
        if self.relative is not None:
            apart = distance_buckets(pieces.shape[1], self.relative.num_embeddings).to(pieces.device)
            bar = bar + self.relative(apart).permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, bar)
        return x

    def link(self, words: Tensor, cues: Tensor, distance: Tensor, quotation: Tensor, bar: Tensor) -> Tensor:
        """For each cue, the label scores of each word around it.

        `words`: (cues, words, LINK_WIDTH), projected; `cues`: (cues, LINK_WIDTH), projected; `distance`, `quotation`:
        (cues, words); `bar`: (cues, 1, 1, words). Returns (cues, words, labels).
        """
        x = words + cues[:, None] + self.link_distance(distance) + self.link_quotation(quotation)
        x = self.link_norm(F.gelu(x))
        for layer in self.link_layers:
            x = layer(x, bar)
        return self.links(x)

    def start_from_minilm(self, weights: Path) -> None:
        """Take over the encoder of a BERT checkpoint; token types fold into the positions."""
        state = load_file(str(weights))
        self.piece.weight.data.copy_(state["embeddings.word_embeddings.weight"])
        folded = state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
        self.position.weight.data.copy_(folded[: len(self.position.weight)])
        self._copy(self.norm, state, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}"
            for part in ("weight", "bias"):
                qkv = [state[f"{at}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).data.copy_(torch.cat(qkv))
            self._copy(layer.out, state, f"{at}.attention.output.dense")
            self._copy(layer.norm1, state, f"{at}.attention.output.LayerNorm")
            self._copy(layer.up, state, f"{at}.intermediate.dense")
            self._copy(layer.down, state, f"{at}.output.dense")
            self._copy(layer.norm2, state, f"{at}.output.LayerNorm")

    @staticmethod
    def _copy(module: nn.Module, state: dict[str, Tensor], at: str) -> None:
        module.weight.data.copy_(state[f"{at}.weight"])
        module.bias.data.copy_(state[f"{at}.bias"])


#: Pieces further apart than this are in the last class, as in MPNet.
FARTHEST = 128


def distance_buckets(length: int, buckets: int) -> Tensor:
    """(length, length): the class of the distance of each piece from each, as T5 and MPNet have them.

    One half of the classes is for pieces before, one for pieces behind; near ones have a class each, far ones share one
    by the logarithm of their distance (Raffel et al. 2020).
    """
    at = torch.arange(length)
    apart = at[:, None] - at[None]
    half, near = buckets // 2, buckets // 4
    side = (apart < 0).long() * half
    size = apart.abs()
    scale = (half - near) / math.log(FARTHEST / near)
    far = near + (torch.log(size.clamp_min(1).float() / near) * scale).long()
    return side + torch.where(size < near, size, far.clamp_max(half - 1))


def layers_of(state: Mapping[str, Any]) -> int:
    """How many layers the encoder of a checkpoint has."""
    return len({name.split(".")[1] for name in state if name.startswith("layers.")})


def network_of(state: Mapping[str, Tensor], dropout: float = 0.0) -> Network:
    """The network that a checkpoint is of, with its weights."""
    pieces, width = state["piece.weight"].shape
    buckets = len(state.get("relative.weight", ()))
    network = Network(pieces, len(state["position.weight"]), dropout, layers_of(state), width, buckets)
    network.load_state_dict(state)
    return network


def with_layers(state: Mapping[str, Tensor], kept: Sequence[int]) -> dict[str, Tensor]:
    """A checkpoint with these of its encoder's layers only, in the order given: what a smaller student begins with."""
    rest = {name: weight for name, weight in state.items() if not name.startswith("layers.")}
    for new, old in enumerate(kept):
        at = f"layers.{old}."
        held = {f"layers.{new}." + n.removeprefix(at): w for n, w in state.items() if n.startswith(at)}
        if not held:
            raise ValueError(f"the checkpoint to start from has no layer {old}; it has {layers_of(state)}")
        rest |= held
    return rest
