"""What every line of a text is: text → blocks."""

from onrecord.layout.blocks import body, segment
from onrecord.layout.lines import line_key

__all__ = ["body", "line_key", "segment"]
