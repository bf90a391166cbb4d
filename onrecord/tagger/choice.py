"""The tagger that a user names: `default`, `spacy:PIPELINE` or `folder:PATH`."""

from __future__ import annotations

from pathlib import Path

from onrecord.tagger.default import default_tagger
from onrecord.tagger.protocol import Tagger
from onrecord.tagger.spacy_pipeline import load_spacy


def load_tagger(choice: str = "default", threads: int = 1) -> Tagger:
    """`default`: the shipped network; `spacy:NAME`: names from an installed spaCy pipeline, attributions from the
    shipped network; `folder:PATH`: a network that `python -m training` has written.

    Raises ValueError for another choice, and what `load_spacy` and `default_tagger` raise.
    """
    kind, _, rest = choice.partition(":")
    if choice == "default":
        return default_tagger(threads=threads)
    if kind == "spacy" and rest:
        return load_spacy(rest, default_tagger(threads=threads))
    if kind == "folder" and rest:
        return default_tagger(Path(rest), threads)
    raise ValueError(f"no tagger {choice!r}; known: default, spacy:PIPELINE, folder:PATH")
