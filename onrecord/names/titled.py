"""What stands right before a name: courtesy titles ("Mr") and offices ("State Department Spokesman"), with spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.lexicon.name_words import title_key, titles
from onrecord.names.occupations import is_occupation, opens_sentence

_WORD = re.compile(r"\S+")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.)+$")
POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
#: How far a role can reach on either side of a name, in characters; longer ones are explanations, not roles.
REACH = 200
#: A line shorter than this is not wrapped: news is wrapped at 60 to 80 characters.
_WRAPPED = 40
DETERMINERS = frozenset({"the", "a", "an", "one", "another"})
PRONOUNS = frozenset({"his", "her", "their", "its", "my", "our", "your"})
_INITIALS = re.compile(r"\([A-Z]{2,8}\)")
_LONGEST_OFFICE = 15  # words of an office with what it is for
_TRADE = re.compile(r"[^\W\d_]{3}(?:ologist|alist|mentalist|onist|orist|icist|anist|inist|ician)$")


@dataclass(frozen=True, slots=True)
class Before:
    """Bounds of what stands right before a name: courtesy titles ("Mr") and roles ("nominee", "Gov.")."""

    honorifics: tuple[tuple[int, int], ...] = ()
    roles: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text with the marks that touch it; `key` is as titles.yaml writes it."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return title_key(self.text)

    @property
    def stops(self) -> bool:
        """Whether a mark after the word parts it from the next ("Monday," "end."), an abbreviation's stop aside."""
        last = self.text[-1]
        if last in ',;:!?)]”"…—–':
            return True
        return last == "." and not (_ABBREVIATION.fullmatch(self.text) or self._abbreviates_a_title)

    @property
    def _abbreviates_a_title(self) -> bool:
        return self.text[0].isupper() and len(self.key) <= 5 and titles().is_title(self.key)


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words of `text` between two offsets."""
    return [Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]


def border_before(text: str, position: int) -> int:
    """Where the stretch read for a role before `position` begins: in its paragraph, at most `REACH` away."""
    low = max(0, position - REACH)
    line_end = position
    while (line_end := text.rfind("\n", low, line_end)) >= 0:
        if _ends_paragraph(text, line_end):
            return line_end + 1
    return low


def _ends_paragraph(text: str, line_end: int) -> bool:
    """Whether the line break at `line_end` is more than a wrapped line: after a blank, a short line or a full stop."""
    start = text.rfind("\n", max(0, line_end - _WRAPPED), line_end)
    if start >= 0 or line_end < _WRAPPED:
        return True
    return not (text[line_end - 1].isalnum() or text[line_end - 1] in ",;-")


def before(text: str, start: int, border: int) -> Before:
    """Titles that end right before `start`, reading no further left than `border` (an offset)."""
    if start == border or not text[start - 1 : start].isspace():
        return Before()
    if not any(map(_may_end_title, text[border:start].split()[-1:])):
        return Before()
    tokens = tokens_of(text, border, start)
    if border > 0 and tokens and not text[border - 1].isspace() and not text[border].isspace():
        tokens = tokens[1:]
    honorifics: list[tuple[int, int]] = []
    while tokens:
        size = title_length(tokens, titles().honorifics)
        if not size or not any(t.text[:1].isupper() for t in tokens[-size:]):
            break
        honorifics[:0] = [(tokens[-size].start, tokens[-1].end)]
        tokens = tokens[:-size]
    roles = _titles(tokens)
    if not roles and (opening := _opening_occupation(text, tokens)) is not None:
        roles = (opening,)
    return Before(tuple(honorifics), roles)


@lru_cache(maxsize=1 << 14)
def _may_end_title(word: str) -> bool:
    """Whether a word, with the marks that touch it, may be the last of what `before` finds."""
    key = title_key(word)
    if not word[0].islower() or is_occupation(word) or key in ("of", "for", "the", "and", "&") or _TRADE.search(word):
        return True
    lists = titles()
    return any(key.rpartition(" ")[2] in _last_words(forms) for forms in (lists.honorifics, lists.offices, lists.kin))


def title_length(tokens: Sequence[Token], words: frozenset[str]) -> int:
    """How many of the last tokens are one of `words`, the longest that fits; 0 if none or if a mark parts them."""
    if not tokens or tokens[-1].key.rpartition(" ")[2] not in _last_words(words):
        return 0
    for size in range(min(titles().longest, len(tokens)), 0, -1):
        tail = tokens[-size:]
        key = " ".join(t.key for t in tail)
        initials = len(key) == 2 and key.isupper()  # "CP Quill"
        if key in words and not initials and not any(t.stops for t in tail):
            return size
    return 0


@cache
def _last_words(forms: frozenset[str]) -> frozenset[str]:
    """The last word of each of a list's forms."""
    return frozenset(form.rpartition(" ")[2] for form in forms)


def _titles(tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """Bounds of the roles that the last of `tokens` end ("opposition leader", "Minister of Public Works").

    A short title after another is a role of its own: "presidential nominee Gov." are two.
    """
    size = title_length(tokens, titles().offices) or title_length(tokens, titles().kin) or _ends_in_trade(tokens)
    if not size:
        found = _office_of(tokens)
        return (found,) if found else ()
    rest = tokens[: len(tokens) - size]
    if size == 1 and len(tokens[-1].key) < 5 and title_length(rest, titles().offices):
        return (*_titles(rest), (tokens[-1].start, tokens[-1].end))
    return ((tokens[role_start(tokens, len(tokens) - size)].start, tokens[-1].end),)


def _ends_in_trade(tokens: Sequence[Token]) -> int:
    """1 if the last token is a lower-case word for a trade by its ending ("gastroenterologist"), else 0."""
    return int(bool(tokens) and tokens[-1].text.islower() and _TRADE.search(tokens[-1].text) is not None)


def _opening_occupation(text: str, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The noun for a person, by its ending, with which a sentence begins: "Forester Ada Quill", "Former keeper"."""
    if not tokens or tokens[-1].stops or not is_occupation(tokens[-1].text):
        return None
    first = len(tokens) - 1
    while first and tokens[first - 1].key in titles().modifiers | titles().participles and not tokens[first - 1].stops:
        first -= 1
    opens = tokens[first].text[0].isupper() and opens_sentence(text, tokens[first].start)
    return (tokens[first].start, tokens[-1].end) if opens else None


def _office_of(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """A capitalised office with its of-phrase right before the name: "Minister of Public Works (MPW)"."""
    for index in range(len(tokens) - 1, max(-1, len(tokens) - _LONGEST_OFFICE), -1):
        token = tokens[index]
        if _INITIALS.fullmatch(token.text):
            continue
        if token.stops:
            return None
        if token.key in ("of", "for") and index:
            size = title_length(tokens[:index], titles().offices)
            if size and tokens[index - 1].text[:1].isupper() and index < len(tokens) - 1:
                return tokens[role_start(tokens, index - size)].start, tokens[-1].end
        elif not (token.text[:1].isupper() or token.key in ("of", "for", "the", "and", "&")):
            return None
    return None


def role_start(tokens: Sequence[Token], head: int) -> int:
    """Index of the first word of the role whose head starts at token `head`."""
    first, plain = head, 0
    while first > 0:
        token = tokens[first - 1]
        if token.key in ("and", "&") and first > 1 and _portfolio(tokens[first - 2]) and _portfolio(tokens[first]):
            first -= 2  # "Youth and Sports Minister"
            continue
        if token.stops or not _belongs(token):
            break
        known = token.key in titles().modifiers or titles().is_title(token.key)
        plain += 0 if known or token.text[:1].isupper() else 1
        if plain > 2:
            break
        first -= 1
    return first


def _portfolio(token: Token) -> bool:
    """Whether a word may be one of two that a minister is for."""
    return token.text[0].isupper() and token.text.isalpha() and not titles().is_title(token.key)


def _belongs(token: Token) -> bool:
    """Whether a word can stand inside a title before its head."""
    words = titles()
    key = token.key
    if (key in words.stop_words and not token.text.isupper()) or key in DETERMINERS or key in PRONOUNS:
        return False
    if not key or not key[0].isalpha() or token.text[0] in '“"‘(':
        return False
    if token.text[0].isupper() or key in words.modifiers or words.is_title(key):
        return True
    if key in words.plural_modifiers or key in words.participles or POSSESSIVE.search(key):
        return True
    return not (key.endswith(("ed", "ing", "ly", "s")) or not key.replace("-", "").isalpha())
