"""What plain patterns give where no tagger has been at work."""

from collections.abc import Callable

import pytest

from onrecord.document.article import Quote, QuoteType

Read = Callable[..., tuple[Quote, ...]]


def parts(text: str, quote: Quote) -> tuple[list[str], str | None, str | None]:
    pieces = [span.of(text).strip(",") for span in quote.content_spans]
    cue, speaker = (None if span is None else span.of(text) for span in (quote.cue, quote.speaker))
    return pieces, cue, speaker


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We stay here now," Orla Venn said.', (["We stay here now"], "said", "Orla Venn")),
        ('"We stay here now," said Orla Venn, the mayor.', (["We stay here now"], "said", "Orla Venn, the mayor")),
        ('"We stay here now," said Orla Venn, who left.', (["We stay here now"], "said", "Orla Venn")),
        ('Orla Venn said: "We stay here now."', (["We stay here now."], "said", "Orla Venn")),
        (
            'In a statement, the ministry said, "We stay here now."',
            (["We stay here now."], "said", "the ministry"),
        ),
        ('"We stay here now," Tam Quill quoted Orla Venn as saying.', (["We stay here now"], "as saying", "Orla Venn")),
        ('"We stay here now," Orla Venn told the Courier.', (["We stay here now"], "told", "Orla Venn")),
        ('"Do we stay here now?" Orla Venn asked.', (["Do we stay here now?"], "asked", "Orla Venn")),
        ('Venn: "We stay here now."', (["We stay here now."], None, "Venn")),
        ('"We stay here now." - Orla Venn', (["We stay here now."], None, "Orla Venn")),
        (
            '"We stay here," Orla Venn said, "whatever comes."',
            (["We stay here", "whatever comes."], "said", "Orla Venn"),
        ),
        (
            '"We stay here," Orla Venn said. "Whatever comes to us."',
            (["We stay here", "Whatever comes to us."], "said", "Orla Venn"),
        ),
        ("Orla Venn said that they would stay.", (["that they would stay"], "said", "Orla Venn")),
        ("They would stay there, Orla Venn said on Friday.", (["They would stay there"], "said", "Orla Venn")),
        (
            "According to the ministry, they would stay.",
            (["they would stay"], "According to", "the ministry"),
        ),
        ("They would stay, according to the ministry.", (["They would stay"], "according to", "the ministry")),
        (
            "The rain fell, but Orla Venn has called for calm.",
            (["calm"], "has called for", "Orla Venn"),
        ),
    ],
)
def test_one_pattern_one_attribution(read: Read, text: str, expected: tuple[list[str], str | None, str | None]) -> None:
    (quote,) = read(text)
    content, cue, speaker = parts(text, quote)
    assert ([piece.rstrip(".") for piece in content], cue, speaker) == (
        [piece.rstrip(".") for piece in expected[0]],
        *expected[1:],
    )


@pytest.mark.parametrize(
    "text",
    [
        "The rebels hold the town and the bridge.",
        'They fear the "moderate rebels" most.',
        'She starred in the film "Harbour Lights of Corran" last year.',
        "The claim was never tested in court.",
        "The United States has ships there.",
        "",
    ],
)
def test_sentences_without_speech_give_no_quote(read: Read, text: str) -> None:
    assert read(text) == ()


def test_quoted_words_inside_a_report_make_it_mixed(read: Read) -> None:
    text = 'Orla Venn said the bridge was "perfectly safe" now.'
    (quote,) = read(text)
    assert quote.quote_type is QuoteType.MIXED
    assert quote.content.startswith('the bridge was "perfectly safe" now')
