"""Verbs by their form."""

from __future__ import annotations

#: Frequent finite forms: words with one of them are a clause, not a role ("Lee Marsh, the minister is to resign").
FINITE = frozenset(
    {
        "is", "are", "was", "were", "has", "had", "have", "will", "would", "can", "could", "may", "might", "must",
        "should", "did", "does", "do", "went", "came", "took", "made",
    }
)  # fmt: skip
