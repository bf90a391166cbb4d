"""Choosing a tagger, and names from a spaCy pipeline."""

from collections.abc import Sequence

import pytest

from onrecord.document.article import Attribution, EntityType, Span, Tagging
from onrecord.document.document import Document
from onrecord.tagger import load_tagger
from onrecord.tagger.spacy_pipeline import SpacyTagger

TEXT = "Mira Boru went.\n\nThe Kestrel\nBay council saw Mira Boru in 1999."
ARTICLE = Document.of_passages(TEXT, (Span(0, 15), Span(17, len(TEXT))))


class OneAttribution:
    """Finds the same attribution everywhere."""

    name = "one"
    attribution = Attribution((Span(0, 4),), Span(10, 14), None, 0.5)

    def tag(self, documents: Sequence[Document]) -> list[Tagging]:
        return [Tagging((), (self.attribution,)) for _ in documents]


@pytest.mark.parametrize("choice", ["", "spacy", "spacy:", "folder:", "other:x", "Default"])
def test_an_unknown_choice_says_what_is_known(choice: str) -> None:
    with pytest.raises(ValueError, match="known: default, spacy:PIPELINE, folder:PATH"):
        load_tagger(choice)


def test_a_folder_without_a_model_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load_tagger("folder:/nowhere/at/all")


def test_names_of_a_pipeline_with_a_ruler() -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is an extra")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Mira Boru"},
            {"label": "GPE", "pattern": "Kestrel Bay"},
            {"label": "DATE", "pattern": "1999"},
        ]
    )
    tagger = SpacyTagger(pipeline, OneAttribution())
    first, second = tagger.tag([ARTICLE, Document.of_passages(TEXT, [Span(0, 15)])])
    found = [(n.start, n.end, n.entity_type) for n in first.names]
    again = TEXT.rindex("Mira")
    place = TEXT.index("Kestrel")
    assert found == [
        (0, 9, EntityType.PERSON),
        (place, place + 11, EntityType.LOC),
        (again, again + 9, EntityType.PERSON),
    ]
    assert len(second.names) == 1
    assert first.attributions == (OneAttribution.attribution,)
    assert "spacy:en" in tagger.name
