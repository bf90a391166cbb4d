"""Appositions beside a name, with exact spans: "Lee Marsh, a senior aide to the leader of the Tarn Brigade, told"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.lexicon.name_words import titles
from onrecord.lexicon.verbs import finite_verbs
from onrecord.names.subjects import opening
from onrecord.names.titled import (
    DETERMINERS,
    POSSESSIVE,
    PRONOUNS,
    REACH,
    Token,
    border_before,
    role_start,
    title_length,
    tokens_of,
)

_OF = frozenset({"of", "for", "at", "in", "to", "on", "with", "from", "and", "&"})
_RELATIVE = frozenset(
    {"who", "whom", "whose", "which", "that", "when", "where", "while", "but", "as", "after", "because"}
)
_AGENT = re.compile(r"(?:er|or|ist|ian|man|men|woman|person|ee|eer|ant|ent|ess|ive)$")
_DASHES = frozenset("-–—")
_DASHED = re.compile(r"\s?[–—]\s?(?P<phrase>[^\s–—.;:!?\n][^–—.;:!?\n]{2,120}?)\s?[–—]")
#: A party or district in brackets, or where somebody is from, may stand between a name and its comma.
_AFTER_NAME = re.compile(
    r"(?:\s\([^()\n]{1,30}\)|\sof\s(?:the\s)?[A-Z][\w.]{1,20}(?:\s[A-Z][\w.]{1,20})?)?"
    r",\s+(?:(?:aged\s+)?\d{1,3},\s+)?(?:who\s+(?:is|was)\s+)?(?:also\s+|now\s+|currently\s+|then\s+)?"
)


@cache
def _finite() -> frozenset[str]:
    """Verbs that make what follows a comma a clause of its own, not a role ("Lee Marsh, the minister is to resign")."""
    return finite_verbs() | {"said", "says", "told", "tells", "added"}


def appositions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Bounds of the appositions beside the name at `start`..`end`: after it, before it, or both."""
    behind = _after(text, end) or _in_dashes(text, end)
    found = [behind, _apposed_before(text, start, end) or opening(text, start, end, REACH)]
    return [bounds for bounds in found if bounds]


def _after(text: str, end: int) -> tuple[int, int] | None:
    match = _AFTER_NAME.match(text, end)
    if not match:
        return None
    blank = text.find("\n\n", match.end(), match.end() + REACH)
    tokens = tokens_of(text, match.end(), blank if blank >= 0 else min(len(text), match.end() + REACH))
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
    tokens = tokens_of(text, match.start("phrase"), match.end("phrase"))
    if any(t.key in _finite() for t in tokens) or not _has_head(tokens):
        return None
    return match.start("phrase"), match.end("phrase")


def _phrase_length(tokens: Sequence[Token]) -> int:
    """How many tokens make the phrase up to the mark or relative clause that closes it; 0 where a clause begins."""
    for index, token in enumerate(tokens):
        key = token.key.rstrip(',;:!?)”"')
        if key in _RELATIVE or token.text in _DASHES or (index and key.endswith("ed") and key in titles().stop_words):
            return index
        if key in _finite() or token.text[0] in '“"':
            return 0
        if token.stops:
            return index + 1
    return 0


def _has_head(tokens: Sequence[Token]) -> bool:
    """Whether the first noun phrase of `tokens` ends in a word for a role."""
    first = tokens[0].key
    if first in PRONOUNS or first in titles().stop_words:
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
    article = first in DETERMINERS
    owned = any(POSSESSIVE.search(t.key) for t in tokens[: len(phrase) - 1])
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
    tokens = tokens_of(text, border_before(text, start), start)
    if not tokens or tokens[-1].text == ",":
        return None
    comma = tokens.pop()
    tokens.append(Token(comma.text[:-1], comma.start, comma.end - 1))
    if not tokens[-1].text or tokens[-1].stops:
        return None
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 14), -1):
        if index < len(tokens) - 1 and (tokens[index].stops or tokens[index].key in _finite() | _RELATIVE):
            return None
        follows = index == len(tokens) - 1 or tokens[index + 1].key in _OF
        if follows and (size := title_length(tokens[: index + 1], titles().offices | titles().kin)):
            return _with_determiner(tokens, index + 1 - size)
    return None


def _with_determiner(tokens: Sequence[Token], head: int) -> tuple[int, int] | None:
    """Bounds of the role with head at token `head`, if a determiner or an owner opens it."""
    first = role_start(tokens, head)
    if first and tokens[first - 1].key in DETERMINERS:
        return tokens[first - 1].start, tokens[-1].end
    if first and tokens[first - 1].key in PRONOUNS and tokens[-1].key in titles().offices:
        return tokens[first].start, tokens[-1].end  # "its works director"; "his wife" says nothing of whose
    if any(POSSESSIVE.search(t.key) for t in tokens[first:head]):
        return tokens[first].start, tokens[-1].end
    return None
