"""Reports whose cue is no verb."""

from collections.abc import Callable

import pytest

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Quote, ReportKind
from onrecord.quotes.attribution.verbless import by_phrases
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

Read = Callable[..., tuple[Quote, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two boats are lost, per Orla Venn.", ("Two boats are lost", "per")),
        ("It rained. Per Orla Venn, two boats are lost.", ("two boats are lost", "Per")),
        ("The plan is, in the words of Orla Venn, “a slow end”.", ("a slow end", "in the words of")),
        ("The deal was “a slow end”, in the words of Orla Venn.", ("a slow end", "in the words of")),
        ("In the words of Orla Venn: “A slow end.”", ("A slow end.", "In the words of")),
        ("Two boats are lost, per boat Orla Venn.", None),
        ("Two boats, per Orla Venn, are lost in May.", None),
        ("Four boats per Orla Venn were lost.", None),
        ("“Two boats are lost,” per Orla Venn.", None),
        ("He wrote in the words of Orla Venn for a long time, and “sadly so”.", None),
        ("In the words of a clerk, “a slow end” for Orla Venn.", None),
    ],
)
def test_a_phrase_with_a_name_attributes(text: str, expected: tuple[str, str] | None) -> None:
    names = Mentions(mentions_of(text, {"Orla Venn": ()}))
    found = [
        (a.content[0].of(text), a.cue.of(text), a.source.of(text))
        for a in by_phrases(document_of(text), names)
        if a.cue is not None and a.source is not None
    ]
    assert found == ([] if expected is None else [(*expected, "Orla Venn")])


@pytest.mark.parametrize("source", ["festival director Orla Venn", "their manager, Orla Venn"])
def test_a_phrase_with_what_somebody_is_attributes(source: str) -> None:
    text = f"It was, in the words of {source}, “the best hiding of my life”."
    (found,) = by_phrases(document_of(text), Mentions(mentions_of(text, {"Orla Venn": ()})))
    assert found.source is not None and found.source.of(text) == source
    assert found.content[0].of(text) == "the best hiding of my life"


def test_such_a_report_is_a_row(read: Read) -> None:
    text = "The board met. Two boats are lost, per Orla Venn.\n\n“We stay,” Tam Quill said."
    named = mentions_of(text, {"Orla Venn": (), "Tam Quill": ()})
    first, _ = read(text, attribution(text, "We stay,", "said", "Tam Quill"), mentions=named)
    assert (first.content, first.speaker_name, first.report_kind) == (
        "Two boats are lost",
        "Orla Venn",
        ReportKind.SPEECH,
    )


def test_nobody_speaks_a_passive_of_telling(read: Read) -> None:
    text = "“The club took us in,” Orla Venn said. They were told to call him “my good king”."
    quotes = read(
        text,
        attribution(text, "The club took us in,", "said", "Orla Venn"),
        attribution(text, "to call him “my good king”", "were told", "They"),
        mentions=mentions_of(text, {"Orla Venn": ()}),
    )
    assert [q.speaker_name for q in quotes] == ["Orla Venn", None]
