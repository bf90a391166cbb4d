"""Processes of the gate: any command, and `onrecord`, whose processes start with its libraries imported.

Imports are most of what reading a small gold takes, and no part of what is measured.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.gate.results import MeasurementError

ROOT = Path(__file__).resolve().parents[2]


def run(command: Sequence[object], environment: Mapping[str, str], success: Sequence[int] = (0,)) -> str:
    """The standard output of a process run in the repository. Raises MeasurementError for other exit codes."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode not in success:
        raise _failed(words, done.returncode, done.stderr.strip() or done.stdout.strip())
    return done.stdout


def run_onrecord(arguments: Sequence[object], environment: Mapping[str, str], success: Sequence[int]) -> None:
    """Run the command `onrecord` in the repository. Raises MeasurementError for other exit codes.

    The process is forked off one that has imported what `onrecord ingest` imports, and has loaded no model.
    """
    words = [str(word) for word in arguments]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.gate.imported"])
    with tempfile.NamedTemporaryFile() as said:
        process = context.Process(target=_onrecord, args=(words, dict(environment), said.name))
        process.start()
        process.join()
        if process.exitcode not in success:
            raise _failed(["onrecord", *words], process.exitcode, Path(said.name).read_text("utf-8").strip())


def _onrecord(words: Sequence[str], environment: Mapping[str, str], said: str) -> None:
    """In the process: what the script `onrecord` does."""
    from flows.cli import main
    from flows.server import settle_environment

    os.environ.clear()
    os.environ.update(environment)
    settle_environment()
    os.chdir(ROOT)
    out = os.open(said, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(out, stream)
    sys.argv = ["onrecord", *words]
    main()


def _failed(words: Sequence[str], code: int | None, said: str) -> MeasurementError:
    return MeasurementError(f"`{' '.join(words)}` ended with {code}: {said[-2000:]}")
