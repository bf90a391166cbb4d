"""Who has spoken and who speaks next, what is said, and where the attribution stands."""

from __future__ import annotations

from onrecord.document.article import QuoteType
from onrecord.quotes.speaker.features.case import FAR, Case, Moment, of_candidate, of_moment, of_turns
from onrecord.quotes.speaker.turns import Turns


@of_turns("turns")
def spoke_last(case: Case, spoken: Turns) -> float:
    """The candidate spoke the attribution before."""
    return bool(spoken) and spoken[-1] == case.key


@of_turns("turns")
def spoke_ago(case: Case, spoken: Turns) -> float:
    """How many attributions ago the candidate spoke; -1 never."""
    ago = None if case.key is None else spoken.ago(case.key)
    return -1 if ago is None else ago


@of_turns("turns")
def share_of_turns(case: Case, spoken: Turns) -> float:
    """The candidate's share of the attributions so far."""
    return spoken.count(case.key) / len(spoken) if spoken else 0.0


@of_turns("turns")
def turns_so_far(case: Case, spoken: Turns) -> float:
    """How many attributions the candidate has spoken so far."""
    return spoken.count(case.key)


@of_turns("turns")
def spoke_in_paragraph_before(case: Case, spoken: Turns) -> float:
    """The candidate spoke the last attribution of the paragraph before; -1 where there is none in it."""
    before = case.moment.before_paragraph
    return -1 if before is None else spoken[before] == case.key


@of_turns("turns")
def speakers_so_far(_: Case, spoken: Turns) -> float:
    """How many different named speakers there have been."""
    return spoken.speakers


@of_candidate("turns")
def speaks_next_named(case: Case) -> float:
    """The next attribution with a name as its source is the candidate's; -1 where there is none within five."""
    return -1 if not case.moment.ahead else case.moment.ahead[0][1] == case.key


@of_candidate("turns")
def named_as_source(case: Case) -> float:
    """In how many attributions of the article the source names the candidate."""
    return -1 if case.track is None else case.moment.scene.named_sources[case.track.key]


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


@of_moment("content")
def quote_type(moment: Moment) -> float:
    """Direct, mixed or indirect, by its number in `QuoteType`."""
    return list(QuoteType).index(moment.draft.quote_type)


@of_moment("content")
def content_length(moment: Moment) -> float:
    """How many words are said."""
    return sum(len(s.of(moment.scene.text).split()) for s in moment.draft.contents)
