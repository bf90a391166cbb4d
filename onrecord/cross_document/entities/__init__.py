"""One person, organisation or place is one entity over all articles: names compared, linked and given stable ids.

`resolve` takes a batch of articles and the state kept beside the warehouse and returns what changes;
`compare_names` says what two names have to do with each other; `load_known` reads the tables of names that
everybody knows.
"""

from onrecord.cross_document.entities.compare import Comparison, Verdict, compare_names
from onrecord.cross_document.entities.known import Known, KnownError, load_known, shipped_known
from onrecord.cross_document.entities.resolve import resolve
from onrecord.cross_document.entities.state import (
    DECISIONS,
    Batch,
    Change,
    Resolution,
    State,
    apply_change,
    empty_state,
)

__all__ = [
    "DECISIONS",
    "Batch",
    "Change",
    "Comparison",
    "Known",
    "KnownError",
    "Resolution",
    "State",
    "Verdict",
    "apply_change",
    "compare_names",
    "empty_state",
    "load_known",
    "resolve",
    "shipped_known",
]
