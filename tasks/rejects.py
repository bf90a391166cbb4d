"""What was not let in, and why: rows of the `rejects` table before they have a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from onrecord.files.parts import source_key, split_key

Stage = Literal["read", "structure", "extract", "validate"]


@dataclass(frozen=True, slots=True)
class Reject:
    """One raw file, part of one, or row that was not let in. `reason` tells a person what is wrong and what to do."""

    source_path: str
    stage: Stage
    reason: str
    source_sha256: str | None = None
    table: str | None = None
    row_id: str | None = None
    expectation: str | None = None
    severity: str = "critical"
    metadata_sha256: str | None = None
    source_part: str | None = None

    @property
    def key(self) -> str:
        """The key of the source that it is about."""
        return source_key(self.source_path, self.source_part)

    @classmethod
    def of_file(
        cls, path: str, stage: Stage, reason: str, *, sha256: str | None = None, row_id: str | None = None
    ) -> Reject:
        return cls(source_path=path, stage=stage, reason=reason, source_sha256=sha256, row_id=row_id)

    @classmethod
    def of_source(cls, key: str, stage: Stage, reason: str, *, sha256: str | None = None) -> Reject:
        """Of a file or a part of one, by its key."""
        path, part = split_key(key)
        return cls(source_path=path, stage=stage, reason=reason, source_sha256=sha256, source_part=part)

    def as_row(self, run_id: str, version: str) -> dict[str, Any]:
        return {**asdict(self), "run_id": run_id, "pipeline_version": version}


def by_source(rejects: Iterable[Reject]) -> dict[str, list[Reject]]:
    """The rejects of each source, by its key."""
    found: dict[str, list[Reject]] = {}
    for reject in rejects:
        found.setdefault(reject.key, []).append(reject)
    return found
