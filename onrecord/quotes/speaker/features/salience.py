"""How much a candidate is in the reader's mind: in the whole article, and where the source stands, by pronouns, too."""

from __future__ import annotations

from onrecord.document.article import EntityType
from onrecord.quotes.speaker.features.case import FAR, Case, Moment, of_candidate, of_moment, of_turns
from onrecord.quotes.speaker.turns import Turns

_AROUND = 2  # sentences before the source whose pronouns are counted


@of_candidate("salience")
def mention_share(case: Case) -> float:
    """The candidate's share of the mentions of all candidates of the kind; -1 for nobody."""
    if case.track is None:
        return -1
    return len(case.track.starts) / max(1, sum(case.moment.counts[case.track.kind]))


@of_candidate("salience")
def weight_share(case: Case) -> float:
    """The candidate's share of what the people who came up lately weigh; -1 for nobody."""
    if case.track is None:
        return -1
    every = sum(case.moment.weights.values())
    return _of(case, case.moment.weights) / every if every else 0.0


@of_candidate("salience")
def weight_rank(case: Case) -> float:
    """How many people who came up lately weigh more than the candidate; -1 for nobody."""
    if case.track is None:
        return -1
    own = _of(case, case.moment.weights)
    return sum(weight > own for weight in case.moment.weights.values())


def _of(case: Case, weights: dict[int, float]) -> float:
    """The weight of the candidate; keys below zero are bodies here, and strangers there."""
    return 0.0 if case.key is None or case.key < 0 else weights.get(case.key, 0.0)


@of_candidate("salience")
def subject_back(case: Case) -> float:
    """Sentences back to the last one whose subject the candidate is, by name or pronoun; -1 for nobody."""
    if case.track is None:
        return -1
    last = case.moment.subjects.get(case.track.key) if case.track.key >= 0 else None
    return FAR + 1 if last is None else min(FAR, case.moment.here - last)


@of_candidate("salience")
def subject_rank(case: Case) -> float:
    """How many people were the subject of a later sentence before the source; -1 for nobody."""
    if case.track is None:
        return -1
    last = case.moment.subjects.get(case.track.key, -1) if case.track.key >= 0 else -1
    return sum(other > last for other in case.moment.subjects.values())


@of_candidate("salience")
def followed_so_far(case: Case) -> float:
    """How many pronouns before the source were taken for the candidate; -1 for nobody."""
    if case.track is None:
        return -1
    return case.moment.scene.discourse.followed(case.track.key, case.moment.anchor) if case.track.key >= 0 else 0


@of_candidate("salience")
def votes_for(case: Case) -> float:
    """How often a pronoun of the gender that is asked for follows the candidate; -1 where none is asked for."""
    if case.track is None or case.track.profile is None or case.moment.wanted is None:
        return -1
    return case.track.profile.pronouns[case.moment.wanted]


@of_candidate("salience")
def introduced_as_theirs(case: Case) -> float:
    """How many descriptions bring the candidate in as somebody's ("her grandmother"); -1 for no person."""
    if case.track is None or case.track.profile is None:
        return -1
    return case.moment.scene.introduced_as_theirs[case.track.key]


@of_candidate("salience")
def fitting_people(case: Case) -> float:
    """How many people of the article may be of the gender that is asked for; -1 where none is, or for no person."""
    wanted = case.moment.wanted
    if case.track is None or wanted is None or case.track.kind is not EntityType.PERSON:
        return -1
    return case.moment.scene.people_of[wanted]


@of_moment("salience")
def pronouns_around(moment: Moment) -> float:
    """How many pronouns of the gender that is asked for stand in the sentences before the source; -1 for none asked."""
    if moment.wanted is None or not moment.scene.discourse.sentences:
        return -1
    first = moment.scene.discourse.sentences[max(0, moment.here - _AROUND)].span.start
    return moment.scene.discourse.pronouns(moment.wanted, first, moment.anchor)


@of_turns("turns")
def spoke_last_but_one(case: Case, spoken: Turns) -> float:
    """The candidate spoke the attribution before the one before."""
    return len(spoken) > 1 and spoken[-2] == case.key


@of_turns("turns")
def source_of_last(case: Case, spoken: Turns) -> float:
    """The candidate spoke the attribution before, which had a source (2) or not (1); -1 for the first."""
    if not spoken:
        return -1
    before = case.moment.scene.drafts[case.moment.index - 1]
    return (spoken[-1] == case.key) * (1 + (before.source is not None))
