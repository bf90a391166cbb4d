from collections.abc import Callable, Sequence

import pytest

from onrecord.document.article import Attribution, Mention, Publication, Quote, Tagging
from onrecord.quotes import find_quotes
from tests.onrecord.tagged_texts import blocks_of


@pytest.fixture
def read() -> Callable[..., tuple[Quote, ...]]:
    def find(
        text: str, *attributions: Attribution, mentions: Sequence[Mention] = (), publication: Publication | None = None
    ) -> tuple[Quote, ...]:
        tagging = Tagging(attributions=attributions)
        return find_quotes(text, blocks_of(text), tagging, mentions, (), publication or Publication())

    return find
