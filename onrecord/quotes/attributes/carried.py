"""Which attribution goes on in the occasion of another: it has its medium and day unless it gives its own medium."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.coreference.referents import Speaker
from onrecord.document.article import Span
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.hearers import asks

_PRONOUNS = frozenset({"he", "she", "it", "they"})


def goes_on_from(text: str, drafts: Sequence[Draft], speakers: Sequence[Speaker]) -> list[int | None]:
    """For each draft the index of the one before it in whose occasion it plainly goes on.

    That is the one whose speaker it takes over, or in its paragraph one of the same speaker right before a pronoun
    (``told reporters that .... She said``).
    """
    found: list[int | None] = []
    last_in: dict[int, int] = {}
    for index, draft in enumerate(drafts):
        before = last_in.get(draft.passage)
        if draft.link is Link.CONTINUED and draft.continues is not None and draft.continues < index:
            found.append(draft.continues)
        elif before is not None and _goes_on(text, drafts[before], draft, speakers[before], speakers[index]):
            found.append(before)
        else:
            found.append(None)
        if draft.parent is None:
            last_in[draft.passage] = index
    return found


def goes_on_in_paragraph(drafts: Sequence[Draft], speakers: Sequence[Speaker], index: int) -> bool:
    """Whether the draft before has the same speaker in the same paragraph: she says it on the same day."""
    before = index - 1
    return index > 0 and drafts[before].passage == drafts[index].passage and _same(speakers[before], speakers[index])


def keeps_hearer(text: str, before: Draft) -> bool:
    """Whether what goes on from an attribution has its medium: not behind a request.

    Whom somebody asked to do something need not hear what she says next: ``She urged the board to leave and said``.
    """
    return before.cue is None or not asks(before.cue.of(text))


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
