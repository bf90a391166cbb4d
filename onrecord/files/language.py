"""The language of an article."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from onrecord.lexicon.word_lists import word_list

#: Letters below which no language is told, and characters beyond which more text tells no more.
_FEWEST_LETTERS, _SAMPLE = 20, 4000
#: Share of function words that only English prose has; lists of foreign names lead the model astray.
_ENGLISH_SHARE = 0.18
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _english() -> frozenset[str]:
    return frozenset(word_list("english.yaml")["function_words"])


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """The BCP 47 tag of the language `text` is written in ("en"); null where there is too little of it to tell."""
    sample = text[:_SAMPLE]
    words = [word.casefold() for word in _WORD.findall(sample)]
    if sum(map(len, words)) < _FEWEST_LETTERS:
        return None
    english = _english()
    if sum(word in english for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    language, _ = _identifier().classify(sample)
    return str(language)
