"""Completes names that the tagger cut at a particle, an apostrophe or a hyphen: "Karim al-Wari", "Shi'ite"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from onrecord.document.article import EntityType, NameSpan
from onrecord.lexicon.name_words import fold, genders_of_given_names, is_body_word, name_words
from onrecord.lexicon.nicknames import nickname_groups
from onrecord.names.parse import is_family_first

#: One or two particles in lower case (elsewhere "Al" and "Ben" are given names) and a capitalised word.
_FAMILY = re.compile(
    r"[ \u00a0](?P<particles>(?:[^\W\d_A-Z]{2,4}[ \u00a0-]){1,2})(?P<family>[^\W\d_a-z](?:[\w’'-]*\w)?)"
)
_PARTICLE = re.compile(r"(?P<word>[^\W\d_]+)(?P<joint>.)")
_ARTICLE = re.compile(r"(?<![\w’'-])(?P<article>[A-Za-z]{2})-\Z")
#: Muhammad or a title that is part of the name, abbreviated: "Md Karim", "Mst. Salma".
_ABBREVIATED = re.compile(r"(?<![\w’'-])(?:Md|Mohd|Muhd|Mst)\.?[ \u00a0]\Z")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_PEOPLE = re.compile(r"['’]ites?\b")
_SYLLABLE = re.compile(r"-[a-z]{2,6}(?![\w’-])")
#: Initials that the tagger left out, where no sentence can end with them: at the beginning of one, or behind a comma,
#: where two may be a state ("Corran, N.J."). A line's "A." or "Q." counts or labels it; "U.S." is none.
_INITIALS = re.compile(
    r"(?:(?<=[.!?”\"] )(?!U\.[KNS]\.|E\.U\.|U\.A\.E)|(?<=, )(?!(?:\w\.[ \u00a0]?){2}[ \u00a0]?\Z)"
    r"|(?<=\n)(?![AQ]\.[ \u00a0]|U\.[KNS]\.|E\.U\.))(?:[^\W\d_a-z]\.[ \u00a0]?){1,4}\Z"
)
#: What an office is for, before a name: "Minister for Ponds", "Member for Aldermoor".
_FOR = re.compile(r"\b(?:Minister|Secretary|Commissioner|Director|Member|MP|MLA|MLC)[ \u00a0]for[ \u00a0]\Z")
_WHAT_FOR = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+[ \u00a0](?=\S+[ \u00a0]\S)")
#: The generation or number behind a name: "Dan Orr Jr.", "Dan Orr, Sr.", "Oren IV"; not a single letter, an initial.
_NUMBER = re.compile(r",?[ \u00a0](?:[JS]r\b\.?|(?:X{0,2}(?:IX|IV|V?I{1,3}))(?<!\sI)\b(?!\.))")
#: The first word of a firm's name: "Quill & " before "Venn Construction".
_PARTNER = re.compile(r"(?<![\w’'&-])(?<!& )(?P<name>[^\W\d_a-z][^\W\d_A-Z]+) & \Z")
#: What a person is called by, in brackets or quotation marks between given name and family name.
_CALLED = re.compile(
    r"[ \u00a0](?P<open>[(“\"‘'])(?P<nickname>[^\W\d_a-z][\w’'-]*\w)(?P<close>[)”\"’'])[ \u00a0]"
    r"(?P<family>[^\W\d_a-z](?:[\w’'-]*\w)?)"
)
#: A name of another kind behind the particle gives way where the tagger was less sure of it than this.
_SURE = 0.9
_DOUBTED = 0.6


def whole_names(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (in reading order, not overlapping) with what belongs to them.

    A person takes in the particle and the family name behind it, whether that was taken for a second person, for a
    place or for nothing ("Karim" and "Wari" in "Karim al-Wari"), an Arabic article or a "Md" before it ("al-" before
    "Wari"), initials that the tagger left out ("E.M." before "Venn"), and the generation or number behind it ("Jr.",
    "IV"); a Chinese or Korean one the second syllable of the given name. What somebody is called by, between given
    name and family name, joins the two: "Harold" and "Hal) Venn" in "Harold (Hal) Venn"; elsewhere no name holds half
    of a pair of brackets. "Shi" in "Shi'ite" is the whole word.
    """
    names = _hyphenated(text, names)
    out: list[NameSpan] = []
    border = 0
    for name, following in zip_longest(names, names[1:]):
        if name.start >= border:  # else taken in by the one before
            firm = _firm(text, name, out[-1].start) if out and out[-1].score < _DOUBTED else None
            if firm is not None and firm.start == out[-1].start:
                border = out.pop().start  # a partner whom the tagger took for a place
            out.append(_whole(text, _without_half_bracket(text, name), following, border))
            border = out[-1].end
    return out


def _hyphenated(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` with the halves of a family name joined, where the article has it in a longer name: "Venn-Orr"."""
    printed = (text[n.start : n.end].split() for n in names if n.entity_type is EntityType.PERSON)
    double = {words[-1] for words in printed if len(words) > 1 and "-" in words[-1]}
    out: list[NameSpan] = []
    for name in names:
        joined = bool(out) and text[out[-1].end : name.start] == "-" and text[out[-1].start : name.end] in double
        if joined:
            out[-1] = NameSpan(out[-1].start, name.end, EntityType.PERSON, max(out[-1].score, name.score))
        else:
            out.append(name)
    return out


def _without_half_bracket(text: str, name: NameSpan) -> NameSpan:
    """A person's name without what stands on the other side of a bracket that is not closed, or not opened, in it."""
    printed = text[name.start : name.end]
    if name.entity_type is not EntityType.PERSON or printed.count("(") == printed.count(")"):
        return name
    before, closed, behind = printed.rpartition(")")
    if closed and "(" not in before:
        return NameSpan(name.end - len(behind.lstrip()), name.end, name.entity_type, name.score)
    return NameSpan(name.start, name.start + len(printed.partition("(")[0].rstrip()), name.entity_type, name.score)


def _called(text: str, start: int, end: int, following: NameSpan | None) -> int:
    """The end of a given name behind what its bearer is called by and the family name; `end` where there are none.

    In brackets that is a form of the given name, or what the tagger took for the beginning of the family name's span:
    they may hold much else ("Venn (Corran) Orr" in a list of players).
    """
    called = _CALLED.match(text, end)
    if called is None or " " in text[start:end] or following is None or following.start >= called.end():
        return end
    reaches = following.start < called.start("close") and following.end > called.end("close")
    forms = nickname_groups(fold(text[start:end])) & nickname_groups(fold(called["nickname"]))
    return max(called.end(), following.end) if called["open"] != "(" or reaches or forms else end


def _whole(text: str, name: NameSpan, following: NameSpan | None, border: int) -> NameSpan:
    if name.entity_type in (EntityType.PERSON, EntityType.NORP) and (people := _PEOPLE.match(text, name.end)):
        return NameSpan(name.start, people.end(), EntityType.NORP, name.score)
    if (firm := _firm(text, name, border)) is not None:
        return firm
    if name.entity_type is not EntityType.PERSON:
        return name
    start, end = name.start, name.end
    article = _ARTICLE.search(text, max(border, start - 4), start)
    if article and fold(article["article"]) in name_words().joined_particles:
        start = article.start()
    abbreviated = _ABBREVIATED.search(text, max(border, start - 6), start)
    start = start if abbreviated is None else abbreviated.start()
    initials = _INITIALS.search(text, max(border, start - 16), start)
    if initials is not None:
        start = initials.start()
    if _FOR.search(text, max(0, start - 20), start) and (office := _WHAT_FOR.match(text, start, end)):
        start = office.end()
    family = _FAMILY.match(text, end)
    if family and _are_particles(family["particles"]) and _gives_way(following, family):
        end = family.start("family") + len(_POSSESSIVE.sub("", family["family"]))
        if following is not None and following.start == family.start("family"):
            end = max(end, following.end)
    end = _called(text, start, end, following)
    end = _with_syllable(text, start, end)
    number = _NUMBER.match(text, end)
    return NameSpan(start, end if number is None else number.end(), name.entity_type, name.score)


def _firm(text: str, name: NameSpan, border: int) -> NameSpan | None:
    """The firm of two partners of which a span has the second: "Quill & Venn Construction"; no couple."""
    partner = _PARTNER.search(text, max(border, name.start - 24), name.start)
    if partner is None or fold(partner["name"]) in genders_of_given_names():
        return None
    printed = text[name.start : name.end].split()
    body = name.entity_type is EntityType.ORG or is_body_word(printed[-1]) or (len(printed) > 1 and name.score < _SURE)
    return NameSpan(partner.start("name"), name.end, EntityType.ORG, name.score) if body else None


def _are_particles(printed: str) -> bool:
    """Whether all words are particles; an assimilated article ("as-", "an-") only before its hyphen."""
    known = name_words()
    apart = known.particles | (known.lowercase_particles - known.joined_particles)
    return all(
        fold(match["word"]) in (known.joined_particles if match["joint"] == "-" else apart)
        for match in _PARTICLE.finditer(printed)
    )


def _gives_way(following: NameSpan | None, family: re.Match[str]) -> bool:
    """Whether no sure name of another kind, and no longer one but a person's, begins where the family name is."""
    if following is None or following.start >= family.end():
        return True
    if following.end > family.end():
        return following.entity_type is EntityType.PERSON and following.start == family.start("family")
    return following.entity_type is EntityType.PERSON or following.score < _SURE


def _with_syllable(text: str, start: int, end: int) -> int:
    """The end of the name behind its second syllable: "Chan Mei" before "-ling"."""
    syllable = _SYLLABLE.match(text, end)
    family, _, given = text[start:end].partition(" ")
    if syllable is None or not given.isalpha():
        return end
    joined = given + syllable.group()
    printed = (family, joined)
    return syllable.end() if is_family_first([fold(family), fold(joined).replace("-", "")], printed) else end
