"""The index itself: one SQLite file beside the tables, brought up to a snapshot whenever it is asked about one."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from onrecord.warehouse import disk
from onrecord.warehouse.commit import Commit
from onrecord.warehouse.errors import SearchUnavailable
from onrecord.warehouse.layout import decode
from onrecord.warehouse.query import connect
from onrecord.warehouse.search.documents import digest, stored, words
from onrecord.warehouse.search.schema import FORMAT, KINDS, Kind, statements
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse

#: The folder of the index below the warehouse; nothing else is in it, and it can be deleted.
FOLDER = ".search"

#: Seconds that one process waits for another that writes the index.
PATIENCE = 120.0

#: Told of the files that are read: how many are done, of how many.
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Tells nobody."""


class SearchIndex:
    """The full-text index of a warehouse, open for asking. Close it, or use it in a `with`.

    Raises SearchUnavailable where SQLite has no FTS5, or where the index is not there and cannot be written.
    """

    def __init__(self, root: Path | str) -> None:
        self.warehouse = Warehouse(root)
        self.path = self.warehouse.root / FOLDER / "index.sqlite"
        self._snapshot: int | None = None
        self._engine: duckdb.DuckDBPyConnection | None = None
        with self._told():
            if not self.path.exists():
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = self._open()

    def close(self) -> None:
        self.connection.close()
        if self._engine is not None:
            self._engine.close()

    def engine(self) -> duckdb.DuckDBPyConnection:
        """A database in memory for what is asked of a few rows; opened once, since that takes longer than asking."""
        if self._engine is None:
            self._engine = connect()
        return self._engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @staticmethod
    def discard(root: Path | str) -> None:
        """Deletes the index; the next question makes it anew. For a text that must not be anywhere any more."""
        disk.remove(Path(root) / FOLDER)

    def ask_at(self, snapshot: Snapshot, progress: Progress = _silent) -> None:
        """Brings the index up to a snapshot, and answers for that one from now on.

        Only files that the index has not seen are read. What no snapshot has any more is forgotten.
        """
        if self._snapshot == snapshot.number:
            return
        with self._told():
            missing = list(self._missing(snapshot))
            for done, (kind, sha256, path) in enumerate(missing):
                progress(done, len(missing))
                self._add(kind, sha256, path)
            if missing:
                progress(len(missing), len(missing))
                self._forget(self._kept(snapshot))
            self._leave_out_others(snapshot)
        self._snapshot = snapshot.number

    def _leave_out_others(self, snapshot: Snapshot) -> None:
        """Lists the documents that only files of other snapshots hold: few, and quicker looked up than those held."""
        self.connection.executescript(
            "drop table if exists temp.wanted; create temp table wanted (file integer primary key)"
        )
        for kind in KINDS:
            hashes = [(entry.sha256,) for entry in snapshot.entries(kind.table)]
            self.connection.executemany("insert or ignore into wanted select id from file where sha256 = ?", hashes)
        for kind in KINDS:
            self.connection.execute(f"drop table if exists temp.{kind.absent}")
            self.connection.execute(f"create temp table {kind.absent} (document integer primary key)")
            self.connection.execute(  # one pass over all, in order: half a second for a million quotes
                f"insert into {kind.absent} select document from {kind.held} group by document"
                " having max(file in (select file from wanted)) = 0"
            )

    def _missing(self, snapshot: Snapshot) -> Iterator[tuple[Kind, str, Path]]:
        known = {sha256 for (sha256,) in self.connection.execute("select sha256 from file")}
        for kind in KINDS:
            for entry in snapshot.entries(kind.table):
                if entry.rows and entry.sha256 not in known:
                    yield kind, entry.sha256, snapshot.file(kind.table, entry)

    def _add(self, kind: Kind, sha256: str, path: Path) -> None:
        """Takes the documents of one file, all or none; those that another file had already are not read again."""
        rows = _rows(path, kind.columns)
        with self._writing() as connection:
            if connection.execute("select 1 from file where sha256 = ?", (sha256,)).fetchone():
                return  # another process was quicker
            file = connection.execute("insert into file (sha256) values (?)", (sha256,)).lastrowid
            for row in rows:
                document = self._document(connection, kind, row)
                connection.execute(f"insert or ignore into {kind.held} values (?, ?)", (document, file))

    def _document(self, connection: sqlite3.Connection, kind: Kind, row: Sequence[Any]) -> int:
        mark = digest(row)
        found = connection.execute(f"select id from {kind.documents} where digest = ?", (mark,)).fetchone()
        if found:
            return int(found[0])
        document = stored(kind, row)
        names, values = ", ".join(kind.stored), ", ".join("?" * (len(kind.stored) + 1))
        insert = f"insert into {kind.documents} (digest, {names}) values ({values})"
        number = connection.execute(insert, (mark, *document)).lastrowid
        if number is None:
            raise AssertionError("SQLite gave no number to a row that it inserted")
        columns = ", ".join(kind.words)
        connection.execute(
            f"insert into {kind.index} (rowid, {columns}) values (?, {', '.join('?' * len(kind.words))})",
            (number, *words(kind, document)),
        )
        return number

    def _kept(self, snapshot: Snapshot) -> set[str]:
        """The files of all snapshots that can still be asked about."""
        kept = {snapshot.path, *(snapshot.path.parent / f"{number:08d}" for number in self.warehouse.kept())}
        found = set()
        for folder in kept:
            with contextlib.suppress(FileNotFoundError):  # no longer kept, since it was listed
                commit = Commit.from_json((folder / "commit.json").read_text("utf-8"))
                found |= {entry.sha256 for kind in KINDS for entry in commit.tables.get(kind.table, ())}
        return found

    def _forget(self, kept: set[str]) -> None:
        """Deletes what only files of no snapshot hold."""
        with self._writing() as connection:
            gone = [row for row in connection.execute("select id, sha256 from file") if row[1] not in kept]
            for kind in KINDS if gone else ():
                loose: set[int] = set()
                for file, _ in gone:
                    held = connection.execute(f"select document from {kind.held} where file = ?", (file,))
                    loose.update(document for (document,) in held)
                    connection.execute(f"delete from {kind.held} where file = ?", (file,))
                for document in loose:
                    self._drop(connection, kind, document)
            connection.executemany("delete from file where id = ?", [(file,) for file, _ in gone])

    def _drop(self, connection: sqlite3.Connection, kind: Kind, document: int) -> None:
        """Deletes a document that no file holds."""
        if connection.execute(f"select 1 from {kind.held} where document = ?", (document,)).fetchone():
            return
        names = ", ".join(kind.stored)
        row = connection.execute(f"select {names} from {kind.documents} where id = ?", (document,)).fetchone()
        columns = ", ".join(kind.words)
        connection.execute(  # FTS5 is told of the words that it is to forget
            f"insert into {kind.index} ({kind.index}, rowid, {columns})"
            f" values ('delete', ?, {', '.join('?' * len(kind.words))})",
            (document, *words(kind, row)),
        )
        connection.execute(f"delete from {kind.documents} where id = ?", (document,))

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        connection.execute("pragma secure_delete = on")
        connection.execute("pragma synchronous = normal")  # what is lost with the power is read again
        connection.execute("pragma temp_store = memory")
        connection.execute("pragma cache_size = -65536")
        found = connection.execute("pragma user_version").fetchone()[0]
        if found == FORMAT:
            return connection
        if found:
            connection.close()
            self.discard(self.warehouse.root)
            self.path.parent.mkdir(parents=True)
            return self._open()
        connection.execute("begin immediate")
        if not connection.execute("pragma user_version").fetchone()[0]:
            for statement in filter(str.strip, statements().split(";\n")):
                connection.execute(statement)
        connection.execute("commit")
        return connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, which other writers wait for."""
        self.connection.execute("begin immediate")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Tells a person what to do about what SQLite cannot do. Raises SearchUnavailable."""
        try:
            yield
        except (sqlite3.Error, PermissionError) as error:
            raise SearchUnavailable(
                f"the search index {self.path} cannot be used: {error}; it can be deleted, and is made anew by the next"
                " search where the warehouse can be written to"
            ) from error


def _rows(path: Path, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    """The rows of one Parquet file, as Python's values; a column that an older file has not is null."""
    table = decode(path)
    empty = [None] * table.num_rows
    return zip(
        *(table.column(name).to_pylist() if name in table.column_names else empty for name in columns), strict=True
    )
