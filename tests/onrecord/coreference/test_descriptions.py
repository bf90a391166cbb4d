"""Descriptions of people as sources, in invented articles."""

from collections.abc import Callable, Sequence

import pytest

from onrecord.coreference import descriptions
from onrecord.coreference.person_profiles import Description
from onrecord.document.article import EntityType, Quote, SpeakerKind
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE: dict[str, Sequence[str]] = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}
CONTENT = "the bridge was quite unsafe now"


def last_speaker(read: Read, text: str, *said: tuple[str, str, str]) -> str | None:
    """Who says the last quote of `text`; `said` are contents, cues and sources."""
    attributions = (attribution(text, *triple) for triple in said)
    return read(text, *attributions, mentions=mentions_of(text, PEOPLE))[-1].speaker_name


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Deputy Chief Engineer Orla Venn came.", "the DCE", "Orla Venn"),
        ("The Corran and Aldermoor Chief Engineer, Orla Venn, came.", "The CE", "Orla Venn"),
        ("Deputy Chief Engineer Orla Venn came.", "the CE", None),
        ("Orla Venn, the Municipal Chief Executive, came.", "The MCE", "Orla Venn"),
        ("Chief Engineer Orla Venn met Corran Envoy Tam Quill.", "the CE", None),
    ],
)
def test_initials_are_of_an_office(read: Read, story: str, source: str, expected: str | None) -> None:
    text = f"{story}\n\nLater {source} said {CONTENT}."
    assert last_speaker(read, text, (CONTENT, "said", source)) == expected


def test_initials_taken_for_a_body_are_still_an_office(read: Read) -> None:
    text = f"Chief Engineer Orla Venn came.\n\nThe CE said {CONTENT}."
    mentions = [*mentions_of(text, PEOPLE), *mentions_of(text, {"CE": ()}, EntityType.ORG)]
    (quote,) = read(text, attribution(text, CONTENT, "said", "The CE"), mentions=mentions)
    assert quote.speaker_name == "Orla Venn"


def test_the_president_is_the_one_of_two_who_has_just_spoken(read: Read) -> None:
    lead = "President Orla Venn met President Tam Quill. President Quill said it rained."
    added = f"The president added that {CONTENT}."
    said = [("it rained", "said", "President Quill"), (CONTENT, "added", "The president")]
    assert last_speaker(read, f"{lead} {added}", *said) == "Tam Quill"
    assert last_speaker(read, f"{lead} Boats came. Boats left. Day broke. {added}", *said) is None


@pytest.mark.parametrize(("source", "group"), [("The Swede", False), ("The Swedish", True), ("Two Swedes", True)])
def test_one_of_a_people_is_one_person(read: Read, source: str, group: bool) -> None:
    text = f"Boats came in.\n\n{source} said {CONTENT}."
    mentions = mentions_of(text, {source.split()[1]: ()}, EntityType.NORP)
    (quote,) = read(text, attribution(text, CONTENT, "said", source), mentions=mentions)
    expected = SpeakerKind.UNNAMED_GROUP if group else SpeakerKind.UNNAMED_PERSON
    assert (quote.speaker_name, quote.speaker_kind) == (None, expected)


@pytest.mark.parametrize(("source", "name"), [("the Quillon", None), ("the Venn", "Orla Venn"), ("Quillon", "Quillon")])
def test_a_word_behind_the_that_nobody_is_called_is_no_name(read: Read, source: str, name: str | None) -> None:
    text = f"Orla Venn came.\n\nTwo boats left. Then {source} said {CONTENT}."
    mentions = mentions_of(text, PEOPLE | {"Quillon": ()})
    (quote,) = read(text, attribution(text, CONTENT, "said", source), mentions=mentions)
    assert (quote.speaker_name, quote.speaker_kind) == (name, SpeakerKind.PERSON if name else quote.speaker_kind)
    assert quote.speaker_kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED_PERSON)


@pytest.mark.parametrize("source", ["the opposition", "her family", "a ministry handout"])
def test_a_crowd_or_a_paper_is_no_person(read: Read, source: str) -> None:
    text = f"Orla Venn came. Then {source} said {CONTENT}."
    (quote,) = read(text, attribution(text, CONTENT, "said", source), mentions=mentions_of(text, PEOPLE))
    assert (quote.speaker_name, quote.speaker_kind) == (None, SpeakerKind.UNNAMED_GROUP)


@pytest.mark.parametrize(
    ("story", "content"),
    [
        ("Orla Venn came.", "Venn was quite unsafe now"),  # whoever speaks of Venn is somebody else
        ("Orla Venn sued Tam Quill.", "he was proud of his fight now"),  # either may be the premier
    ],
)
def test_the_premier_is_nobody_where_it_might_be_another(read: Read, story: str, content: str) -> None:
    text = f"{story} Then the premier said {content}."
    assert last_speaker(read, text, (content, "said", "the premier")) is None


def test_one_verb_has_no_two_subjects(read: Read) -> None:
    source = "Orla Venn and Tam Quill"
    for verb, expected in (("have said", "Orla Venn"), ("has said", None)):
        text = f"A court that tries the engineers {source} {verb} {CONTENT}."
        assert last_speaker(read, text, (CONTENT, verb, source)) == expected


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Minister of Works and Public Harbours Orla Venn came.", "the minister", "Orla Venn"),
        ("Orla Venn, Vice President of the Quill government, came.", "the vice president", "Orla Venn"),
        ("The young woman, Orla Venn, came.", "the other young woman", None),
        ("Orla Venn, Prime Minister of Denmark, came. Denmark rejoiced.", "the prime minister", "Orla Venn"),
    ],
)
def test_an_office_is_of_the_one_whose_name_is_behind_it(
    read: Read, story: str, source: str, expected: str | None
) -> None:
    text = f"{story}\n\nLater {source} said {CONTENT}."
    places = mentions_of(text, {"Norway": (), "Denmark": (), "Corran": ()}, EntityType.LOC)
    (quote,) = read(text, attribution(text, CONTENT, "said", source), mentions=[*mentions_of(text, PEOPLE), *places])
    assert quote.speaker_name == expected


@pytest.mark.parametrize(
    ("story", "content", "expected"),
    [
        ("Mr. Quill said it rained.", CONTENT, "Tam Quill"),
        ("Mr. Quill said it rained.", "Quill was quite unsafe now", None),
        ("Mr. Quill said it rained. Mr. Venn was there.", CONTENT, None),
    ],
)
def test_he_is_whoever_the_words_do_not_name(read: Read, story: str, content: str, expected: str | None) -> None:
    text = f"{story} He added that {content}."
    assert last_speaker(read, text, ("it rained", "said", "Mr. Quill"), (content, "added", "He")) == expected


def test_of_many_people_described_alike_only_the_last_are_compared(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Description] = []
    fit = descriptions._fit

    def counted(head: str, wanted: set[str], description: Description) -> float:
        compared.append(description)
        return fit(head, wanted, description)

    monkeypatch.setattr(descriptions, "_fit", counted)
    names = [f"Orla Venn{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]
    text = "".join(f"Harbour aide {name} came. " for name in names) + f"The aide said {CONTENT}."
    (quote,) = read(
        text, attribution(text, CONTENT, "said", "The aide"), mentions=mentions_of(text, dict.fromkeys(names, ()))
    )
    assert quote.speaker_name is None
    assert {d.span.of(text) for d in compared} == {"Harbour aide"}
    assert 0 < len(compared) <= descriptions._MOST + 1
