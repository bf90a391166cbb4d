"""Roles beside a person's name: titles before it and appositions around it, with their exact spans.

"State Department Spokesman Lee Marsh", "Tarnia's prime minister, Olan Reth, said", "Lee Marsh, a senior aide to the
leader of the Tarn Brigade, told". The word lists are in `titles.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.names.lexicon import title_key, titles
from onrecord.names.subjects import of_several, opening

_WORD = re.compile(r"\S+")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.)+$")
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")
#: How far a role can reach on either side of a name, in characters; longer ones are explanations, not roles.
_REACH = 200
#: A line shorter than this is not wrapped: news is wrapped at 60 to 80 characters.
_WRAPPED = 40
_DETERMINERS = frozenset({"the", "a", "an", "one", "another"})
_PRONOUNS = frozenset({"his", "her", "their", "its", "my", "our", "your"})
_OF = frozenset({"of", "for", "at", "in", "to", "on", "with", "from", "and", "&"})
_RELATIVE = frozenset(
    {"who", "whom", "whose", "which", "that", "when", "where", "while", "but", "as", "after", "because"}
)
#: Words that make what follows a comma a clause of its own, not a role ("Lee Marsh, the minister is to resign").
_FINITE = frozenset(
    {
        "is", "are", "was", "were", "has", "had", "have", "will", "would", "can", "could", "may", "might", "must",
        "should", "said", "says", "told", "tells", "did", "does", "do", "went", "came", "took", "made", "added",
    }
)  # fmt: skip
_AGENT = re.compile(r"(?:er|or|ist|ian|man|men|woman|person|ee|eer|ant|ent|ess|ive)$")
_OWNED = re.compile(r"(?:['’]s?)?\s")
_DASHES = frozenset("-–—")
_INITIALS = re.compile(r"\([A-Z]{2,8}\)")
_LONGEST_OFFICE = 15  # words of an office with what it is for
_DASHED = re.compile(r"\s?[–—]\s?(?P<phrase>[^\s–—.;:!?\n][^–—.;:!?\n]{2,120}?)\s?[–—]")
_TRADE = re.compile(r"[^\W\d_]{3}(?:ologist|alist|mentalist|onist|orist|icist|anist|inist|ician)$")
#: A party or district in brackets, or where somebody is from, may stand between a name and its comma.
_AFTER_NAME = re.compile(
    r"(?:\s\([^()\n]{1,30}\)|\sof\s(?:the\s)?[A-Z][\w.]{1,20}(?:\s[A-Z][\w.]{1,20})?)?"
    r",\s+(?:(?:aged\s+)?\d{1,3},\s+)?(?:who\s+(?:is|was)\s+)?(?:also\s+|now\s+|currently\s+|then\s+)?"
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role given for the person `local_id` at `start`..`end` of the article's text; `text` has single spaces."""

    text: str
    start: int
    end: int
    local_id: int


@dataclass(frozen=True, slots=True)
class Before:
    """Bounds of what stands right before a name: courtesy titles ("Mr") and roles ("nominee", "Gov.")."""

    honorifics: tuple[tuple[int, int], ...] = ()
    roles: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
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


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    return [_Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]


def border_before(text: str, position: int) -> int:
    """Where the stretch read for a role before `position` begins: in its paragraph, at most `_REACH` away."""
    low = max(0, position - _REACH)
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
    tokens = _tokens(text, border, start)
    if border > 0 and tokens and not text[border - 1].isspace() and not text[border].isspace():
        tokens = tokens[1:]
    honorifics: list[tuple[int, int]] = []
    while tokens:
        size = _ending(tokens, titles().honorifics)
        if not size or not any(t.text[:1].isupper() for t in tokens[-size:]):
            break
        honorifics[:0] = [(tokens[-size].start, tokens[-1].end)]
        tokens = tokens[:-size]
    return Before(tuple(honorifics), _titles(tokens))


def _ending(tokens: Sequence[_Token], words: frozenset[str]) -> int:
    """How many of the last tokens are one of `words`, the longest that fits; 0 if none or if a mark parts them."""
    for size in range(min(titles().longest, len(tokens)), 0, -1):
        tail = tokens[-size:]
        if " ".join(t.key for t in tail) in words and not any(t.stops for t in tail):
            return size
    return 0


def _titles(tokens: Sequence[_Token]) -> tuple[tuple[int, int], ...]:
    """Bounds of the roles that the last of `tokens` end ("opposition leader", "Minister of Public Works").

    A short title after another is a role of its own: "presidential nominee Gov." are two.
    """
    size = _ending(tokens, titles().offices) or _ending(tokens, titles().kin) or _ends_in_trade(tokens)
    if not size:
        found = _office_of(tokens)
        return (found,) if found else ()
    rest = tokens[: len(tokens) - size]
    if size == 1 and len(tokens[-1].key) < 5 and _ending(rest, titles().offices):
        return (*_titles(rest), (tokens[-1].start, tokens[-1].end))
    return ((tokens[_leftwards(tokens, len(tokens) - size)].start, tokens[-1].end),)


def _ends_in_trade(tokens: Sequence[_Token]) -> int:
    """1 if the last token is a lower-case word for a trade by its ending ("gastroenterologist"), else 0."""
    return int(bool(tokens) and tokens[-1].text.islower() and _TRADE.search(tokens[-1].text) is not None)


def _office_of(tokens: Sequence[_Token]) -> tuple[int, int] | None:
    """A capitalised office with its of-phrase right before the name: "Minister of Public Works (MPW)"."""
    for index in range(len(tokens) - 1, max(-1, len(tokens) - _LONGEST_OFFICE), -1):
        token = tokens[index]
        if _INITIALS.fullmatch(token.text):
            continue
        if token.stops:
            return None
        if token.key in ("of", "for") and index:
            size = _ending(tokens[:index], titles().offices)
            if size and tokens[index - 1].text[:1].isupper() and index < len(tokens) - 1:
                return tokens[_leftwards(tokens, index - size)].start, tokens[-1].end
        elif not (token.text[:1].isupper() or token.key in ("of", "for", "the", "and", "&")):
            return None
    return None


def _leftwards(tokens: Sequence[_Token], head: int) -> int:
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


def _portfolio(token: _Token) -> bool:
    """Whether a word may be one of two that a minister is for."""
    return token.text[0].isupper() and token.text.isalpha() and not titles().is_title(token.key)


def _belongs(token: _Token) -> bool:
    """Whether a word can stand inside a title before its head."""
    words = titles()
    key = token.key
    if (key in words.stop_words and not token.text.isupper()) or key in _DETERMINERS or key in _PRONOUNS:
        return False
    if not key or not key[0].isalpha() or token.text[0] in '“"‘(':
        return False
    if token.text[0].isupper() or key in words.modifiers or words.is_title(key):
        return True
    if key in words.plural_modifiers or key in words.participles or _POSSESSIVE.search(key):
        return True
    return not (key.endswith(("ed", "ing", "ly", "s")) or not key.replace("-", "").isalpha())


def appositions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Bounds of the appositions beside the name at `start`..`end`: after it, before it, or both."""
    behind = _after(text, end) or _in_dashes(text, end) or of_several(text, start, end)
    found = [behind, _apposed_before(text, start, end) or opening(text, start, end, _REACH)]
    return [bounds for bounds in found if bounds]


def _after(text: str, end: int) -> tuple[int, int] | None:
    match = _AFTER_NAME.match(text, end)
    if not match:
        return None
    blank = text.find("\n\n", match.end(), match.end() + _REACH)
    tokens = _tokens(text, match.end(), blank if blank >= 0 else min(len(text), match.end() + _REACH))
    size = _phrase_length(tokens)
    if not size or not _has_head(tokens[:size]):
        return None
    last = tokens[size - 1]
    end = last.start + len(last.text.rstrip(',;:!?.”"…—–)') if last.stops else last.text)
    if text.count("(", tokens[0].start, end) > text.count(")", tokens[0].start, end) and text[end : end + 1] == ")":
        end += 1
    return tokens[0].start, end


def _in_dashes(text: str, end: int) -> tuple[int, int] | None:
    """Bounds of an apposition between dashes: "Lee Marsh — a surgeon — has"."""
    match = _DASHED.match(text, end)
    if not match:
        return None
    tokens = _tokens(text, match.start("phrase"), match.end("phrase"))
    if any(t.key in _FINITE for t in tokens) or not _has_head(tokens):
        return None
    return match.start("phrase"), match.end("phrase")


def _phrase_length(tokens: Sequence[_Token]) -> int:
    """How many tokens make the phrase up to the mark or relative clause that closes it; 0 where a clause begins."""
    for index, token in enumerate(tokens):
        key = token.key.rstrip(',;:!?)”"')
        if key in _RELATIVE or token.text in _DASHES or (index and key.endswith("ed") and key in titles().stop_words):
            return index
        if key in _FINITE or token.text[0] in '“"':
            return 0
        if token.stops:
            return index + 1
    return 0


def _has_head(tokens: Sequence[_Token]) -> bool:
    """Whether the first noun phrase of `tokens` ends in a word for a role."""
    first = tokens[0].key
    if first in _PRONOUNS or first in titles().stop_words:
        return False
    phrase: list[str] = []
    for token in tokens:
        key = token.key.rstrip(',;:!?)”"')
        if key in _OF and phrase:
            break
        phrase.append(key)
    if not phrase:
        return False
    last = phrase[-1]
    article = first in _DETERMINERS
    owned = any(_POSSESSIVE.search(t.key) for t in tokens[: len(phrase) - 1])
    if last in titles().kin:
        return owned or len(phrase) < len(tokens)
    if any(" ".join(phrase[-n:]) in titles().offices for n in (1, 2, 3)):
        return True
    return article and len(phrase) > 1 and bool(_AGENT.search(last))


def _apposed_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Bounds of a role before a comma before the name: "the group's spokesman, Lee Marsh, said"."""
    if text[max(0, start - 2) : start] not in (", ", ",\n") or not re.match(
        r"[,.;)”\"]|\s+(?:and|who)\b|\s*$", text[end : end + 6]
    ):
        return None
    tokens = _tokens(text, border_before(text, start), start)
    if not tokens or tokens[-1].text == ",":
        return None
    comma = tokens.pop()
    tokens.append(_Token(comma.text[:-1], comma.start, comma.end - 1))
    if not tokens[-1].text or tokens[-1].stops:
        return None
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 14), -1):
        if index < len(tokens) - 1 and (tokens[index].stops or tokens[index].key in _FINITE | _RELATIVE):
            return None
        follows = index == len(tokens) - 1 or tokens[index + 1].key in _OF
        if follows and (size := _ending(tokens[: index + 1], titles().offices | titles().kin)):
            return _with_determiner(tokens, index + 1 - size)
    return None


def _with_determiner(tokens: Sequence[_Token], head: int) -> tuple[int, int] | None:
    """Bounds of the role with head at token `head`, if a determiner or an owner opens it."""
    first = _leftwards(tokens, head)
    if first and tokens[first - 1].key in _DETERMINERS:
        return tokens[first - 1].start, tokens[-1].end
    if any(_POSSESSIVE.search(t.key) for t in tokens[first:head]):
        return tokens[first].start, tokens[-1].end
    return None


def beside(text: str, start: int, end: int, previous: tuple[int, int] = (0, 0)) -> tuple[Before, list[tuple[int, int]]]:
    """Titles before the name at `start`..`end`, and bounds of all roles beside it.

    `previous` bounds the person named before: no title reaches into that name, but a role that is theirs takes it in
    whole ("Orr's lawyer").
    """
    titled = before(text, start, max(previous[1], border_before(text, start)))
    roles = [_with_owner(text, role, previous) for role in titled.roles]
    return titled, [r for r in roles if _says_whose(text, r)] + appositions(text, start, end)


def _says_whose(text: str, role: tuple[int, int]) -> bool:
    """Whether a role is more than "his brother": not by kinship, or with the name of the other."""
    words = role_text(text, role).split()
    return title_key(words[-1]) not in titles().kin or any(_POSSESSIVE.search(w) for w in words[:-1])


def _with_owner(text: str, role: tuple[int, int], previous: tuple[int, int]) -> tuple[int, int]:
    """The role with the name right before it, whose it is: "Orr campaign manager", "Orr's lawyer"."""
    if previous[1] and _OWNED.fullmatch(text, previous[1], role[0]):
        return previous[0], role[1]
    return role


def role_words(text: str, bounds: Iterable[tuple[int, int]]) -> frozenset[str]:
    """The words for offices and for men or women in the roles at `bounds`, to tell people of one name apart."""
    known = titles()
    words = (w for b in bounds for w in title_key(role_text(text, b).replace(",", " ")).split())
    return frozenset(w for w in words if w in known.offices or w in known.genders)


def role_text(text: str, bounds: tuple[int, int]) -> str:
    """The words at `bounds`, on one line."""
    return " ".join(text[bounds[0] : bounds[1]].split())
