"""The file of what was let down on purpose: each change with its reason, the newest last."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

#: A floor, a digest or whether a fact holds; null for what was dropped.
Value = float | str | bool | None
#: By figure, fact or input, what it was and what it is.
Moves = Mapping[str, tuple[Value, Value]]


@dataclass(frozen=True, slots=True)
class Lowered:
    """What one change let down: its moves by measurement."""

    date: str
    reason: str
    moves: Mapping[str, Moves]


def load(path: Path) -> list[Lowered]:
    """The changes, the newest last; none where there is no file."""
    if not path.exists():
        return []
    return [
        Lowered(
            change["date"],
            change["reason"],
            {name: {what: (was, now) for what, (was, now) in moves.items()} for name, moves in change["moves"].items()},
        )
        for change in json.loads(path.read_text(encoding="utf-8"))
    ]


def save(path: Path, changes: Sequence[Lowered]) -> None:
    """Writes the changes, a move a line."""
    text = json.dumps([asdict(change) for change in changes], indent=1, ensure_ascii=False)
    lines = re.sub(r"\[\n\s+([^\[\]{}\n]*)\n\s+([^\[\]{}\n]*)\n\s+\]", r"[\1 \2]", text)
    path.write_text(lines + "\n", encoding="utf-8")


def noted(changes: Sequence[Lowered], date: str, reason: str, measurement: str, moves: Moves) -> list[Lowered]:
    """The changes with what one measurement lets down.

    Moves of one day and reason are one change. What moves again in it keeps what it was at first.
    """
    change = next((one for one in changes if (one.date, one.reason) == (date, reason)), Lowered(date, reason, {}))
    before = change.moves.get(measurement, {})
    again = {what: (before[what][0] if what in before else was, now) for what, (was, now) in moves.items()}
    now = replace(change, moves={**change.moves, measurement: {**before, **again}})
    return [*(one for one in changes if one is not change), now]
