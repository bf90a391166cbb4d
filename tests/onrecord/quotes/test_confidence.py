"""The confidence of a quote as a probability."""

from onrecord.coreference.referents import NOBODY
from onrecord.document.article import QuoteType, Span
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.speaker.confidence import confidence, features


def draft(score: float, link: Link = Link.TAGGER) -> Draft:
    return Draft((Span(0, 4),), Span(5, 9), Span(10, 14), QuoteType.DIRECT, link, 0, score, score, score, score)


def test_a_surer_tagger_makes_a_surer_quote() -> None:
    values = [confidence(draft(score), NOBODY) for score in (0.0, 0.2, 0.5, 0.8, 1.0)]
    assert values == sorted(values)
    assert 0.0 < values[0] < 0.3 < 0.7 < values[-1] < 1.0


def test_a_source_that_the_discourse_gives_is_less_sure_than_one_that_stands_there() -> None:
    assert confidence(draft(0.6, Link.INTRODUCED), NOBODY) < confidence(draft(0.6), NOBODY)


def test_every_circumstance_has_its_feature() -> None:
    found = features(draft(0.5, Link.INTRODUCED), NOBODY)
    assert found["link introduced"] == found["type direct"] == found["speaker none"] == 1.0
    assert found["score"] == 0.0
