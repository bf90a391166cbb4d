"""Of whom the sentence before a bare quotation tells, in invented articles."""

from collections.abc import Callable

import pytest

from onrecord.document.article import Quote
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE = {"Ida Venn": (), "Ruben Quill": ()}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("She waits for a bus.", "Ida Venn"),
        ("He shrugs.", None),
        ("She waits for him.", "Ida Venn"),
        ("A bell rings.", "Ida Venn"),
    ],
)
def test_who_goes_on_is_not_of_the_other_gender(read: Read, told: str, expected: str | None) -> None:
    text = f"“It is late in the day,” said Mrs Ida Venn.\n\n{told} “It is never here when it rains.”"
    quotes = read(
        text,
        attribution(text, "“It is late in the day,”", "said", "Ida Venn"),
        attribution(text, "“It is never here when it rains.”", None, None),
        mentions=mentions_of(text, PEOPLE),
    )
    assert quotes[-1].speaker_name == expected
