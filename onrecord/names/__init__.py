"""Names: what a name is made of, and with which roles it is printed."""

from onrecord.names.parse import NameParts, parse_name
from onrecord.names.roles import Role
from onrecord.names.territories import territory_code

__all__ = ["NameParts", "Role", "parse_name", "territory_code"]
