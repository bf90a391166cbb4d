"""The weighing of rules: what each leaves out exists, and what a rule does to annotated rows is counted both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks import rules
from benchmarks.outcomes import outcomes
from onrecord.quotes.attribution import candidates, filters
from tests.benchmarks.annotated_article import article

#: All of them tell who "the newspaper" of the article is.
RULE: dict[str, Callable[..., Any]] = {
    "onrecord.coreference.press:Press.meant": rules.nothing,
    "onrecord.coreference.organizations:Bodies._of_such_kind": lambda *_: (),
    "onrecord.coreference.organization_kinds:OrganizationKinds.is_another": rules.false,
    "onrecord.coreference.organization_kinds:OrganizationKinds.fits": rules.false,
}


@pytest.mark.parametrize("name", rules.RULES)
def test_each_rule_stands_where_it_is_said_to(name: str) -> None:
    for path in rules.RULES[name]:
        owner, function = rules.place(path)
        assert callable(vars(owner)[function])


def test_a_rule_that_names_the_speaker_is_worth_a_right_row() -> None:
    base = [outcomes(article())]
    told = rules.weigh([article()], RULE, base)
    assert told == "fold 4: nothing | speech: right +1 -0, null +0 -1 | read: nothing"


def test_a_rule_that_names_somebody_for_nobody_is_worth_a_wrong_row() -> None:
    given = [article(speaker=None)]
    told = rules.weigh(given, RULE, [outcomes(one) for one in given])
    assert told == "fold 4: nothing | speech: right +0 -1, wrong +1 -0 | read: nothing"


def test_a_rule_is_worth_nothing_for_words_of_the_author() -> None:
    given = [article(kind="author")]
    told = rules.weigh(given, RULE, [outcomes(one) for one in given])
    assert told == "fold 4: nothing | speech: nothing | read: nothing"


def test_a_rule_is_back_in_its_place_after_it_was_left_out() -> None:
    owner, name = rules.place(next(iter(RULE)))
    before = vars(owner)[name]
    with pytest.raises(RuntimeError), rules.left_out(RULE):
        assert vars(owner)[name] is rules.nothing
        raise RuntimeError
    assert vars(owner)[name] is before


def test_a_function_is_left_out_wherever_it_is_called() -> None:
    name, callers = "without_object", (filters, candidates)
    before = [vars(module)[name] for module in callers]
    with rules.left_out({f"{filters.__name__}:{name}": rules.second}):
        assert all(vars(module)[name] is rules.second for module in callers)
    assert [vars(module)[name] for module in callers] == before


@pytest.mark.parametrize(
    ("path", "given", "wanted"),
    [
        ("onrecord.coreference.press:Press.meant", ("self", "source"), None),
        ("onrecord.coreference.withheld_names:is_withheld", ("text",), False),
        ("onrecord.quotes.attribution.filters:without_object", ("text", "attribution"), "attribution"),
        ("onrecord.coreference.source_pieces:without_asides", (["piece"],), ["piece"]),
    ],
)
def test_what_stands_in_for_a_function_is_told_by_its_types(
    path: str, given: tuple[object, ...], wanted: object
) -> None:
    assert rules.instead_of(path)(*given) == wanted


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("onrecord.quotes.speaker.identity:identified", "gives Identities: declare what stands in for it"),
        ("onrecord.quotes.attributes.role_appositions:up_to_end", "gives str: declare what stands in for it"),
        ("onrecord.layout.blocks:segment", "segment is no function of names or quotes"),
        ("onrecord.quotes.speaker.leads:Leads._first_mentions", "of the type cached_property"),
        ("onrecord.quotes.speaker.leads:Leads", "of the type type"),
        ("onrecord.quotes.speaker.nowhere:Leads.named", "is not found: No module named"),
        ("onrecord.quotes.speaker.leads:Nobody.named", "is not found: .* has no attribute 'Nobody'"),
        ("onrecord.quotes.speaker.leads:Leads.nothing", "leads:Leads has no nothing of its own"),
        ("onrecord.quotes.speaker.leads", "write module:function or module:Class.function"),
    ],
)
def test_what_nothing_can_stand_in_for_is_refused(path: str, told: str) -> None:
    with pytest.raises(SystemExit, match=told):
        rules.instead_of(path)


@pytest.mark.parametrize("stands_in", [rules.unchanged, rules.second])
def test_what_gives_its_argument_takes_arguments_by_name(stands_in: Callable[..., object]) -> None:
    assert stands_in("given", "given", furthest=3) == "given"


def test_a_function_that_a_tuple_holds_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"by way of onrecord\.coreference\.bare_names:_NARROWED"):
        rules.places_of("onrecord.coreference.bare_names:_no_relatives")
