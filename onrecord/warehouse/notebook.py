"""A warehouse in a notebook: `onrecord.open("warehouse")`, its quotes, its articles, and SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from onrecord.document.article import Article
from onrecord.warehouse.articles import article_from_rows
from onrecord.warehouse.query import answer, connect
from onrecord.warehouse.store import Warehouse

if TYPE_CHECKING:
    import pandas as pd

#: Rows, and characters of a value, that a notebook shows.
SHOWN, LONGEST = 20, 200


class Rows:
    """The rows of a query, as what is needed: `pandas()`, `arrow()`, `polars()`, or dictionaries one by one."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        yield from self._table.to_pylist()

    def __repr__(self) -> str:
        return f"<{len(self):,} rows: {', '.join(self.columns)}>"

    @property
    def columns(self) -> list[str]:
        return list(self._table.column_names)

    def arrow(self) -> pa.Table:
        """A table of pyarrow."""
        return self._table

    def pandas(self) -> pd.DataFrame:
        """A frame of pandas; days stay days."""
        return self._table.to_pandas(date_as_object=True)

    def polars(self) -> Any:
        """A frame of Polars. Raises RuntimeError where that is not installed (`pip install 'onrecord[polars]'`)."""
        try:
            import polars
        except ImportError as error:
            raise RuntimeError("Polars is not installed: pip install 'onrecord[polars]'") from error
        return polars.from_arrow(self._table)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        rows = self._table.slice(0, SHOWN).to_pylist()
        body = "".join(f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row.values())}</tr>" for row in rows)
        more = f"<p><small>{SHOWN} of {len(self):,} rows</small></p>" if len(self) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


class OpenWarehouse:
    """One snapshot of a warehouse, held open: all that is asked sees the same state, whatever is committed meanwhile.

    Raises NoWarehouse or NoSnapshot.
    """

    def __init__(self, root: Path | str, at: int | None = None) -> None:
        self._snapshot = Warehouse(root).open(at)
        self._connection = connect(self._snapshot)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = ", ".join(f"{self._snapshot.rows(table):,} {table}" for table in ("articles", "quotes", "entities"))
        return f"<warehouse at snapshot {self._snapshot.number}: {counts}>"

    def close(self) -> None:
        """Let the snapshot go; what was read stays."""
        self._connection.close()
        self._snapshot.close()

    def sql(self, query: str, params: Sequence[Any] | None = None) -> Rows:
        """The rows of a query over the tables and views (`?` stands for the params, in order).

        Raises ValueError for a faulty query.
        """
        return Rows(answer(self._connection, query, params))

    def quotes(
        self,
        speaker: str | None = None,
        *,
        outlet: str | None = None,
        since: dt.date | str | None = None,
        until: dt.date | str | None = None,
    ) -> Rows:
        """What named speakers said or wrote, in order of time: the view `quotes_by_speaker`.

        `speaker` stands in a name or another form of it, `outlet` in the outlet's name, in any case; the days bound
        `said_no_later_than`.
        """
        return self.sql(
            """
            select * from quotes_by_speaker where
                ($1::varchar is null or contains(lower(speaker), lower($1)) or speaker_entity_id in (
                    select entity_id from entities where len(list_filter(aliases, lambda a:
                        contains(lower(a), lower($1)))) > 0))
                and ($2::varchar is null or contains(lower(publisher), lower($2)))
                and ($3::date is null or said_no_later_than >= $3::date)
                and ($4::date is null or said_no_later_than <= $4::date)
            order by said_no_later_than nulls last, source_path, quote_id
            """,
            [speaker, outlet, since, until],
        )

    def article(self, name: str) -> Article:
        """An article, by its id or by the path of its file (`all.csv//17`: a part of one). Raises KeyError."""
        return article_from_rows(self._snapshot, name)


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return escape(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
