"""Words that call somebody who is named elsewhere by what he is: "The works director left at noon"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, Span
from onrecord.document.sentences import Sentence, Token
from onrecord.document.words import OWNER
from onrecord.lexicon.people import people_words
from onrecord.quotes.attributes.role_appositions import Place
from onrecord.quotes.attributes.role_candidates import Candidate, cleaned
from onrecord.quotes.attributes.role_words import names_office, role_words

#: What a description says of age: ``The 46-year-old market vendor``.
_AGE = re.compile(r"\A[Tt]he\s(?:\d{1,3}-year-old\s)?")
#: What only somebody who is or was something can be called.
_STATED = re.compile(r"\b(?:\d{1,3}-year-old|former|retired|ex|onetime|veteran)\b")
_CLEAR = 0.6  # of what is in the reader's mind, the person's part
_LONGEST = 7  # words from "the" to the head
_NEAR = 60  # letters around a description in which no other name of a person stands


def descriptions_of(
    text: str,
    people: Mapping[int, PersonProfile],
    sentences: Sequence[Sentence],
    names: Mentions,
    discourse: Discourse,
    sources: Collection[Span],
) -> Iterator[tuple[int, Candidate]]:
    """Descriptions in the article's own words with whom they mean, by local id: the person most in mind."""
    genders = {local_id: person.gender for local_id, person in people.items()}
    heads: dict[str, set[int]] = {}
    for local_id, person in people.items():
        for description in person.descriptions:
            for word in description.core:
                heads.setdefault(word, set()).add(local_id)
    inside = sorted(sources)
    starts, ends = [s.start for s in inside], list(accumulate((s.end for s in inside), max))  # ends of all up to each
    for sentence in sentences:
        for span, head in _descriptions(text, sentence, names):
            before = bisect_right(starts, span.start)
            if discourse.in_content(span.start) or (before and span.start < ends[before - 1]):
                continue
            gender = people_words().noun_genders.get(head)
            weights = discourse.weights(span.start, gender, genders, ())
            if not weights:
                continue
            best = max(weights, key=lambda i: weights[i])
            others = heads.get(head, set()) - {best}
            share = weights[best] / sum(weights.values())
            alone = len(people) == 1  # the only one named need not be the one described: "The judge frowned"
            if best < 0 or others or alone or best not in people or share < _CLEAR:
                continue
            role = cleaned(_AGE.sub("", span.of(text)))
            if role is not None:
                yield best, Candidate(role, Place.DESCRIBED, span.start, quoted=False)


@cache
def _no_roles() -> frozenset[str]:
    """Nouns by which nobody's office or job is told: kin, ranks, ages, a party's or a people's members."""
    words = role_words()
    members = {word.removesuffix("s") for word in words.crowds}
    return words.kin | words.nothing | words.young | words.ranks | members | people_words().peoples


def _descriptions(text: str, sentence: Sentence, names: Mentions) -> Iterator[tuple[Span, str]]:
    """``The former works director``, with its head, where no name stands beside it."""
    known = people_words()
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.lower != "the":
            continue
        last = _head(text, tokens, at, names)
        if last is None:
            continue
        head = tokens[last]
        end = head.start + len(OWNER.sub("", head.lower))
        beside = names.within(Span(head.end, min(len(text), head.end + 3)))
        before = names.ending_before(token.start, 2)
        if beside or (before is not None and "." not in text[before.end : token.start]):
            continue
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        if following is not None and following.lower in {"who", "of", "for", "named", "called", "in", "at"}:
            continue
        if following is not None and following.lower == ",":
            ahead = names.within(Span(following.end, min(len(text), following.end + 30)))
            if ahead and ahead[0].entity_type is EntityType.PERSON:
                continue
        if text[head.start].isupper() and following is not None and text[following.start].isupper():
            continue
        yield Span(token.start, end), known.singular(OWNER.sub("", head.lower))


def _head(text: str, tokens: Sequence[Token], at: int, names: Mentions) -> int | None:
    """The last word of the noun phrase that a determiner opens, where it names an office."""
    known = people_words()
    last = None
    for i in range(at + 1, min(len(tokens), at + 1 + _LONGEST)):
        lower = OWNER.sub("", tokens[i].lower)
        if not tokens[i].is_word or lower in known.prepositions | known.definite | known.stops | known.possessive:
            break
        if lower in role_words().anybody:
            return None
        stated = _STATED.search(text, tokens[at].end, tokens[i].start) is not None
        person = names_office(lower) or (stated and known.may_be_person(lower))
        if person and lower not in _no_roles():
            last = i
        elif last is not None:
            break
    if last is None or any(
        m.entity_type is EntityType.PERSON for m in names.within(Span(tokens[at].start, tokens[last].end))
    ):
        return None
    return last
