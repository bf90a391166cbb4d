"""What a candidate is, how far away, how much in the reader's mind, and whether it agrees with the source."""

from __future__ import annotations

import re

from onrecord.document.article import EntityType
from onrecord.lexicon.outlets import is_outlet
from onrecord.lexicon.people import Gender, people_words
from onrecord.quotes.speaker.candidates import KINDS
from onrecord.quotes.speaker.features.case import FAR, Case, Moment, of_candidate, of_moment

_HE = re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE)
_LONGEST = 3000  # letters in which pronouns are counted


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
    return sum(len(r.starts) > len(track.starts) for r in case.moment.rivals if r.kind is track.kind)


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
    """How many descriptions the article gives beside the name."""
    return 0 if case.track is None or case.track.profile is None else len(case.track.profile.descriptions)


@of_candidate("candidate")
def name_confidence(case: Case) -> float:
    """The mean confidence of the candidate's mentions."""
    return 0 if case.track is None else case.track.confidence


@of_candidate("candidate")
def is_news_outlet(case: Case) -> float:
    """The candidate is a news agency or an outlet: who tells what others said."""
    return case.track is not None and case.track.kind is not EntityType.PERSON and is_outlet(case.track.name)


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


@of_moment("agreement")
def agreeing_candidates(moment: Moment) -> float:
    """How many candidates near the source are of the kind and gender asked for."""
    return sum(weight > 0 for weight, _ in moment.ranked)


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
    scene = case.moment.scene
    return min(FAR, scene.passage(case.moment.here) - scene.passage(case.track.sentences[case.last]))


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
    for index in range(case.track.before(end), len(case.track.starts)):
        if case.track.told[index]:
            return min(FAR, case.track.sentences[index] - case.moment.scene.number(end))
    return FAR + 1


@of_candidate("distance")
def recency_rank(case: Case) -> float:
    """How many fitting candidates were named more recently in the article's own words."""
    if case.track is None:
        return -1
    own = case.track.starts[case.last] if case.last >= 0 else -1
    return sum(place > own for place in case.moment.latest)


@of_candidate("salience")
def salience(case: Case) -> float:
    """How much the candidate is in the reader's mind; of nobody, the most that any fitting candidate is."""
    if case.track is None:
        return case.moment.ranked[0][0] if case.moment.ranked else 0.0
    return case.moment.salience[case.track.key]


@of_candidate("salience")
def salience_lead(case: Case) -> float:
    """The candidate's salience over that of the most salient other that fits; of nobody, the first's over the next."""
    ranked = case.moment.ranked
    if case.track is None:
        return ranked[0][0] / max(0.05, ranked[1][0]) if len(ranked) > 1 else 10.0 if ranked else 0.0
    other = next((weight for weight, key in ranked if key != case.track.key), 0.0)
    return min(20.0, case.moment.salience[case.track.key] / max(0.05, other))


@of_candidate("salience")
def salience_rank(case: Case) -> float:
    """How many fitting candidates are more salient."""
    if case.track is None:
        return -1
    own = case.moment.salience[case.track.key]
    return sum(weight > own for weight, _ in case.moment.ranked)


@of_candidate("salience")
def last_was_subject(case: Case) -> float:
    """The last mention in the article's own words is the subject of its sentence."""
    return case.track is not None and case.last >= 0 and case.track.subject[case.last]


@of_candidate("salience")
def subject_here(case: Case) -> float:
    """The candidate is the subject of the source's sentence (1), or named there before the source (0.5)."""
    if case.track is None:
        return -1
    best = 0.0
    for index in range(case.last, -1, -1):
        if case.track.sentences[index] != case.moment.here:
            break
        if case.track.told[index]:
            best = max(best, 1.0 if case.track.subject[index] else 0.5)
    return best


@of_candidate("salience")
def subject_before(case: Case) -> float:
    """The candidate is the subject of the sentence before the report (1), or named in it (0.5)."""
    return _in_sentence(case, case.moment.sentence - 1)


@of_candidate("salience")
def subject_after(case: Case) -> float:
    """The candidate is the subject of the sentence behind the report (1), or named in it (0.5)."""
    return _in_sentence(case, case.moment.scene.number(max(case.moment.draft.end, case.moment.anchor)) + 1)


def _in_sentence(case: Case, number: int) -> float:
    if case.track is None:
        return -1
    told = (i for i in case.track.inside(number) if case.track.told[i])
    return max((1.0 if case.track.subject[i] else 0.5 for i in told), default=0.0)


@of_candidate("salience")
def share_of_mentions(case: Case) -> float:
    """The candidate's share of the mentions of its kind before the source."""
    if case.track is None:
        return -1
    every = case.moment.mentions_before[case.track.kind]
    return case.track.before(case.moment.anchor) / every if every else 0.0


@of_candidate("salience")
def in_opening(case: Case) -> float:
    """The candidate is named in the first two sentences."""
    return case.track is not None and case.track.sentences[0] <= 1


@of_candidate("salience")
def unbroken(case: Case) -> float:
    """Sentences since the last mention, where no fitting other is named since in the article's own words; else -1."""
    if case.track is None or case.last < 0:
        return -1
    own = case.track.starts[case.last]
    broken = bool(case.moment.latest) and case.moment.latest[-1] > own
    return -1 if broken else case.moment.here - case.track.sentences[case.last]


@of_candidate("salience")
def pronouns_between(case: Case) -> float:
    """How many pronouns of the gender asked for stand between the last mention and the source; -1 if none is asked."""
    if case.track is None or case.last < 0 or case.moment.wanted is None:
        return -1
    pattern = _SHE if case.moment.wanted is Gender.FEMALE else _HE
    start = max(case.track.starts[case.last], case.moment.anchor - _LONGEST)
    return len(pattern.findall(case.moment.scene.text, start, case.moment.anchor))


@of_candidate("hearer")
def behind_preposition(case: Case) -> float:
    """The last mention before the source stands behind a preposition: "a letter to Venn"."""
    if case.track is None or case.last < 0:
        return 0
    start = case.track.starts[case.last]
    before = case.moment.scene.text[max(0, start - 30) : start].split()
    return bool(before) and before[-1].lower() in people_words().prepositions
