"""Marks that end what is told: brackets, closing marks, sentences of the article's own."""

import pytest

from onrecord.quotes.attribution.boundaries import drafted
from onrecord.quotes.attribution.draft import Link
from onrecord.quotes.attribution.enclosed import apart_by_prose, ended, within_bracket
from onrecord.quotes.attribution.segmentation import parted
from tests.onrecord.tagged_texts import attribution, document_of


def contents(text: str, told: str | list[str], cue: str, source: str) -> list[str]:
    draft = drafted(document_of(text), attribution(text, told, cue, source), Link.TAGGER)
    assert draft is not None
    return [span.of(text) for span in ended(document_of(text), draft).contents]


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        (
            "The pier (Orla Venn said it was cracked) is shut.",
            ["The pier", "it was cracked) is shut"],
            ["it was cracked"],
        ),
        (
            "The pier (built, Orla Venn said, in May) is shut.",
            ["The pier (built", "in May) is shut"],
            ["built", "in May"],
        ),
        ("The pier (Orla Venn said) is shut.", ["The pier", "is shut"], ["The pier", "is shut"]),
        ("Orla Venn said the pier (of iron) is shut.", ["the pier (of iron) is shut"], ["the pier (of iron) is shut"]),
    ],
)
def test_what_is_said_in_a_bracket_ends_with_it(text: str, told: list[str], expected: list[str]) -> None:
    found = within_bracket(text, attribution(text, told, "said", "Orla Venn"))
    assert [span.of(text) for span in found.content] == expected


@pytest.mark.parametrize(
    ("text", "told", "cue", "expected"),
    [
        (
            "Orla Venn said: “We stay here,” but has sold it.",
            "We stay here,” but has sold it",
            "said",
            ["We stay here,"],
        ),
        ("As Orla Venn put it, “a cold bench” of the town.", "a cold bench” of the town", "put it", ["a cold bench"]),
        (
            "“We stay,” Orla Venn said. “It may sink.” If so, she would go.",
            ["“We stay,”", "“It may sink.” If so, she would go"],
            "said",
            ["We stay,", "It may sink."],
        ),
        (
            "“We stay,” Orla Venn said. “It may sink.” It rained. “We all saw it coming.” She left.",
            ["“We stay,”", "“It may sink.” It rained. “We all saw it coming.” She left"],
            "said",
            ["We stay,", "It may sink.", "We all saw it coming."],
        ),
        ("Orla Venn said “a cold bench” was built.", "a cold bench” was built", "said", ["“a cold bench” was built"]),
        ("Orla Venn said: “a cold bench” is built.", "a cold bench” is built", "said", ["“a cold bench” is built"]),
    ],
)
def test_a_quotation_ends_at_its_mark(text: str, told: str | list[str], cue: str, expected: list[str]) -> None:
    assert contents(text, told, cue, "Orla Venn") == expected


def test_words_behind_a_sentence_of_the_articles_own_are_apart() -> None:
    text = "“We stay,” Orla Venn said. The ferry had gone long before that. “It helped” – says Quill – “a lot.”"
    told = attribution(text, ["“We stay,”", "“It helped” – says Quill – “a lot.”"], "said", "Orla Venn")
    draft = drafted(document_of(text), told, Link.TAGGER)
    assert draft is not None
    first, second = apart_by_prose(document_of(text), draft)
    assert [span.of(text) for span in first.contents] == ["We stay,"]
    assert (second.cue, second.source) == (None, None)


def test_a_clause_before_the_main_one_is_not_what_the_main_one_quotes() -> None:
    text = "Given that it rained for weeks, Orla Venn said: “We shall all go.”"
    told = attribution(text, ["Given that it rained for weeks", "“We shall all go.”"], "said", "Orla Venn")
    draft = drafted(document_of(text), told, Link.TAGGER)
    assert draft is not None
    assert [[s.of(text) for s in part.contents] for part in parted(document_of(text), draft)] == [["We shall all go."]]
