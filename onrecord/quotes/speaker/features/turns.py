"""Who has spoken and who speaks next, what is said, and where the attribution stands."""

from __future__ import annotations

import re
from bisect import bisect_left

from onrecord.document.article import EntityType, QuoteType
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attribution.draft import Link
from onrecord.quotes.speaker.features.case import FAR, Case, Moment, of_candidate, of_moment

_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|[Ww]e['’](?:re|ve|ll|d))\b")
_REACH = 60  # letters behind a cue in which the one addressed is named


@of_candidate("turns")
def spoke_last(case: Case) -> float:
    """The candidate spoke the attribution before."""
    return bool(case.moment.spoken) and case.moment.spoken[-1] == case.key


@of_candidate("turns")
def spoke_ago(case: Case) -> float:
    """How many attributions ago the candidate spoke; -1 never."""
    ago = None if case.key is None else case.moment.spoken.ago(case.key)
    return -1 if ago is None else ago


@of_candidate("turns")
def spoke_before_last(case: Case) -> float:
    """The candidate spoke the attribution before the last, and somebody else the last: A, B, A."""
    spoken = case.moment.spoken
    return len(spoken) > 1 and spoken[-2] == case.key and spoken[-1] != case.key


@of_candidate("turns")
def share_of_turns(case: Case) -> float:
    """The candidate's share of the attributions so far."""
    spoken = case.moment.spoken
    return spoken.count(case.key) / len(spoken) if spoken else 0.0


@of_candidate("turns")
def turns_so_far(case: Case) -> float:
    """How many attributions the candidate has spoken so far."""
    return case.moment.spoken.count(case.key)


@of_candidate("turns")
def holds_floor(case: Case) -> float:
    """The candidate spoke the attribution that this one is found to go on from; -1 where there is none."""
    before = case.moment.draft.continues
    return -1 if before is None or before >= len(case.moment.spoken) else case.moment.spoken[before] == case.key


@of_candidate("turns")
def spoke_in_paragraph(case: Case) -> float:
    """The candidate spoke the last attribution of the same paragraph; -1 where this is its first."""
    before = case.moment.before_here
    return -1 if before is None else case.moment.spoken[before] == case.key


@of_candidate("turns")
def spoke_in_paragraph_before(case: Case) -> float:
    """The candidate spoke the last attribution of the paragraph before; -1 where there is none in it."""
    before = case.moment.before_paragraph
    return -1 if before is None else case.moment.spoken[before] == case.key


@of_candidate("turns")
def speaks_next_named(case: Case) -> float:
    """The next attribution with a name as its source is the candidate's; -1 where there is none within five."""
    return -1 if not case.moment.ahead else case.moment.ahead[0][1] == case.key


@of_moment("turns")
def next_named_after(moment: Moment) -> float:
    """How many attributions on the next one with a name as its source is; -1 where there is none within five."""
    return -1 if not moment.ahead else moment.ahead[0][0]


@of_candidate("turns")
def named_as_source(case: Case) -> float:
    """In how many attributions of the article the source names the candidate."""
    return -1 if case.track is None else case.moment.scene.named_sources[case.track.key]


@of_moment("turns")
def speakers_so_far(moment: Moment) -> float:
    """How many different named speakers there have been."""
    return moment.spoken.speakers


@of_moment("turns")
def last_was_nobody(moment: Moment) -> float:
    """The attribution before has no named speaker; -1 for the first."""
    return -1 if not moment.spoken else moment.spoken[-1] is None


@of_moment("turns")
def last_was_indefinite(moment: Moment) -> float:
    """The source before brought in a stranger ("a woman"); -1 for the first."""
    if not moment.index:
        return -1
    phrase = moment.scene.phrases[moment.index - 1]
    return phrase is not None and phrase.determiner in people_words().indefinite


@of_moment("turns")
def paragraphs_since_last(moment: Moment) -> float:
    """Paragraphs since the attribution before; -1 for the first."""
    return -1 if not moment.index else min(FAR, moment.draft.passage - moment.scene.drafts[moment.index - 1].passage)


@of_moment("turns")
def sentences_since_last(moment: Moment) -> float:
    """Sentences since the end of the attribution before; -1 for the first."""
    if moment.last_end is None:
        return -1
    return max(-1, min(FAR, moment.sentence - moment.scene.number(moment.last_end)))


@of_candidate("turns")
def named_since_last(case: Case) -> float:
    """The candidate has been named in the article's own words since the attribution before ended."""
    end = case.moment.last_end
    if case.track is None or end is None:
        return -1
    return case.last >= 0 and case.track.starts[case.last] > end


@of_moment("turns")
def others_since_last(moment: Moment) -> float:
    """How many people have been named in the article's own words since the attribution before ended."""
    end = moment.last_end
    if end is None:
        return -1
    return sum(
        track.kind is EntityType.PERSON
        and moment.last_told[track.key] >= 0
        and track.starts[moment.last_told[track.key]] > end
        for track in moment.rivals
    )


@of_candidate("content")
def named_in_content(case: Case) -> float:
    """How often what is said names the candidate."""
    if case.track is None:
        return 0
    starts = case.track.starts
    return sum(bisect_left(starts, s.end) - bisect_left(starts, s.start) for s in case.moment.draft.contents)


@of_moment("content")
def content_says_we(moment: Moment) -> float:
    """What is said is in the first person plural."""
    return any(_WE.search(moment.scene.text, s.start, s.end) for s in moment.draft.contents)


@of_moment("content")
def quote_type(moment: Moment) -> float:
    """Direct, mixed or indirect, by its number in `QuoteType`."""
    return list(QuoteType).index(moment.draft.quote_type)


@of_moment("content")
def content_length(moment: Moment) -> float:
    """How many words are said."""
    return sum(len(s.of(moment.scene.text).split()) for s in moment.draft.contents)


@of_candidate("hearer")
def is_addressed(case: Case) -> float:
    """The candidate's name stands right behind the cue ("told Venn"; 1) or behind "to" there (0.5)."""
    cue, source = case.moment.draft.cue, case.moment.draft.source
    if case.track is None or cue is None:
        return 0
    at = bisect_left(case.track.starts, cue.end)
    if at == len(case.track.starts) or case.track.starts[at] - cue.end > _REACH:
        return 0
    start = case.track.starts[at]
    if (source is not None and source.start <= start < source.end) or not case.track.told[at]:
        return 0
    between = case.moment.scene.text[cue.end : start].split()
    if len(between) <= 1:
        return 1
    return 0.5 if between[-1].lower() in {"to", "with", "against"} else 0


@of_moment("place")
def link(moment: Moment) -> float:
    """How the attribution came to its source, by its number in `Link`."""
    return list(Link).index(moment.draft.link)


@of_moment("place")
def score(moment: Moment) -> float:
    """The tagger's score of the attribution."""
    return moment.draft.score


@of_moment("place")
def source_score(moment: Moment) -> float:
    """The tagger's score of the source."""
    return moment.draft.source_score


@of_moment("place")
def opens_paragraph(moment: Moment) -> float:
    """Nothing but a mark stands before the content in its line."""
    start = moment.draft.start
    return start - moment.scene.text.rfind("\n", 0, start) <= 4


@of_moment("place")
def progress(moment: Moment) -> float:
    """How far into the article it stands, 0 to 1."""
    return moment.begin / max(1, len(moment.scene.text))


@of_moment("place")
def cue_group(moment: Moment) -> float:
    """What sort of word the cue is: speech 1, telling 2, manner 3, other 4, none 0."""
    if moment.draft.cue is None:
        return 0
    words = [word.lower() for word in moment.draft.cue.of(moment.scene.text).split()]
    for number, group in enumerate(("speech", "telling", "manner"), start=1):
        if any(reporting_words().is_in(word, group) for word in words):
            return number
    return 4


@of_moment("place")
def people_so_far(moment: Moment) -> float:
    """How many of the candidates are people named before the report."""
    return sum(r.kind is EntityType.PERSON and r.starts[0] < moment.begin for r in moment.rivals)


@of_moment("place")
def bodies_so_far(moment: Moment) -> float:
    """How many of the candidates are bodies named before the report."""
    return sum(r.kind is EntityType.ORG and r.starts[0] < moment.begin for r in moment.rivals)


@of_moment("place")
def strangers_near(moment: Moment) -> float:
    """How many of the last four sentences open with somebody who is not named ("A woman ...")."""
    return sum(moment.here - 3 <= number <= moment.here for number in moment.scene.strangers)
