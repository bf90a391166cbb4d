"""From the corpora to the shipped model: `python -m training --corpora FOLDER --out FOLDER [--ship]`.

Trains (or goes on with what is in `--out`), with `--start` and `--teacher` from and by checkpoints of earlier runs;
averages the epochs, exports in float and int8, calibrates, scores both on the dev files, and appends settings and
scores to `training/log.jsonl`. With `--ship` the int8 model replaces the one in the package.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from dataclasses import asdict
from pathlib import Path

import torch

from onrecord.tagger.default import default_tagger
from training.average import average
from training.calibrate import calibrate
from training.corpora import read_corpora
from training.evaluate import evaluate
from training.export import export
from training.quantising import some_windows
from training.shipped import SHIPPED, UNADAPTED
from training.train import Settings, read_training, train

HERE = Path(__file__).parent
LOG = HERE / "log.jsonl"
SIZE_LIMIT = 25e6


def finish(corpora: Path, out: Path, settings: Settings, log_row: dict[str, object], teacher: Path | None) -> Path:
    """Everything after training; `log_row` begins the run's row in the log. Returns the folder of the int8 model.

    `teacher`: a checkpoint to take the mean with."""
    documents = read_corpora(corpora, settings.seed, settings.aside)
    checkpoint = average(out, settings.average_from, teacher)
    row = log_row | {"settings": asdict(settings)}
    row["losses"] = [json.loads(line) for line in (out / "losses.jsonl").read_text().splitlines()]
    for kind, windows in (("int8", some_windows(documents.train, settings.seed)), ("float", None)):
        folder = out / kind
        export(checkpoint, folder, str(row["version"]), windows)
        row[f"calibration {kind}"] = calibrate(folder, documents.aside)
        began = time.perf_counter()
        row[f"dev {kind}"] = evaluate(default_tagger(folder), documents.dev).scores()
        print(kind, json.dumps(row[f"dev {kind}"], indent=1), f"{time.perf_counter() - began:.0f} s", flush=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")
    return out / "int8"


def ship(folder: Path) -> None:
    """Copy the model into the package, and to where `training.adapting` begins.

    Raises ValueError where it is larger than a package should carry."""
    files = sorted(folder.iterdir())
    size = sum(path.stat().st_size for path in files)
    if size > SIZE_LIMIT:
        raise ValueError(f"the model in {folder} has {size / 1e6:.1f} MB; the package takes {SIZE_LIMIT / 1e6:.0f}")
    for at in (SHIPPED, UNADAPTED):
        at.mkdir(exist_ok=True)
        for path in files:
            shutil.copy(path, at / path.name)


def main() -> None:
    """The command line: every setting is an option."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="1")
    parser.add_argument("--note", default="", help="what this run tries, for the log")
    parser.add_argument("--teacher", type=Path, nargs="*", default=[], help="checkpoints to learn from as well")
    parser.add_argument("--start", type=Path, help="a checkpoint to begin with, or MPNet's model.safetensors")
    parser.add_argument("--average-teacher", action="store_true", help="end with the mean of the run and its teacher")
    parser.add_argument("--ship", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = vars(parser.parse_args())
    torch.set_num_threads(given.pop("threads"))
    corpora, out, version, note, to_ship = (given.pop(k) for k in ("corpora", "out", "version", "note", "ship"))
    teachers, start, with_teacher = (given.pop(k) for k in ("teacher", "start", "average_teacher"))
    settings = Settings(**given)
    train(read_training(corpora, settings, bool(teachers)), out, settings, teachers, start)
    parents = {"teachers": [path.name for path in teachers], "start": start.name if start else None}
    row = {"version": version, "note": note, **{key: value for key, value in parents.items() if value}}
    folder = finish(corpora, out, settings, row, teachers[0] if with_teacher else None)
    if to_ship:
        ship(folder)


if __name__ == "__main__":
    main()
