"""Makes the names of an article consistent: votes on types, and adds occurrences that the tagger missed.

A tagger reads each window by itself, so a name can be a person in one paragraph and a place in the next, or be missed
in a headline. What it was sure of elsewhere in the article decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.document.article import Block, EntityType, NameSpan
from onrecord.names.forms import SURE, Form, forms_of
from onrecord.names.missed import with_missed

#: By how much the other type must outweigh, in summed scores.
_MARGIN = 1.5
#: The score, at least, of a name that is an organisation by a list and whose type was another.
_LISTED = 0.5


def agree(text: str, blocks: Sequence[Block], names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (not overlapping, in reading order) with doubtful types set to the article's, and missed ones added.

    The score of a changed or added span is the mean weight of its type among all names of the form, at most .9; a title
    before a name counts as two names that are sure. A name that a list makes an organisation keeps its score where that
    is more than .5, and has .5 otherwise. Names are added only within `blocks` that are read.
    """
    forms = forms_of(text, names)
    voted = [_voted(span, forms[text[span.start : span.end]]) for span in names]
    return with_missed(text, blocks, voted, forms)


def _voted(span: NameSpan, form: Form) -> NameSpan:
    """The span with the type of its form, if another type was given and is outvoted."""
    if form.type is span.entity_type or not _is_outvoted(span, form):
        return span
    return replace(span, entity_type=form.type, score=max(span.score, _LISTED) if form.always else form.mean)


def _is_outvoted(span: NameSpan, form: Form) -> bool:
    """Whether the form's type goes before the tagger's: by a list, by a title, or by weight where it was unsure."""
    titled = form.titled and form.type is EntityType.PERSON and form.leads
    outweighs = form.weight(form.type) >= _MARGIN * form.weight(span.entity_type)
    return form.always or titled or (span.score < SURE and outweighs)
