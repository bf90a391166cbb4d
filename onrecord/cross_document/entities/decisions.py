"""What editors decided of two entities: links between nodes that outrank every table of names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.cross_document.entities.known import forms_of
from onrecord.cross_document.entities.state import LINKS, table_of

JOINED, PARTED = "joined", "parted"


def apply_decisions(con: duckdb.DuckDBPyConnection, decisions: pa.Table) -> dict[str, bool]:
    """Make `decided_links` (LINKS of kind `joined` and `parted`); of each decision, whether both entities were found.

    An entity is the node that its id was founded on. Where that is not there, it is the node of its name that stands
    in most articles.
    """
    rows: dict[tuple[str, str], tuple[str, str, float, str, str]] = {}
    found: dict[str, bool] = {}
    for decision in decisions.to_pylist():
        ends = _ends(con, decision)
        found[decision["decision"]] = len(ends) == 2
        if len(ends) == 2:
            one, other = sorted(ends)
            kind = JOINED if decision["same"] else PARTED
            rows[one, other] = (one, other, float(decision["same"]), kind, "an editor's correction")
    con.register("decided_in", table_of(sorted(rows.values()), LINKS))
    con.execute("create temp table decided_links as select * from decided_in")
    con.unregister("decided_in")
    return found


def _ends(con: duckdb.DuckDBPyConnection, decision: Mapping[str, Any]) -> set[str]:
    nodes = (_node(con, decision[f"entity_{side}"], decision[f"name_{side}"]) for side in "ab")
    return {node for node in nodes if node is not None}


def _node(con: duckdb.DuckDBPyConnection, entity: str, name: str) -> str | None:
    founded = "select n.node from s_ids i join all_nodes n on n.node = i.founder where i.entity_id = $entity"
    named = "select node from all_nodes where list_contains($keys, key) order by article_count desc, node limit 1"
    found = con.sql(founded, params={"entity": entity}).fetchall()
    found = found or con.sql(named, params={"keys": sorted(forms_of(name))}).fetchall()
    return str(found[0][0]) if found else None
