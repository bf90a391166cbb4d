"""How sure a quote is: the probability that content, cue and source are all found, as the shares on held-aside news.

A logistic model over the tagger's own probabilities, how the source was linked, the kind of quote and the evidence
for the speaker. Fitted by ``training/quotes_confidence.py`` on articles that the tagger was not trained on.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from onrecord.coreference.referents import Speaker
from onrecord.lexicon.word_lists import read_yaml
from onrecord.quotes.attribution.draft import Draft

_LEAST, _MOST = 0.01, 0.99


def features(draft: Draft, speaker: Speaker) -> dict[str, float]:
    """What the model sees of one quote: log odds of the scores, and 0 or 1 for each circumstance."""
    return {
        "intercept": 1.0,
        "score": _log_odds(draft.score),
        "content": _log_odds(draft.content_score),
        "cue": _log_odds(draft.cue_score),
        "source": _log_odds(draft.source_score),
        f"link {draft.link}": 1.0,
        f"type {draft.quote_type}": 1.0,
        f"speaker {speaker.method}": 1.0,
        "nested": float(draft.parent is not None),
        "without cue": float(draft.cue is None),
    }


def confidence(draft: Draft, speaker: Speaker) -> float:
    """The probability, between 0.01 and 0.99, that the quote is right."""
    weights = _weights()
    odds = sum(value * weights.get(name, 0.0) for name, value in features(draft, speaker).items())
    return min(_MOST, max(_LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))))


def _log_odds(probability: float) -> float:
    bounded = min(1 - 1e-3, max(1e-3, probability))
    return math.log(bounded / (1 - bounded))


@cache
def _weights() -> dict[str, float]:
    data: dict[str, Any] = read_yaml("onrecord.quotes.speaker", "confidence.yaml")
    return {str(name): float(weight) for name, weight in data["weights"].items()}
