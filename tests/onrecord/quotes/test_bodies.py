"""Bodies and documents as sources, in invented articles."""

from collections.abc import Callable

import pytest
from tagged_texts import attribution, mentions_of

from onrecord.article import EntityType, Mention, Quote, SpeakerKind

Read = Callable[..., tuple[Quote, ...]]
BODIES = {"Harbour Ministry": [], "Corran Rail": [], "Union Party": [], "Dock Institute": []}


def mentions(text: str) -> list[Mention]:
    return [
        *mentions_of(text, dict.fromkeys(BODIES, ()), EntityType.ORG),
        *mentions_of(text, {"Orla Venn": ("Venn",), "Tam Quill": ("Quill",)}),
        *mentions_of(text, {"Blues": ()}, EntityType.NORP),
    ]


def last_speaker(read: Read, text: str, *said: tuple[str, str, str]) -> Quote:
    """The last quote of `text`; `said` are contents, cues and sources."""
    return read(text, *(attribution(text, *triple) for triple in said), mentions=mentions(text))[-1]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a report by the Dock Institute and Orla Venn", None),
        ("a report by Dock Institute professor Orla Venn", "Orla Venn"),
        ("a statement issued on Monday by Orla Venn of the Dock Institute", "Orla Venn"),
        ("an opinion poll last week by the Dock Institute", "Dock Institute"),
        ("a paper circulating in the Dock Institute", None),
        ("its letter to the Dock Institute", None),
        ("the Union Party-led council", None),
    ],
)
def test_whose_a_document_or_a_council_is(read: Read, source: str, expected: str | None) -> None:
    text = f"The bridge was quite unsafe now, said {source}."
    quote = last_speaker(read, text, ("The bridge was quite unsafe now", "said", source))
    assert quote.speaker_name == expected


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
    ("before", "source", "expected"),
    [
        ("Corran Rail said it was late.\n\n", "The company", "Corran Rail"),
        ("The Union Party met. The Blues said it was late.\n\n", "The party", None),
        ("The Harbour Ministry waits. Corran Rail said it was late.\n\n", "The ministry", "Harbour Ministry"),
    ],
)
def test_the_party_is_the_one_spoken_of(read: Read, before: str, source: str, expected: str | None) -> None:
    text = f"{before}{source} wants new trains."
    who = "Corran Rail" if "Rail" in before else "The Blues"
    quote = last_speaker(read, text, ("it was late", "said", who), ("new trains", "wants", source))
    assert (quote.speaker_name, quote.speaker_kind) == (expected, SpeakerKind.ORGANIZATION)


@pytest.mark.parametrize(
    ("lead", "kind", "expected"),
    [
        ("It quotes a poem by Orla Venn", SpeakerKind.UNNAMED_GROUP, None),
        ("He met Corran Rail", SpeakerKind.ORGANIZATION, "Corran Rail"),
        ("He met the committee", SpeakerKind.ORGANIZATION, None),
    ],
)
def test_which_is_no_person(read: Read, lead: str, kind: SpeakerKind, expected: str | None) -> None:
    text = f"{lead}, which speaks of a new dawn."
    quote = last_speaker(read, text, ("a new dawn", "speaks of", "which"))
    assert (quote.speaker_kind, quote.speaker_name) == (kind, expected)
