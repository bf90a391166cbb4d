"""`views.sql`: a view for each table, and the joins that people want, for DuckDB 1.5 and later."""

from __future__ import annotations

from pathlib import Path

from onrecord.warehouse.declaration import Table
from onrecord.warehouse.tables import TABLES

VIEWS_FILE = "views.sql"

_HEADER = """\
-- Views over one snapshot of the warehouse, written at its commit: all of one state, whatever is committed meanwhile.
-- Paths are below the warehouse, so that a copy's views read the copy:   cd warehouse && duckdb -init views.sql
-- Run it again for a later state. Elsewhere, say first:   set file_search_path = '/path/to/warehouse';
"""


def _last_day(date: str, precision: str) -> str:
    """The last day that a date of some precision may mean."""
    return (
        f"case {precision} when 'month' then last_day({date})"
        f" when 'year' then make_date(year({date}), 12, 31) else {date} end"
    )


_PUBLISHED_BY = _last_day("q.date_published", "a.date_published_precision")

#: A day for sorting. A date of less than day precision is stored as its first day; the publication bounds it.
_SAID_NO_LATER_THAN = f"""coalesce(
           case when q.date_said_precision in ('month', 'year')
                then least({_last_day("q.date_said", "q.date_said_precision")}, {_PUBLISHED_BY})
                else q.date_said end,
           {_PUBLISHED_BY}
       ) as said_no_later_than"""

_DAYS = (
    "`date_said` is null where the text does not say; `said_no_later_than`, a day for sorting, is the last day of it, "
    "else the day of publication."
)

#: Rows of what was spoken or written; rows of a version before `report_kind` count as such.
_SPOKEN = "coalesce(q.report_kind, 'speech') in ('speech', 'writing')"

#: An utterance's reports in order of time: who was first, and who followed.
_IN_TIME = "date_published nulls last, source_path, quote_id"

#: The same values once, in the order in which they first stand.
_ONCE = "list_filter({0}, lambda one, place: list_position({0}, one) = place)"

#: The wording that says most: the longest of those in quotation marks, else the longest.
_FULLEST = "quote_type = 'direct' desc, length(content) desc, " + _IN_TIME

#: The joins, each of tables and of joins above it: name, what a row is, query.
JOINS: tuple[tuple[str, str, str], ...] = (
    (
        "quotes_by_speaker",
        "One row per report of speech or writing whose speaker is named: `speaker` is the entity's name, or the name "
        "in the article."
        f" {_DAYS}",
        f"""\
select coalesce(e.name, q.speaker_name) as speaker, e.entity_type as speaker_type, q.speaker_role, q.content,
       q.quote_type, q.report_kind, q.medium, q.date_said, q.date_said_precision, {_SAID_NO_LATER_THAN},
       q.confidence, q.speaker_confidence, q.publisher, q.date_published, a.headline, a.url, a.source_path,
       a.source_part, a.copy_of is not null as is_copy, q.utterance_id, q.speaker_entity_id, q.quote_id, q.article_id,
       q.month
from quotes q
join articles a using (article_id)
left join entities e on e.entity_id = q.speaker_entity_id
where q.speaker_name is not null and {_SPOKEN}""",
    ),
    (
        "entity_timeline",
        "One row per entity and article: how often it is named and quoted there, in order of time.",
        """\
select e.entity_id, e.name, e.entity_type, a.date_published, a.publisher, a.headline, m.mentions,
       coalesce(q.quotes, 0) as quotes, a.article_id, a.source_path, a.copy_of is not null as is_copy
from (select entity_id, article_id, count(*) as mentions from mentions where entity_id is not null group by all) m
join entities e using (entity_id)
join articles a using (article_id)
left join (
    select speaker_entity_id as entity_id, article_id, count(*) as quotes
    from quotes where speaker_entity_id is not null group by all
) q using (entity_id, article_id)
order by e.name, e.entity_id, a.date_published nulls last, a.source_path""",
    ),
    (
        "said_to",
        f"One row per report of speech or writing of which the text says to whom or where it was said. {_DAYS}",
        f"""\
select coalesce(e.name, q.speaker_name, q.speaker) as speaker, q.medium, q.content, q.cue, q.speaker_kind,
       q.date_said, q.date_said_precision, {_SAID_NO_LATER_THAN},
       q.publisher, q.date_published, q.utterance_id, q.quote_id, q.article_id, q.month
from quotes q
join articles a using (article_id)
left join entities e on e.entity_id = q.speaker_entity_id
where q.medium is not null and {_SPOKEN}""",
    ),
    (
        "statements",
        "One row per utterance, spoken or written, of a named speaker: what was said (the fullest wording), the "
        "earliest day that a report gives, all outlets that are known, all wordings, and every report, in order of "
        "publication. A source that is not named has no utterance: nobody knows whether two of them are one."
        f" {_DAYS}",
        f"""\
select statement_id, speaker, speaker_type, speaker_role, content, quote_type,
       said.day as date_said, said.precision as date_said_precision, said_no_later_than,
       first_published, last_published,
       {_ONCE.format("list_filter(printed, lambda outlet: outlet is not null)")} as outlets,
       {_ONCE.format("contents")} as wordings,
       article_count, copy_count, reports, speaker_entity_id
from (
    select coalesce(utterance_id, quote_id) as statement_id, speaker, speaker_type, speaker_entity_id,
           first(speaker_role order by {_IN_TIME}) filter (where speaker_role is not null) as speaker_role,
           first(content order by {_FULLEST}) as content, first(quote_type order by {_FULLEST}) as quote_type,
           first({{'day': date_said, 'precision': date_said_precision}} order by said_no_later_than, date_said desc)
               filter (where date_said is not null) as said,
           min(said_no_later_than) as said_no_later_than,
           min(date_published) as first_published, max(date_published) as last_published,
           list(publisher order by {_IN_TIME}) as printed, list(content order by {_IN_TIME}) as contents,
           count(distinct article_id) as article_count,
           count(distinct article_id) filter (where is_copy) as copy_count,
           list({{'publisher': publisher, 'date_published': date_published, 'headline': headline,
                 'source_path': source_path, 'source_part': source_part, 'is_copy': is_copy, 'content': content,
                 'quote_type': quote_type, 'medium': medium, 'quote_id': quote_id, 'article_id': article_id}}
                order by {_IN_TIME}) as reports
    from quotes_by_speaker
    group by all
)""",
    ),
)

#: Queries for the documentation; tests run each of them.
EXAMPLES: tuple[tuple[str, str], ...] = (
    (
        "What one person said, in order of time, each utterance once however often it was printed:",
        """\
select date_said, said_no_later_than, content, outlets
from statements
where speaker = 'Maria Lindqvist'
order by said_no_later_than""",
    ),
    (
        "Who else reported it? Every report of what was printed most often, with its wording, the first one first:",
        """\
with most as (select * from statements order by article_count desc, statement_id limit 1)
select speaker, r.publisher, r.date_published, r.content, r.is_copy, r.source_path
from (select speaker, unnest(reports) as r from most)""",
    ),
    (
        "Who is quoted most, and by how many outlets:",
        """\
select speaker, count(*) as statements, len(list_distinct(flatten(list(outlets)))) as outlets
from statements
group by speaker
order by statements desc, speaker
limit 20""",
    ),
    (
        "When an organisation came up, and how often it was quoted, month by month:",
        """\
select strftime(date_published, '%Y-%m') as month, sum(mentions) as mentions, sum(quotes) as quotes
from entity_timeline
where name = 'Harbour Authority' and not is_copy
group by month
order by month""",
    ),
    (
        "To whom people talk:",
        """\
select medium, count(*) as quotes, count(distinct speaker) as speakers
from said_to
group by medium
order by quotes desc, medium""",
    ),
    (
        "The words around a quote, from its characters in the text:",
        """\
select q.content, substring(a.text, greatest(q.content_spans[1].start - 79, 1), 240) as context, a.source_path
from quotes q
join articles a using (article_id)
where q.confidence >= 0.8
order by a.source_path, q.quote_index
limit 10""",
    ),
)


def views_sql(snapshot: Path) -> str:
    """The statements that make all views over the snapshot in that folder (a path below the warehouse)."""
    parts = [_HEADER]
    parts.extend(f"-- {table.description}\n{table_view(snapshot, table)}" for table in TABLES.values())
    parts.extend(
        f"-- {description}\ncreate or replace view {name} as\n{query};\n" for name, description, query in JOINS
    )
    return "\n".join(parts)


def table_view(snapshot: Path, table: Table) -> str:
    """The statement that makes the view of one table, its columns in the declared order and `month` at the end."""
    files = str(snapshot / table.name / "**" / "*.parquet").replace("'", "''")
    options = ", hive_partitioning = true, hive_types = {'month': 'varchar'}" if table.monthly else ""
    columns = ", ".join(f'"{name}"' for name in (*table.column_names, *(("month",) if table.monthly else ())))
    return f"create or replace view {table.name} as\nselect {columns}\nfrom read_parquet('{files}'{options});\n"
