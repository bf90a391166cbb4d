"""What a name is made of: titles, given and family names, particles, suffix, organisation form, article, possessive.

`parse_name` reads one name as printed, without its article; what needs the article (who is meant by a bare surname)
is `onrecord.coreference.name_chains`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rigour.names import extract_org_types

from onrecord.document.article import EntityType
from onrecord.lexicon.name_words import fold, genders_of_given_names, name_words, title_key, titles
from onrecord.names.title_prefix import sorted_titles, title_prefix

_EDGE = ' \t\r\n\u00a0"“”‘«»„,;:!?()[]{}<>*_-–—/|'
_POSSESSIVE = re.compile(r"(?:['’ʼ`´][sS]|(?<=[sSxXzZ])['’ʼ])$")
_WORD = re.compile(r"\S+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}$")
#: Not "X": "Malcolm X" is no tenth.
_REGNAL = re.compile(r"I|V|(?:[IV]|X[IVX])[IVX]{1,4}")
_PERSON_ARTICLE = re.compile(r"the\s+(?=\S)", re.IGNORECASE)
_NICKNAME = re.compile(r"(?<=\s)[\"“”'‘(](?P<name>[^\"“”()]{2,30}?)[\"“”'’)](?=\s)")
_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_LEGAL = re.compile(
    r"[,\s]+(?:&\s*)?(?P<form>Co|Corp|Corporation|Company|Inc|Incorporated|Limited|Ltd)\.?$", re.IGNORECASE
)
#: One or two syllables (Vietnamese: one) of a given name in the romanisations of the language.
_SYLLABLE = {
    "chinese": re.compile(
        r"(?:(?:[bpmfdtnlgkhjqxzcsrwy]|zh|ch|sh|hs|ts|tz|kw|gw|ng)?[aeiouüw]{1,3}h?(?:ng|n|k|p|t|m)?|er){1,2}"
    ),
    "korean": re.compile(r"(?:(?:[bcdghjkmnprstwy]|ch|kk|tt|pp|ss|jj|sh)?[aeiouwy]{1,3}(?:ng|[nlmkpbtgk])?){1,2}"),
    "vietnamese": re.compile(
        r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|th|tr|qu)?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
    ),
}


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart. `start` and `end` bound `core` within `text`.

    `core` is the name without titles, leading article, possessive and marks at its edges; `tokens` are its words
    as they are compared (folded, without particles and suffix, initials as single letters), in printed order. Where
    `either_order` is true, the first word may be the given or the family name ("Lee Mason"); it is taken for the given.
    """

    text: str
    entity_type: EntityType
    core: str
    start: int
    end: int
    tokens: tuple[str, ...] = ()
    honorifics: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    middle: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    suffix: str | None = None
    nickname: str | None = None
    article: str | None = None
    legal_form: str | None = None
    possessive: bool = False
    family_first: bool = False
    either_order: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the name and where it stands."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return fold(self.text.strip(".,"))


@lru_cache(maxsize=1 << 13)
def parse_name(text: str, entity_type: EntityType) -> NameParts:
    """Take `text`, a name as printed (with or without titles and possessive), apart; `core` may come out empty."""
    start, end, possessive = _trim(text)
    if entity_type is EntityType.PERSON:
        return _person(text, start, end, possessive)
    article = _ARTICLE.match(text, start, end)
    if article:
        start = article.end()
    core = text[start:end]
    legal = _legal_form(core) if entity_type is EntityType.ORG else None
    bare = core[: len(core) - len(legal)].rstrip(" ,&") if legal else core
    return NameParts(
        text, entity_type, core, start, end,
        tokens=plain_tokens(bare),
        article=article.group().strip() if article else None,
        legal_form=legal.strip(" ,&") if legal else None,
        possessive=possessive,
    )  # fmt: skip


def plain_tokens(name: str) -> tuple[str, ...]:
    """The words of an organisation's, place's or group's name as they are compared: "U.N. Women" → "un", "women"."""
    words = (fold(w.strip('()[]"“”,')).replace(".", "") for w in name.replace("-", " ").split())
    return tuple(w for w in words if w)


_OPEN_BRACKET = re.compile(r"[(\[][^()\[\]]*$")


def _trim(text: str) -> tuple[int, int, bool]:
    """Bounds of `text` without white space and marks at its edges and without a possessive; whether it had one."""
    start, end = _strip(text, 0, len(text))
    unclosed = _OPEN_BRACKET.search(text[start:end]) if text[end : end + 1] not in (")", "]") else None
    if unclosed and unclosed.start():
        start, end = _strip(text, start, start + unclosed.start())
    match = _POSSESSIVE.search(text[start:end])
    if match:
        start, end = _strip(text, start, start + match.start())
    return start, end, match is not None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """`start`, `end` moved inwards past white space and marks; a bracket that closes one inside the name stays."""
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    last = end
    while start < end and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    closing = text[end] if end < last else ""
    opening = {")": "(", "]": "["}.get(closing)
    if opening and text.count(opening, start, end) > text.count(closing, start, end):
        end += 1
    return start, end


def _legal_form(core: str) -> str | None:
    """The organisation form that ends `core`, with what parts it from the name; none if nothing would be left."""
    match = _LEGAL.search(core)
    best = match.group() if match and match.start() else None
    folded = core.casefold()
    for form, _ in extract_org_types(folded):
        if folded.endswith(form) and len(form) < len(core) and core[-len(form) - 1] in " ,":
            tail = core[-len(form) - 1 :]
            best = tail if best is None or len(tail) > len(best) else best
    return best


def _person(text: str, start: int, end: int, possessive: bool) -> NameParts:
    article = _PERSON_ARTICLE.match(text, start, end)
    first = article.end() if article else start  # "The Donald" is compared as "Donald"
    words = [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, first, end)]
    prefix = title_prefix([w.text for w in words])
    if prefix and words[prefix].text.islower() and words[prefix].key not in name_words().particles:
        prefix = 0  # "Fellow of the Royal Society" is no name after a title
    honorifics, roles = sorted_titles([w.text for w in words[:prefix]])
    words = _own_words(words[prefix:])
    while len(words) > 1 and title_key(words[-1].text).replace(" ", "") in titles().post_nominals:
        honorifics = (*honorifics, words.pop().text.strip(",."))
    if not words:
        return NameParts(text, EntityType.PERSON, "", start, start, possessive=possessive)
    start, end = _strip(text, words[0].start, words[-1].end)
    nickname = _NICKNAME.search(text, start, end)
    if nickname:
        words = [w for w in words if not nickname.start() <= w.start < nickname.end()]
    suffix = None
    if len(words) > 1 and (words[-1].key in name_words().suffixes or _REGNAL.fullmatch(words[-1].text)):
        suffix = words.pop().text.strip(",.")
    pairs = name_tokens([w.text for w in words])
    names = [(printed.strip(",."), compared) for printed, compared in pairs if compared]
    compared = [compared for _, compared in names]
    family_first = is_family_first(compared, tuple(printed for printed, _ in names))
    either_order = family_first and _may_be_given_first(names)
    given, middle, family = _split(names, family_first and not either_order)
    return NameParts(
        text, EntityType.PERSON, text[start:end], start, end,
        tokens=tuple(compared),
        honorifics=honorifics, roles=roles, given=given, middle=middle, family=family,
        particles=tuple(printed for printed, compared in pairs if not compared),
        initials=tuple(compared for _, compared in names if len(compared) == 1),
        suffix=suffix, nickname=nickname.group("name") if nickname else None,
        article=article.group().strip() if article and not prefix else None,
        possessive=possessive, family_first=family_first and not either_order, either_order=either_order,
    )  # fmt: skip


def _own_words(words: list[_Word]) -> list[_Word]:
    """The words up to what tells where somebody is from: "Dale Orr, D-Norland", "Dale Orr of Norland"."""
    for i, word in enumerate(words[1:-1], start=1):
        if word.text == "of" and i > 1 and not titles().is_title(title_key(words[i - 1].text)):
            return words[:i]
    for i, word in enumerate(words[:-1]):
        rest = words[i + 1 :]
        if word.text.endswith(",") and not all(
            w.key in name_words().suffixes or title_key(w.text).strip(",") in titles().post_nominals for w in rest
        ):
            return words[: i + 1]
    return words


def name_tokens(words: list[str]) -> list[tuple[str, str]]:
    """The words of a person's name as (printed, compared) pairs; the compared form of a particle is empty.

    A joined particle is taken off ("al-Wari" → "wari"), a compound is one word ("Abd al-Karim" → "abdkarim"), and
    initials that stand together are parted ("J.K." → "j", "k"). The last word is never a particle.
    """
    lists = name_words()
    out: list[tuple[str, str]] = []
    pending: list[str] = []
    for position, word in enumerate(words):
        plain = word.strip('.,"“”()')
        if "." in plain and _INITIALS.match(plain):
            out.extend((letter + ".", fold(letter)) for letter in plain.replace(".", "").replace("-", ""))
            continue
        last = position == len(words) - 1
        key = fold(plain.rstrip("-"))  # "Al- Wari", where a line was broken
        if not last and key in lists.compounds:
            pending.append(word)
        elif not last and (key in lists.particles or (plain.islower() and key in lists.lowercase_particles)):
            if pending:
                pending.append(word)
            else:
                out.append((word, ""))
        else:
            joined = "".join(_compared(w) for w in pending if fold(w) in lists.compounds)
            out.append((" ".join([*pending, word]), joined + _compared(plain)))
            pending = []
    return out


def _compared(word: str) -> str:
    """`word` folded, without hyphens and without the Arabic article before a hyphen."""
    head, dash, tail = word.partition("-")
    return fold(tail if dash and tail and fold(head) in name_words().joined_particles else word).replace("-", "")


def _split(
    names: Sequence[tuple[str, str]], family_first: bool
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Given, middle and family names of (printed, compared) words."""
    printed = tuple(p for p, _ in names)
    if len(printed) < 2:
        return (), (), printed
    return (printed[1:], (), printed[:1]) if family_first else (printed[:1], printed[1:-1], printed[-1:])


def _may_be_given_first(names: Sequence[tuple[str, str]]) -> bool:
    """Whether the surname that opens a name of two words is a given name as well, and nothing parts the other word."""
    return len(names) == 2 and names[0][1] in genders_of_given_names() and "-" not in names[1][0]


def is_family_first(tokens: list[str], printed: tuple[str, ...]) -> bool:
    """Whether a name is written family first: a listed surname, then only syllables of that language."""
    lists = name_words()
    kinds = lists.family_first.get(tokens[0], frozenset()) if tokens else frozenset()
    rest = tokens[1:]
    if not kinds or not 0 < len(rest) <= 3:
        return False
    if "hungarian" in kinds:
        return rest[0] in lists.hungarian_given
    if len(rest) == 1 and rest[0] in lists.family_first and tokens[0] not in ("kim", "xi") and "-" not in printed[1]:
        return len(rest[0]) < 4 and len(tokens[0]) <= len(rest[0])
    return any(all(_SYLLABLE[kind].fullmatch(token) for token in rest) for kind in kinds if kind in _SYLLABLE)
