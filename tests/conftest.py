"""What several tests need: one small article of ours, read by hand, and the rows that it makes."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling

from onrecord.document.article import (
    Article,
    Block,
    BlockKind,
    EntityType,
    Mention,
    Publication,
    Quote,
    QuoteType,
    Span,
    SpeakerKind,
    TimeExpression,
    TimexType,
)
from onrecord.warehouse.rows import Lineage
from tasks.loading import uncollected

if TYPE_CHECKING:
    from tasks.report import RunReport

SAMPLE_EPOCH = "1714550400"

# No deadline a case: on a loaded machine a time says nothing about the code; what is slow is seen in the durations.
hypothesis.settings.register_profile("onrecord", deadline=None)
hypothesis.settings.load_profile("onrecord")

#: Modules that take longest, most of them as they start processes: they come first, so that no worker waits at the end.
LONGEST = (
    "test_deployments", "test_engine", "test_backfill", "test_readme", "test_interruption", "test_ingest",
    "test_correct", "test_gate_reading", "test_resolve", "test_raw_roots", "test_crash", "test_server", "test_cli",
    "test_repair", "test_removals", "test_purge", "test_store", "test_page_in_chromium", "test_browse_in_chromium",
)  # fmt: skip

#: Fixtures that are made once a process, and the modules that use them: one worker runs these, one after the other.
TOGETHER = {
    "server": ("test_deployments", "test_engine", "test_interruption", "test_backfill", "test_server"),
    "sample": ("test_ingest", "test_sample_truth"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests by module: the longest first, the others as they come."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))
    for fixture, modules in TOGETHER.items():
        others = {item.path.stem for item in items if fixture in getattr(item, "fixturenames", ())} - {*modules}
        if others:
            raise pytest.UsageError(f"{', '.join(sorted(others))} use {fixture}: name them in {__file__} (TOGETHER)")


#: Whether nothing of the tests is compiled yet, and seconds that a worker waits for the first one to compile it.
COLD = not any(Path(__file__).parent.rglob("test_*.pyc"))
COMPILING_SECONDS = 240


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist whether anything was compiled when the run began."""
    node.workerinput["cold"] = COLD


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Collect without looking for cycles, and the first worker before the others where nothing is compiled yet.

    It then writes for all what Python and pytest compile, which is most of the time of a first collection.
    """
    worker: dict[str, Any] = getattr(session.config, "workerinput", {})
    compiled = Path(tempfile.gettempdir(), f"onrecord-tests-compiled-{worker.get('testrunuid')}")
    first = worker.get("workerid") == "gw0"
    until = time.monotonic() + COMPILING_SECONDS
    while worker.get("cold") and not first and not compiled.exists() and time.monotonic() < until:
        time.sleep(0.2)
    try:
        with uncollected():
            return (yield)
    finally:
        if first:
            compiled.touch()
            session.config.add_cleanup(lambda: compiled.unlink(missing_ok=True))


def pytest_collection_finish() -> None:
    """Keep what is loaded by now out of every later search for cycles, and search less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Let all that is held go at the end: libraries that count their objects would report what is frozen as leaked."""
    gc.unfreeze()


class LoadModules(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Gives a worker a module at a time, or all modules that share a fixture (`--dist loadfile` of pytest-xdist)."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return next((name for name, modules in TOGETHER.items() if Path(module).stem in modules), module)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadModules | None:
    """The scheduler of `--dist loadfile`. (xdist's own groups, `loadgroup`, come to nothing with pytest 9.)"""
    return LoadModules(config, log) if config.getvalue("dist") == "loadfile" else None


@dataclass(frozen=True)
class SampleRun:
    """A copy of the sample corpus, and the warehouse and the report of its ingest."""

    raw: Path
    warehouse: Path
    report: RunReport


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """Read in the second that `SAMPLE_EPOCH` says; no test changes it."""
    from flows.ingest import run_steps
    from flows.orchestration import Plain
    from onrecord.settings import Settings

    place = tmp_path_factory.mktemp("sample")
    raw, warehouse = place / "raw", place / "warehouse"
    shutil.copytree(Path(__file__).parents[1] / "raw", raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", SAMPLE_EPOCH)
        report = run_steps(Settings(raw=raw, warehouse=warehouse, workers=1), Plain(1))
    return SampleRun(raw, warehouse, report)


TEXT = """Bridge is safe, mayor says

Mayor Ada Quill said on Monday: “The bridge is safe.” Quill told reporters that “nobody” was hurt.
"""


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def read_by_hand() -> Article:
    paragraph = TEXT.index("Mayor Ada")
    head, ada, day = span_of("Bridge is safe, mayor says"), span_of("Ada Quill"), span_of("Monday")
    said, told, quill = span_of("said"), span_of("told"), Span(TEXT.index("Quill told"), TEXT.index(" told"))
    return Article(
        text=TEXT,
        blocks=(
            Block(BlockKind.HEADLINE, head.start, head.end),
            Block(BlockKind.PARAGRAPH, paragraph, len(TEXT.rstrip())),
        ),
        body=TEXT[paragraph:].rstrip(),
        publication=Publication(
            headline="Bridge is safe, mayor says", publisher="The Northgate Post", language="en",
            date_published=dt.date(2024, 5, 8),
        ),
        dates=(
            TimeExpression(
                day.start, day.end, TimexType.DATE, "2024-05-06", None, dt.date(2024, 5, 6), dt.date(2024, 5, 6)
            ),
        ),
        mentions=(
            Mention(ada.start, ada.end, EntityType.PERSON, "Ada Quill", 0.9, 0, ("Mayor",)),
            Mention(quill.start, quill.end, EntityType.PERSON, "Ada Quill", 0.8, 0),
        ),
        quotes=(
            Quote(
                QuoteType.DIRECT, "The bridge is safe.", (span_of("The bridge is safe."),), said, ada, "Ada Quill", 0,
                SpeakerKind.PERSON, "Mayor", None, dt.date(2024, 5, 6), None, None, 0.9,
            ),
            Quote(
                QuoteType.MIXED, "that “nobody” was hurt", (span_of("that “nobody” was hurt"),), told, quill,
                "Ada Quill", 0, SpeakerKind.PERSON, "Mayor", "reporters", None, None, None, 0.8,
            ),
        ),
    )  # fmt: skip


@pytest.fixture
def lineage() -> Lineage:
    return Lineage(
        source_path="post/bridge.txt",
        source_sha256="0" * 64,
        source_bytes=len(TEXT.encode()),
        encoding="utf-8",
        run_id="20240509T000000Z-test",
        pipeline_version="0.0.0+test",
        ingested_at=dt.datetime(2024, 5, 9, tzinfo=dt.UTC),
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The workplace's shared folder with seeds and gold data; tests that need it skip where it is not there."""
    place = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))
    if not place.is_dir():
        pytest.skip(f"no shared folder at {place}: set ONRECORD_SHARED to run this test")
    return place
