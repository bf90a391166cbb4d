"""What the raw text tells of each part beside its words: indentation, list markers, blank lines, links."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from onrecord.layout.features import Shape
from onrecord.layout.lines import Part

#: List markers, quotations, headings, tables and links by the number of their group; 0: none of them.
_MARKER = re.compile(r"([*+•▪●‣◦·][ \t])|(-[ \t])|(\d{1,2}[.)][ \t])|(>)|(#[ \t])|(#{2,6}[ \t])|(\|)|(!?\[)")


def shape_of(text: str, parts: Sequence[Part]) -> Shape:
    """The shape of each part of `text`."""
    count = len(parts)
    markers = (_MARKER.match(text, part.start) for part in parts)
    return Shape(
        blanks=np.fromiter((part.blanks for part in parts), np.int64, count),
        indent=np.fromiter((part.start - text.rfind("\n", 0, part.start) - 1 for part in parts), np.int64, count),
        marker=np.fromiter((match.lastindex or 0 if match else 0 for match in markers), np.int64, count),
        links=np.fromiter((text.count("](", part.start, part.end) for part in parts), np.int64, count),
        raw_length=np.fromiter((part.end - part.start for part in parts), np.int64, count),
        lines=np.fromiter((part.lines for part in parts), np.int64, count),
    )
