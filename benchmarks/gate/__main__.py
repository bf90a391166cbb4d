"""Measures every accuracy figure and holds it against its floor (docs/gate.md).

    python -m benchmarks.gate [--only NAME...] [--quick] [--fold 0-3] [--work DIR [--keep]] [--jobs N]
    python -m benchmarks.gate --update [--allow-lower REASON] [...]

Exit codes: 0 all floors hold, 1 some do not or could not be measured, 2 wrong usage. The gold lies in the shared folder
(ONRECORD_SHARED, else `shared` beside the checkout); where there is none, only the sample corpus is measured.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from benchmarks.gate import floors, lowered
from benchmarks.gate.measurements import Measurement, measurements
from benchmarks.gate.noise import SAMPLES
from benchmarks.gate.processes import ROOT
from benchmarks.gate.results import MeasurementError, Result
from benchmarks.gate.workplace import Workplace, processor, shared_folder

#: Inputs, result and seconds; or why there are none.
Measured = tuple[dict[str, str], Result, float] | MeasurementError

FLOORS = ROOT / "benchmarks/floors.json"


def folds(text: str) -> frozenset[int]:
    """Folds as they are typed: "4", "0-3", "0,2"."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(
        prog="python -m benchmarks.gate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--only", nargs="+", metavar="NAME", help="measure these; a name's beginning with * will do")
    made.add_argument("--quick", action="store_true", help="measure the part that CI runs")
    made.add_argument("--fold", type=folds, metavar="N", help="only gold rows of these folds (4, 0-3), floors apart")
    made.add_argument(
        "--work", type=Path, help="folder of texts and warehouses, which stays (default: a temporary one)"
    )
    made.add_argument("--keep", action="store_true", help="take what --work holds already; read only what is missing")
    made.add_argument("--jobs", type=int, default=1, help="so many measurements at a time, one process each")
    made.add_argument("--floors", type=Path, default=FLOORS, help="the file of floors; lowered.json lies beside it")
    made.add_argument("--update", action="store_true", help="set the floors to what is measured; none may fall")
    made.add_argument("--allow-lower", metavar="REASON", help="let floors fall, and keep the reason in lowered.json")
    made.add_argument("--samples", type=int, default=SAMPLES, help="half samples that the noise is taken from")
    return made


def choose(given: argparse.Namespace, every: Sequence[Measurement], place: Workplace) -> list[Measurement]:
    """The measurements that the options ask for and that can be made here."""
    chosen = [one for one in every if (one.quick or not given.quick) and (one.folded or place.folds is None)]
    if given.only:
        unknown = [name for name in given.only if not any(_called(one, name) for one in every)]
        if unknown:
            names = ", ".join(one.name for one in every)
            raise SystemExit(f"there is no measurement {', '.join(unknown)}; there are {names}")
        chosen = [one for one in chosen if any(_called(one, name) for name in given.only)]
    if not place.shared.is_dir():
        print(f"There is no shared folder at {place.shared} (ONRECORD_SHARED): only the sample corpus is measured.")
        chosen = [one for one in chosen if not one.needs_shared]
    return chosen


def _called(one: Measurement, name: str) -> bool:
    return one.name.startswith(name[:-1]) if name.endswith("*") else one.name == name


def _say(line: str) -> None:
    print(line, flush=True)  # a log shows each measurement when it is made


def gate(
    chosen: Sequence[Measurement], place: Workplace, given: argparse.Namespace, say: Callable[[str], None] = _say
) -> bool:
    """Measures each, tells how it stands and updates the floors if asked to; returns whether all is well."""
    kept, kind = floors.load(given.floors), processor()
    well = True
    for one, measured in measure(chosen, place, given.jobs):
        name = one.name + place.suffix
        if isinstance(measured, MeasurementError):
            say(f"{name}: NOT MEASURED: {measured}\n")
            well = False
            continue
        inputs, result, seconds = measured
        verdicts = floors.judge(kept.get(name), result, inputs, kind)
        report(name, one.command, verdicts, seconds, say)
        if not given.update:
            well &= not any(verdict.broken for verdict in verdicts)
            continue
        down = floors.let_down(kept.get(name), result, inputs)
        if down and not given.allow_lower:
            say(f"{name}: its floors are left as they were; to lower them, say why with --allow-lower REASON.\n")
            well = False
            continue
        kept[name] = floors.floors_at(one.command, inputs, result, one.noise(place, given.samples), kind)
        if down:
            note(given.floors.with_name("lowered.json"), given.allow_lower, name, down)
        floors.save(given.floors, kept)
    return well


def note(path: Path, reason: str, name: str, down: lowered.Moves) -> None:
    """Adds what a measurement lets down today to the file of what was let down."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    lowered.save(path, lowered.noted(lowered.load(path), today, reason, name, down))


def measure(chosen: Sequence[Measurement], place: Workplace, jobs: int) -> Iterator[tuple[Measurement, Measured]]:
    """Makes the measurements, `jobs` at a time, those of one ingest one after the other; gives them in order."""

    def make(group: list[Measurement]) -> list[tuple[Measurement, Measured]]:
        return [(one, _measure(one, place)) for one in group]

    groups: dict[str, list[Measurement]] = {}
    for one in chosen:
        groups.setdefault(one.reads, []).append(one)
    with ThreadPoolExecutor(jobs) as pool:
        for made in pool.map(make, groups.values()):
            yield from made


def _measure(one: Measurement, place: Workplace) -> Measured:
    start = time.monotonic()
    try:
        return one.inputs(place), one.measure(place), time.monotonic() - start
    except MeasurementError as error:
        return error


def report(
    name: str, command: str, verdicts: Sequence[floors.Verdict], seconds: float, say: Callable[[str], None]
) -> None:
    """Tells each figure, each changed input and each fact that holds no more; facts that hold are counted."""
    say(f"{name}: {command} ({seconds:.0f} s)")
    facts: dict[floors.State, list[str]] = {}
    for one in verdicts:
        if one.state is floors.State.CHANGED:
            say(f"  {one.what} is not what the floors were measured with (SHA-256 {one.now}, kept {one.kept})")
        elif isinstance(one.now, bool) or isinstance(one.kept, bool):
            facts.setdefault(one.state, []).append(one.what)
        else:
            say(_of_figure(one))
    for state, words in _OF_FACTS.items():
        if state in facts:
            told = facts[state] if state is floors.State.BELOW or len(facts[state]) <= _FEW else []
            names = f": {'; '.join(told)}" if told and state is not floors.State.HOLDS else ""
            say(f"  {len(facts[state])} {words}{names}")
    say("")


#: So many new facts are told by name.
_FEW = 10
_OF_FACTS = {
    floors.State.HOLDS: "facts hold as they must",
    floors.State.NEW: "facts hold and need not yet",
    floors.State.BELOW: "facts must hold and do NOT",
}


def _of_figure(one: floors.Verdict) -> str:
    value = "-" if one.now is None else one.now
    if one.kept is None:
        return f"  {one.what:40} {value:>7}  no floor yet"
    state = "" if one.state is floors.State.HOLDS else f"  {one.state}"
    return f"  {one.what:40} {value:>7}  floor {one.kept:>7}  noise {one.noise:6.3f}{state}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    options = parser()
    given = options.parse_args(arguments)
    if given.keep and not given.work:
        options.error("--keep needs --work")
    if given.allow_lower is not None and not (given.update and given.allow_lower.strip()):
        options.error("--allow-lower needs --update and a reason")
    with ExitStack() as stack:
        work = given.work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gate-")))
        place = Workplace(shared_folder(), work.absolute(), given.keep, given.fold)
        well = gate(choose(given, measurements(), place), place, given)
    print("All floors hold." if well else "Some floors do not hold.")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
