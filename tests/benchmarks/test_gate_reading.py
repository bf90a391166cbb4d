"""Gold articles go into a warehouse as a user's would, each process as it is told, and figures come out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.gate import processes, workplace
from benchmarks.gate.facts import Cases
from benchmarks.gate.measurements import PAGES, fitted_on, held_out, invented, mixed_pages
from benchmarks.gate.results import MeasurementError, higher
from benchmarks.gate.scored import Reading, Scored
from benchmarks.gate.workplace import Workplace, digest, fold_models
from onrecord.learned.trees import FOLDER_VARIABLE

#: A scorer of ours with the commands of the shared one: `prepare`, and a count of quotes by speaker.
SCORER = """
import json, pathlib, sys
import pyarrow.dataset as ds
what, gold, target = sys.argv[1:4]
rows = [json.loads(line) for line in pathlib.Path(gold).read_text(encoding="utf-8").splitlines()]
def column(table, name):
    return ds.dataset(pathlib.Path(target, table).resolve(), format="parquet").to_table()[name].to_pylist()
if what == "prepare":
    raw = pathlib.Path(target)
    raw.mkdir(exist_ok=True)
    for row in rows:
        (raw / (row["id"] + ".txt")).write_text(row["text"], encoding="utf-8")
    lines = [json.dumps({"file": row["id"] + ".txt", "publisher": row["outlet"]}) for row in rows]
    (raw / "metadata.jsonl").write_text("\\n".join(lines), encoding="utf-8")
else:
    hits = sum(row["speaker"] in column("quotes", "speaker_name") for row in rows)
    outlets = sum(outlet is not None for outlet in column("articles", "publisher"))
    print(json.dumps({"right": round(100 * hits / len(rows), 1), "outlets": outlets}))
"""
GOLD = [
    {
        "id": f"{n}",
        "outlet": f"The {town} Echo",
        "fold": n,
        "speaker": name,
        "text": f"{town} weighs a bridge\n\n“The bridge will stay open,” {name}, the mayor of {town}, said.\n",
    }
    for n, (town, name) in enumerate([("Northgate", "Ada Quill"), ("Elmford", "Tobias Marrow")])
]


def shared(folder: Path) -> Path:
    """A shared folder with two gold articles of ours."""
    (folder / "score").mkdir(parents=True)
    (folder / "corpora").mkdir()
    (folder / "score/score.py").write_text(SCORER, encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in GOLD]
    (folder / "corpora/tiny.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def test_articles_go_all_the_way_from_gold_to_figures_and_noise(tmp_path: Path) -> None:
    reading = Reading("tiny", ("corpora/tiny.jsonl",), metadata=False, folded=True)
    scored = Scored("tiny", reading, ("score/score.py", "speech"), higher("right", "outlets"))
    place = Workplace(shared(tmp_path / "shared"), tmp_path / "work")
    figures = {figure.path: value for figure, value in scored.measure(place).figures.items()}
    assert figures["right"] == 100.0
    assert figures["outlets"] < len(GOLD)
    assert set(scored.noise(place, 3).values()) == {0.0}
    assert set(scored.inputs(place)) == {"corpora/tiny.jsonl", "score/score.py"}
    assert "corpora/tiny.jsonl" in scored.command


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], str | None]]:
    """Each process that would be run, with the fold of its models; it only makes what the next one needs."""
    made: list[tuple[list[str], str | None]] = []

    def note(command: Sequence[object], environment: Mapping[str, str], _success: Sequence[int] = (0,)) -> str:
        words = [str(word) for word in command]
        if "prepare" in words:
            Path(words[-1]).mkdir(exist_ok=True)
            Path(words[-1], "metadata.jsonl").touch()
            words[-2] = ",".join(json.loads(line)["id"] for line in Path(words[-2]).read_text("utf-8").splitlines())
        models = environment.get(FOLDER_VARIABLE)
        made.append((words, Path(models).name if models else None))
        return ""

    monkeypatch.setattr(workplace, "run", note)
    monkeypatch.setattr(workplace, "run_onrecord", note)
    monkeypatch.setenv(FOLDER_VARIABLE, "anywhere")
    monkeypatch.setattr(workplace, "fold_models", lambda fold: [tmp_path / str(fold)])
    return made


def test_each_fold_is_read_by_a_process_whose_models_have_not_seen_it(
    tmp_path: Path, commands: list[tuple[list[str], str | None]]
) -> None:
    reading = Reading("tiny", ("corpora/tiny.jsonl",), folded=True)
    place = Workplace(shared(tmp_path / "shared"), tmp_path / "work")
    folder = reading.folder(place)
    assert [words[3] for words, _ in commands if "prepare" in words] == ["0", "0,1"]
    assert [fold for words, fold in commands if "ingest" in words] == ["0", "1"]
    assert (folder / "raw/metadata.jsonl").exists()
    assert reading.folder(place) == folder
    assert len(commands) == 4


def test_without_folds_the_shipped_models_read_and_metadata_can_be_kept_back(
    tmp_path: Path, commands: list[tuple[list[str], str | None]]
) -> None:
    reading = Reading("tiny", ("corpora/tiny.jsonl",), metadata=False)
    folder = reading.folder(Workplace(shared(tmp_path / "shared"), tmp_path / "work"))
    assert [fold for words, fold in commands if "ingest" in words] == [None]
    assert not (folder / "raw/metadata.jsonl").exists()


def test_a_fold_must_not_lack_a_model_that_others_have(tmp_path: Path) -> None:
    assert fold_models(0, tmp_path) == []
    for fold in (0, 1):
        (tmp_path / str(fold)).mkdir()
        (tmp_path / str(fold) / "speaker.onnx").touch()
    assert fold_models(1, tmp_path) == [tmp_path / "1", tmp_path / "01"]
    (tmp_path / "0/bag.npz").touch()
    for fold in (1, 2):
        with pytest.raises(MeasurementError, match=r"lacks bag\.npz"):
            fold_models(fold, tmp_path)


def test_some_folds_are_read_apart(tmp_path: Path, commands: list[tuple[list[str], str | None]]) -> None:
    reading = Reading("tiny", ("corpora/tiny.jsonl",), folded=True)
    place = Workplace(shared(tmp_path / "shared"), tmp_path / "work", folds=frozenset({1}))
    assert reading.folder(place).name == "tiny@folds1"
    assert [fold for words, fold in commands if "ingest" in words] == ["1"]


def test_what_was_read_is_kept_only_if_asked(tmp_path: Path, commands: list[tuple[list[str], str | None]]) -> None:
    reading = Reading("tiny", ("corpora/tiny.jsonl",))
    gold = shared(tmp_path / "shared")
    folder = reading.folder(Workplace(gold, tmp_path / "work"))
    (folder / "old").touch()
    reading.folder(Workplace(gold, tmp_path / "work", keep=True))
    assert len(commands) == 2
    assert (folder / "old").exists()
    reading.folder(Workplace(gold, tmp_path / "work"))
    assert len(commands) == 4
    assert not (folder / "old").exists()


def test_a_process_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(MeasurementError, match="ended with 7: no such gold"):
        processes.run(["sh", "-c", "echo no such gold >&2; exit 7"], {})


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(
        MeasurementError, match=r"(?s)`onrecord ingest .*` ended with 2: onrecord: no raw folder at .*nowhere"
    ):
        Workplace(tmp_path, tmp_path / "work").ingest(tmp_path / "nowhere", tmp_path / "warehouse")


def test_a_digest_is_of_contents_and_names(tmp_path: Path) -> None:
    (tmp_path / "case/raw").mkdir(parents=True)
    (tmp_path / "case/raw/a.txt").write_text("one", encoding="utf-8")
    first = digest(tmp_path / "case")
    (tmp_path / "case/raw/a.txt").rename(tmp_path / "case/raw/b.txt")
    assert digest(tmp_path / "case") != first
    assert digest(tmp_path / "case/raw/b.txt") != first
    with pytest.raises(MeasurementError, match="is not there"):
        digest(tmp_path / "nothing")


def test_gold_of_the_project_is_found_in_the_project(tmp_path: Path) -> None:
    place = Workplace(tmp_path / "shared", tmp_path)
    assert place.path("corpora/tiny.jsonl") == tmp_path / "shared/corpora/tiny.jsonl"
    rows = Reading("invented", ("training/gold/invented.jsonl",), invented).rows(place)
    assert all("speaker" in attribution for row in rows for attribution in row["attributions"])
    assert {row["fold"] for row in rows if fitted_on(row)} == {0, 1, 2, 3}
    assert {row["fold"] for row in rows if held_out(row)} == {4}


def test_cases_are_told_by_name(tmp_path: Path) -> None:
    gold = shared(tmp_path / "shared")
    for case in ("one", "two"):
        (gold / "cases" / case).mkdir(parents=True)
    (gold / "score/cases.py").write_text(
        "import json, os, sys\n"
        "assert os.environ['ONRECORD'].endswith('onrecord')\n"
        "checks = [{'ok': True}, {'ok': False}]\n"
        "out = {'one': {'pass': True, 'results': checks[:1]}, 'two': {'pass': False, 'results': checks}}\n"
        "json.dump(out, open(sys.argv[3], 'w'))\n"
        "sys.exit(1)\n",
        encoding="utf-8",
    )
    place = Workplace(gold, tmp_path / "work")
    assert Cases().measure(place).facts == {
        "one": True,
        "one, check 1": True,
        "two": False,
        "two, check 1": True,
        "two, check 2": False,
    }
    assert set(Cases().inputs(place)) == {"score/cases.py", "cases/one", "cases/two"}


def test_pages_come_from_all_styles_in_turn() -> None:
    golds = [[{"id": f"{n:04}", "style": style} for n in range(style, 250)] for style in range(4)]
    chosen = mixed_pages(golds)
    assert len({row["id"] for row in chosen}) == len(chosen) == PAGES
    assert [row["style"] for row in chosen[:5]] == [0, 1, 2, 3, 0]
