"""Names within an article: who and what is named, under which fullest form, and with which roles."""

from onrecord.names.parse import NameParts, parse_name

__all__ = ["NameParts", "parse_name"]
