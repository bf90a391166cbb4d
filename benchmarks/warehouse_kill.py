"""Kill writers for longer than the tests do, while readers look on through the globs that anybody would use.

    python -m benchmarks.warehouse_kill [--kills 1000] [--seed N] [--folder DIR]

Prints kills, commits, reads, how often a reader met a file that was gone (and asked again), and what went wrong:
commits that were acknowledged and lost, states that a reader saw and no commit made, broken promises of the last
snapshots, quotes without their article. The last four must be nothing; the exit code is 1 where they are not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.onrecord.warehouse import crash_run


def main() -> int:
    """Run it, print the outcome, and say by the exit code whether anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--folder", type=Path, help="where to make the warehouse (default: a temporary folder)")
    options = parser.parse_args()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([crash_run.__name__, "duckdb", "pyarrow.dataset"])
    root = Path(tempfile.mkdtemp(dir=options.folder, prefix="warehouse"))
    start = time.perf_counter()
    rng = random.Random(options.seed)  # noqa: S311 - moments, no secret
    outcome = crash_run.kill_at_random(root, options.kills, context, rng, lambda line: print(line, end="\r"))
    shutil.rmtree(root)
    print(f"{outcome.kills} kills over {outcome.commits} commits in {time.perf_counter() - start:.0f} s")
    print(f"{outcome.reads} reads, {outcome.retries} of a file that was gone and asked again")
    wrong = {
        "commits lost": outcome.lost,
        "mixed reads": outcome.mixed,
        "promises broken": outcome.problems,
        "quotes without article": outcome.orphans,
    }
    for name, found in wrong.items():
        print(f"{name}: {found or 'none'}")
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
