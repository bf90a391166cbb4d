"""What has the words of a report and is none."""

import pytest

from onrecord.quotes.attribution.no_reports import is_no_report
from tests.onrecord.tagged_texts import attribution


@pytest.mark.parametrize(
    ("text", "told", "cue", "source", "expected"),
    [
        ("She wrote the novel “The Old Pier” in May.", "the novel “The Old Pier” in May", "wrote", "She", True),
        ("She sang her hit single, called “Rain Again”.", "Rain Again", "sang", "She", True),
        ("She wrote the novel “about a bad year for us all”.", "about a bad year", "wrote", "She", False),
        ("She wrote to the board “The Old Pier”.", "The Old Pier", "wrote", "She", False),
        ("She wrote that the novel “The Old Pier” is late.", "the novel “The Old Pier” is late", "wrote", "She", False),
        ("Guests should bring tea and tell the crew if they are ill.", "if they are ill", "tell", "Guests", True),
        ("Guests can say whether they want tea.", "whether they want tea", "say", "Guests", True),
        ("Please ask whether seats are free.", "whether seats are free", "ask", None, True),
        ("They say if it rains all stays shut, and should stay.", "if it rains all stays shut", "say", "They", False),
        ("He should come, and they ask whether it is safe.", "whether it is safe", "ask", "they", False),
        ("Guests asked whether seats are free.", "whether seats are free", "asked", "Guests", False),
        ("He saw people said to be ill.", "to be ill", "said", "people", True),
        ("She said to be quiet.", "to be quiet", "said", "She", False),
        ("The old board said to have tea.", "to have tea", "said", "The old board", False),
        ("It was “the Tides”, as she calls them, without sails.", "without sails", "calls", "she", True),
        ("Neither Venn nor Quill said it was old.", "it was old", "said", "Venn nor Quill", True),
        ("Neither Venn nor Quill said it was old.", "it was old", "said", "Quill", True),
        ("Venn, neither glad nor sad, said it was old.", "it was old", "said", "Venn, neither glad nor sad", False),
        ("As she calls them liars, they go.", "them liars", "calls", "she", False),
        ("If the judge says it is valid, they win.", "it is valid", "says", "the judge", True),
        ("They will go unless Venn agrees to stay.", "to stay", "agrees", "Venn", True),
        ("If so, the judge says it is valid.", "it is valid", "says", "the judge", False),
        ("If the judge said it was valid, they won.", "it was valid", "said", "the judge", False),
    ],
)
def test_titles_orders_and_hearsay_are_no_reports(
    text: str, told: str, cue: str, source: str | None, expected: bool
) -> None:
    assert is_no_report(text, attribution(text, told, cue, source)) is expected
