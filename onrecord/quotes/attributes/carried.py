"""Which attribution goes on in the occasion of another: it has its medium and day unless it gives its own medium."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.coreference.referents import Speaker
from onrecord.document.article import Span
from onrecord.quotes.attribution.draft import Draft, Link

_PRONOUNS = frozenset({"he", "she", "it", "they"})


def goes_on_from(text: str, drafts: Sequence[Draft], speakers: Sequence[Speaker]) -> list[int | None]:
    """For each draft the index of the one before it in whose occasion it plainly goes on.

    That is the one whose speaker it takes over (``told reporters that ..., adding that``), or in its paragraph one of
    the same speaker right before a pronoun (``told reporters that .... She said``).
    """
    found: list[int | None] = []
    last_in: dict[int, int] = {}
    for index, draft in enumerate(drafts):
        before = last_in.get(draft.passage)
        if draft.link is Link.CONTINUED and draft.continues is not None:
            found.append(draft.continues)
        elif before is not None and _goes_on(text, drafts[before], draft, speakers[before], speakers[index]):
            found.append(before)
        else:
            found.append(None)
        if draft.parent is None:
            last_in[draft.passage] = index
    return found


def _goes_on(text: str, before: Draft, draft: Draft, first: Speaker, second: Speaker) -> bool:
    if draft.source is None or draft.parent is not None:
        return False
    if draft.source == before.source:
        return True
    return _is_pronoun(text, draft.source) and _same(first, second)


def _is_pronoun(text: str, source: Span) -> bool:
    return source.of(text).lower() in _PRONOUNS


def _same(first: Speaker, second: Speaker) -> bool:
    if first.mention is not None and second.mention is not None:
        return first.mention.local_id == second.mention.local_id
    return first.name is not None and first.name == second.name
