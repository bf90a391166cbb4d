"""Names within an article: who and what is named, under which fullest form, and with which roles."""

from onrecord.names.mentions import find_mentions
from onrecord.names.parse import NameParts, parse_name
from onrecord.names.roles import Role
from onrecord.names.territories import territory_code

__all__ = ["NameParts", "Role", "find_mentions", "parse_name", "territory_code"]
