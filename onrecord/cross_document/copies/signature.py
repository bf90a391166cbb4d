"""An article's signature: two sketches of 256 small hashes and the sizes of the sets that they were drawn from.

One-permutation MinHash (Li, Owen, Zhang: One Permutation Hashing, NIPS 2012), the lowest hash of each bin kept to 16
bits (Li, König: b-bit minwise hashing, WWW 2010): one pass, no table of permutations, and the estimate of a Jaccard
similarity j has a standard deviation of about sqrt(j (1 - j) / 256), 0.03 at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from onrecord.cross_document.copies.shingles import Hashes, shingles

pc: Any = pyarrow.compute

BINS = 256

#: Stands in a bin that no shingle fell into.
EMPTY = 0xFFFF

#: One signature, 1,032 bytes, little-endian.
LAYOUT = np.dtype(
    [("words", "<u4"), ("letters", "<u4"), ("word_sketch", "<u2", (BINS,)), ("letter_sketch", "<u2", (BINS,))]
)

Signatures = npt.NDArray[Any]

#: Fewer runs of three words than this are no article to be copied.
MIN_SHINGLES = 8

#: A copy may be cut: what the shorter text shares with the longer counts less this, where that is more.
CONTAINED = 0.45
#: ... unless one is so much longer that the estimate is noise, or that it is a digest of many stories.
LONGEST_RATIO = 4.0

#: Short texts share more by chance (a market report, a weather report): so much is taken off, divided by shingles.
SHORT = 5.0
SHORT_AT_MOST = 0.3


def signature(body: str) -> bytes:
    """The signature of an article's prose: `Article.body`, never the whole text, whose boilerplate must not decide."""
    words, letters = shingles(body)
    made = np.zeros((), LAYOUT)
    made["words"], made["letters"] = len(words), len(letters)
    made["word_sketch"], made["letter_sketch"] = _sketch(words), _sketch(letters)
    return made.tobytes()


def _sketch(hashes: Hashes) -> npt.NDArray[np.uint16]:
    sketch = np.full(BINS, EMPTY, np.uint16)
    bins = (hashes >> np.uint64(56)).astype(np.intp)
    first = np.flatnonzero(np.concatenate(([True], bins[1:] != bins[:-1]))) if len(bins) else bins
    # The lowest hash of a full bin is small: its low bits, not its high ones, are still evenly spread.
    sketch[bins[first]] = np.minimum(hashes[first] & np.uint64(0xFFFF), np.uint64(EMPTY - 1)).astype(np.uint16)
    return sketch


def unpacked(signatures: Sequence[bytes] | pa.ChunkedArray[Any]) -> Signatures:
    """The signatures as one array of `LAYOUT`. Raises ValueError where one has another length, or is null."""
    column: Any = signatures if isinstance(signatures, pa.ChunkedArray) else pa.chunked_array([signatures], pa.binary())
    sizes = pc.unique(pc.binary_length(column)).to_pylist()
    if sizes not in ([], [LAYOUT.itemsize]):
        raise ValueError(f"a signature is not {LAYOUT.itemsize} bytes long: made by another version, make it again")
    pieces = [_in_place(chunk) for chunk in column.cast(pa.large_binary()).chunks if len(chunk)]
    return np.concatenate(pieces) if len(pieces) > 1 else pieces[0] if pieces else np.empty(0, LAYOUT)


def _in_place(column: Any) -> Signatures:
    """The values of a column of large binaries, all of one length, without a copy."""
    _, offsets, values = column.buffers()
    first = np.frombuffer(offsets, "<i8")[column.offset]
    return np.frombuffer(values, LAYOUT, len(column), int(first))


def similarity(a: Signatures, b: Signatures) -> npt.NDArray[np.float32]:
    """How much of a copy each pair is, 0 to 1; `a` and `b` broadcast. A function of the two texts and nothing else.

    The Jaccard similarity of the letter shingles or, where that is more, what the longer text holds of the shorter,
    less `CONTAINED`; less for short texts.
    """
    ours, theirs = a["letter_sketch"], b["letter_sketch"]
    both_empty = ((ours == EMPTY) & (theirs == EMPTY)).sum(axis=-1)
    alike = (ours == theirs).sum(axis=-1) - both_empty
    jaccard = alike / np.maximum(BINS - both_empty, 1)
    size_a, size_b = a["letters"].astype(np.float64), b["letters"].astype(np.float64)
    shorter, longer = np.maximum(np.minimum(size_a, size_b), 1), np.maximum(size_a, size_b)
    contained = np.minimum(1.0, jaccard / (1.0 + jaccard) * (size_a + size_b) / shorter)
    contained = np.where(longer <= LONGEST_RATIO * shorter, contained, 0.0)
    runs = np.minimum(a["words"], b["words"])
    found = np.maximum(jaccard, contained - CONTAINED) - np.minimum(SHORT_AT_MOST, SHORT / np.maximum(runs, 1))
    return np.where(runs >= MIN_SHINGLES, np.maximum(found, 0.0), 0.0).astype(np.float32)
