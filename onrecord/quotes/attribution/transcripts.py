"""Transcripts: paragraphs that begin with who speaks and a colon, as hearings, interviews and debates are printed.

A turn's words are given as spoken, with or without quotation marks, up to the next turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, QuoteType, Span
from onrecord.quotes.attribution.boundaries import stripped
from onrecord.quotes.attribution.draft import Draft, Link

_CAPITALS = r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’\-])+"
#: What opens a bracket that tells of others: "Q (to Orla Venn)".
_OTHERS = r"(?:to|for|through|via|by|translated|speaking)\b"
_LABEL = re.compile(
    rf"[\"“”'‘*]*(?P<label>{_CAPITALS}(?:[ ,]+(?:[^\W\d_a-z]\.|{_CAPITALS}|\([\w.\-]+\)|#\d+)){{0,6}}"
    r"|(?:Q|A|Question|Answer|Interviewer|Host|Moderator|Reporter|Audience)"
    rf"(?: \d{{1,2}}| ?\((?!{_OTHERS})[^()\n:]{{2,60}}\))?"
    r"|(?P<name>[^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){0,3})"
    rf")(?: ?\({_OTHERS}[^()\n:]{{0,60}}\))?(?P<colon>:)\**\s+(?=\S)"
)
#: Who speaks, as transcripts print it: ``Q``, ``Q (Orla Venn, Courier)``, ``MR. VENN``, ``THE COURT``,
#: ``UNIDENTIFIED PERSON #1``.
_SPEAKERS = re.compile(
    r"\A(?:(?:Q|A|QUESTION|ANSWER|INTERVIEWER|MODERATOR|REPORTER|AUDIENCE|UNIDENTIFIED|NARRATOR"
    r"|MR|MRS|MS|DR|SEN|REP|THE (?:COURT|CLERK|WITNESS|CHAIR\w*|PRESIDENT|SPEAKER|MODERATOR|INTERVIEWER|PRESS)"
    r"|CHAIRMAN|CHAIRWOMAN|CHAIR|JUDGE|COUNSEL|WITNESS)\b)|\b(?:HOST|BYLINE)\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[\"“]*[(\[][^()\[\]]*[)\]][\"”]*\s*\Z")
_EDGES = ' \t\n\r\u00a0"“”*'
_FEWEST = 3  # turns of a transcript
_DENSE = 0.5  # share of turns among the paragraphs of a transcript from which on paragraphs between them belong to them
#: Chance that a turn is right; the few seen in polnear_train were.
_SCORE = 0.9


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn: who is printed before the colon, the colon, and what is said, a span a paragraph."""

    label: Span
    colon: Span
    contents: tuple[Span, ...]
    passage: int

    @property
    def whole(self) -> Span:
        """From the label to the last word."""
        return Span(self.label.start, self.contents[-1].end)

    @property
    def spans(self) -> tuple[Span, ...]:
        """All of the turn, label and words, a span a paragraph."""
        return (Span(self.label.start, self.contents[0].end), *self.contents[1:])


def turns(text: str, passages: Sequence[Span], numbers: Collection[int], mentions: Mentions) -> tuple[Turn, ...]:
    """The turns of an article, in reading order; none where it is no transcript.

    A transcript has at least three turns of at least two labels, one of which comes back. A label is in capitals, a
    person of the article, or a word like Q and A.

    :param numbers: those of `passages` that are paragraphs.
    """
    paragraphs = sorted(numbers)
    labelled = {i: match for i in paragraphs if (match := _labelled(text, passages[i], mentions))}
    counts = Counter(match["label"] for match in labelled.values())
    if len(labelled) < _FEWEST or len(counts) < 2 or max(counts.values()) < 2:
        return ()
    initials = {_initials(m.name) for m in mentions.all if m.entity_type is EntityType.PERSON}
    if not any(_is_speaker(m, mentions, initials) for m in {m["label"]: m for m in labelled.values()}.values()):
        return ()
    first, last = min(labelled), max(labelled)
    between = [i for i in paragraphs if first <= i <= last]
    dense = len(labelled) >= _DENSE * len(between)
    return tuple(_turns(text, passages, between, labelled, dense))


def _labelled(text: str, passage: Span, mentions: Mentions) -> re.Match[str] | None:
    match = _LABEL.match(text, passage.start, passage.end)
    if match is None or match["name"] is None:
        return match
    names = mentions.within(Span(*match.span("name")))
    person = any(m.entity_type is EntityType.PERSON for m in names) or mentions.person_called(match["name"]) is not None
    return match if person and not _quoted(text, match.end()) else None


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _is_speaker(match: re.Match[str], mentions: Mentions, initials: Collection[str]) -> bool:
    """Whether a label can only be somebody's: a person of the article, or a word for one who speaks.

    ``PRICE: ... SIZE: ...`` is a list of facts.

    :param initials: those of the people of the article.
    """
    label = match["label"]
    if match["name"] is not None or _SPEAKERS.search(label) is not None:
        return True
    if len(label) > 1 and label in initials:
        return True
    inside = mentions.within(Span(*match.span("label")))
    named = any(m.entity_type is EntityType.PERSON for m in inside)
    return named or any(mentions.person_called(form) is not None for form in (label, label.title()))


def _quoted(text: str, start: int) -> bool:
    """Whether the words have marks of their own: ``Orla Venn: "We stay."`` is a quotation with its source."""
    return text[start] in "\"“”'‘«"


def _turns(
    text: str, passages: Sequence[Span], between: Sequence[int], labelled: dict[int, re.Match[str]], dense: bool
) -> Iterator[Turn]:
    for place, number in enumerate(between):
        match = labelled.get(number)
        if match is None:
            continue
        contents = [stripped(text, Span(match.end(), passages[number].end), _EDGES)]
        for later in range(place + 1, len(between)):
            following = between[later]
            if following in labelled:
                break
            span = passages[following]
            if _ASIDE.match(text, span.start, span.end):
                continue
            if not dense and not _quoted(text, span.start):
                break
            contents.append(stripped(text, span, _EDGES))
        said = tuple(span for span in contents if span.end > span.start)
        if said:
            yield Turn(Span(*match.span("label")), Span(*match.span("colon")), said, number)


def drafts_of(found: Sequence[Turn]) -> list[Draft]:
    """Each turn as a direct quote of its label."""
    return [
        Draft(
            contents=turn.contents,
            cue=turn.colon,
            source=turn.label,
            quote_type=QuoteType.DIRECT,
            link=Link.TURN,
            passage=turn.passage,
            score=_SCORE,
            content_score=_SCORE,
            cue_score=_SCORE,
            source_score=_SCORE,
        )
        for turn in found
    ]
