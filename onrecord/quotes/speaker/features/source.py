"""What the source phrase says of a candidate: by name, by description, by what the rules make of it."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.coreference.referents import Method
from onrecord.coreference.source_phrases import Form
from onrecord.document.article import SpeakerKind
from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.people import Pronoun, people_words
from onrecord.quotes.speaker.features.case import Case, Moment, of_candidate, of_moment
from onrecord.quotes.speaker.scene import AROUND

_METHODS, _SPEAKER_KINDS, _FORMS, _PRONOUNS = list(Method), list(SpeakerKind), list(Form), list(Pronoun)
_MOST = 30  # mentions whose surroundings are read


@of_candidate("rules")
def rules_say(case: Case) -> float:
    """The rules name this candidate, or nobody where it is nobody."""
    return case.moment.scene.keys[case.moment.index] == case.key


@of_moment("rules")
def rules_method(moment: Moment) -> float:
    """By what evidence the rules have their answer, by its number in `Method`."""
    return _METHODS.index(moment.scene.ruled[moment.index].method)


@of_moment("rules")
def rules_kind(moment: Moment) -> float:
    """The kind of speaker that the rules find, by its number in `SpeakerKind`."""
    return _SPEAKER_KINDS.index(moment.scene.ruled[moment.index].kind)


@of_moment("rules")
def rules_name_nobody(moment: Moment) -> float:
    """The rules name nobody."""
    return moment.scene.keys[moment.index] is None


@of_moment("source")
def source_form(moment: Moment) -> float:
    """How the source is worded, by its number in `Form`; -1 where there is none."""
    return -1 if moment.phrase is None else _FORMS.index(moment.phrase.form)


@of_moment("source")
def source_pronoun(moment: Moment) -> float:
    """Which pronoun the source is, by its number in `Pronoun`; -1 where it is none."""
    pronoun = None if moment.phrase is None else moment.phrase.pronoun
    return -1 if pronoun is None else _PRONOUNS.index(pronoun)


@of_moment("source")
def source_definite(moment: Moment) -> float:
    """The source is definite ("the senator")."""
    return moment.phrase is not None and moment.phrase.definite


@of_moment("source")
def source_length(moment: Moment) -> float:
    """How many words the source has."""
    return 0 if moment.draft.source is None else len(moment.draft.source.of(moment.scene.text).split())


@of_moment("source")
def source_names(moment: Moment) -> float:
    """How many names stand in the source."""
    return 0 if moment.draft.source is None else len(moment.scene.mentions.within(moment.draft.source))


@of_moment("source")
def head_is_generic(moment: Moment) -> float:
    """The head fits anybody ("man", "resident")."""
    return moment.phrase is not None and moment.phrase.head in people_words().generic


@of_moment("source")
def head_is_any_body(moment: Moment) -> float:
    """The head fits any body ("the company")."""
    return moment.phrase is not None and moment.phrase.head in people_words().any_body


@of_moment("source")
def source_plural(moment: Moment) -> float:
    """The head names several."""
    return moment.phrase is not None and bool(moment.phrase.head) and people_words().is_plural(moment.phrase.head)


@of_candidate("source")
def named_in_source(case: Case) -> float:
    """How often the source names the candidate."""
    source = case.moment.draft.source
    if case.track is None or source is None:
        return 0
    return bisect_left(case.track.starts, source.end) - bisect_left(case.track.starts, source.start)


@of_candidate("source")
def words_before_name(case: Case) -> float:
    """How many words stand before the candidate's name in the source; -1 where it is not there."""
    source = case.moment.draft.source
    if case.in_source is None or case.track is None or source is None:
        return -1
    return len(case.moment.scene.text[source.start : case.track.starts[case.in_source]].split())


@of_candidate("source")
def words_behind_name(case: Case) -> float:
    """How many words stand behind the candidate's name in the source; -1 where it is not there."""
    source = case.moment.draft.source
    if case.in_source is None or case.track is None or source is None:
        return -1
    return len(case.moment.scene.text[case.track.mentions[case.in_source].end : source.end].split())


@of_candidate("source")
def mark_behind_name(case: Case) -> float:
    """What follows the name in the source: nothing 1, a comma 2, a possessive 3, a hyphen 4, a word 5."""
    source = case.moment.draft.source
    if case.in_source is None or case.track is None or source is None:
        return 0
    behind = case.moment.scene.text[case.track.mentions[case.in_source].end : source.end]
    if not behind.strip():
        return 1
    return 2 if behind[0] in ",(" else 3 if behind[0] in "'’" else 4 if behind[0] in "-–" else 5


@of_candidate("source")
def word_before_name(case: Case) -> float:
    """What stands before the name in the source: nothing 1, a mark 2, a preposition 3, a role 4, another word 5."""
    source = case.moment.draft.source
    if case.in_source is None or case.track is None or source is None:
        return 0
    before = case.moment.scene.text[source.start : case.track.starts[case.in_source]].split()
    if not before:
        return 1
    last, words = before[-1].lower(), people_words()
    if last.endswith((",", "(", "–", "—")):
        return 2
    return 3 if last in words.prepositions else 4 if words.is_person(last) or words.is_title(last.strip(".")) else 5


@of_candidate("source")
def own_words_in_source(case: Case) -> float:
    """The share of the words of the candidate's name that the source has, taken for the name there or not."""
    if case.track is None or not case.moment.source_words:
        return 0
    words = case.track.long_words
    return sum(word in case.moment.source_words for word in words) / len(words) if words else 0.0


@of_candidate("source")
def others_in_source(case: Case) -> float:
    """How many names the source has that no description of the candidate has ("the Corran spokesman")."""
    source = case.moment.draft.source
    if case.track is None or source is None:
        return -1
    if case.in_source is not None:
        return 0
    known = case.track.known
    return sum(map(known.isdisjoint, case.moment.words_of_names))


@of_candidate("description")
def description_overlap(case: Case) -> float:
    """The share of the source's words that a description of the candidate has."""
    wanted = case.moment.described
    if case.track is None or not wanted:
        return 0
    return max((len(wanted & words) / len(wanted) for words in case.track.described), default=0.0)


@of_candidate("description")
def name_has_head(case: Case) -> float:
    """The candidate's name has the source's head ("the ministry" of the Harbour Ministry)."""
    return case.track is not None and bool(case.moment.head) and case.moment.head in case.track.words


@of_candidate("description")
def name_has_words(case: Case) -> float:
    """The share of the source's words that are in the candidate's name."""
    wanted = case.moment.described
    return len(wanted & set(case.track.words)) / len(wanted) if case.track is not None and wanted else 0.0


@of_moment("description")
def names_with_head(moment: Moment) -> float:
    """How many candidates have the source's head in their name."""
    return sum(moment.head in rival.words for rival in moment.rivals) if moment.head else 0


@of_candidate("description")
def words_near_name(case: Case) -> float:
    """The share of the source's words that stand within 60 letters of a mention of the candidate before it."""
    wanted = case.moment.described
    if case.track is None or not wanted:
        return 0
    most, scene, end = 0, case.moment.scene, case.moment.anchor
    for mention in case.track.mentions[: min(_MOST, case.track.before(end))]:
        if mention.end + AROUND <= end:
            around = scene.words_around(mention.start, mention.end)
        else:
            around = frozenset(PRINTED_WORD.findall(scene.text[max(0, mention.start - AROUND) : end].lower()))
        most = max(most, len(wanted & around))
    return most / len(wanted)


@of_candidate("description")
def head_beside_after(case: Case) -> float:
    """In how many sentences behind the report the source's head stands with the candidate's name."""
    if case.track is None:
        return -1
    return case.moment.head_after(case.track) if case.moment.head else 0


@of_candidate("description")
def head_beside_share(case: Case) -> float:
    """The candidate's share of the sentences before in which the source's head stands with a candidate's name."""
    if case.track is None:
        return -1
    every = case.moment.heads_with_names
    return case.moment.head_before(case.track) / every if every else 0.0
