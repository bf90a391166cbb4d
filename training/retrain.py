"""Fits all that is learned, in order, and measures it: `python -m training.retrain --corpora FOLDER [--dry-run]`.

After a new encoder or more gold. Each step is a command of its own and writes its data file in the package and, where
its gold has folds, the models of the other folds below `training/folds`; a later step reads what the earlier ones give.
The gate comes last, with `--update`: it raises floors and refuses to lower one without a reason. The encoder itself is
trained by `python -m training`, which takes hours; that and the tagger's heads (`training.adapting`) ask for PyTorch.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDS = Path("training/folds")
#: Where the tagger's heads are put together; git ignores it.
OUT = Path("training/out/adapted")


def steps(corpora: Path) -> list[list[str]]:
    """The commands, in order, as arguments of Python."""
    dates = corpora / "dates"
    return [
        ["-m", "training.adapting", str(corpora), "--work", str(OUT)],
        ["-m", "training.layout", "--corpora", str(corpora), "--folds", str(FOLDS)],
        ["-m", "training.publication_dates", "--corpora", str(corpora), "--folds", str(FOLDS)],
        ["-m", "training.authors", "--corpora", str(corpora), "--folds", str(FOLDS)],
        [
            *("-m", "training.dates_chooser", str(dates / "te3_aquaint.jsonl"), str(dates / "meantime_en.jsonl")),
            *("--partial", str(dates / "gum_news.jsonl"), "--history", str(dates / "wikiwars.jsonl")),
            *("--folds", str(FOLDS)),
        ],
        ["-m", "training.report_kind", "statistics", str(corpora)],
        ["-m", "training.report_kind", "fit", str(corpora), "--folds", str(FOLDS)],
        ["-m", "training.speakers", str(corpora), "--folds", str(FOLDS)],
        ["-m", "training.roles", str(corpora), "--folds", str(FOLDS)],
        ["-m", "benchmarks.stages", "--write"],
        ["-m", "benchmarks.gate", "--update"],
    ]


def main() -> None:
    """Run the steps; stops at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of gold data (shared/corpora)")
    parser.add_argument("--dry-run", action="store_true", help="print the commands, and do nothing")
    options = parser.parse_args()
    for arguments in steps(options.corpora):
        print(shlex.join(["python", *arguments]), flush=True)
        if not options.dry_run:
            subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True)  # noqa: S603 - our own modules


if __name__ == "__main__":
    main()
