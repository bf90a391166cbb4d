"""The interface of a tagger, through which the rest of the project finds names and attributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from onrecord.document.article import Tagging
from onrecord.document.document import Document


class Tagger(Protocol):
    """Finds names and attributions. Results do not depend on which documents are handed over together."""

    @property
    def name(self) -> str:
        """What `runs.parameters` records: the tagger and its version."""
        ...

    def tag(self, documents: Sequence[Document]) -> list[Tagging]:
        """One `Tagging` a document, in order, of its `passages`; offsets are code points into its `text`."""
        ...
