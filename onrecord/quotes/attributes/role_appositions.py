"""The words behind a name that may say what the person is: "Orla Venn, works director", "Orla Venn of the Board"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Span
from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import finite_verbs
from onrecord.quotes.attributes.role_words import LONGEST, is_kin, is_role, printed


class Place(StrEnum):
    """Where a candidate stands, from the name."""

    TITLE = "title"  # Works Director Orla Venn, as the reader of names has it
    BEFORE = "before"  # the harbour's works director, Orla Venn
    PHRASE = "phrase"  # Director of the Corran Bureau of Works Orla Venn, as one noun phrase
    BEHIND = "behind"  # Orla Venn, works director
    RELATIVE = "relative"  # Orla Venn, who heads the works
    DOES = "does"  # Orla Venn, who runs the ferry
    BEING = "being"  # Orla Venn is the works director
    FROM = "from"  # Orla Venn of the Harbour Board
    CALLED = "called"  # "We stay," said the works director, who is she
    DESCRIBED = "described"  # The works director left, where she is most in mind
    SHORT = "short"  # a lawyer from Corran, up to where it is whole
    PRONOUN = "pronoun"  # She is the works director
    AS = "as"  # As works director, Orla Venn


#: What may stand between a name and its apposition: the name in another script, a party, letters, an age.
_BEHIND_NAME = r"(?:\s?\([^()\n]{1,60}\))?(?:\s[A-Z]{2,4})?"
#: Letters of degrees and honours behind a name: ``Orla Venn, R.N., Ph.D.,``.
_LETTERS = r"(?:,?\s(?:(?:[A-Z][a-z]{0,2}\.){2,5}|[A-Z]{2,6}(?![\w.])|Ph\.?D\.?|Esq\.))"
_AGE = r"(?:(?:aged\s)?\d{1,3},\s+)?"
_ADVERBS = r"(?:(?:also|now|once|formerly|previously|currently|then|both|himself|herself)\s+)*"
_COMMA = re.compile(rf"{_BEHIND_NAME},\s+{_AGE}{_ADVERBS}")
_LETTERS_COMMA = re.compile(rf"{_LETTERS}{{1,4}},\s+{_AGE}{_ADVERBS}")
_DASH = re.compile(r"\s?[–—]\s?(?=\w[^–—\n]{2,120}[–—])")
_IS = rf"(?:is|was|has\s+been|serves\s+as|served\s+as|works\s+as|worked\s+as|became)\s+{_ADVERBS}"
_WHO_IS = re.compile(rf"{_BEHIND_NAME},?\s+{_AGE}who\s+{_IS}")
_BEING = re.compile(rf"{_BEHIND_NAME}{_LETTERS}{{0,4}}(?:,\s(?:now\s|aged\s)?\d{{1,3}})?,?\s+{_IS}")
#: Verbs that say what somebody does for a living.
_DOES = (
    r"heads|headed|leads|led|runs|ran|chairs|chaired|directs|directed|represents|represented|covers|covered|"
    r"works(?!\sas)|worked(?!\sas)|plays|played"
)
_WHO_HEADS = re.compile(rf"{_BEHIND_NAME},?\s+{_AGE}who\s+(?=(?:{_DOES})\b)")
_REPRESENTING = re.compile(rf"{_BEHIND_NAME},\s+{_AGE}(?=(?:representing|speaking\sfor)\s)")
#: For whom somebody is in court: ``Orla Venn, prosecuting,``.
_IN_COURT = re.compile(rf"{_BEHIND_NAME}{_LETTERS}{{0,4}},\s(?P<role>(?:prosecuting|defending|mitigating))\s?[,.;]")
_FROM = re.compile(r"\s?,?\s(?P<role>(?:from|of|at|with|for)\s)")
#: Ends of a role behind a name: a relative clause, a second apposition, a mark of its own.
_ENDS = re.compile(
    r",?\s(?:who|whom|whose|which|that|where|when|while|during|after|since|because|but|not)\s|,\s(?:an?|the|one\sof|also)\s"
    r"|,?\sand\s(?:others?|also)\b|\sthere\b|\s?[;:—–“”\"]"
)
_AND_SOMEBODY = re.compile(r",?\s(?:and|&)\s*\Z")
_PIECE = re.compile(r",\s+")
_LISTED = 3  # words of a member of a list
_COMMAS = 3  # pieces between commas that one role may have
_IN = re.compile(r"\s(?:in|of|at)\s(?:the\s)?")
#: Before a body, the place that owns it or where it is: ``Corran's``, ``Corran-based``.
_LEADS_TO_BODY = re.compile(r"\b[A-Z]\w+(?:['’]s|-based)\s")
_LONGEST_FROM = 9  # words from a preposition to the end of the body that it is of


def behind(text: str, rest: Span, names: Mentions) -> Iterator[tuple[Place, str]]:
    """The words that may be a role where `rest`, from a name to the end of its sentence, begins with them."""
    for place, pattern in (
        (Place.BEHIND, _COMMA),
        (Place.BEHIND, _LETTERS_COMMA),
        (Place.BEHIND, _DASH),
        (Place.RELATIVE, _WHO_IS),
        (Place.BEING, _BEING),
    ):
        opened = pattern.match(text, rest.start, rest.end)
        if opened is not None and (role := _apposition(text, Span(opened.end(), rest.end), names)) is not None:
            yield place, role
    heads = _WHO_HEADS.match(text, rest.start, rest.end) or _REPRESENTING.match(text, rest.start, rest.end)
    if heads is not None:
        yield Place.DOES, up_to_end(text, Span(heads.end(), rest.end), names)
    court = _IN_COURT.match(text, rest.start, min(len(text), rest.end + 1))
    if court is not None:
        yield Place.DOES, court["role"]
    if (body := _from(text, rest, names)) is not None:
        yield Place.FROM, body


def _apposition(text: str, rest: Span, names: Mentions) -> str | None:
    """The apposition that `rest` begins with, up to its end; None where it begins with something else."""
    opener = PRINTED_WORD.match(text, rest.start)
    if opener is None or opener[0].lower() in {"who", "which", "whose", "and", "but", "in", "on", "as", "when"}:
        return None
    person = names.within(Span(rest.start, min(rest.end, rest.start + LONGEST)))
    if person and person[0].start == rest.start and person[0].entity_type is EntityType.PERSON:
        owner = text[person[0].end : person[0].end + 2] in {"'s", "’s"}
        if not owner:
            return None
    role = up_to_end(text, rest, names)
    first = role.split(", ")[0]
    owned = first.partition(" ")[2] if opener[0].lower() in people_words().possessive else first
    return role if is_kin(first) or is_role(owned, head_last=True) else None


def up_to_end(text: str, rest: Span, names: Mentions) -> str:
    """The words up to what ends a role: a clause, another person, a finite verb, a comma unless a body follows."""
    end = _ENDS.search(text, rest.start, rest.end)
    until = rest.end if end is None else end.start()
    people = (m.start for m in names.within(Span(rest.start, until)) if m.entity_type is EntityType.PERSON)
    until = next((start for start in people if _AND_SOMEBODY.search(text, rest.start, start)), until)
    verbs = reporting_words()
    before_verb: set[str] = set()
    for word in PRINTED_WORD.finditer(text, rest.start, until):
        lower = word[0].lower()
        verb = word[0] == lower and (lower in finite_verbs() or verbs.is_in(lower, "speech", "telling"))
        if verb and not before_verb & people_words().prepositions:
            until = word.start()
            break
        before_verb = {lower}
    until = _last_piece(text, Span(rest.start, until), names)
    if _in_bracket(text, rest.start, until) and text[until : until + 1] == ")":
        until += 1
    return _AND_SOMEBODY.sub("", printed(text[rest.start : until]))


def _last_piece(text: str, rest: Span, names: Mentions) -> int:
    """The end of the role that `rest` begins with: its first comma, but for bodies behind it."""
    commas = [m for m in _PIECE.finditer(text, rest.start, rest.end) if not _in_bracket(text, rest.start, m.start())]
    until = commas[0].start() if commas else rest.end
    for i, comma in enumerate(commas[:_COMMAS]):
        ends = commas[i + 1].start() if i + 1 < len(commas) else rest.end
        inside = names.within(Span(comma.end(), ends))
        body = bool(inside) and inside[0].start == comma.end() and inside[0].entity_type is EntityType.ORG
        if not body and not _goes_on_listing(text, rest.start, comma, ends):
            break
        until = ends
    return until


def _goes_on_listing(text: str, start: int, comma: re.Match[str], end: int) -> bool:
    """Whether the piece behind a comma ends a list: ``founder, chair and head``; ``expert in law, tax and trade``."""
    before, piece = text[start : comma.start()], text[comma.end() : end]
    first, _, last = piece.partition(" and ")
    if not last or not first.islower() or len(first.split()) > _LISTED or not last[0].isalpha():
        return False
    return (is_role(before, head_last=True) and is_role(first, head_last=True) and is_role(last, head_last=True)) or (
        not people_words().prepositions.isdisjoint(before.split())
        and not is_role(first, head_last=False)
        and last.split()[0].islower()
        and last.split()[0] not in people_words().definite | people_words().indefinite | people_words().possessive
    )


def _in_bracket(text: str, start: int, offset: int) -> bool:
    """Whether a bracket that opens behind `start` is still open at an offset."""
    return text.count("(", start, offset) > text.count(")", start, offset)


def _from(text: str, rest: Span, names: Mentions) -> str | None:
    """``from the Corran office of the Harbour Board``; ``of the lobby group Harbour Watch``."""
    match = _FROM.match(text, rest.start, rest.end)
    if match is None:
        return None
    ahead = Span(match.end(), min(rest.end, match.end() + LONGEST))
    inside = names.within(ahead)
    if inside and inside[0].entity_type is EntityType.LOC and text.startswith(("'s", "’s"), inside[0].end):
        inside = inside[1:]  # "of Corran's Harbour Board"
    body = next(iter(inside), None)
    if body is None or body.entity_type not in (EntityType.ORG, EntityType.MISC):
        return None
    between = _LEADS_TO_BODY.sub("", text[match.end() : body.start].removeprefix("The ")).split()
    if len(between) > _LONGEST_FROM or any(not word.islower() or not word.isalpha() for word in between):
        return None
    end = body.end
    for place in names.within(Span(body.end, rest.end)):
        if not _IN.fullmatch(text, end, place.start):
            break
        end = place.end
    return printed(text[match.start("role") : end])
