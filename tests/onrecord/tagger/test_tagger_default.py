"""The shipped tagger, on text of our own."""

import json
import os
import tracemalloc
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document.article import EntityType, Span, Tagging
from onrecord.document.document import Document
from onrecord.tagger import default_tagger
from onrecord.tagger.default import NetworkTagger, calibrated
from tests.onrecord.tagged_texts import document_of_paragraphs

MAYOR = (
    "Kestrel Bay to lose its ferry, mayor says\n\n"
    "“We will not wait for the ministry,” Mira Boru, the mayor of Kestrel Bay, told the Harbour Times on Monday.\n\n"
    "She said that the ferry’s owner, Aldane Shipping, had broken its word. According to Mr Teko, the union’s\n"
    "lawyer, the company “has no money left”. The ministry denied that it knew of the plan."
)
COUNCIL = (
    "The Orvane council voted on Tuesday to close the old mill.\n\n"
    '"It was a hard choice," Councillor Ilse Tarn said. "But the roof is falling in."\n\n'
    "Residents were told that the Norlandish company would sell the land."
)


def article(text: str) -> Document:
    return document_of_paragraphs(text.split("\n\n"))


@pytest.fixture(scope="module")
def tagger() -> NetworkTagger:
    return default_tagger()


def parts(text: str, tagging: Tagging) -> list[tuple[str, str | None, str]]:
    """Source, cue and content of each attribution as text."""
    return [
        (
            a.source.of(text) if a.source else "",
            a.cue.of(text) if a.cue else None,
            "|".join(s.of(text) for s in a.content),
        )
        for a in tagging.attributions
    ]


def test_names_with_types(tagger: NetworkTagger) -> None:
    (tagging,) = tagger.tag([article(MAYOR)])
    found = {(MAYOR[n.start : n.end], n.entity_type) for n in tagging.names}
    assert ("Mira Boru", EntityType.PERSON) in found
    assert ("Kestrel Bay", EntityType.LOC) in found
    assert ("Teko", EntityType.PERSON) in found


def test_attributions_are_linked(tagger: NetworkTagger) -> None:
    (tagging,) = tagger.tag([article(MAYOR)])
    found = parts(MAYOR, tagging)
    assert ("Mira Boru, the mayor of Kestrel Bay", "told", "We will not wait for the ministry") in found
    assert ("The ministry", "denied", "it knew of the plan") in found
    assert any(source == "She" and cue == "said" and "broken its word" in content for source, cue, content in found)


def test_an_interrupted_quotation_is_one_content_of_two_spans(tagger: NetworkTagger) -> None:
    text = '"It was a hard choice," Councillor Ilse Tarn said, "but the roof is falling in."'
    (tagging,) = tagger.tag([article(text)])
    assert [c for _, _, c in parts(text, tagging)] == ["It was a hard choice|but the roof is falling in"]


def test_results_do_not_depend_on_what_is_tagged_beside(tagger: NetworkTagger) -> None:
    texts = [MAYOR, COUNCIL, MAYOR + "\n\n" + COUNCIL, "", COUNCIL * 9, "Ok.", (MAYOR + "\n\n") * 12]
    articles = [article(text) for text in texts]
    alone = [tagger.tag([one])[0] for one in articles]
    assert tagger.tag(articles) == alone
    assert tagger.tag(articles[::-1]) == alone[::-1]
    assert [tagger.tag([one])[0] for one in articles] == alone
    assert sum(len(tagging.names) for tagging in alone) > 20


def test_another_tagger_says_the_same(tagger: NetworkTagger) -> None:
    assert default_tagger().tag([article(MAYOR)]) == tagger.tag([article(MAYOR)])
    assert default_tagger(threads=2).name == tagger.name


def test_no_articles_and_no_passages(tagger: NetworkTagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag(
        [Document.of_passages("text that nobody reads", ()), Document.of_passages("", (Span(0, 0),))]
    ) == [Tagging(), Tagging()]


def test_only_passages_are_read(tagger: NetworkTagger) -> None:
    start = MAYOR.index("She said")
    (tagging,) = tagger.tag([Document.of_passages(MAYOR, (Span(start, len(MAYOR)),))])
    assert tagging.names
    assert all(name.start >= start for name in tagging.names)


def test_a_word_of_a_megabyte_and_an_article_of_many_are_read_in_bounded_memory(tagger: NetworkTagger) -> None:
    word = "x" * 1_000_000
    tagger.tag([article(MAYOR)])
    tracemalloc.start()
    (tagging,) = tagger.tag([Document.of_passages(word + " " + MAYOR, (Span(0, 1_000_001 + len(MAYOR)),))])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any(name.entity_type == EntityType.PERSON for name in tagging.names)
    assert peak < 30e6


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=120), max_size=4))
def test_spans_are_inside_a_passage_and_scores_are_probabilities(tagger: NetworkTagger, texts: list[str]) -> None:
    text, spans, at = "\n".join(texts), [], 0
    for part in texts:
        spans.append(Span(at, at + len(part)))
        at += len(part) + 1
    (tagging,) = tagger.tag([Document.of_passages(text, tuple(spans))])
    found = [(n.start, n.end) for n in tagging.names]
    for a in tagging.attributions:
        found += [(s.start, s.end) for s in (*a.content, a.cue, a.source) if s]
        assert all(0 <= score <= 1 for score in (a.score, a.content_score, a.cue_score, a.source_score))
    assert all(0 <= name.score <= 1 for name in tagging.names)
    assert all(any(s.start <= start < end <= s.end for s in spans) for start, end in found)


def test_names_and_attributions_are_in_reading_order(tagger: NetworkTagger) -> None:
    (tagging,) = tagger.tag([article((MAYOR + "\n\n" + COUNCIL + "\n\n") * 6)])
    starts = [name.start for name in tagging.names]
    cues = [a.cue.start for a in tagging.attributions if a.cue]
    assert starts == sorted(starts)
    assert cues == sorted(cues)
    assert len(cues) > 12


def test_calibration_keeps_the_order_and_the_bounds() -> None:
    scores = [calibrated(p, 0.8, -0.2) for p in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert scores == sorted(scores)
    assert 0 <= scores[0] < scores[-1] <= 1
    assert calibrated(0.3, 1.0, 0.0) == 0.3


def test_the_package_carries_no_more_than_25_megabytes() -> None:
    folder = resources.files("onrecord.tagger") / "model"
    assert 1e6 < sum(len(path.read_bytes()) for path in folder.iterdir()) < 25e6


def test_files_of_a_fold_stand_in_for_the_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = json.loads((resources.files("onrecord.tagger.model") / "tagger.json").read_text("utf-8")) | {
        "name": "of-a-fold"
    }
    (tmp_path / "tagger.json").write_text(json.dumps(about))
    monkeypatch.setenv("ONRECORD_LEARNED", os.pathsep.join([str(tmp_path / "nowhere"), str(tmp_path)]))
    assert default_tagger().name == "of-a-fold"
    monkeypatch.delenv("ONRECORD_LEARNED")
    assert default_tagger().name != "of-a-fold"


def test_a_cue_of_speech_is_likelier_one_than_a_cue_of_fear(tagger: NetworkTagger) -> None:
    text = "The mayor of Orvane said that the ferry would stay.\n\nThe mayor of Orvane fears that the ferry will sink."
    (tagging,) = tagger.tag([article(text)])
    said, fears = (
        next(a.speech_score for a in (*tagging.attributions, *tagging.possible) if a.cue and a.cue.of(text) == cue)
        for cue in ("said", "fears")
    )
    assert said is not None and fears is not None
    assert said > 0.8 > 0.6 > fears
