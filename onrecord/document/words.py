r"""What a word is, and the account behind a name: the patterns that several packages read by, declared once.

`\w` are letters, digits and the underscore of every script (Unicode's word characters).
"""

from __future__ import annotations

import re
from itertools import islice

#: A run of word characters: "don't" is two of them, "J.P." two, "27-year-old" three.
WORD = re.compile(r"\w+")

#: A run of letters; figures and the underscore are none.
LETTERS = re.compile(r"[^\W\d_]+")

#: A run of letters and digits; the underscore is none.
LETTERS_OR_DIGITS = re.compile(r"[^\W_]+")

#: Words as they are printed between spaces: "don't", "J.P", "27-year-old" and "AT&T" are one each.
PRINTED_WORD = re.compile(r"\w+(?:[’'.\-&]\w+)*")

#: A printed word or one mark.
TOKEN = re.compile(rf"{PRINTED_WORD.pattern}|[^\w\s]")

_BETWEEN_SPACES = re.compile(r"\S+")

#: What a word that owns ends in: ``Corran's``, ``Quills’``.
OWNER = re.compile(r"['’]s?\Z")

#: The account behind a name, with marks that a font lacked before it, perhaps on the next line: ``Orla Venn (@orla)``.
ACCOUNT = re.compile(r"[^\w\n(]{0,8}\s?(?:\[\?\]\s?)*\(@\w[\w.@-]{0,60}\)")


def word_start(text: str, number: int) -> int:
    """Where the word with a number begins, of those that spaces part; from 0, as those of `text.split()`."""
    return next(islice(_BETWEEN_SPACES.finditer(text), number, None)).start()
