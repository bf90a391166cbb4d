"""Raw files: from bytes to a decoded text, its language and what is known of it from beside it."""

from onrecord.files.decode import Decoded, Unreadable, decode
from onrecord.files.language import language_of
from onrecord.files.metadata import BadLine, lines_of, parse_metadata
from onrecord.files.source import Metadata, Source

__all__ = [
    "BadLine",
    "Decoded",
    "Metadata",
    "Source",
    "Unreadable",
    "decode",
    "language_of",
    "lines_of",
    "parse_metadata",
]
