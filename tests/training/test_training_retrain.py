"""`make retrain`: every step is a command that is there and takes its arguments."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from training.fold_tagger import ENCODED, HALVES, model_folders
from training.retrain import FOLDS, ROOT, steps

STEPS = steps(Path("corpora"))


def test_the_gate_comes_last_and_every_learned_part_before_it() -> None:
    assert STEPS[-1][1] == "benchmarks.gate" and "--update" in STEPS[-1]
    fitted = {step[1] for step in STEPS}
    models = {path.parent.name for path in (ROOT / "onrecord").rglob("*.onnx")} - {"model"}
    assert models == {"dates", "layout", "publication", "attribution", "speaker", "attributes"}
    assert {
        "training.dates_chooser", "training.layout", "training.authors", "training.report_kind", "training.speakers",
        "training.roles", "training.adapting",
    } <= fitted  # fmt: skip


@pytest.mark.parametrize("module", sorted({step[1] for step in STEPS if step[1].startswith("training")}))
def test_every_step_is_a_module_with_help(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if module == "training.adapting":
        pytest.importorskip("torch", reason="training is an extra")
    monkeypatch.setattr(sys, "argv", [module, "--help"])
    with pytest.raises(SystemExit) as ended:
        import_module(module).main()
    assert ended.value.code == 0
    options = {argument for step in STEPS if step[1] == module for argument in step if argument.startswith("--")}
    shown = capsys.readouterr().out
    assert all(option in shown for option in options)


SPEECH = [*sorted((ROOT / "onrecord/quotes").rglob("*.onnx")), ROOT / "onrecord/tagger/model/tagger.json"]


@pytest.mark.parametrize("model", SPEECH, ids=lambda path: path.stem)
def test_fold_4_is_read_with_the_shipped_models_of_speech_which_have_not_seen_it(model: Path) -> None:
    """What is fitted on speech is fitted on folds 0 to 3: a copy that is left behind measures fold 4 with another."""
    copy = ROOT / FOLDS / "4" / model.name
    assert copy.read_bytes() == model.read_bytes(), f"fit it by its command with --folds, or copy {model} to {copy}"


def test_there_are_models_of_speech() -> None:
    assert {model.stem for model in SPEECH} == {
        "report_confidence",
        "report_kind",
        "report_speech",
        "roles",
        "speakers",
        "tagger",
    }


def test_each_half_of_the_folds_has_a_network_that_was_fitted_on_the_other_half() -> None:
    assert sorted(fold for folds in HALVES.values() for fold in folds) == [0, 1, 2, 3]
    networks = {name: {(ROOT / FOLDS / half / name).read_bytes() for half in HALVES} for name in ENCODED}
    for name, held in networks.items():
        assert len(held) == len(HALVES)
        assert (ROOT / "onrecord/tagger/model" / name).read_bytes() not in held
    assert [folder.name for folder in model_folders(2)] == ["2", "23"]
    assert [folder.name for folder in model_folders(4)] == ["4"]
