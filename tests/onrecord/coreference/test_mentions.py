"""Mentions of one person, place or organisation in an article share a name and an id; others do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference import find_mentions
from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Block, BlockKind, EntityType, NameSpan, Span
from onrecord.document.document import Document
from tests.onrecord.marked_names import ids, names, read

PERSON, ORG, LOC, NORP = EntityType.PERSON, EntityType.ORG, EntityType.LOC, EntityType.NORP


def headed(marked: str) -> list[str]:
    """The names where the first paragraph is the headline."""
    text, mentions = read(marked)
    border = text.index("\n\n")
    blocks = [Block(BlockKind.HEADLINE, 0, border), Block(BlockKind.PARAGRAPH, border, len(text))]
    spans = [NameSpan(m.start, m.end, m.entity_type, 0.9) for m in mentions]
    return [text[m.start : m.end] for m in find_mentions(Document(text, tuple(blocks)), spans)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:Karim al-Wari] spoke. [P:Wari] left. [P:al-Wari’s] car", ["Karim al-Wari"] * 3),
        ("[P:Jamil al Hosni] spoke. “No,” [P:Hosni] said.", ["Jamil al Hosni"] * 2),
        ("[P:WARI] WARNS\n\n[P:Karim Wari] warned.", ["Karim Wari"] * 2),
        ("[P:Jane Lena Orr] came. [P:JLO] left.", ["Jane Lena Orr"] * 2),
        ("[P:Jane Lena-Orr] came. [P:JLO] left.", ["Jane Lena-Orr"] * 2),
        ("[P:Jane Orr] came. [P:J. M. Orr] left. [P:Jane M. Orr] slept.", ["Jane M. Orr"] * 3),
        ("[P:Wu Jianmin] came. [P:Wu] left.", ["Wu Jianmin"] * 2),
        ("[P:Kim Su Ryong] came. [P:Kim] left.", ["Kim Su Ryong"] * 2),
        ("[P:Daw Hnin Wai Lwin] came. [P:Wai Lwin] left.", ["Hnin Wai Lwin"] * 2),
        ("[P:Luis Manuel Gómez Prado] came. [P:Gómez Prado] left. [P:Gómez] slept.", ["Luis Manuel Gómez Prado"] * 3),
        ("[P:Anna Jónsdóttir] came. [P:Anna] left.", ["Anna Jónsdóttir"] * 2),
        ("[P:William Orr] came. [P:Bill Orr] left.", ["William Orr"] * 2),
        ("[P:J. Orr] came. [P:Jane Orr] left.", ["Jane Orr"] * 2),
        ("[P:Suharno] came. [P:Suharno] left.", ["Suharno"] * 2),
        ("[P:The Dan] left. [P:Dan Orr] came. [P:Dan] slept.", ["Dan Orr"] * 3),
        ("[P:Dan Orr], popularly known as “[P:Bo]”, came. [P:Bo] left.", ["Dan Orr"] * 3),
        ("[P:Oren II] came. [P:Oren] left.", ["Oren II"] * 2),
        ("[P:Ilya Zelenskyy] came. [P:Zelensky] left.", ["Ilya Zelenskyy"] * 2),
        ("[P:Higashi Keiko] came. [P:Keiko Higashi] left.", ["Higashi Keiko"] * 2),
        ("[P:Dan Orr] Jr. came. [P:Orr] Jr left.", ["Dan Orr Jr."] * 2),
        ("Chief [P:Kwasi Ordan] IV came. [P:Kwasi Ordan] left.", ["Kwasi Ordan IV"] * 2),
        ("Md [P:Karim Sorn] came. [P:Karim Sorn] left.", ["Md Karim Sorn"] * 2),
        ("[P:Ana Venn Quill] came. [P:AVQ] left.", ["Ana Venn Quill"] * 2),
        ("[P:Venn Quill] came. [P:TAVQ] left.", ["Venn Quill"] * 2),
        ("[P:Ana Venn Quill] came. [P:Ana Venn] left. [P:Ana Quill] slept.", ["Ana Venn Quill"] * 3),
        ("[P:Harold] ([P:Hal) Venn] came. [P:Venn] left.", ["Harold (Hal) Venn"] * 2),
        ("[P:Harold] “[P:Ink]” [P:Venn] came. [P:Venn] left.", ["Harold “Ink” Venn"] * 2),
        ("[P:Ada Venn-Orr] came. [P:Venn]-[P:Orr] left.", ["Ada Venn-Orr"] * 2),
        ("[P:Omar Karim Al-Sorn Al-Wari] came. [P:Omar Karim Al- Wari] left.", ["Omar Karim Al-Sorn Al-Wari"] * 2),
    ],
)
def test_short_forms_of_one_person(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected
    assert len(set(ids(marked))) == 1


@pytest.mark.parametrize(
    "marked",
    [
        "[P:Dan Orr Sr.] and [P:Dan Orr Jr.] came.",
        "[P:Umm Salma] came. Her daughter [P:Salma] left.",
        "[P:Salma] came. [P:Umm Salma] left.",
        "[P:Omar bin Karim bin Said al-Wari] and [P:Karim bin Said al-Wari] came.",
        "[P:Karim Al-Sorn Al-Wari] and his son [P:Omar Karim Al-Sorn Al-Wari] came.",
        "[P:Dan A. Orr] and [P:Dan C.A. Orr] came.",
        "[P:Hadi al-Wari] and [P:Hassan al-Wari] came.",
        "[P:Kim Su Ryong] and [P:Kim Su Il] came.",
        "King [P:Salim] and [P:Omar bin Salim] came.",
        "[O:Kitab Tahrir] and [O:Tahrir] came.",
        "[O:Orlen] and the [O:Orlen Institute] came.",
        "[N:Iraqis] in [L:Iraq]",
        "[L:Washington] and [P:Washington]",
        "[P:Oren I] and [P:Oren II] came.",
        "[P:Hana Orr] met [P:Oren II].",
        "[P:Jane Morr] came. [P:Jane M. Orr] left.",
        "[P:Jane Orr] is on [P:Jane Orr Tonight].",
        "[P:Jane Lena Orr] met [P:JLM].",
        "[L:Kuwait] and [L:Kuwait City]",
        "the [O:Library of Assembly] and the [O:Assembly]",
        "the [N:Tarnian] people and the [O:Tarnian Party]",
    ],
)
def test_others_stay_apart(marked: str) -> None:
    assert len(set(ids(marked))) == 2


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[P:Harold (Hal) Venn] came. [P:Venn] left.", "Harold (Hal) Venn"),
        ("[P:Orla Venn (Tarn)] came.", "Orla Venn"),
        ("[P:Orla Venn] came.", "Orla Venn"),
    ],
)
def test_a_bracket_inside_a_name_stays_and_one_behind_it_does_not(marked: str, name: str) -> None:
    mentions = read(marked)[1]
    assert Mentions(mentions).full_name(mentions[0]) == name


def test_an_office_with_its_place_is_no_name() -> None:
    assert names("[P:Jane Orr] met the [P:Senator from Tarn].") == ["Jane Orr"]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("the [L:U.S.], [L:America], the [L:United States], [L:US]", "United States"),
        ("[N:Russian] jets and [N:Russians]", "Russian"),
        ("the [O:Tarn Water Board] ([O:TWB]), the [O:TWB]", "Tarn Water Board"),
        ("the [O:Corran Evening Times] and later the [O:Times]", "Corran Evening Times"),
        ("[O:The Times], which is the [O:Corran Evening Times]", "Corran Evening Times"),
        ("[O:Veda] [[O:Red Dawn]], [O:Veda]", "Red Dawn"),
        ("the [O:Tarn Brigade] militia. The [O:Brigade] left. [O:Tarn] came.", "Tarn Brigade"),
        ("[O:Orlen Motor Co.] and [O:Orlen]", "Orlen Motor Co."),
        ("[L:Port Orlen, Tarnia] and [L:Port Orlen]", "Port Orlen, Tarnia"),
        ("the [O:European Aerial Works Co.] ([O:EAW])", "European Aerial Works Co."),
        ("[O:Orlen Veda] and [O:Orlen]", "Orlen Veda"),
        ("[L:Orlen City] and [L:Orlen]", "Orlen City"),
        ("the [O:Harbour Ministry]. The [O:Harbour Minstry] said", "Harbour Ministry"),
        ("the [O:Ministry of Public Docks]. The [O:MDP] said", "Ministry of Public Docks"),
    ],
)
def test_several_names_of_one_body_or_place(marked: str, name: str) -> None:
    assert set(names(marked)) == {name}


@pytest.mark.parametrize(
    ("marked", "roles"),
    [
        ("[P:Prime Minister Karim al-Wari] left.", ("Prime Minister",)),
        ("Tarnian Prime Minister [P:Karim Wari] left.", ("Tarnian Prime Minister",)),
        ("said opposition leader [P:Karim Wari].", ("opposition leader",)),
        ("Water Board Spokesman [P:Lee Marsh] left.", ("Water Board Spokesman",)),
        ("[P:Lee Marsh], a senior aide to the head of Tarn, told", ("a senior aide to the head of Tarn",)),
        ("[P:Lee Marsh], Tarnia’s prime minister, left.", ("Tarnia’s prime minister",)),
        ("said the spokesman, [P:Lee Marsh].", ("the spokesman",)),
        ("Tarnia’s top general, [P:Lee Marsh], said", ("Tarnia’s top general",)),
        ("Minister of Public Works [P:Lee Marsh] said", ("Minister of Public Works",)),
        ("[P:Lee Marsh], 54, who is the head of the board, said", ("the head of the board",)),
        ("We told the president, [P:Marsh] said.", ()),
        ("For [P:Lee Marsh], the president is a friend.", ()),
        ("[P:Lee Marsh], his wife, said", ()),
        ("[P:Tarin]’s friend [P:Lee Marsh] said", ()),
        ("His friend [P:Lee Marsh] said", ()),
        ("[P:Lee Marsh], head of the board stated and repeated.", ("head of the board",)),
        ("Following President [P:Lee Marsh] there", ("President",)),
        ("nominee Gov. [P:Lee Marsh] said", ("nominee", "Gov.")),
        ("[P:Lee Marsh] (D-Tarn), a panel member, said", ("a panel member",)),
        ("[P:Lee Marsh] of Tarn, the top aide, said", ("the top aide",)),
        ("[P:Lee Marsh] — surgeon and columnist — said", ("surgeon and columnist",)),
        ("the colourful ornithologist [P:Lee Marsh] said", ("colourful ornithologist",)),
        ("Tarin’s top IT staffer [P:Lee Marsh] said", ("Tarin’s top IT staffer",)),
        ("New Zealand coach [P:Lee Marsh] said", ("New Zealand coach",)),
        ("Deputy Youth and Sports Minister [P:Lee Marsh] said", ("Deputy Youth and Sports Minister",)),
        ("He left as president.\n[P:Marsh] said", ()),
        ("[P:Lee Marsh], head of the Tarn Party (TP), said", ("head of the Tarn Party (TP)",)),
        ("[P:Lee Marsh], also a member of the board, said", ("a member of the board",)),
        ("When [P:Lee Marsh] left", ()),
    ],
)  # fmt: skip
def test_roles_beside_a_name(marked: str, roles: tuple[str, ...]) -> None:
    text, mentions = read(marked)
    assert mentions[0].roles == roles
    assert text[mentions[0].start : mentions[0].end].endswith(mentions[0].name.split()[-1])


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("[P:Tarin]’s friend [P:Lee Marsh] said", "Tarin’s friend"),
        ("[P:Tarin] campaign manager [P:Lee Marsh] said", "Tarin campaign manager"),
        ("A lawyer for [P:Tarin], [P:Lee Marsh], said", "A lawyer for Tarin"),
    ],
)
def test_roles_that_name_another(marked: str, role: str) -> None:
    assert read(marked)[1][1].roles == (role,)


spans = st.builds(
    NameSpan, st.integers(-5, 70), st.integers(-5, 70), st.sampled_from(EntityType), st.floats(0, 1, allow_nan=False)
)
WORDS = ["Dr", "Karim", "al-Wari", "'s", ",", ".", "(", ")", "the", "Tarn", "Board", "TWB", "Jr", "U.S.", "of", "\n\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join) | st.text(max_size=60), st.lists(spans, max_size=12))
def test_any_spans_give_clean_mentions(text: str, given_spans: list[NameSpan]) -> None:
    mentions = find_mentions(Document(text, ()), given_spans)
    ends = [0, *(m.end for m in mentions)]
    for mention, previous_end in zip(mentions, ends, strict=False):
        assert previous_end <= mention.start < mention.end <= len(text)
        assert mention.name in " ".join(text.split()) or mention.name == " ".join(mention.name.split())
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
    local_ids = list(dict.fromkeys(m.local_id for m in mentions))
    assert local_ids == list(range(len(local_ids)))
    assert len({(m.local_id, m.name, m.entity_type) for m in mentions}) == len(local_ids)


@pytest.mark.parametrize("titled", ["Norland Sen. Ada Quill", "Democratic nominee Ada Quill"])
def test_a_title_with_words_before_it_makes_a_person_of_what_was_taken_for_a_body(titled: str) -> None:
    _, found = read(f"[O:{titled}] said it was late. Later [P:Quill] left.")
    assert [(m.name, m.entity_type) for m in found] == [("Ada Quill", PERSON)] * 2


@pytest.mark.parametrize("body", ["King Faro Hospital", "Norland President Ada Quill Library", "General Motors"])
def test_a_body_named_after_a_person_stays_a_body(body: str) -> None:
    assert read(f"The [O:{body}] opened.")[1][0].entity_type is ORG


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:Ada Quill Hammers] Bank\n\nMs. [P:Ada Quill] spoke.", ["Ada Quill", "Ada Quill"]),
        ("[P:Quill Hammers] Bank\n\n[P:Ada Quill] spoke.", ["Quill", "Ada Quill"]),
        ("Defiant [P:Unbowed Quill] Stays\n\n[P:Ada Quill] spoke.", ["Quill", "Ada Quill"]),
        ("[P:Ada Quill Orr] Wins\n\n[P:Ada Quill] met [P:Lee Orr].", ["Ada Quill Orr", "Ada Quill", "Lee Orr"]),
        ("[P:Ada Quill Orr] Wins\n\nA storm came.", ["Ada Quill Orr"]),
        ("[P:Cheung Mei-ling] Wins\n\n[P:Cheung] spoke.", ["Cheung Mei-ling", "Cheung"]),
    ],
)
def test_headline_names_are_those_of_the_story(marked: str, expected: list[str]) -> None:
    assert headed(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:Dale Orr of Norland] spoke. [P:Orr] left.", ["Dale Orr"] * 2),
        ("[P:Dale Orr, D-Norland], spoke.", ["Dale Orr"]),
        ("[P:Dale Orr, Jr.], spoke.", ["Dale Orr, Jr."]),
        ("[P:Catherine of Norland] spoke.", ["Catherine of Norland"]),
        ("The [O:Norland senator] spoke. The [P:Republican nominee] left.", []),
        ("[P:Ada T. and Omar Quill] spoke.", []),
        ("[O:Norland Militias] Welcome Raids; the [O:Norland rebels] too.", []),
        ("[O:Rebels] of the [O:Norland Rebels Front] left.", ["Rebels", "Norland Rebels Front"]),
        ("Mr. Tolva said no. The plan of [P:Tolva Ki-sun] failed.", ["Tolva Ki-sun"] * 2),
        ("“Mr. Speaker,” [P:Ada Quill] said. Ms. Quill’s bill fell.", ["Ada Quill"] * 2),
        ("Mr. Right Turns Up", []),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Hillary Tolva spoke. [P:Tolva] left.", ["Hillary Tolva"] * 2),
        ("Hillary [P:Tolva]’s car came. [P:Tolva] left.", ["Hillary Tolva"] * 2),
        ("In [L:Virginia] Tolva won. [P:Tolva] left.", ["Virginia", "Tolva"]),
        ("The Tolva bill fell. [P:Tolva] left.", ["Tolva"]),
        ("Harbour Tolva sank. [P:Tolva] left.", ["Tolva"]),
        (
            "[O:Hillary J. Tolva Fund] grew. Hillary J. Tolva spoke. [P:Tolva] left.",
            ["Hillary J. Tolva Fund", "Hillary J. Tolva", "Hillary J. Tolva"],
        ),
        ("[P:Ada Tolva] came. Hillary Tolva spoke. [P:Tolva] left.", ["Ada Tolva", "Hillary Tolva", "Tolva"]),
    ],
)
def test_a_given_name_before_a_known_surname_belongs_to_it(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:Karim] al-[P:Wari] came. [P:Wari] left.", ["Karim al-Wari", "Wari"]),
        ("[P:Karim] al [P:Hosni] came.", ["Karim al Hosni"]),
        ("[P:Karim] al-Wari came.", ["Karim al-Wari"]),
        ("Then al-[P:Wari]’s car came.", ["al-Wari"]),
        ("[P:Luis] de la [P:Mora] came.", ["Luis de la Mora"]),
        ("[P:Greta] van der Holt’s boat came.", ["Greta van der Holt"]),
        ("[P:Dan Orr] as [O:Harbour Board] chief, at [L:Corran] an [N:Omari] came.",
         ["Dan Orr", "Harbour Board", "Corran", "Omari"]),
        ("They call [P:Dan Orr] al-[O:Tarek Front] names.", ["Dan Orr", "Tarek Front"]),
        ("They sent [P:Dan Orr] de [L:Mora] wine.", ["Dan Orr", "Mora"]),
        ("[P:Shi]’ite groups and [N:Shi]'ites came.", ["Shi’ite", "Shi'ites"]),
        ("[P:Park Ji]-hoon came.", ["Park Ji-hoon"]),
        ("A [P:Dan Orr]-led team came.", ["Dan Orr"]),
    ],
)  # fmt: skip
def test_a_name_that_was_cut_is_made_whole(marked: str, expected: list[str]) -> None:
    text, mentions = read(marked)
    assert [text[m.start : m.end] for m in mentions] == expected


@pytest.mark.parametrize("relative", ["his wife, [P:Ada Tolva]", "his late aunt [P:Ada Tolva]"])
def test_a_surname_is_not_the_relatives(relative: str) -> None:
    assert names(f"[P:Lee Tolva] came with {relative}. [P:Tolva] spoke.")[-1] == "Lee Tolva"
    assert names(f"[P:Ada Tolva] came with {relative.replace('Ada', 'Lee')}. [P:Tolva] spoke.")[-1] == "Ada Tolva"


def test_a_name_of_another_kind_gives_way_to_a_given_name_only_where_it_is_unsure() -> None:
    text = "The Hillary Tolva fell. Tolva left."
    place = text.index("Hillary")
    for score, expected in ((0.3, ["Hillary Tolva"] * 2), (0.95, ["Hillary Tolva", "Tolva"])):
        spans = [NameSpan(place, place + 13, ORG, score), NameSpan(24, 29, PERSON, 0.9)]
        mentions = find_mentions(Document.of_passages(text, [Span(0, len(text))]), spans)
        assert [m.name for m in mentions] == expected


@pytest.mark.parametrize(
    ("story", "name"),
    [
        ("[P:Lee Kuan Yew] spoke.\n\n[P:Lee Ming] came.\n\n[P:Lee] left.", "Lee Ming"),
        ("[P:Omar Lee] spoke.\n\n[P:Lee Mason] came.\n\n[P:Lee] left.", "Omar Lee"),
        ("[P:Ada Mason] spoke.\n\n[P:Lee Mason] came.\n\n[P:Mason] left.", "Lee Mason"),
        ("[P:Ada Carter] spoke.\n\n[P:Lee Carter] came.\n\n[P:Carter] left.", "Lee Carter"),
    ],
)
def test_the_article_tells_which_word_is_the_family_name(story: str, name: str) -> None:
    assert read(story)[1][-1].name == name


def test_a_mother_who_comes_in_at_the_head_of_a_sentence_is_not_called_by_the_surname() -> None:
    _, mentions = read("[P:Omar Venn] fell. [P:Venn] cried.\n\nHis mother, [P:Ada Venn], came.\n\n[P:Venn] slept.")
    assert mentions[-1].name == "Omar Venn"


@pytest.mark.parametrize(
    "name",
    [
        "[O:Monday]",
        "[O:ada@quill.example]",
        "[P:D.]",
        "[L:O.K.]",
        "[P:D-MD]",
        "[P:R-Texas]",
        "[P:D-Va.]",
        '[N:post="March 10" Venn]',
    ],
)
def test_days_addresses_and_initials_are_no_names(name: str) -> None:
    _, mentions = read(f"It was {name} in the town.")
    assert not mentions


def test_a_singer_may_be_called_as_a_party_is_abbreviated() -> None:
    _, mentions = read("[P:R-Truth] sang.")
    assert [m.name for m in mentions] == ["R-Truth"]


def test_a_person_may_be_called_as_a_weekday() -> None:
    assert [m.name for m in read("[P:Joe Friday] left. [P:Friday] slept.")[1]] == ["Joe Friday", "Joe Friday"]


@pytest.mark.parametrize("story", ["Sen. [P:Ada Quill], D-[P:Conn.], left.", "A dock in Aldermoor, [P:Conn]., burned."])
def test_an_abbreviated_state_is_a_place(story: str) -> None:
    assert read(story)[1][-1].entity_type is LOC


def test_a_verb_of_saying_before_a_surname_is_no_given_name() -> None:
    text, mentions = read("[P:Ada Quill] came. [P:Quill] spoke.\n\nSaid [P:Quill]: “We stay.”")
    assert [text[m.start : m.end] for m in mentions] == ["Ada Quill", "Quill", "Quill"]
    assert len({m.local_id for m in mentions}) == 1
