"""Which short form stands for a name by its letters: acronyms, with and without the small words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.lexicon.name_words import fold, organisation_words, small_words
from onrecord.lexicon.people import people_words

_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,8}s?$")


def has_form_of_acronym(name: str) -> bool:
    """Whether a name is a few letters, with or without full stops: "TWB", "U.N.", and any word of so few."""
    return " " not in name and _ACRONYM.fullmatch(name) is not None


def is_acronym(long: str, short: str) -> bool:
    """Whether `short` is made of initials of the words of `long`, in order ("Tarn Water Board", "TWB").

    Small words ("of", "and") may count or not; a word may give more than one letter ("Medicor", "MDC") only if all
    words give at least their first or are small.
    """
    letters = fold(short).replace(".", "").replace("-", "")
    if short[-1:].islower() and short[:-1].isupper() and len(short) > 3 and short[-1] != "s":
        return _ends_in_word(long, short)
    if not (_ACRONYM.fullmatch(short) and short[:1].isupper() and sum(c.isupper() for c in short) * 2 >= len(letters)):
        return False
    words = [w for w in fold(long).replace(".", "").replace("-", " ").replace("/", " ").split() if w]
    if len(words) < 2:
        return False
    full = "".join(w[0] for w in words)
    bare = "".join(w[0] for w in words if w not in small_words())
    singular = letters[:-1] if short.endswith("s") else letters
    return letters in (full, bare) or singular in (full, bare) or _optional_small(letters, words)


def _ends_in_word(long: str, short: str) -> bool:
    """Whether the last word gives two letters: "HISc" of "Harbour Institute of Science"."""
    words = [w for w in fold(long).replace("-", " ").split() if w not in small_words()]
    initials = "".join(w[0] for w in words)
    return len(words) > 2 and words[-1][:2] == fold(short[-2:]) and initials == fold(short[:-1])


def _optional_small(letters: str, words: Sequence[str]) -> bool:
    """Whether `letters` are the initials of all words but some of the small ones and of those for a kind."""
    position = 0
    for word in words:
        if position < len(letters) and word[0] == letters[position]:
            position += 1
        elif word not in small_words() and word not in organisation_words()[0]:
            return False
    return position == len(letters) > 1


def stands_for_letters(long: str, short: str) -> bool:
    """Whether `short`, in brackets behind `long`, can stand for it: capitals that occur in it, in order."""
    if not (short.isupper() and short.isalpha() and 2 < len(short) < len(long)):
        return False
    initials = sorted(w[0] for w in fold(long).replace("-", " ").split() if w not in small_words())
    if sorted(fold(short)) == initials:  # of the words in another language's order
        return True
    rest = iter(fold(long))
    return fold(long)[0] == fold(short)[0] and all(letter in rest for letter in fold(short))


def is_office_of(text: str, short: str) -> bool:
    """Whether capitalised words of the text that end in a noun for a person have the initials: "Cabinet Secretary"."""
    if not (short.isupper() and short.isalpha()):
        return False
    offices = re.finditer(r"\b" + r"\s".join(rf"{letter}[a-z]+" for letter in short) + r"\b", text)
    return any(people_words().is_person(office[0].split()[-1].lower()) for office in offices)
