"""Names within an article: who and what is named, under which fullest form, and with which roles."""

from onrecord.names.mentions import find_mentions
from onrecord.names.parse import NameParts, parse_name
from onrecord.names.people import GenderEvidence, Person, people, roles_of
from onrecord.names.roles import Role
from onrecord.names.territories import territory_code

__all__ = [
    "GenderEvidence",
    "NameParts",
    "Person",
    "Role",
    "find_mentions",
    "parse_name",
    "people",
    "roles_of",
    "territory_code",
]
