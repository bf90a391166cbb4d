"""The data dictionary, `warehouse/README.md`, from the declarations.

python -m onrecord.warehouse.dictionary > warehouse/README.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import pyarrow as pa

from onrecord.warehouse.declaration import SCHEMA_VERSION, Column, Table
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.views import EXAMPLES, JOINS

README_FILE = "README.md"

_HEAD = f"""\
# The warehouse

What Onrecord read, who said what and when, and what each column means. Written at each commit, from the declarations in
`onrecord/warehouse/tables.py` (`python -m onrecord.warehouse.dictionary`). Schema version {SCHEMA_VERSION}.

Plain Parquet (zstd), readable at any moment by whatever reads Parquet, also while a run writes:

```sql
select speaker_name, content from 'warehouse/quotes/**/*.parquet';
```

All offsets are code points into `articles.text`, end exclusive: `text[start:end]` is the string beside them.
Timestamps are UTC; dates are calendar dates at the place of publication. Where the text gives no evidence, the value
is null. Ids are stable: the same input gives the same id in every run, on every machine.

A table with months has a folder `month=YYYY-MM` (of `date_published`) or `month=unknown` for each; `month` is not
stored in the files. A table without rows is a file of zero rows.

One commit changes all tables at once. A query over one table sees one commit, or fails with a file that is gone and
can be asked again; it never sees a mixture. For several tables of one commit in one query, take the views.
"""


def dictionary_markdown() -> str:
    """The whole dictionary as Markdown."""
    parts = [_HEAD]
    parts.extend("\n".join(_table(table)) for table in TABLES.values() if not table.internal)
    parts.append("\n".join(_views()))
    parts.append("# Tables for the pipeline itself\n\nAdditions to the contract; they may change with any version.\n")
    parts.extend("\n".join(_table(table)) for table in TABLES.values() if table.internal)
    return "\n".join(parts)


def dictionary_of(tables: Iterable[str]) -> str:
    """The part of the dictionary that is about some tables and the views, as Markdown."""
    return "\n".join(["\n".join(_table(TABLES[name])) for name in tables] + ["\n".join(_views())])


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    where = "By month" if table.monthly else "Not by month"
    order = ", ".join(f"`{name}`" for name in table.order)
    key = ", ".join(f"`{name}`" for name in table.primary_key)
    yield f"{table.description} {where}; key {key}; sorted by {order}.\n"
    yield "| column | type | null | meaning |"
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        yield f"| {column.name} | {_type(column.datatype)} | {'' if column.required else 'yes'} | {_meaning(column)} |"
    yield ""
    for key_ in table.foreign_keys:
        yield f"- `{key_.column}` refers to `{key_.table}.{key_.references}`"
    if table.foreign_keys:
        yield ""


def _views() -> Iterator[str]:
    yield "# Views\n"
    yield "`views.sql` is written at each commit and makes, in DuckDB 1.5 and later, a view"
    yield "for each table and these joins. They stay with the commit that wrote them; run the file again for a later"
    yield "one.\n"
    for name, description, _ in JOINS:
        yield f"- `{name}`: {description}"
    yield ""
    for title, query in EXAMPLES:
        yield f"{title}\n\n```sql\n{query}\n```\n"


def _meaning(column: Column) -> str:
    values = ", ".join(f"`{value}`" for value in column.values)
    return f"{column.description} {values}".strip().replace("|", "\\|")


def _type(kind: pa.DataType) -> str:
    """The type as the contract writes it."""
    if isinstance(kind, pa.ListType):
        return f"list<{_type(kind.value_type)}>"
    if isinstance(kind, pa.StructType):
        return f"struct<{', '.join(f'{field.name}: {_type(field.type)}' for field in kind)}>"
    return {"float": "float32", "date32[day]": "date32", "timestamp[us, tz=UTC]": "timestamp[us, UTC]"}.get(
        str(kind), str(kind)
    )


if __name__ == "__main__":
    sys.stdout.write(dictionary_markdown())
