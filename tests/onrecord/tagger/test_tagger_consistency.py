"""What other occurrences of a name say of its type."""

import pytest

from onrecord.document.article import EntityType
from onrecord.tagger.consistency import NameEvidence, Weights, agreed_kinds
from onrecord.tagger.labels import NAME_KINDS

PERSON, ORG, LOC = (NAME_KINDS.index(t) for t in (EntityType.PERSON, EntityType.ORG, EntityType.LOC))
BOTH = Weights(0.6, 1.0)


def name(spelt: str, **shares: float) -> NameEvidence:
    by_kind = tuple(shares.get(str(kind), 0.002) for kind in NAME_KINDS)
    return NameEvidence(0, 1, tuple(spelt.split()), by_kind)


def test_a_doubtful_occurrence_follows_the_sure_ones() -> None:
    sure = name("kestrel", LOC=0.95)
    doubtful = name("kestrel", LOC=0.4, PERSON=0.5)
    kinds = [kind for kind, _ in agreed_kinds([sure, doubtful, sure], BOTH)]
    assert kinds == [LOC, LOC, LOC]
    assert agreed_kinds([doubtful], BOTH)[0][0] == PERSON


def test_a_sure_occurrence_stays_what_it_is() -> None:
    kinds = [kind for kind, _ in agreed_kinds([name("orvane", ORG=0.98), name("orvane", LOC=0.5, ORG=0.4)], BOTH)]
    assert kinds == [ORG, ORG]


def test_a_surname_follows_the_full_name() -> None:
    full, part = name("ilse tarn", PERSON=0.97), name("tarn", LOC=0.5, PERSON=0.4)
    assert [kind for kind, _ in agreed_kinds([full, part], BOTH)] == [PERSON, PERSON]
    assert [kind for kind, _ in agreed_kinds([full, part], Weights(0.6, 0.0))] == [PERSON, LOC]


def test_other_names_do_not_matter() -> None:
    one, other = name("kestrel", LOC=0.5, ORG=0.3), name("orvane", ORG=0.99)
    assert agreed_kinds([one, other], BOTH)[0] == agreed_kinds([one], BOTH)[0]


def test_without_weight_a_name_keeps_its_own_probability() -> None:
    names = [name("kestrel", LOC=0.5, ORG=0.3), name("kestrel", ORG=0.9)]
    (kind, probability), _ = agreed_kinds(names, Weights(0.0, 0.0))
    assert kind == LOC
    assert probability == pytest.approx(0.5, abs=0.01)


def test_agreement_never_makes_the_edges_surer() -> None:
    names = [name("kestrel", LOC=0.3)] * 5
    assert all(probability <= 0.31 for _, probability in agreed_kinds(names, BOTH))


def test_no_names() -> None:
    assert agreed_kinds([], BOTH) == []
