"""Who is a medium and who only hears: outlets however they are described, meetings, papers; nobody told in private."""

from collections.abc import Callable

import pytest

from onrecord.document.article import EntityType, Mention, Quote
from tests.onrecord.tagged_texts import attribution, mentions_of

Read = Callable[..., tuple[Quote, ...]]
BODIES: dict[str, tuple[str, ...]] = {
    "Corran Radio": (),
    "The Harbour Courier": (),
    "Harbour Courier": (),
    "Harbour Board": (),
    "CRW": (),
    "Corran This Evening": (),
}


def names(text: str) -> list[Mention]:
    people = mentions_of(text, {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]})
    bodies = mentions_of(text, BODIES, EntityType.ORG)
    lands = mentions_of(text, {"Corran": []}, EntityType.LOC)
    taken = [(m.start, m.end) for m in bodies]
    outside = [m for m in lands if not any(start <= m.start < end for start, end in taken)]
    return people + [
        Mention(m.start, m.end, m.entity_type, m.name, 1.0, offset + m.local_id)
        for offset, group in ((10, bodies), (20, outside))
        for m in group
    ]


def medium(read: Read, sentence: str, cue: str, source: str, content: str = "the bridge was safe") -> str | None:
    (quote,) = read(sentence, attribution(sentence, content, cue, source), mentions=names(sentence))
    return quote.medium


@pytest.mark.parametrize(
    ("hearer", "expected"),
    [
        ("researchers", "researchers"),
        ("the authors of the report", "authors of the report"),
        ("members of the board", "members of the board"),
        ("police", "police"),
        ("Harbour Board officials", "Harbour Board officials"),
        ("Quill", "Quill"),
        ("herself", None),
        ("supporters", "supporters"),
        ("a rally this week", "rally"),
        ("Corran This Evening on Friday", "Corran This Evening"),
        ("the Corran council", "Corran council"),
        ("The Harbour Courier", "Harbour Courier"),
        ("her country's state-owned CRW", "CRW"),
        ("the state broadcaster, Corran Radio,", "Corran Radio"),
        ("Corran Radio host Tam Quill", "Corran Radio host Tam Quill"),
        ("the Corran Radio audience", "Corran Radio"),
        ("Corran Radio's news show", "Corran Radio's news show"),
        ("Corran Radio's weekly video series", "Corran Radio"),
        ("the Corran ‘Sunday Tide’", "Sunday Tide"),
        ("“Dock & Tide”", "Dock & Tide"),
        ("“Tide”", None),  # one word may be anything
    ],
)
def test_whom_somebody_told(read: Read, hearer: str, expected: str | None) -> None:
    assert medium(read, f"Orla Venn told {hearer} that the bridge was safe.", "told", "Orla Venn") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("When contacted by The Harbour Courier, Orla Venn said the bridge was safe.", "Harbour Courier"),
        ("Asked by the Harbour Courier, Orla Venn said the bridge was safe.", "Harbour Courier"),
        ("Following a study quoted by the Harbour Board, Orla Venn said the bridge was safe.", None),
        (
            "In an interview with the public broadcaster, Corran Radio, Orla Venn said the bridge was safe.",
            "Corran Radio",
        ),
        ("In a report by the Harbour Board, Orla Venn said the bridge was safe.", "report"),
        ("In posts on the platform WeChat and elsewhere, Orla Venn said the bridge was safe.", "WeChat"),
        ("At last week’s forum, Orla Venn said the bridge was safe.", "last week’s forum"),
        ("In an earlier statement, Orla Venn said the bridge was safe.", "earlier statement"),
        ("On her official page, Orla Venn said the bridge was safe.", "official page"),
        ("Commenting on all that the clerks had heard at the trial, Orla Venn said the bridge was safe.", None),
        ("In its response, Orla Venn said the bridge was safe.", "response"),
        ("In an appearance on Corran Radio, Orla Venn said the bridge was safe.", "Corran Radio"),
        ("In response, Orla Venn said the bridge was safe.", None),
        ("In Monday's announcement, Orla Venn said the bridge was safe.", "Monday's announcement"),
        ("On a Corran call the other day, Orla Venn said the bridge was safe.", "Corran call"),
        ("On “Dock & Tide,” Orla Venn said the bridge was safe.", "Dock & Tide"),
        ("Orla Venn told all via Twitter and said the bridge was safe.", "Twitter"),
        ("Writing in the Harbour Courier, Orla Venn said the bridge was safe.", "Harbour Courier"),
        ("Writing in Dockside Monthly, Orla Venn said the bridge was safe.", "Dockside Monthly"),
        ("Writing in Corran, Orla Venn said the bridge was safe.", None),
        ("Writing in Spanish, Orla Venn said the bridge was safe.", None),
        ("Speaking to the state news agency, Orla Venn said the bridge was safe.", "state news agency"),
        ("Speaking to him, Orla Venn said the bridge was safe.", None),
        ("Clerks speaking to the board said so, and Orla Venn said the bridge was safe.", None),
        ("In a video message, Orla Venn said the bridge was safe.", "video message"),
        ("In a video on Facebook, Orla Venn said the bridge was safe.", "Facebook"),
        ("At an imbizo, Orla Venn said the bridge was safe.", "imbizo"),
        ("On Quill's YouTube channel, Orla Venn said the bridge was safe.", "Quill's YouTube channel"),
    ],
)
def test_where_it_was_said(read: Read, sentence: str, expected: str | None) -> None:
    assert medium(read, sentence, "said", "Orla Venn") == expected


@pytest.mark.parametrize(
    ("sentence", "cue", "expected"),
    [
        ("Orla Venn issued a statement saying the bridge was safe.", "saying", "statement"),
        ("Orla Venn held a briefing to insist the bridge was safe.", "held a briefing to insist", "briefing"),
        ("Quill held a fair in the town and Orla Venn said the bridge was safe.", "said", None),
        ("As the guards held a parade, Orla Venn kept saying the bridge was safe.", "kept saying", None),
    ],
)  # fmt: skip
def test_a_paper_issued_or_a_meeting_held(read: Read, sentence: str, cue: str, expected: str | None) -> None:
    assert medium(read, sentence, cue, "Orla Venn") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the affidavit", "affidavit"),
        ("its statement to Corran Radio", "statement to Corran Radio"),
        ("the study", "study"),
        ("reports", None),
        ("the law", None),
        ("the Harbour Board website", "Harbour Board website"),
        ("a 2019 Corran Radio survey", "2019 Corran Radio survey"),
        ("its own study", "study"),
        ("The Post", None),
        ("Orla Venn, as quoted by news agency CRW", "CRW"),
        ("the board's latest website", "latest website"),
        ("the board's website", "website"),
        ("a website of the dockers", None),
    ],
)
def test_papers_and_outlets_in_the_source(read: Read, source: str, expected: str | None) -> None:
    sentence = f"The bridge was safe, according to {source}."
    assert medium(read, sentence, "according to", source, "The bridge was safe") == expected


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "expected"),
    [
        ("Orla Venn urged the board to close the bridge.", "urged", "to close the bridge", "board"),
        ("Orla Venn urged the board to close the bridge.", "urged", "the board to close the bridge", "board"),
        ("Orla Venn called on Tam Quill to close it.", "called on", "to close it", "Tam Quill"),
        ("Orla Venn called on the board to close it.", "called", "to close it", "board"),
        ("Orla Venn called on Friday to close it.", "called", "to close it", None),
        ("Orla Venn pleaded with dockers to leave.", "pleaded with", "dockers to leave", "dockers"),
        ("Orla Venn appealed to dockers to leave.", "appealed", "to leave", "dockers"),
        ("Orla Venn appealed to keep it open.", "appealed", "to keep it open", None),
        ("Orla Venn called the bridge old.", "called", "the bridge old", None),
        ("Orla Venn warned the bridge was old.", "warned", "the bridge was old", None),
        ("Orla Venn warned on Monday that it was old.", "warned", "that it was old", None),
        ("Orla Venn told them that it was old.", "told", "that it was old", None),
        ("Orla Venn was told that it was old.", "was told", "that it was old", None),
    ],
)
def test_the_object_of_a_verb_of_addressing(
    read: Read, sentence: str, cue: str, content: str, expected: str | None
) -> None:
    assert medium(read, sentence, cue, "Orla Venn", content) == expected


@pytest.mark.parametrize(
    ("words", "cue", "expected"),
    [
        ("confided to a friend that", "confided", "friend"),
        ("complained to the Harbour Board that", "complained", "Harbour Board"),
        ("said to supporters that", "said", "supporters"),
        ("wrote to say that", "wrote", None),
        ("admitted to the theft and that", "admitted", None),
        ("told a radio station", "told", "radio station"),
        ("told her 600 followers", "told", "600 followers"),
        ("promised buyers that", "promised", "buyers"),
        ("said on a conference call with reporters that", "said", "conference call"),
    ],
)
def test_whom_words_lead_to(read: Read, words: str, cue: str, expected: str | None) -> None:
    assert medium(read, f"Orla Venn {words} the bridge was safe.", cue, "Orla Venn") == expected


def test_thanks_go_to_whom_they_are_said(read: Read) -> None:
    sentence = "Orla Venn thanked His Highness the Duke for his help."
    assert medium(read, sentence, "thanked", "Orla Venn", "his help") == "His Highness the Duke"
