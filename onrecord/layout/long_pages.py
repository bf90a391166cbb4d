"""Long pages: texts longer than any page that the labeller has learned from are read as if they were of its longest.

The trees have seen stories of up to about 250 lines of prose (99 % of pages: 200). Beyond, the columns that grow with
the page lie where nothing was learned, and a report of 1,200 paragraphs lost 1,115 of them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

#: Pages with more lines of prose than this are long.
LONGEST_PROSE = 200
#: The most that a column may tell of a long page: what it tells of the middle of a story of about 100 paragraphs.
MOST = {
    "recurring": 2.5,
    "lines": np.log1p(120),
    "from_top": np.log1p(60),
    "from_end": np.log1p(100),
    "prose_total": np.log1p(7_000),
    "after_run_start": 40.0,
    "before_run_end": 60.0,
    "alike": 40.0,
}


def bounded(columns: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """The columns of a page; those of a long one at most `MOST`."""
    if columns["prose"].sum() <= LONGEST_PROSE:
        return dict(columns)
    return {name: np.minimum(values, MOST[name]) if name in MOST else values for name, values in columns.items()}
