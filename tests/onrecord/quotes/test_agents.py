"""Who speaks where the subject of the verb only hears, quotes or remembers."""

from collections.abc import Callable

import pytest

from onrecord.document.article import EntityType, Quote
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"], "Ada Fry": []}
OLD = "that it was old"


@pytest.mark.parametrize(
    ("sentence", "content", "cue", "source", "expected"),
    [
        ("Tam Quill was told by Orla Venn that it was old.", OLD, "told", None, "Orla Venn"),
        ("Tam Quill was told by the clerk that it was old.", OLD, "told", None, None),
        ("Tam Quill was warned by his lawyer, Orla Venn, that it was old.", OLD, "warned", "Tam Quill", "Orla Venn"),
        ("Tam Quill learned from Orla Venn that it was old.", OLD, "learned", "Tam Quill", "Orla Venn"),
        ("Tam Quill learned that it was old.", OLD, "learned", "Tam Quill", "Tam Quill"),
        ("Tam Quill remembers Orla Venn saying that it was old.", OLD, "remembers", "Tam Quill", "Orla Venn"),
        ("Tam Quill remembers Orla Venn saying that it was old.", OLD, "saying", "Tam Quill", "Orla Venn"),
        ("Tam Quill recalled saying that it was old.", OLD, "recalled", "Tam Quill", "Tam Quill"),
        ("Tam Quill recalled that it was old.", OLD, "recalled", "Tam Quill", "Tam Quill"),
        ("“It was old,” Tam Quill heard.", "It was old", "heard", "Tam Quill", None),
        ("“It was old,” the court heard.", "It was old", "heard", "the court", None),
        ("“It was old,” Tam Quill said.", "It was old", "said", "Tam Quill", "Tam Quill"),
    ],
)
def test_who_speaks_is_no_hearer(
    read: Read, sentence: str, content: str, cue: str, source: str | None, expected: str | None
) -> None:
    text = f"Ada Fry left. {sentence}"
    (quote,) = read(text, attribution(text, content, cue, source), mentions=mentions_of(text, PEOPLE))
    assert quote.speaker_name == expected


@pytest.mark.parametrize(
    ("sentence", "content", "expected", "kept"),
    [
        ("The bridge was called “the worst of all” by Orla Venn.", "the worst of all” by Orla Venn", "Orla Venn",
         "the worst of all"),
        ("The bridge was called “the worst of all” by critics.", "the worst of all” by critics", None,
         "the worst of all"),
    ],
)  # fmt: skip
def test_the_author_of_quoted_words_is_none_of_them(
    read: Read, sentence: str, content: str, expected: str | None, kept: str
) -> None:
    (quote,) = read(sentence, attribution(sentence, content, "called", None), mentions=mentions_of(sentence, PEOPLE))
    assert (quote.speaker_name, quote.content) == (expected, kept)


@pytest.mark.parametrize(
    ("sentence", "content", "cue"),
    [
        ("Orla Venn was quoted by the Harbour Times as saying that it was old.",
         ("Orla Venn", "as saying that it was old"), "was quoted"),
        ("Orla Venn was quoted on Monday by the Harbour Times as saying that it was old.", OLD, "saying"),
        ("The Harbour Times quoted Orla Venn as saying that it was old.", OLD, "saying"),
    ],
)  # fmt: skip
def test_who_is_quoted_speaks_and_not_who_quotes(
    read: Read, sentence: str, content: str | tuple[str, ...], cue: str
) -> None:
    mentions = mentions_of(sentence, PEOPLE) + mentions_of(sentence, {"Harbour Times": []}, EntityType.ORG)
    (quote,) = read(sentence, attribution(sentence, content, cue, "Harbour Times"), mentions=mentions)
    assert (quote.speaker_name, quote.content, quote.medium) == ("Orla Venn", OLD, "Harbour Times")


def test_a_quotation_that_only_the_words_of_quoting_make_is_none(read: Read) -> None:
    text = "“It was old,” Orla Venn was quoted by the Harbour Times as saying."
    said = [
        attribution(text, ("It was old", "Orla Venn"), "was quoted", "the Harbour Times"),
        attribution(text, "Orla Venn", "saying", "the Harbour Times"),
    ]
    found = read(text, *said, mentions=mentions_of(text, PEOPLE))
    assert [(quote.speaker_name, quote.content) for quote in found] == [("Orla Venn", "It was old,")]
