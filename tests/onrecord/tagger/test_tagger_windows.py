"""Passages in windows, cut without losing a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from onrecord.document.article import Span
from onrecord.document.document import Document
from onrecord.tagger.windows import LONG_PASSAGE, MAX_PIECES, Pieces, article_lower_forms, pack, read_chunks
from tests.onrecord.tagged_texts import document_of_paragraphs


@pytest.fixture(scope="module")
def cut() -> Pieces:
    """A tokenizer of single letters: a word has as many pieces as letters."""
    letters = [chr(c) for c in range(33, 127)]
    pieces = ["[UNK]", *letters, *(f"##{c}" for c in letters)]
    return Pieces(Tokenizer(WordPiece({p: i for i, p in enumerate(pieces)}, unk_token=pieces[0])))


@given(st.lists(st.text(alphabet="abcdefgh .!?\"'", max_size=900), max_size=8))
def test_every_word_is_in_one_window_in_order(cut: Pieces, texts: list[str]) -> None:
    document = document_of_paragraphs(texts)
    text = document.text
    windows = list(pack(read_chunks(document, cut)))
    seen = [s for w in windows for c in w.chunks for s in c.words.starts]
    assert seen == sorted(set(seen))
    words = [c.words for w in windows for c in w.chunks]
    covered = {i for w in words for s, e in zip(w.starts, w.ends, strict=True) for i in range(s, e)}
    assert covered == {i for i, c in enumerate(text) if not c.isspace()}


@given(st.lists(st.text(alphabet="abcdefgh .!?\"'", max_size=900), max_size=8))
def test_a_window_holds_no_more_than_it_may_and_numbers_its_words(cut: Pieces, texts: list[str]) -> None:
    for window in pack(read_chunks(document_of_paragraphs(texts), cut)):
        assert len(window.pieces) == len(window.shapes) == len(window.quotation) == len(window.glued) <= MAX_PIECES
        assert [b - a for a, b in window.ranges] == [len(c.words) for c in window.chunks]
        assert window.ranges[-1][1] == len(window.first)
        for (a, b), chunk in zip(window.ranges, window.chunks, strict=True):
            firsts = window.pieces[window.first[a:b]]
            assert firsts.tolist() == chunk.pieces[chunk.first].tolist()


def test_a_long_passage_is_cut_where_a_sentence_ends(cut: Pieces) -> None:
    text = " ".join(["aaaaaa bbbbbb cccccc."] * 40)
    chunks = list(read_chunks(document_of_paragraphs([text]), cut))
    assert len(chunks) > 3
    assert all(chunk.words.norms[-1] == "." for chunk in chunks)


def test_a_passage_is_not_read_before_it_is_wanted(cut: Pieces) -> None:
    text = "word " * LONG_PASSAGE
    chunks = read_chunks(document_of_paragraphs([text]), cut)
    next(chunks)
    assert len(cut.of(["word"])) == 1
    assert next(chunks).words.starts[0] < 1000


def test_windows_of_an_article_do_not_depend_on_where_it_stands_in_a_text(cut: Pieces) -> None:
    spans = (Span(0, 60), Span(62, 400))
    text = "ab cd. " * 60
    alone = [w.pieces.tolist() for w in pack(read_chunks(Document.of_passages(text, spans), cut))]
    moved = tuple(Span(s.start + 7, s.end + 7) for s in spans)
    assert [w.pieces.tolist() for w in pack(read_chunks(Document.of_passages("ab cd. " + text, moved), cut))] == alone


def test_lower_forms() -> None:
    assert article_lower_forms("The Police and police Mira", [Span(0, 26)]) == {"and", "police"}
