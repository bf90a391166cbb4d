"""A batch through the network."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812 - as everywhere
from torch import Tensor

from training.examples import Batch
from training.link_examples import LinkBatch
from training.network import Network


def word_vectors(network: Network, batch: Batch) -> Tensor:
    """(windows, words, width)."""
    padding = torch.arange(batch.pieces.shape[1], device=batch.pieces.device)[None] >= batch.lengths[:, None]
    bar = (padding.to(network.piece.weight.dtype) * -1e4)[:, None, None]
    encoded = network.encode(batch.pieces, batch.shapes, batch.quotation, batch.glued, bar)
    return encoded.gather(1, batch.first[:, :, None].expand(-1, -1, encoded.shape[-1]))


def link_scores(network: Network, words: Tensor, around: Tensor, links: LinkBatch) -> Tensor:
    """For each cue the label scores (cues, words, labels) of the words around it.

    `words`: (words of the batch, width); `around`: the same, projected for linking.
    """
    cues = network.link_cue(torch.cat([words[links.first], words[links.last]], -1))
    padding = torch.arange(links.place.shape[1], device=around.device)[None] >= links.lengths[:, None]
    bar = (padding.to(around.dtype) * -1e4)[:, None, None]
    placed = F.embedding(links.place, around)
    return network.link(placed, cues, links.distance, links.quotation, bar)
