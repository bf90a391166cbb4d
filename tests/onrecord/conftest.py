from collections.abc import Callable, Sequence

import pytest

from onrecord.document.article import Attribution, Mention, Publication, Quote, Tagging, TimeExpression
from onrecord.quotes import find_quotes
from onrecord.quotes.speaker.decision import RULE, Decision
from onrecord.quotes.speaker.scene import Scene
from tests.onrecord.tagged_texts import document_of


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Quote, ...]]:
    """Quotes with the speakers that the rules find, which the ranker takes as one of its features."""

    def by_rules(scene: Scene) -> list[Decision]:
        return [Decision(speaker, None if speaker.name is None else RULE, ()) for speaker in scene.ruled]

    monkeypatch.setattr("onrecord.quotes.find.decided", by_rules)

    def find(
        text: str,
        *attributions: Attribution,
        mentions: Sequence[Mention] = (),
        publication: Publication | None = None,
        dates: Sequence[TimeExpression] = (),
    ) -> tuple[Quote, ...]:
        tagging = Tagging(attributions=attributions)
        return find_quotes(document_of(text), tagging, mentions, dates, publication or Publication())

    return find
