"""Who speaks, as the shipped ranker decides it, in invented articles: names, probabilities and candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import (
    Attribution,
    EntityType,
    Mention,
    Publication,
    Quote,
    QuoteType,
    Span,
    SpeakerKind,
    Tagging,
)
from onrecord.learned.trees import TreeModel
from onrecord.quotes import find_quotes
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.find import read_drafts, speaker_reasons
from onrecord.quotes.speaker import decision
from onrecord.quotes.speaker.candidates import candidates as candidates_of
from onrecord.quotes.speaker.decision import ANSWERS, RULE, SHARED
from onrecord.quotes.speaker.features.case import GROUPS
from onrecord.quotes.speaker.identity import identified
from onrecord.quotes.speaker.ranking import MOST, THRESHOLD, THRESHOLD_AGREED, Ranked, model, shares
from onrecord.quotes.speaker.scene import Scene
from onrecord.quotes.speaker.turns import Turns
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of, span_of

LEAD = """Senator Mary Venn has spent eleven years on the harbour and its bridges. She opened the new quay on Monday.
Her office in Corran was full when the senator spoke of her plans.
"""


def quotes(text: str, said: Sequence[Attribution], mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    return find_quotes(document_of(text), Tagging(attributions=tuple(said)), mentions, (), Publication())


def of_senator(rest: str, *said: tuple[str, str | None, str | None]) -> tuple[Quote, ...]:
    text = LEAD + rest
    named = mentions_of(text, {"Mary Venn": ("Venn",)})
    return quotes(text, [attribution(text, *triple) for triple in said], named)


def test_pronouns_and_quotes_that_go_on_mean_the_protagonist() -> None:
    found = of_senator(
        "“We will mend the old bridge,” Venn said.\n“We have the money for it,” she said.\n“And we have the time.”\n",
        ("We will mend the old bridge", "said", "Venn"),
        ("We have the money for it", None, "she"),
    )
    assert [quote.speaker_name for quote in found] == ["Mary Venn"] * 3
    assert all(q.speaker_confidence is not None and q.speaker_confidence >= THRESHOLD for q in found)
    assert all(q.speaker_candidates[0].name == "Mary Venn" and q.speaker_candidates[0].local_id == 0 for q in found)


def test_a_stranger_stays_without_name() -> None:
    rest = "A man at the quay said the bridge was late.\n"
    (found,) = of_senator(rest, ("the bridge was late", "said", "A man at the quay"))
    assert (found.speaker_name, found.speaker_confidence, found.speaker_local_id) == (None, None, None)
    assert found.speaker_kind in (SpeakerKind.UNNAMED_PERSON, SpeakerKind.UNNAMED_GROUP)


def test_who_answers_in_an_interview_is_less_sure_than_a_label_with_a_name() -> None:
    _, answer, _, labelled = of_senator("Venn is back.\nQ: Is it safe?\nA: It is.\nQ: And then?\nVENN: We go.\n")
    assert (answer.speaker_name, labelled.speaker_name) == ("Mary Venn", "Mary Venn")
    assert (answer.speaker_confidence, labelled.speaker_confidence) == (ANSWERS, RULE)
    assert answer.speaker_candidates[0].probability == ANSWERS


def test_a_body_that_only_a_source_names_is_given_by_that_name() -> None:
    rest = "The Norlandish police said the bridge was late.\n"
    text = LEAD + rest
    people = [replace(m, local_id=5) for m in mentions_of(text, {"Norlandish": ()}, EntityType.NORP)]
    named = [*mentions_of(text, {"Mary Venn": ("Venn",)}), *people]
    said = attribution(text, "the bridge was late", "said", "The Norlandish police")
    (found,) = quotes(text, [said], named)
    assert (found.speaker_name, found.speaker_kind) == ("Norlandish police", SpeakerKind.ORGANIZATION)
    assert found.speaker_confidence == RULE
    assert found.speaker_candidates[0].local_id is None


@pytest.mark.parametrize(
    ("source", "candidates"),
    [
        ("A harbour source", []),
        ("The source", []),
        ("A harbour baker", ["Tam Quill"]),
        ("The guard for the Mary Venn brand", ["Tam Quill"]),
        ("Lawyers for Venn", ["Dock Institute", "Tam Quill"]),
        ("A Dock Institute spokesman", ["Tam Quill"]),
        ("The senator", ["Mary Venn", "Tam Quill"]),
        ("Venn", ["Mary Venn", "Dock Institute", "Tam Quill"]),
    ],
)
def test_who_cannot_be_meant_is_no_candidate(source: str, candidates: list[str]) -> None:
    text = f"{LEAD}It met the Dock Institute. {source} said the bridge was late. Tam Quill left.\n"
    bodies = [replace(m, local_id=9) for m in mentions_of(text, {"Dock Institute": ()}, EntityType.ORG)]
    named = [*mentions_of(text, {"Mary Venn": ("Venn",), "Tam Quill": ()}), *bodies]
    said = attribution(text, "the bridge was late", "said", source)
    reading = read_drafts(document_of(text), Tagging(attributions=(said,)), named, Publication())
    assert {track.name for track in next(candidates_of(reading.scene, 0, [Turns()]))} == set(candidates)


@pytest.mark.parametrize(
    ("words", "cue", "source", "candidates"),
    [
        ("the bridge was late", "told", "She", {"Mary Venn", "Ann Harrow"}),
        ("the bridge was late", "told", "The warden", {"Mary Venn", "Ann Harrow"}),
        ("the bridge was late", "told", "He", {"Mary Venn"}),
    ],
)
def test_nobody_speaks_to_themselves_and_he_is_not_called_ms(
    words: str, cue: str, source: str, candidates: set[str]
) -> None:
    text = f"{LEAD}Ms. Ann Harrow came. Mr. Tam Quill came. {source} {cue} Mr. Quill {words}.\n"
    named = mentions_of(text, {"Mary Venn": ("Venn",), "Ann Harrow": (), "Tam Quill": ("Quill",)})
    reading = read_drafts(
        document_of(text), Tagging(attributions=(attribution(text, words, cue, source),)), named, Publication()
    )
    ruled = reading.scene.keys[0]
    found = {track.name for track in next(candidates_of(reading.scene, 0, [Turns()])) if track.key != ruled}
    assert found | {"Mary Venn"} == candidates


def test_quoted_words_alone_are_no_bodys_unless_it_goes_on() -> None:
    text = (
        "Tam Quill left. “We shut,” the Dock Institute said.\nIt rained. “The bridge was late.”\nIt snowed.\n“We go.”\n"
    )
    bodies = [replace(m, local_id=9) for m in mentions_of(text, {"Dock Institute": ()}, EntityType.ORG)]
    named = [*mentions_of(text, {"Tam Quill": ()}), *bodies]
    said = [("We shut", "said", "the Dock Institute"), ("The bridge was late", None, None), ("We go", None, None)]
    tagging = Tagging(attributions=tuple(attribution(text, *triple) for triple in said))
    scene = read_drafts(document_of(text), tagging, named, Publication()).scene
    found = [{track.name for track in next(candidates_of(scene, n, [Turns([9] * n)]))} for n in range(3)]
    assert "Dock Institute" in found[0]
    assert found[2] == {"Tam Quill"}


@pytest.mark.parametrize(
    ("source", "meant"), [("The Norland minister", True), ("The Orlen minister", False), ("The minister", True)]
)
def test_the_minister_of_another_country_is_another(source: str, meant: bool) -> None:
    text = f"Kenyan harbour minister Tam Quill came. {source} said the bridge was late.\n"
    text = text.replace("Norland", "Kenyan").replace("Orlen", "French")
    source = source.replace("Norland", "Kenyan").replace("Orlen", "French")
    peoples = [
        replace(m, local_id=m.local_id + 7) for m in mentions_of(text, {"Kenyan": (), "French": ()}, EntityType.NORP)
    ]
    said = Tagging(attributions=(attribution(text, "the bridge was late", "said", source),))
    scene = read_drafts(document_of(text), said, [*mentions_of(text, {"Tam Quill": ()}), *peoples], Publication()).scene
    assert ("Tam Quill" in {track.name for track in next(candidates_of(scene, 0, [Turns()]))}) is meant


@pytest.mark.parametrize(
    ("source", "candidates"), [("Quill’s office", {"Tam Quill"}), ("The office", {"Tam Quill", "Dock Institute"})]
)
def test_somebodys_office_is_no_other_body(source: str, candidates: set[str]) -> None:
    text = f"The Dock Institute shut. Tam Quill left. {source} said the bridge was late.\n"
    bodies = [replace(m, local_id=9) for m in mentions_of(text, {"Dock Institute": ()}, EntityType.ORG)]
    named = [*mentions_of(text, {"Tam Quill": ("Quill",)}), *bodies]
    said = Tagging(attributions=(attribution(text, "the bridge was late", "said", source),))
    scene = read_drafts(document_of(text), said, named, Publication()).scene
    assert {track.name for track in next(candidates_of(scene, 0, [Turns()]))} == candidates


@pytest.mark.parametrize(
    ("source", "candidates"), [("The Guild of Tarn", {"Guild of Tarn"}), ("The guild", {"Guild of Tarn", "Tarn"})]
)
def test_a_source_that_is_a_bodys_name_is_no_place(source: str, candidates: set[str]) -> None:
    text = f"The Guild of Tarn met in Tarn. {source} said the bridge was late.\n"
    bodies = [replace(m, local_id=9) for m in mentions_of(text, {"Guild of Tarn": ()}, EntityType.ORG)]
    places = [m for m in mentions_of(text, {"Tarn": ()}, EntityType.LOC) if text[m.start - 3 : m.start] != "of "]
    said = Tagging(attributions=(attribution(text, "the bridge was late", "said", source),))
    scene = read_drafts(document_of(text), said, [*places, *bodies], Publication()).scene
    assert {track.name for track in next(candidates_of(scene, 0, [Turns()]))} == candidates


@pytest.mark.parametrize(("cue", "expected"), [("adding", "Tam Quill"), (None, "Tam Quill"), ("he added", None)])
def test_a_participle_inside_a_report_has_its_speaker(cue: str | None, expected: str | None) -> None:
    text = f"Tam Quill said the bridge was late, {cue} that the rain was cold in a letter.\n"
    inner, whole = span_of(text, "the rain was cold"), Span(span_of(text, "the bridge").start, len(text) - 2)
    outer = Draft((whole,), span_of(text, "said"), span_of(text, "Tam Quill"), QuoteType.INDIRECT, Link.TAGGER, 0, 0.9)
    added = None if cue is None else span_of(text, cue)
    nested = Draft((inner,), added, None, QuoteType.INDIRECT, Link.NONE, 0, 0.9, parent=0)
    names = Mentions(mentions_of(text, {"Tam Quill": ()}))
    found = identified(text, [outer, nested], document_of(text).sentences, names, Publication())
    assert [speaker.name for speaker in found.speakers] == ["Tam Quill", expected]


def test_a_surname_that_several_bear_is_not_sure() -> None:
    text = "Tam Quill and Rosa Quill came. Tam Quill spoke first, and Quill said the bridge was late.\n"
    named = mentions_of(text, {"Tam Quill": ("Quill",), "Rosa Quill": ()})
    (found,) = quotes(text, [attribution(text, "the bridge was late", "said", "Quill")], named)
    alone = text.replace("Rosa Quill", "Rosa Harrow")
    named = mentions_of(alone, {"Tam Quill": ("Quill",), "Rosa Harrow": ()})
    (sure,) = quotes(alone, [attribution(alone, "the bridge was late", "said", "Quill")], named)
    assert (found.speaker_confidence or 0) <= SHARED < (sure.speaker_confidence or 0)
    assert found.speaker_candidates[0].probability <= SHARED


@pytest.mark.parametrize(
    ("source", "behind", "expected"),
    [
        ("Norland's harbour minister", "Tam Quill", "Tam Quill"),
        ("The keeper of the old harbour bridge", "Tam Quill", "Tam Quill"),
        ("The keeper of the old harbour bridge", "Guild members", None),
        ("A witness", "Tam Quill", None),
    ],
)
def test_a_lead_says_what_the_one_is_whom_the_next_report_names(source: str, behind: str, expected: str | None) -> None:
    text = f"{source} says the bridge was late.\n{behind} said on Monday that it rained.\n"
    said = [attribution(text, "the bridge was late", "says", source), attribution(text, "it rained", "said", behind)]
    reading = read_drafts(
        document_of(text), Tagging(attributions=tuple(said)), mentions_of(text, {"Tam Quill": ()}), Publication()
    )
    assert reading.who.speakers[0].name == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("Tam Quill was clear:", "Tam Quill"),
        ("To the bakers Tam Quill was clear:", "Tam Quill"),
        ("Of Rosa Harrow there was this:", None),
        ("Tam Quill's dog was clear:", None),
        ("Tam Quill was clear.", "Tam Quill"),
    ],
)
def test_the_subject_before_words_without_a_source_speaks(lead: str, expected: str | None) -> None:
    text = f"It rained. {lead} “The bridge was late.”\n"
    said = Tagging(attributions=(attribution(text, "The bridge was late", None, None),))
    named = mentions_of(text, {"Tam Quill": (), "Rosa Harrow": ()})
    assert read_drafts(document_of(text), said, named, Publication()).who.speakers[0].name == expected


def test_a_company_is_the_body_that_the_article_is_about() -> None:
    text = "Corran Rail has ten days. The company said it would wait. It added that its trains ran.\n"
    said = [
        attribution(text, "it would wait", "said", "The company"),
        attribution(text, "its trains ran", "added", "It"),
    ]
    named = [replace(m, confidence=0.96) for m in mentions_of(text, {"Corran Rail": ()}, EntityType.ORG)]
    found = quotes(text, said, named)
    assert [quote.speaker_candidates[0].name for quote in found] == ["Corran Rail"] * 2
    assert all(quote.speaker_candidates[0].probability > 0.5 for quote in found)


def test_probabilities_are_shares_of_what_all_candidates_have() -> None:
    alone, rivals = shares(np.array([2.0, -9.0])), shares(np.array([2.0, 2.0, -9.0]))
    assert alone[0] == pytest.approx(1, abs=0.01)
    assert rivals[0] == rivals[1] == pytest.approx(0.5, abs=0.01)
    assert float(rivals.sum()) == pytest.approx(1)


@pytest.mark.parametrize("sure", [True, False])
def test_a_name_that_is_not_sure_is_a_candidate_only(monkeypatch: pytest.MonkeyPatch, sure: bool) -> None:
    trees = model()
    chance = THRESHOLD_AGREED + (0.01 if sure else -0.01)
    knots = ((0.0, chance), (1.0, chance))
    monkeypatch.setattr(decision, "model", lambda: replace(trees, knots=knots))
    rest = "“We will mend the old bridge,” Venn said.\n"
    (found,) = of_senator(rest, ("We will mend the old bridge", "said", "Venn"))
    assert found.speaker_name == ("Mary Venn" if sure else None)
    assert found.speaker_kind is (SpeakerKind.PERSON if sure else SpeakerKind.UNNAMED_PERSON)
    assert found.speaker_candidates[0].name == "Mary Venn"


def test_the_model_takes_the_features_that_there_are() -> None:
    trees = model()
    assert isinstance(trees, TreeModel)
    assert set(trees.features) == set(GROUPS)
    assert len(trees.knots) > 3
    assert np.all(np.diff([after for _, after in trees.knots]) >= 0)


@given(st.text(alphabet="Abc “”.,\n", max_size=120))
def test_any_text_is_decided(text: str) -> None:
    for quote in quotes(text, (), ()):
        chances = [candidate.probability for candidate in quote.speaker_candidates]
        assert len(chances) <= MOST
        assert chances == sorted(chances, reverse=True)


def test_the_reasons_for_a_speaker_are_told_for_each_quote() -> None:
    text = LEAD + "“We will mend the old bridge,” Venn said.\n“We have the money for it,” she said.\n"
    said = [
        attribution(text, "We will mend the old bridge", "said", "Venn"),
        attribution(text, "We have the money for it", None, "she"),
    ]
    named = mentions_of(text, {"Mary Venn": ("Venn",)})
    told = speaker_reasons(document_of(text), Tagging(attributions=tuple(said)), named, Publication())
    assert len(told) == 2
    for reasons in told:
        weights = [reason.weight for reason in reasons]
        assert 0 < len(weights) <= 3
        assert weights == sorted(weights, reverse=True)
        assert {reason.group for reason in reasons} <= set(GROUPS.values())


def test_words_that_go_on_from_words_of_nobody_named_have_no_name_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def named_second(scene: Scene, _: TreeModel) -> tuple[Ranked | None, ...]:
        track = next(iter(scene.tracks.values()))
        return (Ranked(()), Ranked(((track, 0.9),), 0.9))

    monkeypatch.setattr(decision, "ranked", named_second)
    first, second = of_senator("“We will mend the old bridge,” a man said.\n“And we have the time.”\n",
                               ("We will mend the old bridge", "said", "a man"))  # fmt: skip
    assert (first.speaker_name, second.speaker_name, second.speaker_confidence) == (None, None, None)
    assert [c.name for c in second.speaker_candidates] == ["Mary Venn"]


@pytest.mark.parametrize(("told", "alone", "name"), [(0.3, 0.95, "Mary Venn"), (0.95, 0.3, None)])
def test_the_most_probable_history_decides_whether_a_name_is_given(
    monkeypatch: pytest.MonkeyPatch, told: float, alone: float, name: str | None
) -> None:
    def of_first(scene: Scene, _: TreeModel) -> tuple[Ranked | None, ...]:
        return (Ranked(((next(iter(scene.tracks.values())), told),), alone),)

    monkeypatch.setattr(decision, "ranked", of_first)
    (quote,) = of_senator(
        "“We will mend the old bridge,” a man said.\n", ("We will mend the old bridge", "said", "a man")
    )
    assert (quote.speaker_name, quote.speaker_confidence) == (name, None if name is None else told)
    assert [(c.name, c.probability) for c in quote.speaker_candidates] == [("Mary Venn", told)]


@pytest.mark.parametrize(("cue", "expected"), [("was announced", None), ("announced", "Orla Venn")])
def test_nobody_speaks_in_a_passive_without_a_source(cue: str, expected: str | None) -> None:
    text = f"“We stay,” said Orla Venn. She was here. When it would end {cue} again.\n"
    said = [attribution(text, "We stay,", "said", "Orla Venn"), attribution(text, "When it would end", cue, None)]
    found = quotes(text, said, mentions_of(text, {"Orla Venn": ()}))
    assert [(quote.content, quote.speaker_name) for quote in found][1:] == [("When it would end", expected)]
