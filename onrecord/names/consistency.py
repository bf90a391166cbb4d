"""Makes the names of an article consistent: votes on types, and adds occurrences that the tagger missed.

A tagger reads each window by itself, so a name can be a person in one paragraph and a place in the next, or be missed
in a headline. What it was sure of elsewhere in the article decides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.document.article import READ_KINDS, Block, EntityType, NameSpan
from onrecord.document.words import WORD
from onrecord.lexicon.name_words import is_always_organisation
from onrecord.names.territories import territory_code
from onrecord.names.titled import before, border_before

#: A name gives way to a longer one only where the tagger was less sure of it than this.
_DOUBT = 0.8
#: A type is changed only where the tagger was less sure than this, and filled in only from names surer than this.
_SURE = 0.9
_JOINS = frozenset("-‐‑_@#/")
#: The weight of a title before a name, in scores.
_TITLE = 2.0
#: By how much the other type must outweigh, in summed scores.
_MARGIN = 1.5


@dataclass(slots=True)
class _Form:
    """One printed form: how often it stands, the summed score of each type, the highest score.

    `backing` counts the full names that back a surname.
    """

    weights: dict[EntityType, float] = field(default_factory=lambda: defaultdict(float))
    count: int = 0
    backing: int = 0
    titled: bool = False
    always: bool = False
    best: float = 0.0

    def add(self, span: NameSpan) -> None:
        self.weights[span.entity_type] += span.score
        self.count += 1
        self.best = max(self.best, span.score)

    @property
    def agreed(self) -> bool:
        """Whether one type has most of the weight."""
        return self.always or self.weights[self.type] * 4 >= sum(self.weights.values()) * 3

    @property
    def leads(self) -> bool:
        """Whether the form's type outweighs the others together."""
        return self.weights[self.type] * 2 > sum(self.weights.values())

    @property
    def mean(self) -> float:
        """The weight of the form's type, averaged over all names of the form."""
        return min(self.weights[self.type] / (self.count + self.backing), _SURE)

    @property
    def type(self) -> EntityType:
        return EntityType.ORG if self.always else max(self.weights, key=lambda t: self.weights[t])


def agree(text: str, blocks: Sequence[Block], names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (not overlapping, in reading order) with doubtful types set to the article's, and missed ones added.

    The score of a changed or added span is the mean weight of its type among all names of the form: never more than
    the surest of them has. Names are added only within `blocks` that are read.
    """
    forms = _forms(text, names)
    voted = [_voted(span, forms[text[span.start : span.end]]) for span in names]
    dropped, added = _missed(text, blocks, voted, forms)
    kept = (n for i, n in enumerate(voted) if i not in dropped)
    return sorted((*kept, *added), key=lambda s: s.start)


def _forms(text: str, names: Sequence[NameSpan]) -> dict[str, _Form]:
    """The printed forms; a surname alone is backed by the full names that end in it."""
    forms: dict[str, _Form] = defaultdict(_Form)
    for span in names:
        forms[text[span.start : span.end]].add(span)
        if _titled(text, span):
            forms[text[span.start : span.end]].weights[EntityType.PERSON] += _TITLE
            forms[text[span.start : span.end]].titled = True
    for printed, form in list(forms.items()):
        if is_always_organisation(printed):
            form.always, form.best = True, 1.0
        words = printed.split()
        weight = form.weights.get(EntityType.PERSON, 0.0)
        surname = next((w for w in (words[-1], words[-1].partition("-")[2]) if w in forms), None)
        if len(words) > 1 and surname and weight:
            forms[surname].weights[EntityType.PERSON] += weight
            forms[surname].backing += form.count
            forms[surname].titled |= form.titled
    return forms


def _titled(text: str, span: NameSpan) -> bool:
    """Whether a person's title stands right before a name: "Prime Minister Wari" names a person, no place."""
    follows = text[span.end : span.end + 2]
    if territory_code(text[span.start : span.end], EntityType.LOC) or (follows[:1] == " " and follows[1:].isupper()):
        return False  # "coach France", "Chief Cabinet Secretary"
    titles = before(text, span.start, border_before(text, span.start))
    last = [text[start:end].split()[-1] for start, end in (*titles.roles, *titles.honorifics)]
    return any(
        word[0].isupper() or word.endswith(("minister", "president", "spokesman", "spokeswoman")) for word in last
    )


def _voted(span: NameSpan, form: _Form) -> NameSpan:
    """The span with the type that its form has elsewhere, if it was in doubt and the others agree."""
    other = form.type
    if form.titled and other is EntityType.PERSON and form.leads:
        return span if span.entity_type is other else NameSpan(span.start, span.end, other, form.mean)
    if other is span.entity_type or (span.score >= _SURE and not form.always):
        return span
    if form.always:
        return NameSpan(span.start, span.end, other, max(span.score, 0.5))
    if form.weights[other] < _MARGIN * form.weights[span.entity_type]:
        return span
    return NameSpan(span.start, span.end, other, form.mean)


def _missed(
    text: str, blocks: Sequence[Block], names: Sequence[NameSpan], forms: dict[str, _Form]
) -> tuple[set[int], list[NameSpan]]:
    """Occurrences of sure forms that are no names yet, and the less sure `names` inside them that give way."""
    starts = [n.start for n in names]
    words: dict[str, list[int]] = defaultdict(list)
    for match in WORD.finditer(text):
        words[match.group()].append(match.start())
    covered = bytearray(len(text))
    dropped: set[int] = set()
    added: list[NameSpan] = []
    sure = [f for f, form in forms.items() if form.best >= _SURE and form.agreed and _fit(f, form, words)]
    for printed in sorted(sure, key=lambda f: (-len(f), f)):
        form = forms[printed]
        for start in _occurrences(text, printed, words):
            end = start + len(printed)
            near = range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))
            inside = [i for i in near if names[i].end > start]
            if any(covered[start:end]) or not _readable(start, end, blocks) or _stays(inside, names, start, end):
                continue
            dropped.update(inside)
            covered[start:end] = b"\x01" * len(printed)
            added.append(NameSpan(start, end, form.type, form.mean))
    return dropped, added


def _stays(inside: Sequence[int], names: Sequence[NameSpan], start: int, end: int) -> bool:
    """Whether a name that overlaps `start`..`end` keeps its place: the same span, one that reaches out, a sure one."""
    return any(
        names[i].start < start
        or names[i].end > end
        or (names[i].start, names[i].end) == (start, end)
        or names[i].score >= _DOUBT
        for i in inside
    )


def _occurrences(text: str, printed: str, words: dict[str, list[int]]) -> Iterator[int]:
    """Where `printed` stands in the text as whole words, not joined to others by a hyphen."""
    own = list(WORD.finditer(printed))
    if not own or own[0].start():
        return
    rarest = min(own, key=lambda word: len(words.get(word[0], ())))
    for place in words.get(rarest[0], ()):
        start = place - rarest.start()
        if start < 0 or (start and WORD.match(text, start - 1, start)):
            continue
        end = start + len(printed)
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if text.startswith(printed, start) and not (after.isalnum() or after in _JOINS or before in _JOINS):
            yield start


def _fit(printed: str, form: _Form, words: dict[str, list[int]]) -> bool:
    """Whether a form can be looked for elsewhere: several words, or one that is no ordinary word."""
    if " " in printed:
        return printed[0].isupper()
    return len(printed) > 2 and printed[0].isupper() and form.count > 1 and printed.lower() not in words


def _readable(start: int, end: int, blocks: Sequence[Block]) -> bool:
    index = bisect_right(blocks, start, key=lambda b: b.start) - 1
    return index >= 0 and end <= blocks[index].end and blocks[index].kind in READ_KINDS
