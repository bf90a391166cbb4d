"""One entity over all articles: what a batch of articles changes in the entities, their ids and the rows that carry
them.

What holds, whatever the order in which articles arrive and however they are cut into runs:

- The partition (which mentions share an entity) is a function of the set of articles, the tables of known names,
  what editors decided and nothing else. So are all columns of `entities` but the ids, and `near_misses`.
- An `entity_id` stays when articles arrive, as long as the node that it was made for is there. When entities become
  one, the id that was made in an earlier run stays; of one run, the smaller. Which ids stand for the entities
  therefore depends on what was known when. An id is a hash of the name that founded the entity, in one spelling for
  all its spellings: an entity gets the same id in whatever order its articles arrive, unless it is first met under a
  shorter name, or has namesakes.
- New evidence can also part what was joined: a second bearer of a surname, a user's `different`. The id stays with
  the founding node, the others move, and the rows concerned are in `moves`.

Method: blocking and constrained agglomeration in the manner of Fellegi and Sunter (1969), with the pairwise judgement
of `compare` and `links`, restricted to the connected pieces of the graph that the batch touches.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.cross_document.entities.decisions import PARTED, apply_decisions
from onrecord.cross_document.entities.evidence import collect_evidence
from onrecord.cross_document.entities.identity import Claim, Id, Naming, mint, name_groups
from onrecord.cross_document.entities.known import Known, shipped_known
from onrecord.cross_document.entities.links import find_links
from onrecord.cross_document.entities.nodes import change_nodes
from onrecord.cross_document.entities.outcome import conclude
from onrecord.cross_document.entities.partition import Link, Node, partition
from onrecord.cross_document.entities.rules import BY_PEOPLE, Denials, apply_user_rules
from onrecord.cross_document.entities.spelling import seed_of
from onrecord.cross_document.entities.state import DECISIONS, Batch, Resolution, State

#: Links along which a change in one node may change the entity of another.
_JOINING = "('joined', 'user', 'known', 'same', 'partial')"

#: Ids of one seed that are looked up: as many namesakes as get ids of their own.
MINTS_CHECKED = 8


def resolve(
    batch: Batch,
    state: State,
    user: Sequence[Known] = (),
    *,
    decisions: pa.Table | None = None,
    known: Known | None = None,
    spill: Path | None = None,
    memory: str = "2GB",
    threads: int = 2,
) -> Resolution:
    """Resolve the names of a batch of articles against what earlier runs left.

    `user` are users' own tables of known names, `decisions` (DECISIONS) what editors decided of entities, applied to
    the whole state every time. `known` replaces the shipped table. `spill` is a folder for what does not fit into
    `memory`. Reads of the state what shares blocking keys, links, entities or articles with the batch.
    """
    known = known or shipped_known()
    config: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "memory_limit": memory}
    if spill is not None:
        config["temp_directory"] = str(spill)
    with duckdb.connect(":memory:", config=config) as con:
        con.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        con.execute("set parquet_metadata_cache = true")  # files of a snapshot never change
        _register(con, batch, state)
        collect_evidence(con, batch, known)
        change_nodes(con, known)
        con.execute(_ALL_NODES)
        find_links(con)
        decided = apply_decisions(con, DECISIONS.empty_table() if decisions is None else decisions)
        apply_user_rules(con, user)
        con.execute(_LINKS_NOW)
        _reach(con)
        naming, members = _regroup(con, known, user)
        return conclude(con, naming, members, known, user, decided)


def _register(con: duckdb.DuckDBPyConnection, batch: Batch, state: State) -> None:
    """Make the views of the state. Files are read by DuckDB itself, which skips what a query does not want of them."""
    import pyarrow.dataset as ds  # loads pandas

    for name, relation in (
        ("s_evidence", state.entity_evidence),
        ("s_before", state.entity_evidence if state.evidence_before is None else state.evidence_before),
        ("s_nodes", state.entity_nodes),
        ("s_links", state.entity_links),
        ("s_ids", state.entity_ids),
        ("s_entities", state.entities),
        ("s_near", state.near_misses),
    ):
        if isinstance(relation, ds.FileSystemDataset):
            con.read_parquet(relation.files, hive_partitioning=False).create_view(name)
        else:
            con.register(name, relation)
    con.register("batch_removed", pa.table({"article_id": pa.array(batch.removed, pa.string())}))


_ALL_NODES = """
create temp view all_nodes as
select *, true as changed from changed
union all by name
select *, false as changed from s_nodes
where node not in (select node from changed) and node not in (select node from emptied)
"""

_LINKS_NOW = f"""
create temp table stale as select node from changed union all select node from emptied;
create temp view links_now as
select node_a, node_b, score, kind, reason from s_links
where kind not in {BY_PEOPLE}
  and node_a not in (select node from stale) and node_b not in (select node from stale)
union all by name select * from linked
union all by name select * from user_links
"""  # noqa: S608 - built from a constant


def _reach(con: duckdb.DuckDBPyConnection) -> None:
    """Make `reached`: every node whose entity the batch may change, by links and by the entities as they were."""
    con.execute(
        """
        create temp table held as
        select node, entity_id from all_nodes where entity_id is not null
        union all select n.node, n.entity_id from s_nodes n semi join emptied e on n.node = e.node;
        create temp table reached as
        select node from changed union select node from ruled union select node from emptied
        union select h.node from held h join s_ids i using (entity_id)
        where i.founder in (select node from changed where entity_id is null);
        create temp table frontier as select node from reached
        """
    )
    while True:
        con.execute(
            f"""
            create or replace temp table frontier as
            select distinct node from (
                select node_b as node from links_now where kind in {_JOINING} and node_a in (select node from frontier)
                union all
                select node_a from links_now where kind in {_JOINING} and node_b in (select node from frontier)
                union all
                select node from held where entity_id in (
                    select entity_id from held where node in (select node from frontier))
            ) where node not in (select node from reached)
            """  # noqa: S608 - built from a constant of this module
        )
        if not con.sql("select 1 from frontier limit 1").fetchall():
            return
        con.execute("insert into reached select node from frontier")


@dataclass(frozen=True, slots=True)
class _Piece:
    nodes: list[Node]
    links: list[Link]
    apart: set[tuple[str, str]]
    parted: set[tuple[str, str]]
    held: dict[str, str]
    claims: dict[str, Claim]


def _piece(con: duckdb.DuckDBPyConnection, known: Known) -> _Piece:
    rows = con.sql(
        "select node, entity_type, key, solitary, entity_id, first_seen, known from all_nodes "
        "where node in (select node from reached)"
    ).fetchall()
    nodes = [Node(n, kind, key, key.count(" ") + 1, solitary) for n, kind, key, solitary, _, _, _ in rows]
    found = con.sql(
        "select node_a, node_b, score, kind from links_now "
        "where node_a in (select node from reached) and node_b in (select node from reached)"
    ).fetchall()
    links = [Link(*row) for row in found if row[3] not in ("miss", "apart", PARTED)]
    apart, parted = (
        {(min(a, b), max(a, b)) for a, b, _, kind in found if kind == wanted} for wanted in ("apart", PARTED)
    )
    held = {n: entity for n, _, _, _, entity, _, _ in rows if entity is not None}
    claims = {n: _claim(n, kind, key, seen, entries, known) for n, kind, key, _, _, seen, entries in rows}
    return _Piece(nodes, links, apart, parted, held, claims)


def _claim(node: str, kind: str, key: str, seen: dt.date | None, entries: list[str], known: Known) -> Claim:
    """An id is made of the known entry, or of the fullest name, or of the one seen first."""
    seed = f"known\x1f{known.entry(min(entries)).name}" if entries else f"{kind}\x1f{seed_of(kind, key)}"
    first = seen.isoformat() if seen else "9999"
    return Claim(seed, (0 if entries else 1, -key.count(" "), first, node))


def _regroup(
    con: duckdb.DuckDBPyConnection, known: Known, user: Sequence[Known]
) -> tuple[Naming, dict[str, list[str]]]:
    """Part the reached nodes into groups and name them; ids and, by id, nodes."""
    piece = _piece(con, known)
    groups = partition(piece.nodes, piece.links, Denials(known, user, piece.apart, piece.parted))
    minted = sorted({mint(claim.seed, again) for claim in piece.claims.values() for again in range(MINTS_CHECKED)})
    con.register("minted", pa.table({"entity_id": pa.array(minted, pa.string())}))
    ids = con.sql(
        """
        with mine as (select distinct entity_id from held where node in (select node from reached))
        select entity_id, founder, minted, merged_into from s_ids
        where entity_id in (select entity_id from mine) or merged_into in (select entity_id from mine)
           or founder in (select node from reached) or entity_id in (select entity_id from minted)
        """
    ).fetchall()
    run = con.sql("select coalesce(max(minted), 0) + 1 from s_ids").fetchall()[0][0]
    naming = name_groups(groups, piece.held, [Id(*row) for row in ids], piece.claims, run)
    members: dict[str, list[str]] = defaultdict(list)
    for group, nodes in groups.items():
        members[naming.of[group]].extend(nodes)
    return naming, dict(members)
