"""Which words before a person's name are titles, and what kind each is: "Deputy Defense Minister Lee Marsh"."""

from __future__ import annotations

from onrecord.lexicon.name_words import title_key, titles


def title_prefix(words: list[str]) -> int:
    """How many of the leading `words` are titles and not name; never all of them.

    A title that is also a surname ("King", "Judge", "Major") counts only where it opens the name or follows another
    title. A name that merely looks titled ("Sheikh Hasina") is left whole.
    """
    known = titles()
    keys = [title_key(w) for w in words]
    taken = position = 0
    while position < len(keys) - 1:
        if " ".join(keys[position : position + 2]) in known.name_words:
            break
        size = _title_at(keys, position)
        if size == 1 and not position and keys[0] in known.given_names:
            break
        if size:
            position += size
            taken = position
        elif keys[position] in known.modifiers and _head_after(keys, position):
            position += 1
        else:
            break
    return max(taken, _inner_office(keys, taken))


def _title_at(keys: list[str], position: int) -> int:
    """Length in words of the longest title at `position` that leaves at least one word after it.

    Two letters in capitals need two words after them: "SP Dev Sorn" is a superintendent, "SP Sorn" has two initials.
    """
    known = titles()
    longest = min(known.longest, len(keys) - 1 - position)
    size = next((n for n in range(longest, 0, -1) if known.is_title(" ".join(keys[position : position + n]))), 0)
    initials = size == 1 and len(keys[position]) == 2 and keys[position].isupper() and position + 2 == len(keys)
    return 0 if initials else size


def _head_after(keys: list[str], position: int) -> bool:
    """Whether modifiers from `position` lead to a title, so that they belong to it ("Deputy Defense Minister")."""
    known = titles()
    while position < len(keys) - 1 and keys[position] in known.modifiers:
        if _title_at(keys, position):
            return True
        position += 1
    return _title_at(keys, position) > 0


def _inner_office(keys: list[str], taken: int) -> int:
    """Words up to the last plain office before the name's last word ("State Department Spokesman" Lee Marsh)."""
    known = titles()
    for position in range(len(keys) - 2, taken - 1, -1):
        key = keys[position]
        if key in known.offices and key not in known.surnames_too:
            return position + 1
    return taken


def sorted_titles(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Leading title words as honorifics ("Mr") and roles ("Prime Minister"); a run of role words is one role."""
    known = titles()
    honorifics: list[str] = []
    role: list[str] = []
    position = 0
    while position < len(words):
        size = next(
            (n for n in range(min(known.longest, len(words) - position), 0, -1)
             if title_key(" ".join(words[position : position + n])) in known.honorifics), 0,
        )  # fmt: skip
        if size:
            honorifics.append(" ".join(words[position : position + size]))
        else:
            role.append(words[position])
        position += size or 1
    text = " ".join(role).strip(" ,")
    return tuple(honorifics), (text,) if text else ()
