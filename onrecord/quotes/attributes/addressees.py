"""Who hears somebody: an outlet by its name, the press, a chamber, a crowd; nobody who is told something in private."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.sentences import Token
from onrecord.document.words import OWNER
from onrecord.lexicon.media import ARTICLES, media_words, reports, stops
from onrecord.lexicon.name_words import titles
from onrecord.lexicon.outlets import is_outlet
from onrecord.lexicon.people import people_words
from onrecord.quotes.attribution.cue_words import cue_head, lemma, words_of
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.attribution.hearers import asks
from onrecord.quotes.attribution.verbs import is_passive

_THE = re.compile(r"\A[Tt]he\s")
#: The title of a paper or programme in marks, behind what tells of it: the daily 'Harbour Courier'.
_TITLED = re.compile(r"\s?[\"“‘'](?P<title>[A-Z][\w’'&.-]*(?:\s(?:[A-Z][\w’'&.-]*|of|the|and|&))*),?[\"”’'](?!\w)")
#: The same where nothing says what it is: more than one word, all of them capitalised.
_PROGRAMME = re.compile(
    r"\s[\"“‘'](?P<title>[A-Z][\w’'&.-]*(?:\s(?:[A-Z][\w’'&.-]*|of|the|and|with|in|&))*\s[A-Z][\w’'&-]*)[.,]?[\"”’'](?!\w)"
)
_LONGEST = 7  # words of an outlet's name
_NO_OUTLETS = frozenset({EntityType.NORP, EntityType.LOC})


def heard_by(text: str, tokens: Sequence[Token], mentions: Mentions, *, asks: bool = False) -> str | None:
    """The hearer that these tokens are, as printed without article; null if the addressee is a private person.

    :param tokens: the words of one noun phrase, behind "told" or "interview with".
    :param asks: whether a person by her bare name will do, who interviews.
    """
    owned = bool(tokens) and tokens[0].lower in ARTICLES
    kept = list(tokens[owned:])
    if not kept or kept[0].lower in ARTICLES or kept[0].lower in {"him", "them", "you", "us", "me"}:
        return None
    if titled := _TITLED.match(text, kept[-1].end):
        return titled["title"]
    at = Span(tokens[0].start, kept[-1].end)
    inside = [m for m in mentions.within(at) if m.entity_type not in _NO_OUTLETS]
    whose = tokens[0].lower in ARTICLES - {"a", "an", "the"}  # "his works panel": whose is not in these words
    meetings = media_words().occasions - people_words().documents  # "a Harbour Board meeting", not "the study"
    if kept[-1].lower in meetings or (not inside and kept[-1].lower in media_words().hearers):
        return None if whose and kept[-1].lower not in media_words().hearers else printed(text, kept)
    return _named(text, kept, inside, asks=asks) if inside else None


def printed(text: str, tokens: Sequence[Token]) -> str:
    """The words as printed, on one line."""
    return " ".join(text[tokens[0].start : tokens[-1].end].split())


def programme_at(text: str, offset: int) -> str | None:
    """The programme or paper whose title in marks stands at an offset: ``told “Corran and Friends”``."""
    titled = _PROGRAMME.match(text, offset)
    return None if titled is None else titled["title"]


def _named(text: str, kept: Sequence[Token], inside: Sequence[Mention], *, asks: bool) -> str | None:
    """The name among the words, unless they mean people of that body, or somebody in private."""
    words = media_words()
    first, last = inside[0], inside[-1]
    behind = [t for t in kept if t.start >= last.end]
    if behind and behind[-1].lower in words.hearers - words.outlets and behind[-1].lower not in words.press_people:
        return printed(text, kept)  # "the Corran Guard council"
    if behind and behind[-1].lower not in words.outlets | words.press_people:
        return None  # "Harbour Board officials"
    before = [t.lower for t in kept if t.start < first.start]
    of_press = bool(before) and not words.press_people.isdisjoint(before)
    if last.entity_type is EntityType.PERSON and len(inside) == 1 and not (of_press or asks):
        return None
    start = first.start if all(word.islower() for word in _words(text, kept, first.start)) else kept[0].start
    return _plain(text[start : last.end])


def _plain(name: str) -> str:
    """A name on one line, without "the" and "'s"."""
    return OWNER.sub("", _THE.sub("", " ".join(name.split())))


def _words(text: str, tokens: Sequence[Token], end: int) -> list[str]:
    return [text[t.start : t.end] for t in tokens if t.start < end]


def outlet_at(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    """The outlet whose name `following` opens with, perhaps behind what it is: ``the broadcaster, Corran Radio``."""
    if (described := described_outlet(text, following, mentions)) is not None:
        return described
    rest = _without_article(following)
    if not rest or not rest[0].is_word or rest[0].lower in media_words().stops:
        return None
    named = _name_at(following, mentions) or _name_at(rest, mentions)  # "The Corran Wire" with or without its article
    if named is None:
        return None
    behind = next((t for t in rest if t.start >= named.end and t.is_word), None)
    modifies = behind is not None and behind.start - named.end <= 1 and not _may_follow(text, behind)
    if modifies and behind is not None and behind.lower not in media_words().outlets | media_words().press_people:
        return None
    return _plain(text[named.start : named.end])


def _publication_at(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    """The paper that opens `following`, behind "writing in": an outlet's name, or one of several words.

    Not a place, a language or a month (``in New Corran``), nor what tells of a thing (``in Corran Guild style``).
    """
    if (named := outlet_at(text, following, mentions)) is not None:
        return named
    rest = _without_article(following)
    end = next((i for i, t in enumerate(rest) if not t.is_word or not text[t.start].isupper()), len(rest))
    whole = "" if end < 2 else printed(text, rest[:end])
    if not whole or is_outlet(whole):
        return whole or None
    named_else = mentions.within(Span(rest[0].start, rest[end - 1].end))
    closes = end == len(rest) or not rest[end].is_word or _may_follow(text, rest[end])
    return whole if closes and all(m.entity_type is EntityType.PERSON for m in named_else) else None


def outlet_beside(text: str, tokens: Sequence[Token], i: int, mentions: Mentions) -> str | None:
    """The outlet behind a preposition at `i` that got or printed the words: ``Asked by``; ``Writing in``."""
    before, following = tokens[i - 1].lower if i else "", tokens[i + 1 : i + 1 + _LONGEST]
    if tokens[i].lower == "by" and before in media_words().asking and _asks(tokens, i):
        return outlet_at(text, following, mentions)
    if tokens[i].lower == "in" and before in media_words().writing:
        return _publication_at(text, following, mentions)
    return None


def _asks(tokens: Sequence[Token], i: int) -> bool:
    """Whether "contacted by" says how the words came about: ``When contacted by``, not ``a study quoted by``."""
    return i == 1 or tokens[i - 2].lower in {"when", "as", "if", "while", "once", "was", "were", ","}


def described_outlet(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    """An outlet's name behind what it is: ``the state-owned broadcaster, Corran Radio,``; ``news agency CRW``."""
    rest = _without_article(following)
    for i, token in enumerate(rest[:5]):
        if not token.is_word or stops(token.lower):
            return None
        if token.lower not in media_words().outlets or not text[token.start].islower():
            continue
        comma = rest[i + 1].lower == "," if i + 1 < len(rest) else False
        name = rest[i + 1 + comma :]
        if not name or not name[0].is_word or not text[name[0].start].isupper():
            continue
        named = _name_at(name, mentions)
        if named is None or (comma and text[named.end : named.end + 1] not in {",", "."}):
            return None
        return " ".join(text[named.start : named.end].split())
    return None


def _without_article(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[1:] if tokens and tokens[0].lower in ARTICLES else tokens


def _name_at(rest: Sequence[Token], mentions: Mentions) -> Mention | None:
    """The name of a body that opens `rest`; no holiday's ("Corran Day")."""
    named = [m for m in mentions.within(Span(rest[0].start, rest[-1].end)) if m.start == rest[0].start]
    if not named or named[0].entity_type not in (EntityType.ORG, EntityType.MISC) or named[0].name.endswith("Day"):
        return None
    return named[0]


def _may_follow(text: str, token: Token) -> bool:
    """Whether a word may stand behind an outlet's name that is complete: not ``the Corran Wire building``."""
    lower = token.lower
    if (
        stops(lower)
        or lower in ARTICLES
        or lower.endswith(("ed", "ing"))
        or text[token.start].isupper()
        or reports(lower)
    ):
        return True
    return lower in media_words().loose | media_words().participles


#: Words that end the noun phrase behind a verb of addressing.
_ENDS = frozenset(
    {"that", "to", "whether", "if", "how", "why", "what", "when", "who", "where", "about", "not", "it", "against"}
)
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof"})
_PRIVATE = frozenset({"him", "her", "them", "us", "you", "himself", "herself", "themselves"})
_LONGEST_ADDRESSEE = 9  # words
_FURTHEST = 120  # letters behind the cue
_PIECE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen)\b\.?|(?:[A-Z]\.){2,}|\w+(?:[’'&.,-]\w+)*[’']?|[^\w\s]")


def addressee(text: str, draft: Draft) -> str | None:
    """The object of a verb of addressing, as printed without article: ``urged the board to``, ``told her brother``.

    None for a pronoun, for a passive, and where what is said follows the verb at once.
    """
    cue = draft.cue
    head = None if cue is None else cue_head(cue.of(text))
    if cue is None or head is None or (is_passive(text, cue) and not head.form.endswith("ing")):
        return None
    if head.lemma == "call" and (called := _CALLED_ON.match(text, cue.end)) is not None:
        return _whole_object(text, called.end(), draft)
    if not asks(cue.of(text)) and (head.lemma == "call" or head.lemma not in media_words().addressing):
        return None
    if draft.source is not None and 0 <= draft.source.start - cue.end <= 1:
        return None  # "asked Venn"
    said = next((span.start for span in draft.contents if span.start >= cue.end), None)
    return object_at(text, cue.end, said)


_ASKED = re.compile(r"(?:not\s)?to\s")
_CALLED_ON = re.compile(r"\s(?:up)?on(?=\s)")


def _whole_object(text: str, offset: int, draft: Draft) -> str | None:
    """The object at an offset that reaches to what is asked of it: ``called on | the board | to leave``."""
    said = next((span for span in draft.contents if span.start >= offset), None)
    if said is None or not _ASKED.match(said.of(text)):
        return None
    found = object_at(text, offset, said.start)
    return found if found is not None and " ".join(text[offset : said.start].split()).endswith(found) else None


_TO = re.compile(r"\s(?P<to>to)\s(?P<first>[“\"]?[\w’'-]+)")


def told_to(text: str, draft: Draft) -> str | None:
    """Whom a verb of saying leads to: ``confided to a friend that``, ``apologised to the crews for``."""
    cue = draft.cue
    words = [] if cue is None else words_of(cue.of(text))
    verbs = dict.fromkeys(media_words().telling_to, 1.0)
    if cue is None or verbs.keys().isdisjoint(lemma(word, verbs) for word in words):
        return None
    behind = _TO.match(text, cue.end) or (_TO.match(text, cue.end - len(" to")) if words[-1] == "to" else None)
    if behind is None:
        return None
    first = behind["first"]
    lower = first.lower()
    someone = first[0].isupper() or lower in ARTICLES | media_words().hearers or lower in people_words().groups
    said = next((span.start for span in draft.contents if span.start >= behind.start("first")), None)
    if not someone:
        return _whole_object(text, behind.end("to"), draft)  # "appealed to drivers to stay"
    return object_at(text, behind.end("to"), said)


def object_at(text: str, offset: int, said: int | None = None) -> str | None:
    """The object of a verb that ends at an offset, as printed without article; `said` is where what it tells begins."""
    words: list[re.Match[str]] = []
    stop = ""
    for piece in _PIECE.finditer(text, offset, min(len(text), offset + _FURTHEST)):
        stop = piece[0].lower()
        inside = stop == "of" if words else stop in ARTICLES
        after_of = bool(words) and words[-1][0] in {"of", "and"} and stop in ARTICLES
        titled = stop.rstrip(".") in _TITLES
        if words and stop in ARTICLES and not (after_of or words[-1][0].lower() in titles().styles):
            break  # "told a friend the bridge was old"
        if not stop[0].isalnum() or stop in _ENDS or (stops(stop) and not (inside or after_of or titled)):
            break
        words.append(piece)
    if not 0 < len(words) <= _LONGEST_ADDRESSEE:
        return None
    if said is not None and said < words[-1].end() and stop != "to":
        return None  # "told them the bridge was old"
    while words[-1][0].lower() in ARTICLES | {"of", "and"}:
        words.pop()
        if not words:
            return None
    styled = len(words) > 1 and words[1][0].lower() in titles().styles
    kept = words[words[0][0].lower() in ARTICLES and not styled :]
    return (
        " ".join(text[kept[0].start() : kept[-1].end()].split())
        if kept and kept[0][0].lower() not in _PRIVATE
        else None
    )
