"""The tagger that has not seen a fold of the speech gold: the shipped encoder with the heads of that fold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.learned.trees import model_bytes
from onrecord.reading import shipped_tagger
from onrecord.tagger import Tagger
from onrecord.tagger.default import MODEL, tagger_of

FOLDS = Path(__file__).parent / "folds"
#: The files of a model folder that are fitted on speech, fold by fold.
HEADS = ("linker.onnx", "tagger.json")


@cache
def tagger_without(fold: int) -> Tagger:
    """The tagger whose heads were not fitted on the articles of `fold`; the shipped one for articles of no fold."""
    folder = FOLDS / str(fold)
    if not (folder / "linker.onnx").exists():
        return shipped_tagger()

    def bytes_of(name: str) -> bytes:
        own = folder / name
        return own.read_bytes() if own.exists() else model_bytes(MODEL, name)

    return tagger_of(bytes_of)


def tagger_for(article: Mapping[str, Any]) -> Tagger:
    """The tagger that has not seen an annotated article."""
    return tagger_without(article.get("fold", -1))
