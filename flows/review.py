"""`onrecord review`: walks through what the readers were least sure of, a key a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from flows.corrections import By, apply_and_tell, editor_name
from flows.options import DEFAULTS, Store
from flows.show import console
from onrecord.warehouse.arrow import pc
from onrecord.warehouse.corrections.correction import Correction, CorrectionError
from onrecord.warehouse.corrections.making import Editor, correct_entities, correct_quote
from onrecord.warehouse.corrections.recording import record
from onrecord.warehouse.corrections.table import CorrectedColumn
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from tasks.corrections import Edits

app = typer.Typer()

#: A speaker of at least this confidence is not asked about.
BELOW = 0.7
#: Characters of the text that are shown on either side of a quote.
AROUND = 160

Decide = Callable[[Editor], list[Correction]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: lines to show, and what each key decides, with its meaning."""

    lines: tuple[str, ...]
    keys: dict[str, tuple[str, Decide]]


@app.command()
def review(
    warehouse: Store = DEFAULTS.warehouse,
    below: Annotated[float, typer.Option(min=0, max=1, help="Ask about speakers less sure than this.")] = BELOW,
    limit: Annotated[int, typer.Option(min=1, help="At most so many pairs of entities, and so many speakers.")] = 50,
    later: Annotated[bool, typer.Option("--later", help="Leave it to the next run to apply the decisions.")] = False,
    by: By = None,
) -> None:
    """Decide what was nearly one entity, and who says what is least sure: a key each. All of it can be undone.

    Every decision is kept at once; they are applied when you stop.
    """
    store, out, name = Warehouse(warehouse), console(), editor_name(by)
    with store.latest() as snapshot:
        asked = [*pairs(snapshot, limit), *speakers(snapshot, below, limit)]
    if not asked:
        out.print("Nothing to review")
        return
    decided = 0
    for number, question in enumerate(asked, 1):
        out.print(f"\n[bold]{number} of {len(asked)}[/]")
        answer = _ask(out, question)
        if answer is None:
            break
        made = _decided(out, answer, Editor.now(name, "review"))
        record(store, made)
        decided += bool(made)
    out.print(f"{decided:,} decided")
    if decided and not later:
        apply_and_tell(warehouse, Edits())


def pairs(snapshot: Snapshot, limit: int) -> Iterator[Question]:
    """A question for each pair of entities that is nearly one, the likeliest first."""
    near = snapshot.read("near_misses").sort_by([("score", "descending"), ("entity_a", "ascending")])
    rows = near.slice(0, limit).to_pylist()
    ids = {row[side] for row in rows for side in ("entity_a", "entity_b")}
    columns = ["entity_id", "name", "roles", "article_count", "quote_count"]
    entities = {row["entity_id"]: row for row in snapshot.rows_of("entities", ids, columns).to_pylist()}
    for row in rows:
        yield _pair(row, entities[row["entity_a"]], entities[row["entity_b"]])


def speakers(snapshot: Snapshot, below: float, limit: int) -> Iterator[Question]:
    """A question for each quote whose speaker is less sure, the least sure first; not of what is corrected."""
    unsure = (pc.field("speaker_confidence") < below) & ~pc.field("corrected")
    found = snapshot.read("quotes", filter=unsure)
    rows = found.sort_by([("speaker_confidence", "ascending"), ("quote_id", "ascending")]).slice(0, limit).to_pylist()
    columns = ["article_id", "text", "source_path"]
    articles = snapshot.of_articles("articles", {row["article_id"] for row in rows}, columns).to_pylist()
    texts = {row["article_id"]: row for row in articles}
    for row in rows:
        yield _speaker(row, texts[row["article_id"]])


def _pair(row: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> Question:
    lines = [f"[bold]{escape(of['name'])}[/] ({escape(_about(of))})" for of in (one, other)]
    return Question(
        (*lines, escape(row["reason"])),
        {
            "s": ("the same", lambda by: [correct_entities(one, other, by, same=True)]),
            "d": ("two different ones", lambda by: [correct_entities(one, other, by, same=False)]),
        },
    )


def _about(entity: dict[str, Any]) -> str:
    counts = f"{entity['article_count']:,} articles, {entity['quote_count']:,} quotes"
    return "; ".join([*entity["roles"][:2], counts])


def _speaker(quote: dict[str, Any], article: dict[str, Any]) -> Question:
    def says(name: str | None) -> Decide:
        return lambda by: correct_quote(quote, {CorrectedColumn.SPEAKER_NAME: name}, by)

    def another(by: Editor) -> list[Correction]:
        return says(typer.prompt("Who"))(by)

    names = dict.fromkeys([quote["speaker_name"], *(found["name"] for found in quote["speaker_candidates"] or ())])
    keys = {str(number): (name, says(name)) for number, name in enumerate(names, 1)}
    keys |= {
        "o": ("another one", another),
        "n": ("nobody who is named", says(None)),
        "x": ("no quote", lambda by: correct_quote(quote, {CorrectedColumn.QUOTE_ID: None}, by)),
    }
    told = f"{quote['speaker_name']} ({quote['speaker_confidence']:.2f})?"
    return Question((_in_place(quote, article["text"]), escape(article["source_path"]), escape(told)), keys)


def _in_place(quote: dict[str, Any], text: str) -> str:
    """The quote with the words around it."""
    first, last = quote["content_spans"][0]["start"], quote["content_spans"][-1]["end"]
    before, said, after = (
        escape(" ".join(text[max(0, start) : end].split()))
        for start, end in ((first - AROUND, first), (first, last), (last, last + AROUND))
    )
    return f"… {before} [bold]{said}[/] {after} …"


def _ask(out: Console, question: Question) -> Decide | None:
    """What the key that is pressed decides; null: stop."""
    for line in question.lines:
        out.print(line, soft_wrap=True)
    choices = [*((key, meaning) for key, (meaning, _) in question.keys.items()), ("space", "skip"), ("q", "stop")]
    out.print(", ".join(f"[bold]{key}[/] {escape(meaning)}" for key, meaning in choices), soft_wrap=True)
    while True:
        key = typer.getchar().lower()
        if key in ("q", "\x03", "\x04", ""):
            return None
        if key == " ":
            return lambda _: []
        if key in question.keys:
            return question.keys[key][1]


def _decided(out: Console, decide: Decide, by: Editor) -> list[Correction]:
    try:
        return decide(by)
    except CorrectionError as error:
        out.print(escape(str(error)))
        return []
