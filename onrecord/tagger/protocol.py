"""What a tagger is: the one interface through which the rest of the project sees how spans are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.document.article import Span, Tagging


@dataclass(frozen=True, slots=True)
class Passages:
    """One article's text and the passages of it to be read, in reading order (paragraphs, headlines, captions).

    A passage is a span of `text`; a hard-wrapped paragraph has line breaks inside it, which count as spaces.
    """

    text: str
    spans: tuple[Span, ...]


class Tagger(Protocol):
    """Finds names and attributions. Results do not depend on which articles are handed over together."""

    @property
    def name(self) -> str:
        """What `runs.parameters` records: the tagger and its version."""
        ...

    def tag(self, articles: Sequence[Passages]) -> list[Tagging]:
        """One `Tagging` an article, in order; offsets are code points into each article's `text`."""
        ...
