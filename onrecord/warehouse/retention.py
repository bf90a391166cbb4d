"""How many snapshots a warehouse keeps, and for how long: said once, and remembered in `.store/retention.json`."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from onrecord.warehouse import disk

#: What was current within this time is kept in any case, so that no reader's files are pulled away.
LEAST = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Retention:
    """The last `snapshots` are kept, and those that were current within the last `days`."""

    snapshots: int = 10
    days: int = 0

    @property
    def age(self) -> dt.timedelta:
        """How long a snapshot is kept after another has taken its place."""
        return max(LEAST, dt.timedelta(days=self.days))

    def updated(self, snapshots: int | None, days: int | None) -> Self:
        """The same with what is said; null says nothing."""
        return replace(
            self,
            snapshots=self.snapshots if snapshots is None else snapshots,
            days=self.days if days is None else days,
        )

    def told(self) -> str:
        """As a person reads it."""
        days = f", and all of the last {self.days} days" if self.days else ""
        return f"the last {self.snapshots} snapshots are kept{days}"

    @classmethod
    def read(cls, file: Path) -> Self:
        """What a file says; the default where there is none. Raises `ValueError` for what is none."""
        try:
            return cls(**json.loads(file.read_text("utf-8")))
        except FileNotFoundError:
            return cls()
        except (TypeError, ValueError) as error:
            raise ValueError(f"{file} says no retention: say it again, with --keep and --keep-days") from error

    def is_in(self, file: Path) -> bool:
        """Whether a file says this."""
        return file.exists() and file.read_bytes() == self._json()

    def _json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    def write(self, file: Path) -> None:
        """Remember it, at once and durably. Raises `OSError`."""
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        disk.remove(fresh)
        disk.write_durably(fresh, self._json())
        fresh.replace(file)
        disk.sync_folder(file.parent)
