"""Names of photographers speak nothing."""

import pytest

from onrecord.coreference.picture_credits import is_picture_credit
from tests.onrecord.tagged_texts import mentions_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Photo: Ada Finn", True),
        ("The bridge. (Photo by Ada Finn)", True),
        ("Photograph courtesy of Ada Finn", True),
        ("The bridge (Ada Finn/Harbour Courier)", True),
        ("He held a photo of Ada Finn", False),
        ("Pictured: Ada Finn", False),
        ("The mayor (Ada Finn) left", False),
    ],
)
def test_a_credit_is_told_by_the_words_before_it(text: str, expected: bool) -> None:
    (mention,) = mentions_of(text, {"Ada Finn": []})
    assert is_picture_credit(text, mention) is expected
