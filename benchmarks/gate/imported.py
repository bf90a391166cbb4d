"""Imports all that `onrecord ingest --no-prefect` does, Great Expectations too, and makes of rules and word lists what
every ingest makes of them. Loads no model, since each fold has its own, and reads nothing.
"""

import holidays.countries

import flows.cli
import flows.ingest
from onrecord.dates.grammar import grammar
from onrecord.document.article import EntityType
from onrecord.layout.line_rules import line_rules
from onrecord.names.territories import territory_code
from tasks.suites import context

__all__ = ["flows", "holidays"]

context()
grammar()
line_rules()
territory_code("Norwegian", EntityType.NORP)
