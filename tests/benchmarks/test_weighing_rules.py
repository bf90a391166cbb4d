"""The weighing of rules: what each leaves out exists, and what a rule does to annotated rows is counted both ways."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import rules
from onrecord.document.article import Attribution, EntityType, NameSpan, Span, Tagging
from onrecord.document.document import Document
from onrecord.files.source import Source
from onrecord.quotes.attribution import candidates, filters
from onrecord.reading import outline

TEXT = (
    "A dispute in the harbour\n\n"
    "The Corran Herald reported that the quay sinks. The Harbour Board denies it. "
    'The newspaper said: "We stand by it."\n'
)
RULE = {"onrecord.coreference.press:Press.meant": rules.nothing}


def span(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def article(speaker: str | None = "The Corran Herald", kind: str | None = None, fold: int = 1) -> rules.Article:
    """An article whose second report is that of "the newspaper", as a tagger and annotators would have it."""
    names = ("The Corran Herald", "The Harbour Board")
    content, source = span("We stand by it."), span("The newspaper")
    tagging = Tagging(
        tuple(NameSpan(span(n).start, span(n).end, EntityType.ORG, 0.99) for n in names),
        (
            Attribution(
                (span("the quay sinks"),), span("reported"), span("The Corran Herald"), 0.95, speech_score=0.95
            ),
            Attribution((content,), span("said"), source, 0.95, speech_score=0.95),
        ),
    )
    row = {
        "type": "direct",
        "kind": kind or ("org" if speaker else "unnamed_group"),
        "source": [[source.start, source.end]],
        "cue": [[span("said").start, span("said").end]],
        "content": [[content.start, content.end]],
        "speaker": speaker,
    }
    gold: dict[str, Any] = {"id": "invented", "text": TEXT, "fold": fold, "people": [], "attributions": [row]}
    return rules.Article(gold, rules.GROUPS[1], *outline(Source(TEXT)), tagging)


@pytest.mark.parametrize("name", rules.RULES)
def test_each_rule_stands_where_it_is_said_to(name: str) -> None:
    for path in rules.RULES[name]:
        owner, function = rules.place(path)
        assert callable(vars(owner)[function])


def test_a_rule_that_names_the_speaker_is_worth_a_right_row() -> None:
    base = [rules.outcomes(article())]
    told = rules.weigh([article()], RULE, base)
    assert told == "fold 4: nothing | speech: right +1 -0, null +0 -1 | read: nothing"


def test_a_rule_that_names_somebody_for_nobody_is_worth_a_wrong_row() -> None:
    given = [article(speaker=None)]
    told = rules.weigh(given, RULE, [rules.outcomes(one) for one in given])
    assert told == "fold 4: nothing | speech: right +0 -1, wrong +1 -0 | read: nothing"


def test_a_rule_is_worth_nothing_for_words_of_the_author() -> None:
    given = [article(kind="author")]
    told = rules.weigh(given, RULE, [rules.outcomes(one) for one in given])
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


@pytest.mark.parametrize("key", ["id", "fold", "text"])
def test_taggings_are_those_of_the_same_articles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str) -> None:
    """Taggings kept of other articles, or of other folds, are made anew."""
    row, tagged = {"id": "invented", "fold": 1, "text": TEXT}, []

    class Tagger:
        def tag(self, documents: list[Document]) -> list[Tagging]:
            tagged.append(len(documents))
            return [Tagging()] * len(documents)

    monkeypatch.setattr(rules, "FOLDS", tmp_path / "folds")
    monkeypatch.setattr(rules, "MODEL", "tests")
    monkeypatch.setattr(rules, "tagger_for", lambda _: Tagger())
    for given in (row, row, {**row, key: f"{TEXT} Rain fell." if key == "text" else 2}):
        monkeypatch.setattr(rules, "read_gold", lambda _, one=given: [("speech", one)])
        rules.read_articles(tmp_path, tmp_path / "cache")
    assert len(tagged) == 2


def test_taggings_are_kept_as_they_were() -> None:
    tagging = article().tagging
    assert rules.stored_tagging(json.loads(rules.storable([tagging]))[0]) == tagging


def test_gold_is_read_by_groups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = {"speech/dev.jsonl": [{"fold": 4}], "speech/dev_2.jsonl": [{"fold": 0}]}
    monkeypatch.setattr(rules, "files_read", tuple)
    monkeypatch.setattr(rules, "annotated", lambda _: [{"fold": 2}, {"fold": 4}])
    monkeypatch.setattr(rules, "read_jsonl", lambda path: rows[path.relative_to(tmp_path).as_posix()])
    assert [group for group, _ in rules.read_gold(tmp_path)] == ["fold 4", "speech", "read", "fold 4"]
