"""Exports of news databases as plain text: many articles in a file, split, with their labelled fields as metadata."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.files.columns import Columns, row_metadata
from onrecord.files.database_forms import FORMS, Form
from onrecord.files.decode import Unreadable
from onrecord.files.parts import BadPart, Part
from onrecord.formats import ROLES


def is_export(text: str) -> bool:
    """Whether the text is an export of one article or several, by the marks that only exports have."""
    return _form_of(text) is not None


def articles_in(text: str) -> tuple[str, int] | None:
    """The database and the number of articles, where the text is an export of several; None elsewhere."""
    form = _form_of(text)
    return (form.name, form.count(text)) if form is not None and form.count(text) > 1 else None


def export_parts(text: str) -> Iterator[Part | BadPart]:
    """The articles of an export, named by the database's own number of each, where there is one, or by its place.

    The text of each is its headline and its prose, parted by blank lines; the other fields are its metadata. Raises
    `Unreadable` where the text is no export, or holds several articles and cannot be split.
    """
    form = _form_of(text)
    if form is None:
        raise Unreadable("it is no export of Nexis, Factiva or ProQuest")
    pieces = form.split(text)
    if len(pieces) < form.count(text):
        raise Unreadable(
            f"it holds {form.count(text)} articles of an export of {form.name}, and could be split into"
            f" {len(pieces)} only: export them anew, or one by one"
        )
    seen: set[str] = set()
    for number, piece in enumerate(pieces, 1):
        place = f"document {number}"
        fields = form.fields(piece)
        part = fields.get("id", str(number))
        body = fields.get("text", "").strip()
        if not body or part in seen:
            reason = f"its id {part!r} comes a second time" if body else f"no text was found in it ({form.name})"
            yield BadPart(f"document {number}", f"{place}: {reason}")
            continue
        seen.add(part)
        headline = fields.get("headline", "")
        told, _ = row_metadata(fields, Columns({role: role for role in ROLES if role in fields}))
        yield Part(part, place, (f"{headline}\n\n{body}" if headline else body).encode(), ".txt", told)


def _form_of(text: str) -> Form | None:
    return max((form for form in FORMS if form.count(text)), key=lambda form: form.count(text), default=None)
