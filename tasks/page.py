"""The run report as a page: one HTML file without scripts, fonts or links to a network, everything escaped.

Great Expectations' own Data Docs load their styles from a CDN; this page shows the same results offline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from tasks.report import RunReport

_STYLE = """
:root {
  color-scheme: light dark;
  --ground: #ffffff; --ink: #1b1b1f; --faint: #6b6b76; --line: #dcdce3;
  --bad: #b3261e; --warn: #9a6700; --good: #1a7f37;
}
@media (prefers-color-scheme: dark) { :root {
  --ground: #17171b; --ink: #ececf1; --faint: #a0a0ab; --line: #3a3a42;
  --bad: #ff8a80; --warn: #e3b341; --good: #56d364;
} }
* { box-sizing: border-box; }
body {
  font: 15px/1.5 system-ui, sans-serif; background: var(--ground); color: var(--ink);
  margin: 0 auto; max-width: 60rem; padding: 2rem 1rem;
}
h1 { font-size: 1.5rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p.about { color: var(--faint); margin: 0 0 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--faint); } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
td.long { overflow-wrap: anywhere; }
.bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); }
progress { width: 6rem; height: .6rem; vertical-align: middle; accent-color: var(--good); }
"""

#: Rows of a table on the page; the rest is in the warehouse.
MOST_ROWS = 500


def page(report: RunReport) -> str:
    """The page as HTML."""
    parts = [
        f"<h1>Run {escape(report.run_id)}</h1>",
        f'<p class="about">{escape(report.flow)}, version {escape(report.pipeline_version)}, '
        f"{report.started_at:%Y-%m-%d %H:%M:%S} UTC, {report.seconds:.1f} s</p>",
        _table(("files", "count"), [(name, f"{count:,}") for name, count in report.counts()], numbers=(1,)),
        "<h2>Tables</h2>",
        _table(
            ("table", "rows", "change"),
            [(name, f"{count:,}", f"{change:+,}") for name, count, change in report.table_rows()],
            numbers=(1, 2),
        ),
        *_warnings(report),
        *_rejects(report),
        *_expectations(report),
        "<h2>Fill rates of this run's rows</h2>",
        _fill(report),
        "<h2>Seconds by step</h2>",
        _table(("step", "seconds"), [(s, f"{n:.2f}") for s, n in report.durations.items()], numbers=(1,)),
    ]
    if report.slowest:
        slowest = [(path, f"{seconds:.2f}") for path, seconds in report.slowest]
        parts += [
            "<h2>Slowest files</h2>",
            '<p class="about">Of what is done for a batch together each file counts a share by its length.</p>',
            _table(("file", "seconds"), slowest, numbers=(1,), long=(0,)),
        ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Run {escape(report.run_id)}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _warnings(report: RunReport) -> list[str]:
    if not report.drift:
        return []
    return [
        "<h2>Unlike the last runs</h2>",
        "<ul>",
        *(f'<li class="warn">{escape(d)}</li>' for d in report.drift),
        "</ul>",
    ]


def _rejects(report: RunReport) -> list[str]:
    if not report.rejects:
        return []
    rows = [(r.source_path, r.stage, r.reason) for r in report.rejects[:MOST_ROWS]]
    left = len(report.rejects) - len(rows)
    more = [f'<p class="about">And {left:,} more: see the table rejects.</p>'] if left else []
    table = _table(("file", "stage", "reason"), rows, long=(0, 2))
    return [f"<h2>Rejected ({len(report.rejects):,})</h2>", table, *more]


def _expectations(report: RunReport) -> list[str]:
    """What failed first: nobody reads a hundred lines to find that none of them matters."""
    checks = sorted(report.checks.items(), key=lambda check: check[1][2] == 0)
    rows = [
        (table, name, severity, f"{evaluated:,}", f"{failed:,}")
        for (table, name), (severity, evaluated, failed) in checks
    ]
    marks = ["bad" if row[2] == "critical" and row[4] != "0" else "warn" if row[4] != "0" else "good" for row in rows]
    failed = sum(mark != "good" for mark in marks)
    told = f"{len(rows) - failed:,} of {len(rows):,} were met." if rows else "No rows were checked."
    if report.few:
        told += " In a run of few files they are read plainly; Great Expectations judges what does not plainly hold."
    head = ("table", "expectation", "severity", "rows", "failed")
    return [
        "<h2>Expectations</h2>",
        f'<p class="about">{told}</p>',
        _table(head, rows, numbers=(3, 4), long=(1,), marks=marks),
    ]


def _fill(report: RunReport) -> str:
    cells = []
    for table, columns in report.fill.items():
        for column, share in columns.items():
            bar = f'<progress max="1" value="{share}"></progress> {share:.0%}'
            cells.append(f"<tr><td>{escape(table)}</td><td>{escape(column)}</td><td>{bar}</td></tr>")
    return _wrapped("<tr><th>table</th><th>column</th><th>not null</th></tr>" + "".join(cells))


def _table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Sequence[int] = (),
    long: Sequence[int] = (),
    marks: Sequence[str] = (),
) -> str:
    """`numbers` and `long`: places of the columns that are set right, and that may break within a word."""

    def cell(tag: str, place: int, value: str, mark: str = "") -> str:
        names = " ".join(filter(None, ["n" if place in numbers else "long" if place in long else "", mark]))
        return f'<{tag} class="{names}">{escape(value)}</{tag}>' if names else f"<{tag}>{escape(value)}</{tag}>"

    lines = ["<tr>" + "".join(cell("th", n, name) for n, name in enumerate(head)) + "</tr>"]
    for number, row in enumerate(rows):
        mark = marks[number] if marks else ""
        last = len(row) - 1
        lines.append("<tr>" + "".join(cell("td", n, v, mark if n == last else "") for n, v in enumerate(row)) + "</tr>")
    return _wrapped("".join(lines))


def _wrapped(rows: str) -> str:
    return f'<div class="scroll"><table>{rows}</table></div>'
