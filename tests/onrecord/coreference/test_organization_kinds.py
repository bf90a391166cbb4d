"""Bodies called by what they are, in invented articles."""

from collections.abc import Callable, Mapping

import pytest

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.organization_kinds import OrganizationKinds
from onrecord.document.article import EntityType, Publication, Quote, Tagging
from onrecord.lexicon.body_kinds import body_kinds
from onrecord.quotes.find import read_drafts
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

Read = Callable[..., tuple[Quote, ...]]


def ruled(story: str, source: str, names: Mapping[str, EntityType]) -> str | None:
    """Whom the rules name for words of `source` behind a story."""
    text = f"{story} The bridge was old, {source} said. The Lending Office slept."
    mentions = [
        mention
        for local_id, (name, kind) in enumerate(names.items())
        for mention in mentions_of(text, {**{f"no {n}": () for n in range(local_id)}, name: ()}, kind)
    ]
    tagging = Tagging(attributions=(attribution(text, "The bridge was old", "said", source),))
    return read_drafts(document_of(text), tagging, mentions, Publication()).who.speakers[-1].name


ORG, LOC, MISC = EntityType.ORG, EntityType.LOC, EntityType.MISC


@pytest.mark.parametrize(
    ("story", "source", "names", "expected"),
    [
        ("Tarn Savings Bank met Orvane.", "the lender", {"Tarn Savings Bank": ORG, "Orvane": ORG}, "Tarn Savings Bank"),
        ("Tarn Bank met Orvane Bank.", "the lender", {"Tarn Bank": ORG, "Orvane Bank": ORG}, None),
        ("Tarn Airways met the Dock Guild.", "the airline", {"Tarn Airways": ORG, "Dock Guild": ORG}, "Tarn Airways"),
        ("Tarn Rovers met Orvane.", "the 120-year-old club", {"Tarn Rovers": ORG, "Orvane": ORG}, "Tarn Rovers"),
        ("Tarn Rovers met Orvane.", "the youth club", {"Tarn Rovers": ORG, "Orvane": ORG}, None),
        ("They left Tarn Infirmary.", "the hospital", {"Tarn Infirmary": MISC}, "Tarn Infirmary"),
        ("The Tarn Front fled.", "the rebel group", {"Tarn Front": MISC}, "Tarn Front"),
        ("The Hull band Copper Weir split.", "the band", {"Copper Weir": ORG}, "Copper Weir"),
        ("Tarn, a gym chain, met the lobby group Orvane.", "the company", {"Tarn": ORG, "Orvane": ORG}, "Tarn"),
        ("The carmaker Tarn sued, the Orvane Courier had it.", "the company",
         {"Tarn": ORG, "Orvane Courier": ORG}, "Tarn"),
        ("The Tarn Board met.", "a report by the board", {"Tarn Board": ORG}, "Tarn Board"),
        ("The Tarn Board met.", "a report to the board", {"Tarn Board": ORG}, None),
        ("Orvane is late.", "the watchdog", {"Orvane": ORG, "Lending Office": ORG}, "Lending Office"),
        ("The Tarn Commission met.", "the watchdog", {"Tarn Commission": ORG}, "Tarn Commission"),
    ],
)  # fmt: skip
def test_a_body_is_called_by_its_kind(
    story: str, source: str, names: Mapping[str, EntityType], expected: str | None
) -> None:
    assert ruled(story, source, names) == expected


def test_a_description_means_no_body_of_another_kind(read: Read) -> None:
    text = "The Dock Guild said that it was old. The airline said that it was wet."
    said = [
        attribution(text, "that it was old", "said", "The Dock Guild"),
        attribution(text, "that it was wet", "said", "The airline"),
    ]
    found = read(text, *said, mentions=mentions_of(text, {"Dock Guild": ()}, ORG))
    assert [quote.speaker_name for quote in found] == ["Dock Guild", None]
    assert not found[-1].speaker_candidates


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("National Bank of Tarnia", "central bank"),
        ("Bank of Tarn", "lender"),
        ("Ministry of Labour", "state"),
        ("Tarn Hotels Group", "hotels"),
        ("Works and Water Commission", "board"),
        ("Orvane Courier", "press"),
        ("Orvane", None),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: str | None) -> None:
    assert body_kinds().told(name) == ({kind} if kind else set())


def test_a_noun_that_may_be_a_verb_is_a_word_of_the_phrase() -> None:
    text = "She left Orvane, the state airline in Corran."
    kinds = OrganizationKinds(text, Mentions(mentions_of(text, {"Orvane": ()}, ORG)), document_of(text).sentences)
    assert kinds.is_called(0, ("state", "airline"))


def test_the_article_states_the_kind_rather_than_the_name() -> None:
    text = "Harbour Bank, a charity, met. In Orvane newspaper it rained."
    mentions = Mentions(mentions_of(text, {"Harbour Bank": (), "Orvane": ()}, ORG))
    kinds = OrganizationKinds(text, mentions, document_of(text).sentences)
    assert kinds.fits(0, ("charity",)) and not kinds.fits(0, ("lender",))
    assert kinds.is_called(1, ("newspaper",)) and not kinds.is_called(1, ("daily", "newspaper"))
