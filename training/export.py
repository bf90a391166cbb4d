"""A checkpoint as a model folder: two ONNX graphs, the tokenizer, and `tagger.json` with what else decoding needs.

`python -m training.export CHECKPOINT FOLDER --corpora FOLDER [--float]`
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from training.corpora import read_corpora
from training.examples import Example
from training.graphs import encoder_graph, link_graph
from training.minilm import MINILM
from training.network import HEADS, LINK_HEADS, LINK_LAYERS, layers_of, network_of
from training.quantising import observe, some_windows
from training.train import Settings

#: How much other occurrences of a name, and fuller names, count; chosen on the documents put aside.
CONSISTENCY = (0.6, 1.0)
#: Added to every word's readiness to be in a cue. On the documents put aside -0.25 finds as many triples as there are;
#: 0 finds 1.6 % more than that, and -0.5 is surer yet (F1 63.9 for 63.7 and 63.4), but finds 2 of 100 less.
CUE_BONUS = -0.25
#: Pieces up to here keep their numbers: padding, unknown, [CLS], [SEP].
SPECIAL = 104


def kept_pieces(vocabulary: dict[str, int]) -> list[int]:
    """Pieces that English news uses: of Latin letters, digits and marks; the numbers of the others are given up."""
    kept = []
    for piece, number in vocabulary.items():
        letters = [c for c in piece.removeprefix("##") if c.isalpha()]
        latin = all(unicodedata.name(c, "").startswith("LATIN") for c in letters)
        if number < SPECIAL or (latin and not piece.startswith("[unused")):
            kept.append(number)
    return sorted(kept)


def write_tokenizer(folder: Path) -> list[int]:
    """MiniLM's tokenizer without its padding and truncation and with the kept pieces only, on one line.

    Returns the old numbers of the kept pieces, in the order of their new ones.
    """
    tokenizer = json.loads((MINILM / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = tokenizer["post_processor"] = None
    piece_of = {number: piece for piece, number in tokenizer["model"]["vocab"].items()}
    kept = kept_pieces(tokenizer["model"]["vocab"])
    tokenizer["model"]["vocab"] = {piece_of[old]: new for new, old in enumerate(kept)}
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text + "\n", encoding="utf-8")
    return kept


def export(checkpoint: Path, folder: Path, version: str, windows: Sequence[Example] | None) -> None:
    """In int8 with an eye on how the products' inputs look in `windows`, or in float where these are null.

    Calibration is the identity until `training.calibrate` has measured it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = torch.load(checkpoint)
    observed = None
    if windows is not None:
        observed = observe(network_of(weights), windows)
    state = {k: v.float().numpy() for k, v in weights.items()}
    state["piece.weight"] = state["piece.weight"][write_tokenizer(folder)]
    layers = layers_of(state)
    (folder / "encoder.onnx").write_bytes(encoder_graph(state, layers, HEADS, observed).SerializeToString())
    linker = link_graph(state, LINK_LAYERS, LINK_HEADS, quantised=observed is not None)
    (folder / "linker.onnx").write_bytes(linker.SerializeToString())
    about = {
        "name": f"onrecord-minilm-l{layers}-{version}",
        "steps": {
            kind: np.round(state[f"{kind}_chain.steps"].astype(float), 5).tolist()
            for kind in ("names", "cues", "links")
        },
        "calibration": {kind: [1.0, 0.0] for kind in ("names", "cue", "content", "source", "attribution")},
        "cue_bonus": CUE_BONUS,
        "consistency": CONSISTENCY,
    }
    (folder / "tagger.json").write_text(json.dumps(about) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="without quantisation, to compare with")
    parser.add_argument("--version", default="1")
    given = parser.parse_args()
    settings = Settings()
    documents = read_corpora(given.corpora, settings.seed, settings.aside)
    windows = None if given.float else some_windows(documents.train, settings.seed)
    export(given.checkpoint, given.folder, given.version, windows)
    for path in sorted(given.folder.iterdir()):
        shown = path.stat().st_size / 1e6
        print(f"{path.name}: {shown:.2f} MB")


if __name__ == "__main__":
    main()
