"""What a candidate is, how far away, how much in the reader's mind, and whether it agrees with the source."""

from __future__ import annotations

from bisect import bisect_right

from onrecord.document.article import EntityType
from onrecord.lexicon.people import Gender
from onrecord.quotes.speaker.features.case import FAR, Case, of_candidate
from onrecord.quotes.speaker.tracks import KINDS


@of_candidate("candidate")
def is_nobody(case: Case) -> float:
    """The candidate stands for an unnamed source."""
    return case.track is None


@of_candidate("candidate")
def kind(case: Case) -> float:
    """The type of the candidate's name, by its number in `KINDS`; -1 for nobody."""
    return -1 if case.track is None else KINDS.index(case.track.kind)


@of_candidate("candidate")
def mention_count(case: Case) -> float:
    """How often the article names the candidate."""
    return 0 if case.track is None else len(case.track.starts)


@of_candidate("candidate")
def frequency_rank(case: Case) -> float:
    """How many candidates of the same kind are named more often."""
    track = case.track
    if track is None:
        return -1
    counts = case.moment.counts[track.kind]
    return len(counts) - bisect_right(counts, len(track.starts))


@of_candidate("candidate")
def name_words(case: Case) -> float:
    """How many words the fullest name has."""
    return 0 if case.track is None else len(case.track.words)


@of_candidate("candidate")
def first_mention(case: Case) -> float:
    """The number of the sentence in which the candidate is first named."""
    return -1 if case.track is None else case.track.sentences[0]


@of_candidate("candidate")
def description_count(case: Case) -> float:
    """How many descriptions the article has: beside a name, and sources that the rules took for the person."""
    return 0 if case.track is None or case.track.profile is None else len(case.track.profile.descriptions)


@of_candidate("candidate")
def name_confidence(case: Case) -> float:
    """The mean confidence of the candidate's mentions."""
    return 0 if case.track is None else case.track.confidence


@of_candidate("agreement")
def gender_agrees(case: Case) -> float:
    """The candidate has the gender asked for (1), the other (-1), or one of the two is open (0)."""
    wanted = case.moment.wanted
    if case.track is None or wanted is None or case.track.gender is None:
        return 0
    return 1 if case.track.gender is wanted else -1


@of_candidate("agreement")
def kind_agrees(case: Case) -> float:
    """The source asks for a person or for a body, and the candidate is one (1) or not (-1); 0 where it asks neither."""
    asked = case.moment.asks_for_body
    if case.track is None or asked is None:
        return 0
    return 1 if asked != (case.track.kind is EntityType.PERSON) else -1


@of_candidate("agreement")
def gender_known(case: Case) -> float:
    """The candidate's gender: open 0, a man 1, a woman 2."""
    return 0 if case.track is None or case.track.gender is None else 1 + (case.track.gender is Gender.FEMALE)


@of_candidate("agreement")
def fitting_rivals(case: Case) -> float:
    """How many other candidates named before the source are of the kind and gender that it asks for."""
    fitting = case.moment.fitting_before
    return len(fitting) - (case.key in fitting)


@of_candidate("distance")
def sentences_back(case: Case) -> float:
    """Sentences back to the last mention in the article's own words."""
    if case.track is None:
        return -1
    return min(FAR, case.moment.here - case.track.sentences[case.last]) if case.last >= 0 else FAR + 1


@of_candidate("distance")
def sentences_back_any(case: Case) -> float:
    """Sentences back to the last mention, quoted or not."""
    if case.track is None:
        return -1
    count = case.track.before(case.moment.anchor)
    return min(FAR, case.moment.here - case.track.sentences[count - 1]) if count else FAR + 1


@of_candidate("distance")
def paragraphs_back(case: Case) -> float:
    """Paragraphs back to the last mention in the article's own words."""
    if case.track is None:
        return -1
    if case.last < 0:
        return FAR + 1
    return min(FAR, case.moment.passage - case.moment.scene.passage(case.track.sentences[case.last]))


@of_candidate("distance")
def letters_back(case: Case) -> float:
    """Letters back to the last mention in the article's own words, at most 2,000."""
    if case.track is None:
        return -1
    return min(2000, case.moment.anchor - case.track.starts[case.last]) if case.last >= 0 else 2001


@of_candidate("distance")
def sentences_on(case: Case) -> float:
    """Sentences on to the next mention in the article's own words."""
    if case.track is None:
        return -1
    end = max(case.moment.draft.end, case.moment.anchor)
    following = case.track.next_told(end)
    if following is None:
        return FAR + 1
    return min(FAR, case.track.sentences[following] - case.moment.scene.number(end))


@of_candidate("distance")
def recency_rank(case: Case) -> float:
    """How many fitting candidates were named more recently in the article's own words."""
    if case.track is None:
        return -1
    own = case.track.starts[case.last] if case.last >= 0 else -1
    return len(case.moment.latest) - bisect_right(case.moment.latest, own)
