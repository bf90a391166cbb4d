"""A tagger that reads without one of its inputs."""

import numpy as np
import pytest

from onrecord.document.article import Span
from onrecord.document.document import Document
from onrecord.tagger.default import NetworkTagger, default_tagger
from onrecord.tagger.windows import Window, pack, read_chunks
from onrecord.tagger.words import CASE_EVIDENCE
from training.blanked import BLANKS, blanked

TEXT = "“We will not wait,” Mira Boru told the Harbour Times. The harbour was wet."


@pytest.fixture(scope="module")
def tagger() -> NetworkTagger:
    return default_tagger()


@pytest.fixture(scope="module")
def window(tagger: NetworkTagger) -> Window:
    (only,) = pack(read_chunks(Document.of_passages(TEXT, [Span(0, len(TEXT))]), tagger.pieces))
    return only


@pytest.mark.parametrize("blank", sorted(BLANKS))
def test_one_input_is_blanked_and_the_others_stay(window: Window, blank: str) -> None:
    without = BLANKS[blank](window)
    field = "shapes" if blank == "evidence" else blank
    changed = [
        f for f in ("pieces", "shapes", "quotation", "glued") if (getattr(without, f) != getattr(window, f)).any()
    ]
    assert changed == [field]
    assert blank == "evidence" or not getattr(without, field).any()


def test_without_evidence_the_shapes_themselves_stay(window: Window) -> None:
    without = BLANKS["evidence"](window)
    assert not (without.shapes % CASE_EVIDENCE).any()
    assert np.array_equal(without.shapes // CASE_EVIDENCE, window.shapes // CASE_EVIDENCE)


def test_a_blanked_tagger_reads_otherwise_and_leaves_the_tagger_as_it_is(tagger: NetworkTagger) -> None:
    passages = [Document.of_passages(TEXT, [Span(0, len(TEXT))])]
    before = tagger.tag(passages)
    without = blanked(tagger, "quotation").tag(passages)
    assert [a.score for a in without[0].attributions] != [a.score for a in before[0].attributions]
    assert tagger.tag(passages) == before
