"""The tagger that has not seen a fold of the speech gold."""

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
#: The folds of each half of the gold, which one network reads that was fitted on the other half: a folder beside those
#: of the folds. What nothing is fitted on is read by the one that ships.
HALVES: Mapping[str, tuple[int, ...]] = {"01": (0, 1), "23": (2, 3)}
HELD_OUT = 4
#: The files of a model folder that a half has; each fold has its own `tagger.json`.
ENCODED = ("encoder.onnx", "linker.onnx")


def model_folders(fold: int, folder: Path = FOLDS) -> list[Path]:
    """Where the files of the models that have not seen a fold are, the first that has one before the next."""
    return [folder / str(fold), *(folder / half for half, folds in HALVES.items() if fold in folds)]


@cache
def tagger_without(fold: int) -> Tagger:
    """The tagger that was not fitted on the articles of `fold`; the shipped one for articles of no fold."""
    folders = model_folders(fold)
    if not (folders[0] / "tagger.json").exists():
        return shipped_tagger()

    def bytes_of(name: str) -> bytes:
        own = next((folder / name for folder in folders if (folder / name).exists()), None)
        return model_bytes(MODEL, name) if own is None else own.read_bytes()

    return tagger_of(bytes_of)


def tagger_for(article: Mapping[str, Any]) -> Tagger:
    """The tagger that has not seen an annotated article."""
    return tagger_without(article.get("fold", -1))
