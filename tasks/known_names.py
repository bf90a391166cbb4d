"""Users' tables of known names: what an editor decided is kept in the warehouse, and applied until it is replaced.

A table goes by the name of its file. One that is given again under that name replaces the earlier text; one of another
name joins it; none goes but by name (`Settings.forget_known`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from onrecord.cross_document.entities import load_known
from onrecord.settings import Settings
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import to_table
from onrecord.warehouse.transaction import Transaction

TABLE = "known_names"
#: In `runs.parameters`: the digest of all tables that the run applied, and their names.
SHA256_PARAMETER, NAMES_PARAMETER = "known_sha256", "known_names"


class KnownNamesError(RuntimeError):
    """A table of known names is asked for that is not there, or one is missing that was applied before."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The texts of the tables that a run applies, by name, and of those that the warehouse kept before it.

    `before_sha256`: digest of what the warehouse was resolved with; null where that was nothing.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    before_sha256: str | None = None

    @property
    def sha256(self) -> str | None:
        """Digest of all texts: of a single one, that of its file; null where there is none."""
        return digest_of(self.texts)

    @property
    def changed(self) -> bool:
        """Whether the warehouse was resolved with other tables."""
        return self.sha256 != self.before_sha256

    def told(self) -> list[tuple[str, str]]:
        """Each table by name, with what becomes of it."""
        applied = [
            (name, "kept" if self.before.get(name) == text else "replaced" if name in self.before else "new")
            for name, text in sorted(self.texts.items())
        ]
        return applied + [(name, "forgotten") for name in sorted(self.before.keys() - self.texts.keys())]

    def parameters(self) -> dict[str, Any]:
        """What `runs.parameters` says of them."""
        return {SHA256_PARAMETER: self.sha256, NAMES_PARAMETER: ", ".join(sorted(self.texts)) or None}

    def apply(self, commit: Transaction) -> None:
        """The tables, into the commit that applies them."""
        fresh = [
            {"name": name, "sha256": _sha256(text), "text": text}
            for name, text in sorted(self.texts.items())
            if self.before.get(name) != text
        ]
        commit.upsert(TABLE, to_table(TABLE, fresh))
        gone = sorted(self.before.keys() - self.texts.keys())
        commit.delete(TABLE, pa.table({"name": pa.array(gone, pa.string())}))


def known_names(settings: Settings, warehouse: Warehouse) -> KnownNames:
    """The tables that a run applies: those that the warehouse keeps, the settings' own, without what is forgotten.

    Raises `FileNotFoundError` where the settings' table is not there, `KnownError` where it is faulty,
    `KnownNamesError` where a name to be forgotten is not kept, or where a warehouse of schema version 1 was resolved
    with a table that it did not keep and that is not given again.
    """
    before, before_sha256, unkept = _before(warehouse)
    texts = dict(before)
    forgotten = set(settings.forget_known)
    if settings.known is not None:
        texts[settings.known.name] = _text_of(settings.known)
        load_known(texts[settings.known.name], settings.known.name)
    if unkept is not None and unkept.name not in forgotten | texts.keys():
        if not unkept.is_file() or _sha256(text := _text_of(unkept)) != before_sha256:
            raise KnownNamesError(
                f"this warehouse was resolved with {unkept}, of which it kept no copy, and which is not there as it"
                f" was: give it again (--known FILE), or say --forget-known {unkept.name}"
            )
        texts[unkept.name] = text
    held = {*before, *([unkept.name] if unkept else [])}
    if unknown := sorted(forgotten - held):
        kept = ", ".join(sorted(held)) or "none"
        raise KnownNamesError(f"--forget-known {unknown[0]}: no such table of known names is kept; there is {kept}")
    for name in forgotten - {settings.known.name if settings.known else None}:
        texts.pop(name, None)
    return KnownNames(texts, before, before_sha256)


def kept_texts(snapshot: Snapshot) -> dict[str, str]:
    """The tables that a snapshot keeps, by name."""
    return {row["name"]: row["text"] for row in snapshot.read(TABLE).to_pylist()}


def digest_of(texts: Mapping[str, str]) -> str | None:
    """One digest of some texts by name: of a single one its own; null where there is none."""
    if len(texts) <= 1:
        return next((_sha256(text) for text in texts.values()), None)
    return _sha256("".join(f"{name}\0{_sha256(text)}\n" for name, text in sorted(texts.items())))


def _before(warehouse: Warehouse) -> tuple[dict[str, str], str | None, Path | None]:
    """The texts that the warehouse keeps, and the digest of what it was resolved with; and, where a run of schema
    version 1 was the last that told of a table, the path of that."""
    if not warehouse.exists():
        return {}, None, None
    with warehouse.latest() as snapshot:
        kept = kept_texts(snapshot)
        if kept:
            return kept, digest_of(kept), None
        last = snapshot.commit.run_id
        runs = snapshot.read("runs", ("run_id", "started_at", "parameters")).to_pylist()
    told = [run for run in runs if run["parameters"]]
    run = max(told, key=lambda run: (run["run_id"] == last, run["started_at"]), default=None)
    parameters = json.loads(run["parameters"]) if run else {}
    if NAMES_PARAMETER in parameters or not parameters.get(SHA256_PARAMETER):
        return {}, None, None
    return {}, parameters[SHA256_PARAMETER], Path(parameters["known"])


def _text_of(file: Path) -> str:
    """The text as it is, with its line ends. Raises `FileNotFoundError`, and `KnownNamesError` for no UTF-8."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise KnownNamesError(f"{file} is not UTF-8: {error}") from error


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
