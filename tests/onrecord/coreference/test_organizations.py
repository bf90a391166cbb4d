"""Bodies and documents as sources, in invented articles."""

from collections.abc import Callable

import pytest

from onrecord.document.article import EntityType, Mention, Publication, Quote, SpeakerKind, Tagging
from onrecord.quotes.find import read_drafts
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

Read = Callable[..., tuple[Quote, ...]]
BODIES = ("Harbour Ministry", "Corran Rail", "Union Party", "Dock Institute", "Tarn Boats")


def mentions(text: str) -> list[Mention]:
    return [
        *mentions_of(text, dict.fromkeys(BODIES, ()), EntityType.ORG),
        *mentions_of(text, {"Orla Venn": ("Venn",), "Tam Quill": ("Quill",)}),
        *mentions_of(text, {"Blues": ()}, EntityType.NORP),
        *mentions_of(text, {"Norland": ()}, EntityType.LOC),
        *mentions_of(text, {"Harbour Awards": ()}, EntityType.MISC),
    ]


def last_speaker(read: Read, text: str, *said: tuple[str, str, str]) -> Quote:
    """The last quote of `text`; `said` are contents, cues and sources."""
    return read(text, *(attribution(text, *triple) for triple in said), mentions=mentions(text))[-1]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a report by the Dock Institute and Orla Venn", "Dock Institute"),
        ("a report from a committee to the Dock Institute", None),
        ("a letter seen by the Dock Institute", None),
        ("a statement signed by Orla Venn", None),
        ("an email from Orla Venn", "Orla Venn"),
        ("a poll from Orla Venn", None),
        ("an article in the Dock Institute", "Dock Institute"),
        ("a poll in the Dock Institute", None),
        ("an announcement by the Dock Institute", "Dock Institute"),
        ("Dock Institute and ambulance officials", None),
        ("Dock Institute and its officials", "Dock Institute"),
        ("a report by Dock Institute professor Orla Venn", "Orla Venn"),
        ("a statement from Orla Venn’s family", None),
        ("a statement from Orla Venn", "Orla Venn"),
        ("a statement issued on Monday by Orla Venn of the Dock Institute", "Orla Venn"),
        ("an opinion poll last week by the Dock Institute", "Dock Institute"),
        ("a paper circulating in the Dock Institute", None),
        ("its letter to the Dock Institute", None),
        ("the Union Party-led council", None),
        ("a Union Party-run website", None),
        ("the maker of the doors, Corran Rail", None),
        ("The bridge's maker, Corran-based Corran Rail", "Corran Rail"),
        ("its owner and rival, Corran Rail", None),
        ("Corran Rail’s policy", "Corran Rail"),
        ("forecasts from the Dock Institute", "Dock Institute"),
        ("the portal of the Dock Institute", "Dock Institute"),
        ("Corran Rail management", "Corran Rail"),
        ("the Union Party state leadership", "Union Party"),
        ("the leadership", None),
    ],
)
def test_whose_a_document_or_a_council_is(read: Read, source: str, expected: str | None) -> None:
    text = f"The bridge was quite unsafe now, said {source}."
    quote = last_speaker(read, text, ("The bridge was quite unsafe now", "said", source))
    assert quote.speaker_name == expected


def test_a_page_on_a_platform_is_not_the_platforms(read: Read) -> None:
    text = "The bridge was quite unsafe now, said the body's Twitter account."
    platform = mentions_of(text, {"Twitter": ()}, EntityType.ORG)
    said = attribution(text, "The bridge was quite unsafe now", "said", "the body's Twitter account")
    assert read(text, said, mentions=platform)[0].speaker_name is None


def test_the_letter_is_the_one_that_spoke_before(read: Read) -> None:
    text = "A letter from the Dock Institute said it was old. The letter added that it was rusty."
    said = [("it was old", "said", "A letter from the Dock Institute"), ("that it was rusty", "added", "The letter")]
    assert last_speaker(read, text, *said).speaker_name == "Dock Institute"


@pytest.mark.parametrize(
    ("between", "expected"),
    [("", "Harbour Ministry"), ("Spring came. Rain fell. The quay was wet. Boats left. ", None)],
)
def test_it_is_the_body_that_spoke_not_long_before(read: Read, between: str, expected: str | None) -> None:
    text = f"The Harbour Ministry said all was well. {between}It added that trains ran."
    said = [("all was well", "said", "The Harbour Ministry"), ("that trains ran", "added", "It")]
    assert last_speaker(read, text, *said).speaker_name == expected


@pytest.mark.parametrize(
    ("lead", "kind", "expected"),
    [
        ("It quotes a poem by Orla Venn", SpeakerKind.UNNAMED_GROUP, None),
        ("He met Corran Rail", SpeakerKind.ORGANIZATION, "Corran Rail"),
        ("He came from Norland", SpeakerKind.ORGANIZATION, "Norland"),
        ("He met the committee", SpeakerKind.ORGANIZATION, None),
    ],
)
def test_which_is_no_person(read: Read, lead: str, kind: SpeakerKind, expected: str | None) -> None:
    text = f"{lead}, which speaks of a new dawn."
    quote = last_speaker(read, text, ("a new dawn", "speaks of", "which"))
    assert (quote.speaker_kind, quote.speaker_name) == (kind, expected)


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("The Dock Institute said in a report that it was late.", "The report", "Dock Institute"),
        ("In a statement, the Dock Institute said it was late.", "The statement", "Dock Institute"),
        ("The Dock Institute said it was late.", "The report", None),
        ("The Dock Institute sent a letter. Boats said it was late.", "The letter", "Dock Institute"),
        ("The Dock Institute said it was late.", "An institute report", "Dock Institute"),
        ("The Dock Institute and Corran Rail sent letters. Boats said it was late.", "The letter", None),
        ("The Dock Institute's report is out. Boats said it was late.", "The study", "Dock Institute"),
        ("A report by the Dock Institute is out. Boats said it was late.", "The report", "Dock Institute"),
        ("A report by the Dock Institute and one by Corran Rail say it was late.", "The bill", None),
        ("Reports by the Dock Institute and a report by Corran Rail say it was late.", "The study", "Corran Rail"),
        ("The Dock Institute's report and Corran Rail's study said it was late.", "The review", None),
    ],
)
def test_a_document_is_the_one_of_whom_the_article_told(
    read: Read, story: str, source: str, expected: str | None
) -> None:
    text = f"{story} {source} adds that trains ran."
    who = next(name for name in ("The Dock Institute", "the Dock Institute", "Boats", "Corran Rail") if name in story)
    cue = "said" if "said" in story else "say"
    quote = last_speaker(read, text, ("it was late", cue, who), ("that trains ran", "adds", source))
    assert quote.speaker_name == expected


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Boats said it was late.", "the Corran Rail company", "Corran Rail"),
        ("Boats said it was late.", "Corran Rail company", "Corran Rail"),
        ("Boats said it was late.", "The Harbour Awards organization", "Harbour Awards"),
        ("Boats said it was late.", "the Harbour Ministry committee", None),
        ("The Harbour Ministry met Dock Institute. Boats said it was late.", "The ministry", "Harbour Ministry"),
        ("Corran Rail met the board. Boats said it was late.", "The rail", "Corran Rail"),
        ("It was seen in Corran Rail. Boats said it was late.", "The company", "Corran Rail"),
        ("Boats said it was late. Corran Rail sued Dock Institute and", "the company", "Corran Rail"),
        ("Boats said it was late. Corran Rail sued Tarn Boats and", "the company", None),
        ("The Harbour Ministry grew. Boats said it was late.", "The company", None),
    ],
)
def test_a_body_is_called_by_what_it_is(read: Read, story: str, source: str, expected: str | None) -> None:
    text = f"{story} {source} adds that trains ran."
    who = "Corran Rail" if "Rail said" in story else "Boats"
    quote = last_speaker(read, text, ("it was late", "said", who), ("that trains ran", "adds", source))
    assert (quote.speaker_kind, quote.speaker_name) == (SpeakerKind.ORGANIZATION, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the Norlandish police", "Norlandish police"),
        ("Norland’s ministry of works", "Norland’s ministry of works"),
        ("the Norlandish government in its yearly report", "Norlandish government"),
        ("the Norlandish harbour ministry", "Norlandish harbour ministry"),
        ("the Venn administration", "Venn administration"),
        ("Norlandish officials", None),
        ("a Norlandish bank", None),
        ("Corran Rail and the Dock Institute", "Corran Rail"),
    ],
)
def test_a_body_named_by_its_place_or_head(read: Read, source: str, expected: str | None) -> None:
    text = f"The bridge was quite unsafe now, said {source}."
    named = [
        *mentions(text),
        *mentions_of(text, {"Norlandish": ()}, EntityType.NORP),
        *mentions_of(text, {"Venn": ()}),
    ]
    quotes = read(text, attribution(text, "The bridge was quite unsafe now", "said", source), mentions=named)
    assert quotes[-1].speaker_name == expected


@pytest.mark.parametrize("source", ["the old long rail", "a rail", "the master"])
def test_a_body_is_not_called_by_any_noun(read: Read, source: str) -> None:
    text = f"Corran Rail met the board. The rain fell, said {source}."
    assert last_speaker(read, text, ("The rain fell", "said", source)).speaker_name is None


@pytest.mark.parametrize(
    ("name", "expected"), [("The Harbour Cardinal", "The Harbour Cardinal"), ("The Harbour Democrats", None)]
)
def test_a_name_is_one_where_it_was_not_taken_for_one(read: Read, name: str, expected: str | None) -> None:
    source = name.replace("The", "the")
    text = f"{name} came out. “Boats rust,” said {source}."
    quotes = read(
        text, attribution(text, "Boats rust", "said", source), mentions=mentions_of(text, {name: ()}, EntityType.ORG)
    )
    assert quotes[-1].speaker_name == expected


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("Harbour Police", "Harbour Police", EntityType.ORG),
        ("Harbour police", None, EntityType.ORG),
        ("The Corran Cardinal", "The Corran Cardinal", EntityType.ORG),
        ("the Corran Observer", "Corran Observer", EntityType.ORG),
        ("the Harbour Rapporteur", None, EntityType.ORG),
        ("the Guidelines for Americans", "Guidelines for Americans", EntityType.ORG),
        ("the Harbour Americans", None, EntityType.NORP),
    ],
)
def test_a_body_whose_name_ends_in_a_word_for_people(
    read: Read, source: str, name: str | None, kind: EntityType
) -> None:
    text = f"It rained. The bridge was quite unsafe now, {source} said."
    called = source if source.startswith("The ") else source.removeprefix("the ")
    named = mentions_of(text, {called: ()}, kind)
    (quote,) = read(text, attribution(text, "The bridge was quite unsafe now", "said", source), mentions=named)
    assert quote.speaker_name == name


def test_initials_that_are_a_pronoun_too_are_the_body_that_has_them(read: Read) -> None:
    text = "The Works Harbour Office was closed. The bridge was quite unsafe now, WHO said. The men who said so left."
    named = mentions_of(text, {"Works Harbour Office": ()}, EntityType.ORG)
    (quote,) = read(text, attribution(text, "The bridge was quite unsafe now", "said", "WHO"), mentions=named)
    assert quote.speaker_name == "Works Harbour Office"


@pytest.mark.parametrize(
    ("source", "expected"),
    [("its website", "Dock Institute"), ("their website", None)],
)
def test_whose_a_website_is(read: Read, source: str, expected: str | None) -> None:
    text = f"The Dock Institute said it would go. Orla Venn, she says, is well. The bridge was old, {source} said."
    said = [("it would go", "said", "Dock Institute"), ("The bridge was old", "said", source)]
    assert last_speaker(read, text, *said).speaker_name == expected


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("The Corran Times", "the newspaper", "The Corran Times"),
        ("The Corran Times", "the report", "The Corran Times"),
        ("The Corran Times", "the second Norland newspaper report", None),
        ("The Corran Times", "a newspaper", None),
        ("Dawn Boat, a small daily,", "the paper", "Dawn Boat"),
        ("Dock Institute", "the newspaper", None),
    ],
)
def test_the_newspaper_is_the_one_quoted_last(read: Read, name: str, source: str, expected: str | None) -> None:
    text = f"{name} reported that it rained. The bridge was old, {source} said."
    called = name.partition(",")[0]
    said = [attribution(text, "it rained", "reported", called), attribution(text, "The bridge was old", "said", source)]
    assert read(text, *said, mentions=mentions_of(text, {called: ()}, EntityType.ORG))[-1].speaker_name == expected


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("Tide Zoo", "the zoo", "Tide Zoo"),
        ("Zoo of Orvane", "the zoo", "Zoo of Orvane"),
        ("Sea Fund", "the sea", None),
        ("Zoo Friends", "the zoo", None),
    ],
)
def test_a_noun_of_no_list_is_the_head_of_a_bodys_name(name: str, source: str, expected: str | None) -> None:
    text = f"The {name} is old. It rains in the town, {source} said."
    tagging = Tagging(attributions=(attribution(text, "It rains in the town", "said", source),))
    reading = read_drafts(document_of(text), tagging, mentions_of(text, {name: ()}, EntityType.ORG), Publication())
    assert reading.who.speakers[-1].name == expected


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Corran Rail has cancelled all trains.", "It", "Corran Rail"),
        ("Corran Rail has cancelled all trains. It is raining.", "It", "Corran Rail"),
        ("Orla Venn left Corran Rail in May.", "It", None),  # no subject
        ("Corran Rail prices rose in May.", "It", None),  # what prices is not told of Corran Rail
        ("Corran Rail left. Orla Venn came.", "It", None),
    ],
)
def test_it_is_the_body_of_which_the_sentence_before_tells(
    read: Read, story: str, source: str, expected: str | None
) -> None:
    text = f"{story} {source} said the bridge was quite unsafe now."
    assert last_speaker(read, text, ("the bridge was quite unsafe now", "said", source)).speaker_name == expected


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Tarn Boats fell by a tenth.", "The Norland-based chain", "Tarn Boats"),
        ("Tarn Boats fell by a tenth.", "The Norland company", "Tarn Boats"),
        ("Tarn Boats fell by a tenth.", "The boat retailer", "Tarn Boats"),
        ("Tarn Boats fell by a tenth.", "The rival retailer", None),
        ("Tarn Boats fell by a tenth.", "A Norland company", None),
        ("Tarn Boats has shops.\n\nTarn is a place." + "\n\nIt rained." * 5, "The company", "Tarn Boats"),
        ("The Tarn Boats has shops." + "\n\nIt rained." * 5, "The company", None),  # of which the article does not tell
    ],
)
def test_a_company_by_what_it_is_and_where_it_is_from(
    read: Read, story: str, source: str, expected: str | None
) -> None:
    text = f"{story}\n\n{source} said the bridge was quite unsafe now."
    assert last_speaker(read, text, ("the bridge was quite unsafe now", "said", source)).speaker_name == expected
