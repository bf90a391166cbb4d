"""Role, medium and day of a quote."""

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from onrecord.document.article import (
    EntityType,
    Mention,
    Precision,
    Publication,
    Quote,
    Tagging,
    TimeExpression,
    TimexType,
)
from onrecord.quotes import find_quotes
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

Read = Callable[..., tuple[Quote, ...]]
PEOPLE: dict[str, Sequence[str]] = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}


def names(text: str) -> list[Mention]:
    return mentions_of(text, PEOPLE) + [
        Mention(m.start, m.end, EntityType.ORG, m.name, 1.0, 10 + m.local_id)
        for m in mentions_of(text, {"Harbour Courier": ["HC"], "Corran Radio": ["OV"]})
    ]


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("told the Harbour Courier", "Harbour Courier"),
        ("told the Harbour Courier on Friday", "Harbour Courier"),
        ("told reporters in the town", "reporters"),
        ("told him", None),
        ("told the chamber shortly before the vote", "chamber"),
        ("told the family that it would hold", "family"),
        ("told its 60,000 readers", "60,000 readers"),
        ("told business weekly Corran Radio on Friday", "Corran Radio"),
        ("said in an interview with Corran Radio on Friday", "Corran Radio"),
        ("said in a telephone interview", "telephone interview"),
        ("said in an interview Monday with Corran Radio", "Corran Radio"),
        ("said at a news conference", "news conference"),
        ("said in a statement on Friday", "statement"),
        ("wrote on Facebook", "Facebook"),
        ("wrote on her Facebook page", "Facebook"),
        ("said on Corran Radio", "Corran Radio"),
        ("tweeted", "Twitter"),
        ("said on Friday", None),
        ("said at the bridge", None),
        ("said to reporters", "reporters"),
        ("said via press statement", "press statement"),
        ("said in these letters", None),
        ("told his works panel in the town", "works panel"),
        ("told a Corran Radio meeting on Friday", "Corran Radio meeting"),
        ("told the judges hearing Quill's case", "judges"),
        ("told reporters alongside Quill", "reporters"),
        ("said on the Corran Radio app", None),
        ("said of those who were named in the report", None),
        ("said during a Harbour Courier launch yesterday", "Harbour Courier launch"),
        ("said by email", "email"),
        ("said on a Harbour Courier panel", "Harbour Courier panel"),
        ("said via Facebook", "Facebook"),
        ("said on a tour of the docks", None),
        ("said in a letter sent to the clerk", "letter"),
        ("said in a letter to Tam Quill on Friday", "letter to Tam Quill"),
        ("said in a memo to guests of the Harbour Courier", "memo to guests of the Harbour Courier"),
        ("said in an email to lawmakers who left", "email to lawmakers"),
        ("said in an email to what was left", "email"),
        ("urged people to stay", "people"),
        ("told me", "me"),
        ("said to the press on Friday", "press"),
        ("wrote to Tam Quill", "Tam Quill"),
        ("said on the harbour platform", "harbour platform"),
        ("said on a Facebook video", "Facebook video"),
        ("said in her answer to Tam Quill", "answer to Tam Quill"),
        ("said in a statement given to Corran Radio", "statement"),
        ("made the announcement in a letter", "letter"),
        ("said at a town hall here", "town hall"),
        ("shot back in a statement", "statement"),
        ("said at the Harbour convention", "Harbour convention"),
        ("asked of the docks during a long hearing", "long hearing"),
        ("asked the U.S. clerk whether it was", "U.S. clerk"),
    ],
)
def test_medium(read: Read, tail: str, expected: str | None) -> None:
    text = f'Rain fell on the town. "The bridge is quite unsafe now," Orla Venn {tail}.'
    cue = tail.split()[0]
    (quote,) = read(text, attribution(text, "The bridge is quite unsafe now", cue, "Orla Venn"), mentions=names(text))
    assert quote.medium == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Orla Venn in her last report", "last report"),
        ("a clerk who met Orla Venn in court", None),
        ("the author of the letter, Orla Venn", None),
        ("two clerks who spoke with Corran Radio", "Corran Radio"),
    ],
)
def test_medium_at_the_end_of_a_source(read: Read, source: str, expected: str | None) -> None:
    text = f"Rain fell. The bridge is quite unsafe now, said {source}."
    (quote,) = read(text, attribution(text, "The bridge is quite unsafe now", "said", source), mentions=names(text))
    assert quote.medium == expected


def test_whoever_asks_is_not_who_is_asked(read: Read) -> None:
    text = "“Is the bridge quite safe now?” asked the clerk."
    (quote,) = read(text, attribution(text, "“Is the bridge quite safe now?”", "asked", "the clerk"))
    assert quote.medium is None


def test_what_is_said_may_stand_before_the_hearer(read: Read) -> None:
    text = "Orla Venn said much the same to Corran Radio on Tuesday."
    (quote,) = read(text, attribution(text, "much the same", "said", "Orla Venn"), mentions=names(text))
    assert quote.medium == "Corran Radio"


def test_according_to_names_no_hearer(read: Read) -> None:
    text = "According to Corran Radio, the bridge was unsafe."
    (quote,) = read(
        text, attribution(text, "the bridge was unsafe", "According to", "Corran Radio"), mentions=names(text)
    )
    assert quote.medium is None


def test_a_title_behind_the_outlet_is_the_speakers(read: Read) -> None:
    text = "In an interview with Corran Radio Dr. Orla Venn said the bridge was safe."
    (quote,) = read(text, attribution(text, "the bridge was safe", "said", "Dr. Orla Venn"), mentions=names(text))
    assert quote.medium == "Corran Radio"


def test_medium_before_the_source(read: Read) -> None:
    text = "In an interview with Corran Radio, Orla Venn said the bridge was safe."
    (quote,) = read(text, attribution(text, "the bridge was safe", "said", "Orla Venn"), mentions=names(text))
    assert quote.medium == "Corran Radio"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Orla Venn held a news conference where she said the bridge was safe.", "news conference"),
        ("She opened the fair with a long speech, in which she said the bridge was safe.", "long speech"),
        ("She took to Facebook and said the bridge was safe.", "Facebook"),
        ("Giving an update at a hearing, she said the bridge was safe.", "hearing"),
        ("Speaking to Corran Radio, she said the bridge was safe.", "Corran Radio"),
        ("Though much is in the report, she said the bridge was safe.", None),
        ("On Corran Day, she said the bridge was safe.", None),
        ("In a report on docks, she said in an editorial the bridge was safe.", "editorial"),
        ("She sat in a hearing as she said the bridge was safe.", None),
        ("While speaking about the docks with the press, she said the bridge was safe.", "press"),
        ("Addressing dockers and their guests, she said the bridge was safe.", "dockers and their guests"),
        ("She sent him a letter and said the bridge was safe.", "letter"),
        ("She filed a lawsuit against the board and said the bridge was safe.", "lawsuit"),
        ("She convened a news conference on docks and said the bridge was safe.", "news conference"),
        ("She made a statement on docks and said the bridge was safe.", "statement"),
        ("She left it but in a later interview said the bridge was safe.", "later interview"),
        ("She held a speech prior to lunch and said the bridge was safe.", "speech"),
        ("She met the clerk who filed a complaint, and said the bridge was safe.", None),
    ],
)
def test_where_it_was_said_elsewhere_in_the_sentence(read: Read, sentence: str, expected: str | None) -> None:
    source = "she" if " she " in sentence else "She"
    day = mentions_of(sentence, {"Corran Day": []}, EntityType.MISC)
    found = attribution(sentence, "the bridge was safe", "said", source)
    (quote,) = read(sentence, found, mentions=[*names(sentence), *day])
    assert quote.medium == expected


def test_a_letter_by_somebody_is_the_medium_of_what_it_says(read: Read) -> None:
    text = "A letter by Orla Venn said the bridge was safe."
    found = attribution(text, "the bridge was safe", "said", "A letter by Orla Venn")
    (quote,) = read(text, found, mentions=names(text))
    assert (quote.speaker_name, quote.medium) == ("Orla Venn", "letter")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Orla Venn during a long briefing on docks", "Orla Venn"),
        ("Orla Venn on Friday", "Orla Venn"),
        ("a clerk at the hearing", "a clerk at the hearing"),
    ],
)
def test_where_and_when_are_no_part_of_the_source(read: Read, source: str, expected: str) -> None:
    text = f"“The bridge is safe,” said {source}."
    (quote,) = read(text, attribution(text, "The bridge is safe,", "said", source), mentions=names(text))
    assert quote.speaker is not None
    assert quote.speaker.of(text) == expected


def test_what_another_quote_of_the_sentence_reports_is_no_medium(read: Read) -> None:
    text = "The guard said it would welcome strikes on Radio Corran and accused the senate of failing to act."
    first = attribution(text, "it would welcome strikes on Radio Corran", "said", "The guard")
    second = attribution(text, "the senate of failing to act", "accused", "The guard")
    mentions = mentions_of(text, {"Radio Corran": []}, EntityType.ORG)
    assert [quote.medium for quote in read(text, first, second, mentions=mentions)] == [None, None]


def test_a_quote_that_goes_on_keeps_medium_and_role(read: Read) -> None:
    text = (
        "“The bridge is quite unsafe now,” Orla Venn, the harbour master, told the Harbour Courier.\n\n"
        "“We will close it to everybody.”"
    )
    found = read(
        text,
        attribution(text, "The bridge is quite unsafe now", "told", "Orla Venn, the harbour master"),
        mentions=names(text),
    )
    assert [(q.speaker_name, q.medium, q.speaker_role) for q in found] == [
        ("Orla Venn", "Harbour Courier", "the harbour master")
    ] * 2


@pytest.mark.parametrize(
    ("story", "source", "expected"),
    [
        ("", "Orla Venn, a senior aide to the leader of the guard", "a senior aide to the leader of the guard"),
        ("", "Harbour guard spokeswoman Orla Venn", "Harbour guard spokeswoman"),
        ("", "the spokeswoman, Orla Venn", "the spokeswoman"),
        ("Orla Venn, a lawyer for the town, came.", "Venn", "a lawyer for the town"),
        ("Crowds came. Mayor Orla Venn stayed.", "Venn", "Mayor"),
        ("The drought prompted farmer Orla Venn to sell.", "Venn", "farmer"),
        ("The Harbour Courier quotes Mayor Orla Venn.", "Venn", "Mayor"),
        ("The board's appointed head Orla Venn came.", "Venn", "The board's appointed head"),
        ("", "a senior politician close to Venn", "a senior politician close to Venn"),
        ("", "two members of the council", "two members of the council"),
        ("", "Minister for Works, Docks, and Rail, Orla Venn", "Minister for Works, Docks, and Rail"),
        ("", "Harbour Courier (HC) writer and critic Ms. Venn", "Harbour Courier (HC) writer and critic"),
        ("", "The dock's owner, Orla Venn", "The dock's owner"),
        ("", "Orla Venn (OV), 59, head of Corran Radio (CR)", "head of Corran Radio (CR)"),
        ("", "Orla Venn, a clerk in Corran, a town where docks are old", "a clerk in Corran"),
        ("", "Mayor Orla Venn, a former sailor", "Mayor"),
        ("", "Orla Venn, head of docks, and Tam Quill, the clerk", "head of docks"),
        ("", "Orla Venn, who owns a dock", None),
        ("", "Dr Orla Venn", None),
        ("", "Mayor Tan Sri Orla Venn", "Mayor"),
        ("", "Prime Minister Sheikh Orla Venn", "Prime Minister"),
        ("", "Associate Professor Orla Venn", "Associate Professor"),
        ("Prime Minister Sheikh Orla Venn came.", "Orla Venn", "Prime Minister"),
        ("He thanked Orla Venn, and his son for the gift.", "Venn", None),
        ("", "his brother Tam Quill", "his brother"),
        ("Orla Venn, minister of works, came.", "Minister Venn", "minister of works"),
        ("", "a tall aide who would not be named", "a tall aide"),
        ("", "Head of works Tam Quill met with Head of docks Olan Reth", None),
        ("Ask what Mayor Orla Venn would do.", "Venn", "Mayor"),
        ("Its dock can serve Mayor Orla Venn well.", "Venn", "Mayor"),
        ("", "the sea captain 'Orla Venn", "the sea captain"),
        ("Mayor Tam Quill and clerk Orla Venn came.", "Venn", "clerk"),
        ("", "Orla Venn, one of the guild's leaders", "one of the guild's leaders"),
        ("", "one of the guild's lawyers, Orla Venn", "one of the guild's lawyers"),
        ("", "Corran rugby team lock Orla Venn", "Corran rugby team lock"),
        ("", "his senior dock adviser Orla Venn", "senior dock adviser"),
        ("", "her old opponent Orla Venn", None),
        ("", "Orla Venn, head of docks, and other clerks", "head of docks"),
        ("", "Orla Venn from Harbour Courier in Corran", "from Harbour Courier"),
        ("Orla Venn, a reporter, came.", "Orla Venn from Harbour Courier", "a reporter"),
        ("", "Committee member Orla Venn (HC", "Committee member"),
        ("", "President Olan and Orla Venn", None),
        ("", "Mr. Chair", None),
        ("", "her mother", None),
        ("", "its president", None),
        ("", "the sisters", None),
        ("", "the sisters of the driver", "the sisters of the driver"),
        ("", "the source", None),
        ("", "other guild members", None),
        ("", "guild members, like Tam Quill", "guild members"),
        ("", "the guild's lawyers, Tam Quill and Orla Venn", "the guild's lawyers"),
        ("", "the ASP", "the ASP"),
        ("", "the old dock", None),
        ("", "most towns", None),
        ("Orla Venn came.", "Venn", None),
        ("Orla Venn, 59, came.", "Venn", None),
    ],
)
def test_role(read: Read, story: str, source: str, expected: str | None) -> None:
    text = f"{story}\n\nThe bridge is quite unsafe now, {source} said."
    found = attribution(text, "The bridge is quite unsafe now", "said", source)
    if story and source == "Venn":
        start = text.rindex("Venn")
        found = type(found)(found.content, found.cue, type(found.content[0])(start, start + 4), 0.9)
    (quote,) = read(text, found, mentions=names(text))
    assert quote.speaker_role == expected


def test_the_day_it_was_said() -> None:
    text = "Orla Venn said on Friday that the bridge was safe."
    start = text.index("Friday")
    friday = TimeExpression(
        start, start + 6, TimexType.DATE, "2031-05-02", date_from=dt.date(2031, 5, 2), date_to=dt.date(2031, 5, 2)
    )
    tagging = Tagging(attributions=(attribution(text, "that the bridge was safe", "said", "Orla Venn"),))
    (quote,) = find_quotes(document_of(text), tagging, names(text), (friday,), Publication())
    assert (quote.date_said, quote.date_said_precision) == (dt.date(2031, 5, 2), Precision.DAY)


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("the lobby group Harbour Courier", "lobby group"),
        ("They read the newspaper Harbour Courier. It", "newspaper"),
        ("Last Wednesday Corran's parent company Harbour Courier", "Corran's parent company"),
        ("the clerk's Harbour Courier", None),
    ],
)
def test_a_body_has_the_noun_before_its_name_for_role(read: Read, lead: str, expected: str | None) -> None:
    text = f"Rain fell. {lead} grew. The bridge is quite unsafe now, the Harbour Courier said."
    start = text.rindex("Harbour Courier")
    found = attribution(text, "The bridge is quite unsafe now", "said", "Harbour Courier")
    found = type(found)(found.content, found.cue, type(found.content[0])(start, start + 15), 0.9)
    (quote,) = read(text, found, mentions=names(text))
    assert quote.speaker_role == expected


def test_an_unnamed_speaker_keeps_the_fuller_words_of_an_earlier_source(read: Read) -> None:
    text = "The bridge is safe, a harbour official said. The dock rusts, the official said. Boats sink, he said."
    triples = [("The bridge is safe", "a harbour official"), ("The dock rusts", "the official"), ("Boats sink", "he")]
    found = [attribution(text, content, "said", source) for content, source in triples]
    starts = [text.index("said"), text.index("said", 50), text.rindex("said")]
    spans = [type(found[0].content[0])(start, start + 4) for start in starts]
    quotes = read(text, *[type(f)(f.content, cue, f.source, 0.9) for f, cue in zip(found, spans, strict=True)])
    assert [quote.speaker_role for quote in quotes[:2]] == ["a harbour official", "a harbour official"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("forecasters at Corran", None),
        ("two sources at the guild", None),
        ("the authorities", None),
        ("most voters", "most voters"),
        ("several observers", None),
        ("investigative sources", None),
        ("residents of Corran", None),
    ],
)
def test_several_who_are_called_by_what_they_are(read: Read, source: str, expected: str | None) -> None:
    text = f"The bridge is quite unsafe now, {source} said."
    (quote,) = read(text, attribution(text, "The bridge is quite unsafe now", "said", source))
    assert quote.speaker_role == expected
