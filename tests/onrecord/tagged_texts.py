"""Texts with blocks, attributions and mentions made by hand."""

import re
from collections.abc import Mapping, Sequence

from onrecord.document.article import Attribution, EntityType, Mention, Span
from onrecord.document.document import Document


def document_of(text: str) -> Document:
    """Every line a paragraph."""
    return Document.of_passages(text, [Span(*m.span()) for m in re.finditer(r"\S(?:.*\S)?", text)])


def document_of_paragraphs(paragraphs: Sequence[str]) -> Document:
    """Every text a paragraph, whatever is in it; a blank line stands between two."""
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Document.of_passages("\n\n".join(paragraphs), spans)


def span_of(text: str, part: str) -> Span:
    """The first place where `part` stands as whole words."""
    match = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text)
    assert match is not None, part
    return Span(*match.span())


def attribution(text: str, content: str | Sequence[str], cue: str | None, source: str | None) -> Attribution:
    pieces = (content,) if isinstance(content, str) else content
    return Attribution(
        tuple(span_of(text, piece) for piece in pieces),
        None if cue is None else span_of(text, cue),
        None if source is None else span_of(text, source),
        score=0.9,
    )


def mentions_of(text: str, names: Mapping[str, Sequence[str]], kind: EntityType = EntityType.PERSON) -> list[Mention]:
    """A mention for every occurrence of a form; `names` maps the full name to its other forms."""
    found: dict[int, Mention] = {}
    for local_id, (name, forms) in enumerate(names.items()):
        for form in sorted([name, *forms], key=len):
            for m in re.finditer(rf"\b{re.escape(form)}\b", text):
                found[m.start()] = Mention(m.start(), m.end(), kind, name, 1.0, local_id)
    kept: list[Mention] = []
    for mention in sorted(found.values(), key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
