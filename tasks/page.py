"""The run report as a page: one HTML file, made from the template `page.html`, which escapes all that a run tells.

Great Expectations' own Data Docs load their styles from a CDN; this page shows the same results offline.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import jinja2

from tasks.removals import some
from tasks.report import RunReport

#: Rows of a table on the page; the rest is in the warehouse.
MOST_ROWS = 500
#: Earlier runs that a page links to.
MOST_RUNS = 50


def page(report: RunReport, earlier: Sequence[str] = ()) -> str:
    """The page as HTML. `earlier`: ids of runs whose pages stand beside it, the newest first."""
    rows, marks = _expectations(report)
    met = sum(mark == "good" for mark in marks)
    return _template().render(
        report=report,
        started=f"{report.started_at:%Y-%m-%d %H:%M:%S}",
        counts=[(name, f"{count:,}") for name, count in report.counts()],
        tables=[(name, f"{count:,}", f"{change:+,}") for name, count, change in report.table_rows()],
        removals=report.removals.named()[:MOST_ROWS],
        unread=[(some(found.paths), f"{len(found.paths):,}", found.remedy) for found in report.unread[:MOST_ROWS]],
        rejects=[(r.key, r.stage, r.reason) for r in report.rejects[:MOST_ROWS]],
        told=f"{met:,} of {len(rows):,} were met." if rows else "No rows were checked.",
        expectations=rows,
        marks=marks,
        durations=[(step, f"{seconds:.2f}") for step, seconds in report.durations.items()],
        earlier=[run for run in earlier if run != report.run_id][:MOST_RUNS],
        slowest=[(path, f"{seconds:.2f}") for path, seconds in report.slowest],
    )


def _expectations(report: RunReport) -> tuple[list[tuple[str, str, str, str, str]], list[str]]:
    """The rows of the table of expectations and their marks, what failed first."""
    checks = sorted(report.checks.items(), key=lambda check: check[1][2] == 0)
    rows = [
        (table, name, severity, f"{evaluated:,}", f"{failed:,}")
        for (table, name), (severity, evaluated, failed) in checks
    ]
    marks = ["good" if row[4] == "0" else "bad" if row[2] == "critical" else "warn" for row in rows]
    return rows, marks


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tasks", "."), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("page.html")
