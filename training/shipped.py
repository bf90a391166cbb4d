"""A model folder as a checkpoint again: `python -m training.shipped CHECKPOINT [--model FOLDER]`.

Checkpoints are not kept in the repository. A run that begins with the shipped model or learns from it (`--start`,
`--teacher`) can take its weights from the graphs, as exact as int8 has left them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from torch import Tensor

from training.minilm import MINILM

SHIPPED = Path(__file__).resolve().parents[1] / "onrecord/tagger/model"
#: The model as `training` left it, before `training.adapting` saw any speech gold.
UNADAPTED = Path(__file__).parent / "unadapted"
State = dict[str, np.ndarray]
#: The products of a layer that the graphs have as one node of their own, in the order of the nodes.
PRODUCTS = ("out", "up", "down")


class Nodes:
    """The nodes of a graph that `training.graphs` has written, and the constants that they take."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self._nodes = list(graph.node)
        self._makers = {output: node for node in graph.node for output in node.output}
        self._constants = {held.name: numpy_helper.to_array(held) for held in graph.initializer}

    def of(self, kind: str) -> Iterator[onnx.NodeProto]:
        """The nodes of an operator, in order."""
        return (node for node in self._nodes if node.op_type == kind)

    def constants(self, node: onnx.NodeProto) -> list[np.ndarray]:
        """Those among a node's inputs, in order."""
        return [self._constants[name] for name in node.input if name in self._constants]

    def tables(self) -> list[np.ndarray]:
        """What rows are looked up in, in order."""
        return [self._constants[n.input[0]] for n in self.of("Gather") if n.input[0] in self._constants]

    def share(self, name: str) -> np.ndarray | float:
        """What the channels of a product's input are multiplied by before (inputs, 1); 1 where they are not."""
        maker = self._makers.get(name)
        if maker is not None and maker.op_type == "DynamicQuantizeLinear":
            return self.share(maker.input[0])
        held = self.constants(maker) if maker is not None and maker.op_type == "Mul" else []
        return held[0][:, None] if held else 1.0

    def layers(self, at: str) -> State:
        """The weights of all layers, as the network names them below `at`."""
        state: State = {}
        for i, node in enumerate(self.of("QAttention")):
            values, bias, scales, _zero = self.constants(node)
            state |= _linear(f"{at}.{i}.qkv", values * scales * self.share(node.input[0]), bias)
        for i, node in enumerate(self.of("DynamicQuantizeMatMul")):
            values, scales, _zero, bias = self.constants(node)
            name = f"{at}.{i // len(PRODUCTS)}.{PRODUCTS[i % len(PRODUCTS)]}"
            state |= _linear(name, values * scales * self.share(node.input[0]), bias)
        for i, (weight, bias) in enumerate(self.norms()[1:]):
            state |= {f"{at}.{i // 2}.norm{i % 2 + 1}.weight": weight, f"{at}.{i // 2}.norm{i % 2 + 1}.bias": bias}
        return state

    def norms(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Weights and biases, in order; the first is that of the embeddings."""
        return [(held[0], held[1]) for held in map(self.constants, self.of("LayerNormalization"))]

    def heads(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """The products in float, (inputs, outputs), with their biases, in order."""
        biases = {node.input[0]: self.constants(node) for node in self.of("Add")}
        return [(self.constants(node)[0], biases[node.output[0]][0]) for node in self.of("MatMul")]


def _linear(name: str, weight: np.ndarray, bias: np.ndarray) -> State:
    """`weight`: (inputs, outputs)."""
    return {f"{name}.weight": weight.T, f"{name}.bias": bias}


def checkpoint_of(folder: Path = SHIPPED) -> dict[str, Tensor]:
    """The weights of an int8 model folder by the network's names, for `training.network.network_of`.

    Rows of pieces that the folder's vocabulary has given up are MiniLM's.
    """
    encoder, linker = Nodes(folder / "encoder.onnx"), Nodes(folder / "linker.onnx")
    values, scales, shape, quotation, glued = encoder.tables()
    distance, link_quotation = linker.tables()
    (position,) = (encoder.constants(node)[0] for node in encoder.of("Slice"))
    names, cues, link_word, first, last = encoder.heads()
    (links,) = linker.heads()
    state = {
        "piece.weight": _all_pieces(folder, values * scales),
        "position.weight": position,
        "shape.weight": shape,
        "quotation.weight": quotation,
        "glued.weight": glued,
        "link_distance.weight": distance,
        "link_quotation.weight": link_quotation,
        **dict(zip(("norm.weight", "norm.bias"), encoder.norms()[0], strict=True)),
        **dict(zip(("link_norm.weight", "link_norm.bias"), linker.norms()[0], strict=True)),
        **encoder.layers("layers"),
        **linker.layers("link_layers"),
        **_linear("names", *names),
        **_linear("cues", *cues),
        **_linear("link_word", *link_word),
        **_linear("link_cue", np.concatenate([first[0], last[0]]), first[1]),
        **_linear("links", *links),
    }
    steps = json.loads((folder / "tagger.json").read_text("utf-8"))["steps"]
    state |= {f"{kind}_chain.steps": np.array(held) for kind, held in steps.items()}
    return {name: torch.from_numpy(np.array(held, np.float32)) for name, held in state.items()}


def _all_pieces(folder: Path, kept: np.ndarray) -> np.ndarray:
    """MiniLM's table with the rows of the pieces that a folder's vocabulary keeps in their old places."""
    table: np.ndarray = load_file(str(MINILM / "model.safetensors"))["embeddings.word_embeddings.weight"].copy()
    old = vocabulary(MINILM / "tokenizer.json")
    for piece, number in vocabulary(folder / "tokenizer.json").items():
        table[old[piece]] = kept[number]
    return table


def vocabulary(tokenizer: Path) -> dict[str, int]:
    """The pieces in a tokenizer's file and their numbers."""
    held: dict[str, int] = Tokenizer.from_file(str(tokenizer)).get_vocab()
    return held


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--model", type=Path, default=SHIPPED, help="a model folder; otherwise the shipped one")
    given = parser.parse_args()
    torch.save(checkpoint_of(given.model), given.checkpoint)


if __name__ == "__main__":
    main()
