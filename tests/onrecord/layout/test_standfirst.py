"""What stands under a headline: standfirsts, who wrote and when, copies of the headline, lines of the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import BlockKind
from onrecord.layout import segment
from onrecord.layout.lines import parts_of
from onrecord.layout.parts import Labelled
from onrecord.layout.standfirst import may_be_standfirst, stamp_kind

HEADLINE = "Harbour bridge shut for repairs"
STORY = (
    "Engineers found cracks in the harbour bridge, and drivers must take the ferry until spring, the council said. "
    "Cranes will lift new steel into place at night while crews paint the towers; shops along the quay fear losses. "
    "Maintenance had been postponed twice because money went into schools, hospitals, parks, libraries and museums. "
    "Opposition members called for an inquiry into contracts signed eleven years before, when inspectors first warned."
)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("By Orla VennPublished: Jan 29, 2025", BlockKind.BYLINE),
        ("by Orla Venn, The Quillbay Ledger Feb. 29, 2024 6:56 amFeb. 28, 2024 9:00 pm", BlockKind.BYLINE),
        ("Orla Venn,Tam Okoro,Ines Falk", BlockKind.BYLINE),
        ("Orla Venn1 ; Tam Okoro2", BlockKind.BYLINE),
        ("Orla Venn, VMD, DACVB; Tam Okoro, BA", BlockKind.BYLINE),
        ("Guide by Orla Venn Former Deputy Tech Editor", BlockKind.BYLINE),
        ("Medically reviewed by: Orla Venn, MD", BlockKind.CREDIT),
        ("December 15, 2025 // 8 min read", BlockKind.DATE),
        ("Posted on July 1, 2024 by ferryfan", BlockKind.DATE),
        ("Orla Venn // Meridian Images", None),
        ("By spring, drivers will cross the bridge again", None),
        ("Our trip by boat to Eastmere", None),
        ("Drivers must take the ferry until spring", None),
        ("Orla Venn", None),
        (f"By Orla Venn {'x' * 150} Jan 29, 2025", None),
    ],
)
def test_stamp_kind(words: str, kind: BlockKind | None) -> None:
    assert stamp_kind(words) is kind


def labelled(words: str, body: float) -> list[Labelled]:
    text = "\n\n".join([HEADLINE, words, STORY])
    headline, line, story = parts_of(text)
    return [
        Labelled(headline, BlockKind.HEADLINE, headline=0.9, body=0.1),
        Labelled(line, None, body=body),
        Labelled(story, None, body=0.9),
    ]


@pytest.mark.parametrize(
    ("words", "body", "opened", "expected"),
    [
        ("Drivers must take the ferry until spring", 0.2, 1, True),
        ("Drivers must take the ferry until spring", 0.05, 1, False),
        ("Drivers must take the ferry until spring", 0.2, 4, False),
        ("Quillbay Ledger is a proud member of Sunrise Partners", 0.2, 1, False),
        ("3. Harbour bridge shut for repairs", 0.2, 1, False),
        ("Ferry until spring", 0.2, 1, False),
        ("Bridge | Ferry | Council | Drivers", 0.2, 1, False),
    ],
)
def test_may_be_standfirst(words: str, body: float, opened: int, expected: bool) -> None:
    assert may_be_standfirst(labelled(words, body), 0, 1, opened) is expected


def test_a_byline_glued_to_a_date_is_no_dateline() -> None:
    text = f"{HEADLINE}\n\nBy Orla VennUpdated: Dec 19, 2025 1:06 PM EST\n\n{STORY}"
    assert [block.kind for block in segment(text)] == [BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.PARAGRAPH]


@given(st.text())
def test_any_text_is_taken(words: str) -> None:
    assert stamp_kind(words) in (None, BlockKind.BYLINE, BlockKind.CREDIT, BlockKind.DATE)
