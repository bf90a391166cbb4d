"""The network as two ONNX graphs, written node by node with onnxruntime's fused operators.

Written by hand because the fused operators (attention, quantised products) make the graph
twice as fast as an exported one, and because nothing then depends on an exporter's choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.quantising import Observed, quantise

MICROSOFT = "com.microsoft"
EPSILON = 1e-12
LINK_EPSILON = 1e-5


@dataclass
class Graph:
    """A graph under construction; `quantised` says whether products are in int8 (activations scaled per call).

    `observed`: what is known of the inputs of a product, by its name; see `training.quantising`.
    """

    quantised: bool
    observed: Mapping[str, Observed] = field(default_factory=dict)
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)
    count: int = 0

    def constant(self, value: np.ndarray) -> str:
        self.count += 1
        name = f"c{self.count}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], outputs: int = 1, domain: str = "", **attributes: Any) -> str:
        names = self.many(kind, inputs, outputs, domain, **attributes)
        return names[0]

    def many(self, kind: str, inputs: Sequence[str], outputs: int, domain: str = "", **attributes: Any) -> list[str]:
        self.count += 1
        names = [f"n{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names

    def rename(self, name: str, to: str) -> None:
        self.nodes.append(helper.make_node("Identity", [name], [to]))

    def linear(self, x: str, state: Mapping[str, np.ndarray], at: str) -> str:
        """x @ weight.T + bias, as PyTorch stores them under the name `at`."""
        weight, bias = state[f"{at}.weight"].T, self.constant(state[f"{at}.bias"])
        if not self.quantised:
            return self.node("Add", [self.node("MatMul", [x, self.constant(weight)]), bias])
        x, values, scales, zero = self.quantised_product(x, weight, at)
        return self.node("DynamicQuantizeMatMul", [x, values, scales, zero, bias], domain=MICROSOFT)

    def quantised_product(self, x: str, weight: np.ndarray, at: str) -> tuple[str, str, str, str]:
        """The input, evened out where it is uneven, and the weights' values, scales and zero points."""
        held = quantise(weight, self.observed.get(at))
        if held.divisor is not None:
            x = self.node("Mul", [x, self.constant(1 / held.divisor)])
        zero = np.zeros(len(held.scales), np.int8)
        return x, self.constant(held.values), self.constant(held.scales), self.constant(zero)

    def skip_norm(self, x: str, skip: str, gamma: np.ndarray, beta: np.ndarray, epsilon: float) -> str:
        """Two nodes: onnxruntime's fused operator for both takes five times as long on a CPU (1.31)."""
        inputs = [self.node("Add", [x, skip]), self.constant(gamma), self.constant(beta)]
        return self.node("LayerNormalization", inputs, epsilon=epsilon)

    def attention(self, x: str, state: Mapping[str, np.ndarray], at: str, heads: int) -> str:
        weight, bias = state[f"{at}.weight"].T, self.constant(state[f"{at}.bias"])
        if not self.quantised:
            return self.node("Attention", [x, self.constant(weight), bias], domain=MICROSOFT, num_heads=heads)
        x, values, scales, zero = self.quantised_product(x, weight, at)
        whole, scale, shift = self.many("DynamicQuantizeLinear", [x], 3)
        inputs = [whole, values, bias, scale, scales, "", shift, zero]
        return self.node("QAttention", inputs, domain=MICROSOFT, num_heads=heads)

    def layer(self, x: str, state: dict[str, np.ndarray], at: str, heads: int, epsilon: float) -> str:
        mixed = self.attention(x, state, f"{at}.qkv", heads)
        mixed = self.linear(mixed, state, f"{at}.out")
        x = self.skip_norm(mixed, x, state[f"{at}.norm1.weight"], state[f"{at}.norm1.bias"], epsilon)
        inner = self.linear(x, state, f"{at}.up")
        inner = self.node("Gelu", [inner], domain=MICROSOFT)
        inner = self.linear(inner, state, f"{at}.down")
        return self.skip_norm(inner, x, state[f"{at}.norm2.weight"], state[f"{at}.norm2.bias"], epsilon)

    def embedding(self, at: str, table: np.ndarray) -> str:
        """Rows of a table; a large one is kept in int8 with one scale a row."""
        if not self.quantised or len(table) < 1000:
            return self.node("Gather", [self.constant(table), at])
        scales = np.maximum(np.abs(table).max(1, keepdims=True), 1e-12) / 127
        values = self.constant(np.clip(np.round(table / scales), -127, 127).astype(np.int8))
        rows = self.node("Cast", [self.node("Gather", [values, at])], to=TensorProto.FLOAT)
        return self.node("Mul", [rows, self.node("Gather", [self.constant(scales.astype(np.float32)), at])])

    def model(self, inputs: dict[str, tuple[int, list[str | int]]], outputs: Sequence[str]) -> onnx.ModelProto:
        graph = helper.make_graph(
            self.nodes,
            "onrecord",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self.constants,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def encoder_graph(
    state: dict[str, np.ndarray], layers: int, heads: int, observed: Mapping[str, Observed] | None
) -> onnx.ModelProto:
    """One window → scores of names and cues by word, and each word as the linking graph wants it.

    In int8 with what was observed of the products' inputs (nothing of a product: it is rounded plainly); in float
    where `observed` is null.
    """
    g = Graph(observed is not None, observed or {})
    length = g.node("Gather", [g.node("Shape", ["pieces"]), g.constant(np.array([1]))])
    position = g.node("Slice", [g.constant(state["position.weight"]), g.constant(np.array([0])), length])
    x = g.node("Add", [g.embedding("pieces", state["piece.weight"]), position])
    for name in ("shape", "quotation", "glued"):
        x = g.node("Add", [x, g.embedding(f"{name}s", state[f"{name}.weight"])])
    x = g.node(
        "LayerNormalization", [x, g.constant(state["norm.weight"]), g.constant(state["norm.bias"])], epsilon=EPSILON
    )
    for i in range(layers):
        x = g.layer(x, state, f"layers.{i}", heads, EPSILON)
    words = g.node("Gather", [x, "first"], axis=1)
    words = g.node("Squeeze", [words, g.constant(np.array([0]))])
    width = state["link_word.weight"].shape[1]
    cue = state["link_cue.weight"]
    g.rename(plain_linear(g, words, state["names.weight"], state["names.bias"]), "names")
    g.rename(plain_linear(g, words, state["cues.weight"], state["cues.bias"]), "cues")
    g.rename(plain_linear(g, words, state["link_word.weight"], state["link_word.bias"]), "link_words")
    g.rename(plain_linear(g, words, cue[:, :width], state["link_cue.bias"]), "cue_first")
    g.rename(plain_linear(g, words, cue[:, width:], np.zeros_like(state["link_cue.bias"])), "cue_last")
    row: tuple[int, list[str | int]] = (TensorProto.INT64, [1, "pieces"])
    inputs = {"pieces": row, "shapes": row, "quotations": row, "glueds": row}
    return g.model(
        inputs | {"first": (TensorProto.INT64, ["words"])}, ["names", "cues", "link_words", "cue_first", "cue_last"]
    )


def plain_linear(g: Graph, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
    """In float32 always: the last products decide, and cost little."""
    return g.node("Add", [g.node("MatMul", [x, g.constant(weight.T)]), g.constant(bias)])


def link_graph(state: dict[str, np.ndarray], layers: int, heads: int, quantised: bool) -> onnx.ModelProto:
    """Cues of one chunk → for each, the scores of the chunk's words."""
    g = Graph(quantised)
    cues = g.node("Unsqueeze", ["cues", g.constant(np.array([1]))])
    x = g.node("Add", [g.node("Unsqueeze", ["words", g.constant(np.array([0]))]), cues])
    x = g.node("Add", [x, g.embedding("distance", state["link_distance.weight"])])
    x = g.node("Add", [x, g.embedding("quotation", state["link_quotation.weight"])])
    x = g.node("Gelu", [x], domain=MICROSOFT)
    x = g.node(
        "LayerNormalization",
        [x, g.constant(state["link_norm.weight"]), g.constant(state["link_norm.bias"])],
        epsilon=LINK_EPSILON,
    )
    for i in range(layers):
        x = g.layer(x, state, f"link_layers.{i}", heads, EPSILON)
    g.rename(plain_linear(g, x, state["links.weight"], state["links.bias"]), "links")
    width = state["link_word.weight"].shape[0]
    return g.model(
        {
            "words": (TensorProto.FLOAT, ["words", width]),
            "cues": (TensorProto.FLOAT, ["cues", width]),
            "distance": (TensorProto.INT64, ["cues", "words"]),
            "quotation": (TensorProto.INT64, ["words"]),
        },
        ["links"],
    )
