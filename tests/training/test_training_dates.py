"""Fitting the chooser of dates: which candidates of a gold article are right, and a fit from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.dates.chooser import TreeChooser
from onrecord.dates.features import FEATURES
from training import dates_chooser
from training.dates_examples import examples, gold_interval


def article(number: int, text: str, *timexes: tuple[str, str, str]) -> dict[str, object]:
    marked = [
        {"start": text.index(words), "end": text.index(words) + len(words), "type": kind, "value": value}
        for words, kind, value in timexes
    ]
    return {"id": str(number), "text": text, "dct": "2024-05-15", "timexes": marked}


def test_a_candidate_is_right_by_its_value_or_its_days() -> None:
    text = "It was sold in 1863. In June it burned, as it had last week and on 3-5 May 2020. It is shut now."
    row = article(
        1,
        text,
        ("1863", "DATE", "1863"),
        ("June", "DATE", "1863-06"),
        ("last week", "DATE", "2024-05-06/2024-05-12"),
        ("3-5 May 2020", "DATE", "2020-05-03"),
    )
    found = list(examples(row))
    assert [example.right.count(True) for example in found] == [1, 1, 1, 1, 0]
    assert not found[1].right[0]  # the rule takes the June before publication
    assert all(len(vector) == len(FEATURES) for example in found for vector in example.vectors)


@pytest.mark.parametrize(
    ("value", "first"), [("2000-W6", "2000-02-07"), ("1989-XX", "1989-01-01"), ("1998-XX-XX", "1998-01-01")]
)
def test_gold_in_its_own_spelling_has_its_days(value: str, first: str) -> None:
    days = gold_interval(value)
    assert days is not None
    assert days[0].isoformat() == first


def test_gold_that_is_no_date_has_no_days() -> None:
    assert gold_interval("P3D") is None


def test_a_fit_writes_a_model_for_all_and_one_for_each_fold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        article(
            number, "It was sold in 1863. In June it burned.", ("1863", "DATE", "1863"), ("June", "DATE", "1863-06")
        )
        for number in range(60)
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    out = tmp_path / "chooser.onnx"
    monkeypatch.setattr("sys.argv", ["dates_chooser", str(gold), "--folds", str(tmp_path / "folds"), "--out", str(out)])
    dates_chooser.main()
    assert "120 expressions; right by the rules 60, by the chooser, out of fold, 120" in capsys.readouterr().out
    for path in (out, *((tmp_path / "folds" / str(fold) / "chooser.onnx") for fold in range(dates_chooser.FOLDS))):
        assert isinstance(dates_chooser.load_chooser(path), TreeChooser)
