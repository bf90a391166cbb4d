"""Who a source is, in invented articles."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from onrecord.document.article import EntityType, Mention, Publication, Quote, SpeakerKind
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE: dict[str, Sequence[str]] = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"], "Susan Harrow": ["Harrow"]}


def speaker(read: Read, text: str, content: str, cue: str, source: str, **people: Sequence[str]) -> str | None:
    mentions = mentions_of(text, people or PEOPLE)
    (quote,) = read(text, attribution(text, content, cue, source), mentions=mentions)
    return quote.speaker_name


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Venn", "Orla Venn"),
        ("Mayor Orla Venn", "Orla Venn"),
        ("the mayor, Orla Venn", "Orla Venn"),
        ("Orla Venn, a senior aide to the leader", "Orla Venn"),
        ("Harbour guard spokeswoman Orla Venn", "Orla Venn"),
        ("a spokesman for Orla Venn", None),
        ("a spokesman for the mayor, Orla Venn", None),
        ("Venn's lawyer", None),
        ("the Venn campaign", None),
        ("two aides to Venn", None),
        ("Venn and her lawyers", "Orla Venn"),
        ("supporters of Orla Venn", None),
        ("Venn herself", "Orla Venn"),
        ("Venn's brief", "Orla Venn"),
        ("Venn's lawyer's brief", None),
        ("Venn's poll", None),
        ("a 2014 study by professor Tam Quill", "Tam Quill"),
        ("a study of Tam Quill", None),
        ("Orla Venn MP", "Orla Venn"),
        ("The minister of works, Ms. Venn", "Orla Venn"),
        ("Harbour Board (HB) works delegate and vice-president Orla Venn", "Orla Venn"),
        ("Department of Works, head of docks Orla Venn", "Orla Venn"),
        ("ambassador to the islands Orla Venn", "Orla Venn"),
        ("a specialist in harbour law Orla Venn", "Orla Venn"),
        ("Security analyst Maj Gen (retd) Orla Venn", "Orla Venn"),
        ("Haa shu (chief) Orla Venn", "Orla Venn"),
        ("works minister Orla Venn and guild aide Tam Quill", "Orla Venn"),
        ("a lawyer for the magnate Orla Venn", None),
        ("the family of activist Orla Venn", None),
        ("talks between Quill and aide Orla Venn", None),
        ("The press and works manager of the Harbour Board (HB) Orla Venn", "Orla Venn"),
        ("the two wardens, Orla Venn and Tam Quill", "Orla Venn"),
        ("three wardens — Orla Venn, Susan Harrow and Tam Quill", "Orla Venn"),
        ("the two wardens, friends of Orla Venn and Tam Quill", None),
        ("the wife of Justice Orla Venn", None),
        ("two students named Venn", None),
        ("a man named by Orla Venn", None),
        ("Like Quill, Orla Venn", "Orla Venn"),
        ("the portal of Tam Quill", None),
        ("Venn's calculations", "Orla Venn"),
    ],
)
def test_the_head_of_the_source_is_who_speaks(read: Read, source: str, expected: str | None) -> None:
    text = f"Some of it is known. The bridge is quite unsafe now, {source} said."
    assert speaker(read, text, "The bridge is quite unsafe now", "said", source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "Guild president and dock representative from North Corran Orla Venn",
        "The public relations and works manager of Harbour Foods Orla Venn",
        "Te Haa of Corran chair Orla Venn",
    ],
)
def test_a_person_right_behind_the_body_of_an_office_holds_it(read: Read, source: str) -> None:
    text = f"Some of it is known. The bridge is quite unsafe now, {source} said."
    bodies = mentions_of(
        text, {"North Corran": [], "Harbour Foods": [], "Te Haa of Corran": ["Te Haa"]}, EntityType.ORG
    )
    mentions = [*mentions_of(text, PEOPLE), *(replace(body, local_id=body.local_id + 9) for body in bodies)]
    (quote,) = read(text, attribution(text, "The bridge is quite unsafe now", "said", source), mentions=mentions)
    assert quote.speaker_name == "Orla Venn"


def test_a_guard_is_a_body_and_no_office(read: Read) -> None:
    text = "Rain fell. The bridge was quite unsafe now, the Coast Guard said."
    mentions = mentions_of(text, {"Coast Guard": []}, EntityType.ORG)
    (quote,) = read(
        text, attribution(text, "The bridge was quite unsafe now", "said", "the Coast Guard"), mentions=mentions
    )
    assert quote.speaker_name == "Coast Guard"


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("Susan Harrow came to Corran.", "she", "Susan Harrow"),
        ("Susan Harrow came to Corran.", "he", None),
        ("Mr. Quill met Ms. Venn.", "he", "Tam Quill"),
        ("Mr. Quill met Ms. Venn.", "she", "Orla Venn"),
        ("A resident spoke to Mr. Quill. A man came along.", "he", None),
        ("Mr. Quill wrote to Mr. Venn.", "he", "Tam Quill"),
        ("In a letter to Mr. Quill, Mr. Venn was frank.", "he", "Orla Venn"),
        ("Mr. Quill and Mr. Venn met.", "they", None),
        ("Mr. Venn's opponent, Mr. Quill, sang.", "he", "Tam Quill"),
        ("Deputy works director Tam Quill came.", "the deputy director", "Tam Quill"),
        ("Orla Venn questioned the senator. Venn was late.", "the senator", None),
        ("Orla Venn came. Venn was late.", "the prime minister", None),
        ("Orla Venn, the former works minister, met a man.", "the former", None),
        ("Orla Venn came. Venn was late.", "the regulator", None),
        ("Orla Venn came. Venn was late.", "the owner", None),
        ("The harbour master, Tam Quill, met Mayor Orla Venn.", "the mayor", "Orla Venn"),
        ("The harbour master, Tam Quill, met Mayor Orla Venn.", "the harbour master", "Tam Quill"),
        ("Sen. Orla Venn met Gov. Tam Quill.", "the governor", "Tam Quill"),
        ("Sen. Orla Venn met Sen. Tam Quill.", "the senator", None),
        ("Sen. Orla Venn met Gov. Tam Quill.", "a governor", None),
        ("Sen. Orla Venn met Gov. Tam Quill.", "his lawyer", None),
        ("Sen. Orla Venn met Gov. Tam Quill.", "people briefed on it", None),
        ("Orla Venn, SHO of Corran police, came.", "the SHO", "Orla Venn"),
    ],
)
def test_pronouns_and_descriptions_point_back(read: Read, story: str, source: str, expected: str | None) -> None:
    text = f"{story}\n\nThe bridge was quite unsafe now, {source} said."
    assert speaker(read, text, "The bridge was quite unsafe now", "said", source) == expected


def test_he_after_a_womans_quote_is_not_her(read: Read) -> None:
    text = (
        "Gov. Tam Quill opened the bridge, and he was proud.\n\n"
        "“It will hold for years,” Ms. Venn said.\n\n“It may well not hold,” he said."
    )
    quotes = read(
        text,
        attribution(text, "“It will hold for years,”", "said", "Ms. Venn"),
        attribution(text, "“It may well not hold,”", "said", "he"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [q.speaker_name for q in quotes] == ["Orla Venn", "Tam Quill"]


def test_he_is_the_one_who_answered(read: Read) -> None:
    text = "Mr. Quill asked why it was late, and Mr. Venn replied that it rained. “It always does here,” he added."
    quotes = read(
        text,
        attribution(text, "why it was late", "asked", "Mr. Quill"),
        attribution(text, "that it rained", "replied", "Mr. Venn"),
        attribution(text, "It always does here,", "added", "he"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert quotes[-1].speaker_name == "Orla Venn"


def test_he_is_the_one_of_the_clause_before(read: Read) -> None:
    text = "Mr. Quill came.\n\nThough clerks said Mr. Venn was well, he wanted a doctor."
    quotes = read(
        text,
        attribution(text, "Mr. Venn was well", "said", "clerks"),
        attribution(text, "a doctor", "wanted", "he"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert quotes[-1].speaker_name == "Orla Venn"


def test_he_after_an_unnamed_source_is_nobody_the_article_names(read: Read) -> None:
    text = "Tam Quill left.\n\nThe bridge was unsafe, an official said.\n\nIt might fall soon, he added."
    quotes = read(
        text,
        attribution(text, "The bridge was unsafe", "said", "an official"),
        attribution(text, "It might fall soon", "added", "he"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [q.speaker_name for q in quotes] == [None, None]
    assert [q.speaker_kind for q in quotes] == [SpeakerKind.UNNAMED_PERSON] * 2


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("officials", SpeakerKind.UNNAMED_GROUP),
        ("two people close to the talks", SpeakerKind.UNNAMED_GROUP),
        ("police", SpeakerKind.UNNAMED_GROUP),
        ("a senior official", SpeakerKind.UNNAMED_PERSON),
        ("one shopkeeper on the quay", SpeakerKind.UNNAMED_PERSON),
        ("the ministry", SpeakerKind.ORGANIZATION),
        ("I", SpeakerKind.AUTHOR),
    ],
)
def test_kinds_of_unnamed_sources(read: Read, source: str, kind: SpeakerKind) -> None:
    text = f"Rain fell. The bridge was quite unsafe now, {source} said."
    (quote,) = read(text, attribution(text, "The bridge was quite unsafe now", "said", source))
    assert (quote.speaker_kind, quote.speaker_name) == (kind, None)


@pytest.mark.parametrize("kind", [EntityType.ORG, EntityType.LOC])
def test_organisations_and_places_speak(read: Read, kind: EntityType) -> None:
    text = "Corran has called for more ships. Officials there agreed."
    mentions = mentions_of(text, {"Corran": []}, kind)
    (quote,) = read(text, attribution(text, "more ships", "has called for", "Corran"), mentions=mentions)
    assert (quote.speaker_kind, quote.speaker_name) == (SpeakerKind.ORGANIZATION, "Corran")


def test_the_first_person_is_the_author_outside_quotes_and_the_speaker_inside(read: Read) -> None:
    text = "I think the bridge is safe.\n\n“I told them it was safe,” Orla Venn said."
    quotes = read(
        text,
        attribution(text, "the bridge is safe", "think", "I"),
        attribution(text, "“I told them it was safe,”", "said", "Orla Venn"),
        attribution(text, "it was safe", "told", "I told"),
        mentions=mentions_of(text, PEOPLE),
        publication=Publication(authors=("Susan Harrow",)),
    )
    assert [(q.speaker_kind, q.speaker_name) for q in quotes][:2] == [
        (SpeakerKind.AUTHOR, "Susan Harrow"),
        (SpeakerKind.PERSON, "Orla Venn"),
    ]


def test_who_is_the_person_right_before_it(read: Read) -> None:
    text = "They met Tam Quill, a clerk at the Harbour Board, who says the bridge is safe."
    mentions = [
        *mentions_of(text, PEOPLE),
        *mentions_of(text, {"Harbour Board": []}, EntityType.ORG),
    ]
    (quote,) = read(text, attribution(text, "the bridge is safe", "says", "who"), mentions=mentions)
    assert quote.speaker_name == "Tam Quill"


def test_a_quotation_in_its_own_paragraph_belongs_to_who_spoke_before(read: Read) -> None:
    text = (
        "Spokesman Tam Quill said the harbour was closed.\n\n“We know how hard this is for everybody.”\n\n"
        "Rain fell all night.\n\n“Nobody knows who said this one.”"
    )
    quotes = read(
        text,
        attribution(text, "the harbour was closed", "said", "Spokesman Tam Quill"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert [(q.speaker_name, q.speaker is None) for q in quotes] == [
        ("Tam Quill", False),
        ("Tam Quill", True),
        (None, True),
    ]
    assert quotes[2].speaker_kind is SpeakerKind.NONE


def test_brackets_behind_a_name_are_no_part_of_it(read: Read) -> None:
    text = "Orla Venn (Corran) said yes to all of it."
    mentions = [Mention(0, 18, EntityType.PERSON, "Orla Venn (Corran)", 1.0, 0)]
    (quote,) = read(text, attribution(text, "yes to all of it", "said", "Orla Venn (Corran"), mentions=mentions)
    assert quote.speaker_name in {"Orla Venn", None}  # null where the source cuts the name
    (quote,) = read(text, attribution(text, "yes to all of it", "said", "Orla Venn (Corran)"), mentions=mentions)
    assert quote.speaker_name == "Orla Venn"


def test_a_people_is_unnamed_even_where_it_was_taken_for_a_person(read: Read) -> None:
    text = "Kurds said no to it at once."
    (quote,) = read(
        text, attribution(text, "no to it at once", "said", "Kurds"), mentions=mentions_of(text, {"Kurds": []})
    )
    assert (quote.speaker_name, quote.speaker_kind) == (None, SpeakerKind.UNNAMED_GROUP)


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("The Harbour Board met the Corran Party.", "the liberal party", None),
        ("The Harbour Board met the Corran Party.", "the party", "Corran Party"),
        ("The Harbour Board met.", "the Norland board", None),
    ],
)
def test_a_body_is_meant_by_words_of_its_name_alone(read: Read, story: str, source: str, expected: str | None) -> None:
    text = f"{story}\n\nThe bridge was quite unsafe now, {source} said."
    mentions = mentions_of(text, {"Harbour Board": [], "Corran Party": []}, EntityType.ORG)
    (quote,) = read(text, attribution(text, "The bridge was quite unsafe now", "said", source), mentions=mentions)
    assert quote.speaker_name == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("The French president", None), ("The Iraqi president", "Tam Quill"), ("The president", "Tam Quill")],
)
def test_a_president_of_elsewhere_is_another(read: Read, source: str, expected: str | None) -> None:
    text = f"Iraq waited. President Tam Quill of Iraq met French envoys. {source} said it would last."
    mentions = [
        *mentions_of(text, {"Tam Quill": []}),
        *(m for kind, form in ((EntityType.LOC, "Iraq"), (EntityType.NORP, "French"), (EntityType.NORP, "Iraqi"))
          for m in mentions_of(text, {form: []}, kind)),
    ]  # fmt: skip
    (quote,) = read(text, attribution(text, "it would last", "said", source), mentions=mentions)
    assert quote.speaker_name == expected


def test_a_minister_of_one_of_two_countries_is_nobody_who_has_none(read: Read) -> None:
    text = "Minister Tam Quill met French envoys in Iraq, as Iraq wished. The French minister said it would last."
    mentions = [
        *mentions_of(text, {"Tam Quill": []}),
        *mentions_of(text, {"Iraq": []}, EntityType.LOC),
        *mentions_of(text, {"French": []}, EntityType.NORP),
    ]
    (quote,) = read(text, attribution(text, "it would last", "said", "The French minister"), mentions=mentions)
    assert quote.speaker_name is None


def test_the_president_is_not_the_former_one(read: Read) -> None:
    text = "President Tam Quill met former president Susan Harrow.\n\nThe president said it would last."
    (quote,) = read(
        text, attribution(text, "it would last", "said", "The president"), mentions=mentions_of(text, PEOPLE)
    )
    assert quote.speaker_name == "Tam Quill"


@pytest.mark.parametrize(
    ("source", "kind", "name", "expected"),
    [
        ("the Corran-based Harbour Guild", EntityType.ORG, "Harbour Guild", "Harbour Guild"),
        ("Secretary for Harbours Orla Venn", EntityType.PERSON, "Orla Venn", "Orla Venn"),
        ("data published by the Harbour Guild", EntityType.ORG, "Harbour Guild", "Harbour Guild"),
        ("reports of the Harbour Guild", EntityType.ORG, "Harbour Guild", "Harbour Guild"),
    ],
)
def test_names_within_longer_sources(read: Read, source: str, kind: EntityType, name: str, expected: str) -> None:
    text = f"The bridge was quite unsafe now, {source} said."
    mentions = [*mentions_of(text, {"Corran": []}, EntityType.LOC), *mentions_of(text, {name: []}, kind)]
    (quote,) = read(text, attribution(text, "The bridge was quite unsafe now", "said", source), mentions=mentions)
    assert quote.speaker_name == expected


def test_an_office_typed_as_a_body_is_the_person_behind_it(read: Read) -> None:
    source = "The U.N. Special Rapporteur on prisons, Orla Venn"
    text = f"{source}, said the bridge was unsafe."
    office = mentions_of(text, {"U.N. Special Rapporteur": []}, EntityType.ORG)
    mentions = [*office, *mentions_of(text, {"Orla Venn": []})]
    (quote,) = read(text, attribution(text, "the bridge was unsafe", "said", source), mentions=mentions)
    assert quote.speaker_name == "Orla Venn"


def test_an_office_for_a_field_typed_as_a_body_is_nobody_named(read: Read) -> None:
    text = "The Norland High Commissioner for Harbours said the bridge was unsafe."
    office = mentions_of(text, {"Norland High Commissioner for Harbours": []}, EntityType.ORG)
    source = "The Norland High Commissioner for Harbours"
    (quote,) = read(text, attribution(text, "the bridge was unsafe", "said", source), mentions=office)
    assert (quote.speaker_name, quote.speaker_kind) == (None, SpeakerKind.UNNAMED_PERSON)


@pytest.mark.parametrize("name", ["Ana Peña", "Rosa Gamón"])
def test_a_name_with_an_accent_is_no_name_in_another_script(read: Read, name: str) -> None:
    source = f"ambassador to the islands {name}"
    assert speaker(read, f"It is unsafe, {source} said.", "It is unsafe", "said", source, **{name: []}) == name


def test_a_clause_behind_the_source_names_the_one_who_speaks(read: Read) -> None:
    text = "A clerk at the docks, who gave his name as Venn, said the bridge was unsafe."
    assert speaker(read, text, "the bridge was unsafe", "said", "A clerk at the docks") == "Orla Venn"


def test_two_in_an_aside_are_not_who_has_spoken(read: Read) -> None:
    text = "The Harbour Board, in its case against Tam Quill and Orla Venn, has said the bridge was unsafe."
    mentions = [*mentions_of(text, {"Harbour Board": []}, EntityType.ORG), *mentions_of(text, PEOPLE)]
    said = attribution(text, "the bridge was unsafe", "has said", "Tam Quill and Orla Venn")
    assert read(text, said, mentions=mentions)[0].speaker_name == "Harbour Board"


def test_the_stop_of_an_abbreviation_belongs_to_the_name(read: Read) -> None:
    text = "Dock carver Tam Quill Jr. said the bridge was unsafe."
    (named,) = mentions_of(text, {"Tam Quill Jr": []})
    whole = replace(named, end=named.end + 1, name="Tam Quill Jr.")
    said = attribution(text, "the bridge was unsafe", "said", "Dock carver Tam Quill Jr")
    (quote,) = read(text, said, mentions=[whole])
    assert quote.speaker is not None
    assert (quote.speaker_name, quote.speaker.of(text)) == ("Tam Quill Jr.", "Dock carver Tam Quill Jr.")


def test_a_department_of_justice_is_no_judge(read: Read) -> None:
    text = "The Department of Justice said the bridge was unsafe."
    mentions = mentions_of(text, {"Department of Justice": []}, EntityType.ORG)
    (quote,) = read(
        text, attribution(text, "the bridge was unsafe", "said", "The Department of Justice"), mentions=mentions
    )
    assert (quote.speaker_name, quote.speaker_kind) == ("Department of Justice", SpeakerKind.ORGANIZATION)


def test_who_behind_a_place_is_not_the_place(read: Read) -> None:
    text = "She met traders from Corran, who said the bridge was unsafe."
    mentions = mentions_of(text, {"Corran": []}, EntityType.LOC)
    (quote,) = read(text, attribution(text, "the bridge was unsafe", "said", "who"), mentions=mentions)
    assert quote.speaker_name is None


def test_the_defence_is_nobody_in_particular(read: Read) -> None:
    text = "Tam Quill came to court. Quill sat down. The defence said that the bridge had been unsafe."
    (quote,) = read(
        text,
        attribution(text, "that the bridge had been unsafe", "said", "The defence"),
        mentions=mentions_of(text, PEOPLE),
    )
    assert quote.speaker_name is None
