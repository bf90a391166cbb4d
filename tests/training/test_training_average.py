"""The mean of checkpoints: needs PyTorch."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training is an extra")

from training.average import average  # noqa: E402


@pytest.fixture
def run(tmp_path: Path) -> Path:
    for number, value in ((1, 9.0), (2, 1.0), (10, 3.0)):
        torch.save({"w": torch.full((2,), value)}, tmp_path / f"epoch{number}.pt")
    return tmp_path


def test_epochs_from_the_first_one_asked_for_are_averaged(run: Path) -> None:
    assert torch.load(average(run, 2))["w"].tolist() == [2.0, 2.0]


def test_a_teacher_counts_as_much_as_all_epochs_together(run: Path) -> None:
    torch.save({"w": torch.full((2,), 6.0)}, run / "teacher.pt")
    assert torch.load(average(run, 2, run / "teacher.pt"))["w"].tolist() == [4.0, 4.0]


def test_a_run_without_such_an_epoch_is_told(run: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"from epoch 11 on; it has \[1, 2, 10\]"):
        average(run, 11)
