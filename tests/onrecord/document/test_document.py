"""The document: passages, sentences and quotations of the blocks that are read, each found again by its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Block, BlockKind, Span
from onrecord.document.document import Document, letters, overlap
from tests.onrecord.tagged_texts import document_of, document_of_paragraphs

TEXT = 'Bridge shut\n\n"Nobody crosses," Ada Strand said. She left. "Not until it is safe."\n\nShare this'
DOCUMENT = Document(
    TEXT,
    (
        Block(BlockKind.HEADLINE, 0, 11),
        Block(BlockKind.PARAGRAPH, 13, TEXT.index("\n\nShare")),
        Block(BlockKind.BOILERPLATE, TEXT.index("Share"), len(TEXT)),
    ),
)
pieces = st.lists(st.text(alphabet="ab .!?\"“”'’‘\n", max_size=40), max_size=6)


def test_only_blocks_of_the_story_are_passages() -> None:
    assert [span.of(TEXT) for span in DOCUMENT.passages] == ["Bridge shut", TEXT[13 : DOCUMENT.blocks[1].end]]
    assert [block.kind for block in DOCUMENT.read] == [BlockKind.HEADLINE, BlockKind.PARAGRAPH]


def test_what_lies_at_a_place_is_found_by_it() -> None:
    said, left = TEXT.index("said"), TEXT.index("left")
    assert DOCUMENT.passage_of(said) == 1
    first = DOCUMENT.sentences[DOCUMENT.sentence_of(said)]
    assert first.span.of(TEXT) == '"Nobody crosses," Ada Strand said.'
    assert DOCUMENT.sentences[DOCUMENT.sentence_of(left)].span.of(TEXT) == "She left."
    (touched,) = DOCUMENT.touching(Span(TEXT.index("crosses"), said))
    assert touched.inner.of(TEXT) == "Nobody crosses,"
    assert DOCUMENT.touching(first.span, nested=True) == []


def test_a_quotation_that_is_opened_again_points_to_the_one_it_carries_on() -> None:
    document = document_of_paragraphs(['"We stay, Ada Strand said.', '"And we wait."'])
    first, second = document.outermost
    assert document.continued == {second.inner.start: first.inner.start}


def test_what_is_derived_is_made_once() -> None:
    assert DOCUMENT.sentences is DOCUMENT.sentences
    assert DOCUMENT.quotations is DOCUMENT.quotations


@given(pieces)
def test_sentences_and_quotations_lie_in_their_passages_in_order(parts: list[str]) -> None:
    document = document_of_paragraphs(parts)
    last = 0
    for number, sentence in enumerate(document.sentences):
        passage, span = document.passages[sentence.passage], sentence.span
        assert passage.start <= span.start < span.end <= passage.end
        assert span.start >= last
        assert document.sentence_of(span.start) == number
        last = span.end
    for quotation in document.quotations:
        assert document.passages[document.passage_of(quotation.start)].end >= quotation.end
        if letters(document.text, quotation.inner) and quotation.depth == 0:
            assert quotation in document.touching(quotation.inner)


@given(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_two_spans_share_what_lies_in_both(a: tuple[int, int], b: tuple[int, int]) -> None:
    first, second = Span(min(a), max(a)), Span(min(b), max(b))
    shared = overlap(first, second)
    places = set(range(first.start, first.end)) & set(range(second.start, second.end))
    assert set(range(shared.start, shared.end)) == places


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The parts came from the U.S. The yard has not paid.", 28),
        ("It left at 5 p.m. She slept.", 17),
        ("She chose Plan B. It failed.", 17),
        ("She sold the U.S. Steel works to J. B. Quill.", None),
        ("The N.D.A. Clara Venn signed is gone.", None),
        ("He lives in L.A. County now.", None),
    ],
)
def test_a_stop_behind_initials_ends_a_sentence_before_a_word_that_begins_one(text: str, ends: int | None) -> None:
    document = document_of(text)
    assert [s.span.end for s in document.sentences] == ([len(text)] if ends is None else [ends, len(text)])
