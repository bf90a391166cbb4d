"""What ties an attribution to others of the article: the same head noun, the same document, the turns around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from onrecord.coreference.descriptions import is_of_another_body
from onrecord.coreference.source_phrases import Form
from onrecord.document.words import PRINTED_WORD
from onrecord.quotes.speaker.candidates import AROUND
from onrecord.quotes.speaker.features.case import Case, Moment, of_candidate, of_moment

_MOST = 5  # mentions behind the source whose surroundings are read
_BESIDE = 30  # mentions before the source beside which its head is looked for
_FARTHEST = 50  # letters from a name to the source
_CITING = re.compile(r"[^.!?\n]{0,40}?\b(?:citing|quoting)\b")
_DETERMINER = r"(?:an?|the|is an?|is the|was an?|was the|which is an?|which is the|one of the)"


def _last_of_head(moment: Moment) -> int | None:
    """The last attribution before this one whose source has the same head; null where there is none."""
    if not moment.head or moment.phrase is None or moment.phrase.form is Form.NAME:
        return None
    places = moment.scene.by_head[moment.head]
    before = bisect_left(places, moment.index)
    return places[before - 1] if before else None


@of_candidate("links")
def spoke_same_head(case: Case) -> float:
    """The candidate spoke the last attribution whose source had the same head ("the minister"); -1 for none before."""
    last = _last_of_head(case.moment)
    return -1 if last is None else case.moment.spoken[last] == case.key


@of_candidate("links")
def said_in_document(case: Case) -> float:
    """The document that speaks is named in the sentence of a report of the candidate's ("she wrote in a letter")."""
    moment = case.moment
    if case.key is None or moment.phrase is None or moment.phrase.form is not Form.DOCUMENT:
        return -1
    drafts = moment.scene.drafts
    own = (drafts[i] for i in moment.spoken.of(case.key))
    return any(moment.is_head_before(moment.scene.number((d.cue or d.contents[0]).start)) for d in own)


@of_candidate("links")
def between_turns(case: Case) -> float:
    """The candidate spoke last and is the next source that is a name (1), only one of both (0.5), or neither (0)."""
    moment = case.moment
    last = bool(moment.spoken) and moment.spoken[-1] == case.key
    following = bool(moment.ahead) and moment.ahead[0][1] == case.key
    return (last + following) / 2 if case.key is not None else -1


@of_candidate("links")
def letters_to_source(case: Case) -> float:
    """Letters from the end of the candidate's last name to the source, at most 50; -1 for none."""
    count = 0 if case.track is None else case.track.before(case.moment.anchor)
    if case.track is None or not count or not case.track.mentions:
        return -1
    return min(_FARTHEST, max(0, case.moment.anchor - case.track.mentions[count - 1].end))


@cache
def _said_to_be(head: str) -> re.Pattern[str]:
    """What stands behind a name of which the head is said: ``, a large company``."""
    return re.compile(rf",?\s+{_DETERMINER}\s+(?:[\w’'-]+\s+){{0,5}}?{re.escape(head)}\b", re.IGNORECASE)


@of_candidate("links")
def head_said_of_name(case: Case) -> float:
    """The source's head stands right before a name of the candidate or is said of it ("Corran Rail, a company")."""
    head, text = case.moment.head, case.moment.scene.text
    if case.track is None or not head:
        return 0
    said = case.moment.scene.heads_said
    if (head, case.track.key) not in said:
        beside = case.track.mentions[:_BESIDE]
        said[head, case.track.key] = any(_is_said_of(text, head, m.start, m.end) for m in beside)
    return said[head, case.track.key]


def _is_said_of(text: str, head: str, start: int, end: int) -> bool:
    """Whether a head stands right before the name from `start` to `end`, or is said of it right behind."""
    if text[max(0, start - len(head) - 2) : start].lower().rstrip().endswith(head):
        return True
    behind = text[end : end + 1]
    return (behind == "," or behind.isspace()) and _said_to_be(head).match(text, end, end + 2 * AROUND) is not None


@of_candidate("links")
def words_near_name_behind(case: Case) -> float:
    """The share of the source's words that stand within 60 letters of the candidate's next mentions behind it."""
    wanted, moment = case.moment.described, case.moment
    if case.track is None or not wanted:
        return 0
    most, start = 0, moment.anchor if moment.draft.source is None else moment.draft.source.end
    first = case.track.before(start)
    for mention in case.track.mentions[first : first + _MOST]:
        if mention.start - AROUND >= start:
            around = moment.scene.words_around(mention.start, mention.end)
        else:
            around = frozenset(PRINTED_WORD.findall(moment.scene.text[start : mention.end + AROUND].lower()))
        most = max(most, len(wanted & around))
    return most / len(wanted)


@of_candidate("links")
def office_of_another(case: Case) -> float:
    """The source is an office of one body, and the candidate is said to hold it in another ("the Nato spokesman")."""
    phrase, track = case.moment.phrase, case.track
    if phrase is None or track is None or track.profile is None or phrase.form is Form.NAME:
        return 0
    scene = case.moment.scene
    descriptions = [d for d in track.profile.descriptions if d.head == phrase.head]
    return any(is_of_another_body(scene.text, phrase, d, scene.mentions) for d in descriptions)


@of_moment("links")
def cites_further(moment: Moment) -> float:
    """A report that goes on "citing ..." or "quoting ...": the source only passes on what somebody else said."""
    end = max((span.end for span in (moment.draft.cue, moment.draft.source) if span is not None), default=None)
    return end is not None and _CITING.match(moment.scene.text, end) is not None


@of_moment("links")
def attributions_with_head(moment: Moment) -> float:
    """How many attributions of the article have a source with the same head."""
    return len(moment.scene.by_head[moment.head]) if moment.head else 0
