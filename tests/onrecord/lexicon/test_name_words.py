"""Words without case and marks."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon.name_words import fold


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_plain_letters_are_folded_as_all_letters_are(word: str) -> None:
    apart = unicodedata.normalize("NFKD", word.casefold())
    assert fold(word) == "".join(c for c in apart if c not in "'`")
    assert fold(f"{word}é") == fold(word) + "e"
