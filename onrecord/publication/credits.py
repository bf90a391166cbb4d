"""People whom a page credits outside of its byline: who reported a story, and whom a reader is asked to follow."""

from __future__ import annotations

import re

from onrecord.layout.byline import LONGEST, is_person, read_people, role_ends, split_names

_FOLLOW = re.compile(
    r"^(?:on twitter,? )?follow\s(?P<name>[^@|]{3,120}?)"
    r"(?:\s\(|\son\s(?:twitter|facebook|instagram|x)\b|\s@|$|(?<!https):)",
    re.IGNORECASE,
)
#: Who reported or wrote, up to what others did, which a dump may have glued on: "Writing by ...", "Editing by ...".
_REPORTING = re.compile(
    r"^[(\[*\s]*(?:reporting|report|written|story|text)\sby\s(?P<names>[^;()]{3,160}?)\s*"
    r"(?=[;()]|[.,]?\s(?:additional|further|writing|editing|edited|compiled|translated|graphics?)\b|$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+")


def followed_authors(words: str) -> tuple[str, ...]:
    """The people in "Follow Orla Venn on Twitter: @orlavenn"; none where it is an outlet or "us"."""
    match = _FOLLOW.search(words[:LONGEST])
    if not match:
        return ()
    # A role may stand before the name: "Ledger politics reporter Orla Venn".
    pieces = (piece.split() for piece in split_names(_ADDRESS.sub(" ", match["name"])))
    names = (" ".join(tokens[role_ends(tokens) :]) for tokens in pieces)
    return tuple(name for name in names if is_person(name))


def credited_authors(words: str) -> tuple[str, ...]:
    """The reporters in a credit line: "(Reporting by Orla Venn in Eastmere; Editing by Tam Okoro)"."""
    match = _REPORTING.match(words)
    read = read_people(match["names"].strip(" ."), words) if match else None
    return read.authors if read else ()
