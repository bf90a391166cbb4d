"""The graphs of the shipped model as onnxruntime runs them."""

from importlib import resources
from pathlib import Path

import onnxruntime  # type: ignore[import-untyped]
import pytest

from onrecord.tagger.network import UNWANTED_FUSIONS, session_options

MODEL = resources.files("onrecord.tagger") / "model"


def rewritten(graph: str, disabled: list[str], folder: Path) -> bytes:
    """A graph of the model as onnxruntime rewrites it, in its own format."""
    options = session_options(1)
    options.optimized_model_filepath = str(folder / "rewritten.onnx")
    model = (MODEL / graph).read_bytes()
    onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"], disabled_optimizers=disabled)
    return (folder / "rewritten.onnx").read_bytes()


@pytest.mark.parametrize("graph", ["encoder.onnx", "linker.onnx"])
def test_no_norm_is_fused_with_the_sum_before_it(graph: str, tmp_path: Path) -> None:
    assert b"SkipLayerNormalization" not in rewritten(graph, UNWANTED_FUSIONS, tmp_path)


def test_it_would_be_where_nothing_is_said(tmp_path: Path) -> None:
    """The fusion still goes by the name that it is switched off by; where this fails, onnxruntime has changed."""
    assert b"SkipLayerNormalization" in rewritten("linker.onnx", [], tmp_path)
