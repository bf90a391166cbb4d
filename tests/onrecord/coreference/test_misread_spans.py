"""Spans that take in more than a name, or have its type wrong, are put right by what the article says elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.misread_spans import corrected
from onrecord.document.article import EntityType, NameSpan
from tests.onrecord.marked_names import names, read
from tests.onrecord.tagged_texts import span_of


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:Orla Venn] came. [O:Mr. Venn], 71, left.", ["Orla Venn"] * 2),
        ("[P:Orla Venn] came. [L:Mr. Venn‘s] left.", ["Orla Venn"] * 2),
        ("[P:Orla Venn] came. [P:GETTY Orla Venn] left.", ["Orla Venn"] * 2),
        ("[P:Orla Venn] came. [O:Corran’s Venn] asked.", ["Orla Venn"] * 2),
        ("[O:Corran Institute] met. A [O:Corran Institute study] says so.", ["Corran Institute"] * 2),
        ("[O:Corran Harbour Rail] is late. [P:CHR] said so.", ["Corran Harbour Rail"] * 2),
        ("[O:Corran Institute of Science] is open. [O:CISc] said so.", ["Corran Institute of Science"] * 2),
        ("[O:Board for the Inspection of Docks] ([O:IDB]) said so.", ["Board for the Inspection of Docks"] * 2),
        ("[P:Orla Ato Fenworth] came. [P:Orla Ato Fenwort] left. [P:Fenworth] ate.", ["Orla Ato Fenworth"] * 3),
        ("[P:Syed Venn] came. Dr. [P:Syed Venn] left.", ["Syed Venn"] * 2),
        ("Lord [P:Ashcombe] came. [P:Ashcombe] left.", ["Lord Ashcombe"] * 2),
        ("Lord [P:Ashcombe] came. [P:Ivo Ashcombe] left.", ["Ivo Ashcombe"] * 2),
        ("[P:Lee Carter] and [P:Ann Carter] came. [P:Carter] left.", ["Lee Carter", "Ann Carter", "Carter"]),
        ("[P:Lee Hunter] came, and [P:Hunter Dale]. [P:Hunter] left.", ["Lee Hunter", "Hunter Dale", "Lee Hunter"]),
        ("[P:H.E. Orla Venn] and [P:Col (Rtd) Ivo Marsh] came.", ["Orla Venn", "Ivo Marsh"]),
        ("[P:Dean Venn] came. [P:Venn] left.", ["Dean Venn"] * 2),
        ("[P:Ivo Orr-Venn] came. The [P:Orr-Venn] government left.", ["Ivo Orr-Venn"] * 2),
        ("[O:Corran’s Rail] came.", ["Corran’s Rail"]),
        ("He [P:Jinlan] came. [P:He Jinlan] left.", ["He Jinlan"] * 2),
        ("[P:Tam Quill] came. He [P:Quill] left.", ["Tam Quill"] * 2),
        ("[P:Karim Saleh] came. The [P:Menteri Besar] left.", ["Karim Saleh"]),
        ("The [P:Dean] came.", ["Dean"]),
    ],
)  # fmt: skip
def test_names_are_what_the_article_shows_them_to_be(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected


def unsure(text: str, span: str, kind: EntityType) -> tuple[str, EntityType]:
    start = text.index(span)
    found = corrected(text, [NameSpan(start, start + len(span), kind, 0.3)])[0]
    return text[found.start : found.end], found.entity_type


def test_a_clause_behind_a_name_is_cut_off() -> None:
    text = "Mayor Mary Venn met at the Harbour House (PICS) Mr Venn left."
    assert unsure(text, "Mary Venn met at the Harbour House", EntityType.PERSON) == ("Mary Venn", EntityType.PERSON)
    assert unsure("Mary Venn at Harbour House", "Mary Venn at Harbour House", EntityType.LOC)[0] == "Mary Venn"
    two = "Mayor Mary Venn and Mayor Ivo Quill met at Harbour House"
    assert names(f"[P:Ivo Quill] came. [O:{two}]")[0] == "Ivo Quill"
    kept = "Bank of Venn at Corran"
    assert unsure(kept, kept, EntityType.ORG) == (kept, EntityType.ORG)


def test_a_name_that_runs_into_an_employer_and_an_office_is_cut_out() -> None:
    text = "Today Mary Venn OK Harbour Marketing Director spoke."
    assert unsure(text, "Mary Venn OK Harbour Marketing", EntityType.ORG) == ("Mary Venn", EntityType.PERSON)


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("“It rains,” said the Taoiseach.", EntityType.LOC, False),
        ("The Chancellor slept.", EntityType.ORG, False),
        ("“It rains,” said Taoiseach.", EntityType.LOC, True),
        ("The Chancellor slept.", EntityType.PERSON, True),
        ("The Corran slept.", EntityType.LOC, True),
    ],
)
def test_an_office_behind_an_article_is_no_name(text: str, kind: EntityType, kept: bool) -> None:
    word = next(word for word in ("Taoiseach", "Chancellor", "Corran") if word in text)
    span = span_of(text, word)
    assert bool(corrected(text, [NameSpan(span.start, span.end, kind, 0.9)])) is kept


@given(st.text(max_size=60), st.data())
def test_any_text_is_read(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    spans = data.draw(
        st.lists(st.builds(NameSpan, bounds, bounds, st.sampled_from(EntityType), st.floats(0, 1)), max_size=4)
    )
    for before, after in zip(spans, corrected(text, spans), strict=True):
        assert before.start <= after.start
        assert after.end <= before.end
    assert read("")[1] == ()
