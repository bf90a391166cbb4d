"""The run report: what a run saw, read, rejected and wrote; as a value, as Markdown, and as rows for a table."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tasks.rejects import Reject
from tasks.removals import Removals, some
from tasks.staging import Checks, Slowest
from tasks.unread import Unread


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run did. Durations are seconds; `rows` and `rows_before` count the rows of each table."""

    run_id: str
    flow: str
    started_at: dt.datetime
    finished_at: dt.datetime
    pipeline_version: str
    parameters: Mapping[str, Any]
    seen: int = 0
    new: int = 0
    changed: int = 0
    outdated: int = 0
    #: Of the unchanged ones, those whose publisher's recurring lines are others now.
    reread: int = 0
    #: Of the unchanged ones, those that are read again for an editor's correction.
    corrected: int = 0
    unchanged: int = 0
    #: Files of days that were not asked for, and of no known day where days were.
    other_days: int = 0
    undated: int = 0
    removals: Removals = field(default_factory=Removals)
    #: Why a dry run's plan would be refused.
    refused: str | None = None
    #: Tables of known names, with what became of each.
    known_names: tuple[tuple[str, str], ...] = ()
    #: Corrections that fit nothing any more, each in a line.
    unfit: tuple[str, ...] = ()
    #: Other files, which are not read.
    unread: tuple[Unread, ...] = ()
    #: How the columns of each dataset are read.
    columns: tuple[tuple[str, str], ...] = ()
    unspoken: int = 0
    rejects: tuple[Reject, ...] = ()
    checks: Checks = field(default_factory=dict)
    drift: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    rows_before: Mapping[str, int] = field(default_factory=dict)
    fill: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    durations: Mapping[str, float] = field(default_factory=dict)
    slowest: Slowest = ()
    snapshot: int | None = None
    dry_run: bool = False

    @property
    def did_nothing(self) -> bool:
        return self.snapshot is None and not self.dry_run

    @property
    def is_narrowed(self) -> bool:
        """Whether days of publication were asked for."""
        return bool(self.parameters.get("since") or self.parameters.get("until"))

    @property
    def seconds(self) -> float:
        return (self.finished_at - self.started_at).total_seconds()

    @property
    def removed(self) -> int:
        """Raw files whose rows go and do not come again."""
        return len(self.removals.lost)

    @property
    def renamed(self) -> int:
        return len(self.removals.renamed)

    @property
    def rejected_files(self) -> int:
        return len({r.key for r in self.rejects if r.table is None and r.severity == "critical"})

    @property
    def exit_code(self) -> int:
        """0 done, 3 done but something was rejected."""
        return 3 if any(reject.severity == "critical" for reject in self.rejects) else 0

    @property
    def warnings(self) -> dict[str, int]:
        """Expectations that failed without keeping anything out, and for how many rows."""
        return {f"{t}: {name}": n for (t, name), (level, _, n) in self.checks.items() if n and level != "critical"}

    def counts(self) -> list[tuple[str, int]]:
        """Files by what became of them."""
        return [
            ("files seen", self.seen),
            ("new", self.new),
            ("renamed", self.renamed),
            ("changed", self.changed),
            ("read again (--full or a new version)", self.outdated),
            ("read again (recurring lines)", self.reread),
            ("read again (corrections)", self.corrected),
            ("unchanged", self.unchanged),
            ("of other days, left out", self.other_days),
            ("without a date, left out", self.undated),
            ("removed", self.removed),
            ("gone (rows kept)", len(self.removals.kept)),
            ("rejected", self.rejected_files),
            ("not in English (no quotes)", self.unspoken),
            ("other files, not read", sum(len(of_type.paths) for of_type in self.unread)),
        ]

    def table_rows(self) -> list[tuple[str, int, int]]:
        """Each table's rows after the run, and how many more or fewer than before."""
        return [(name, count, count - self.rows_before.get(name, 0)) for name, count in self.rows.items()]

    def reject_reasons(self) -> list[tuple[str, int]]:
        """Rejects by stage and reason, most first."""
        reasons = Counter(f"{r.stage}: {r.expectation or r.reason}" for r in self.rejects)
        return reasons.most_common()

    def markdown(self) -> str:
        """The report as a Prefect artifact. Names of files are data: they stand in code spans."""
        lines = [f"# Run {self.run_id}", "", f"{self.flow}, version {self.pipeline_version}, {self._span()}", ""]
        lines += ["| files | |", "| --- | ---: |", *(f"| {name} | {count:,} |" for name, count in self.counts()), ""]
        lines += ["| table | rows | change |", "| --- | ---: | ---: |"]
        lines += [f"| {name} | {count:,} | {change:+,} |" for name, count, change in self.table_rows()]
        if self.known_names:
            told = ", ".join(f"`{_plain(name)}` ({what})" for name, what in self.known_names)
            lines += ["", f"Tables of known names: {told}"]
        if self.unfit:
            lines += [
                "",
                "## Corrections that fit nothing any more",
                "",
                *(f"- `{_plain(told)}`" for told in self.unfit),
            ]
        if removals := self.removals.named():
            lines += ["", "## Renamed, removed or gone", "", "| file | |", "| --- | --- |"]
            lines += [f"| `{_plain(path)}` | {matter} |" for path, matter in removals[:500]]
        if self.unread:
            lines += ["", "## Files not read", "", "| files | | what to do |", "| --- | ---: | --- |"]
            lines += [f"| `{_plain(some(u.paths))}` | {len(u.paths):,} | {u.remedy} |" for u in self.unread]
        if self.columns:
            lines += ["", "## Columns of datasets", "", "| file | read as |", "| --- | --- |"]
            lines += [f"| `{_plain(path)}` | `{_plain(columns)}` |" for path, columns in self.columns[:500]]
        if self.rejects:
            lines += ["", "## Rejected", "", "| why | rows |", "| --- | ---: |"]
            lines += [f"| `{_plain(reason)}` | {count:,} |" for reason, count in self.reject_reasons()[:50]]
        if self.warnings:
            lines += ["", "## Warnings", "", "| expectation | rows |", "| --- | ---: |"]
            lines += [f"| `{_plain(name)}` | {count:,} |" for name, count in self.warnings.items()]
        if self.drift:
            lines += ["", "## Unlike the last runs", "", *(f"- {_plain(told)}" for told in self.drift)]
        lines += ["", "## Seconds by step", "", "| step | s |", "| --- | ---: |"]
        lines += [f"| {step} | {seconds:.2f} |" for step, seconds in self.durations.items()]
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The whole report for `warehouse/.reports/<run>.json`."""
        told = {**asdict(self), "checks": [[*key, *value] for key, value in self.checks.items()]}
        return json.dumps(told, default=str, ensure_ascii=False, indent=1)

    def _span(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M:%S} UTC, {self.seconds:.1f} s"


def _plain(text: str) -> str:
    return text.replace("`", "'").replace("|", "/").replace("\n", " ")
