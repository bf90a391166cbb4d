"""Publication facts: which evidence counts, in which order, and what is left null."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord.document.article import DateMethod, Metadata, Precision, Publication
from onrecord.layout import segment
from onrecord.publication import publication

STORY = "The old bridge over the Quill was shut on Monday, and four ferrymen raised their fares within the hour.\n\n"
MORE = "“It was never going to last,” said Piet Oster, who has run the lower ferry for many years.\n"


def read(head: str, foot: str = "", metadata: Metadata | None = None, story: str = STORY) -> Publication:
    text = f"Mayor shuts bridge\n\n{head}\n\n{story}{MORE}\n{foot}"
    return publication(text, segment(text), metadata)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("May 3, 2021", dt.date(2021, 5, 3)),
        ("Monday, 3 May 2021", dt.date(2021, 5, 3)),
        ("3rd of May, 2021", dt.date(2021, 5, 3)),
        ("Published on May 3, 2021", dt.date(2021, 5, 3)),
        ("Posted: Mon May 3 2021 10:45 am EDT", dt.date(2021, 5, 3)),
        ("2021-05-03T10:15", dt.date(2021, 5, 3)),
        ("2021/05/03", dt.date(2021, 5, 3)),
        ("13/05/2021", dt.date(2021, 5, 13)),
        ("05/13/2021", dt.date(2021, 5, 13)),
        ("Updated 3 May 2021", dt.date(2021, 5, 3)),
        ("Updated 9 May 2021 | Published 3 May 2021", dt.date(2021, 5, 3)),
        ("Publié le 3 mai 2021", dt.date(2021, 5, 3)),
        ("04/05/2021", None),
        ("February 30, 2021", None),
        ("3 hours ago", None),
    ],
)
def test_date_line(line: str, date: dt.date | None) -> None:
    found = read(line)
    assert found.date_published == date
    assert found.date_published_method == (DateMethod.HEADER if date else None)


def test_month_alone_has_month_precision() -> None:
    found = read("May 2021")
    assert (found.date_published, found.date_published_precision) == (dt.date(2021, 5, 1), Precision.MONTH)


@pytest.mark.parametrize(
    ("path", "date", "precision"),
    [
        ("2021/05/03/bridge-shut", dt.date(2021, 5, 3), Precision.DAY),
        ("news/2021-05-03-bridge-shut", dt.date(2021, 5, 3), Precision.DAY),
        ("2021/05/bridge-is-shut", dt.date(2021, 5, 1), Precision.MONTH),
        ("2021/02/30/bridge-shut", None, None),
        ("2021/bridge-is-shut-now", None, None),
        ("story/1234567/bridge-shut", None, None),
    ],
)
def test_address(path: str, date: dt.date | None, precision: Precision | None) -> None:
    found = read("", f"Original url:\n<https://www.quillbayledger.example/{path}>")
    assert (found.date_published, found.date_published_precision) == (date, precision)
    assert found.url == f"https://www.quillbayledger.example/{path}"


def test_order_of_evidence() -> None:
    url = "Original url: https://www.quillbayledger.example/2021/05/04/bridge"
    assert read("May 3, 2021", url).date_published_method is DateMethod.HEADER
    assert read("", url).date_published_method is DateMethod.URL
    known = Metadata(date_published=dt.date(2021, 5, 5), date_published_precision=Precision.DAY)
    found = read("May 3, 2021", url, known)
    assert (found.date_published, found.date_published_method) == (dt.date(2021, 5, 5), DateMethod.METADATA)


def test_dateline_with_a_year() -> None:
    found = read("", story=f"NEW YORK, Oct. 5, 2015 (UPI) -- {STORY}")
    assert (found.date_published, found.date_published_method) == (dt.date(2015, 10, 5), DateMethod.DATELINE)
    assert read("", story=f"NEW YORK, Oct. 5 (UPI) -- {STORY}").date_published is None


CAPTION = "A handout photo taken on May 1, 2021 shows the bridge at Eastmere. (Quill Council Handout via EPA)"


def test_weekday_after_a_dated_caption_is_inferred() -> None:
    found = read(CAPTION)
    assert (found.date_published, found.date_published_method) == (dt.date(2021, 5, 3), DateMethod.INFERRED)
    assert found.date_not_before == dt.date(2021, 5, 1)


@pytest.mark.parametrize(
    ("caption", "story"),
    [
        ("FILE PHOTO: The bridge at Eastmere, May 1, 2021. REUTERS/Ines Falk/File Photo", STORY),
        (CAPTION, STORY.replace("on Monday", "last Monday")),
        (CAPTION, STORY.replace("on Monday", "between Monday and Friday")),
        (CAPTION, STORY.replace("on Monday", "at dawn")),
    ],
)
def test_weekday_that_does_not_tell(caption: str, story: str) -> None:
    assert read(caption, story=story).date_published is None


def test_bounds_are_no_dates() -> None:
    found = read("", "© 2019 Quillbay Ledger. All rights reserved.", story=STORY + "It was built on May 3, 2014.\n\n")
    assert found.date_published is None
    assert (found.date_not_before, found.date_not_after) == (dt.date(2014, 5, 3), dt.date(2019, 12, 31))


def test_a_date_to_come_is_no_bound() -> None:
    assert read("", story=STORY + "It will open again on May 3, 2034.\n\n").date_not_before is None


def test_a_correction_does_not_date_the_story() -> None:
    assert (
        read("", "CORRECTION:\n\nFriday, December 4, 2020\n\nAn earlier version had the wrong pier.").date_published
        is None
    )


def test_agency_told_alone() -> None:
    assert read("", story=STORY + "“I paid double,” Ada Moss told Reuters.\n\n").agency == "Reuters"
    both = STORY + "“I paid double,” Ada Moss told Reuters. She told the Quill Gazette the same.\n\n"
    assert read("", story=both).agency is None
    assert (
        read("", story=STORY + "“I paid double,” Ada Moss told Reuters and the BBC. She told CNN, too.\n\n").agency
        is None
    )


def test_publisher_needs_two_signs_or_its_copyright() -> None:
    told = STORY + "“I paid double,” Ada Moss told Quillbay News.\n\n"
    assert read("", story=told).publisher is None
    assert read("", "Watch Quillbay News' documentary The Long Bridge:").publisher is None
    assert read("", "Watch Quillbay News' documentary The Long Bridge:", story=told).publisher == "Quillbay News"
    assert read("", "© 2021 Quillbay News. All rights reserved.").publisher == "Quillbay News"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.themoscowtimes.com/2015/10/05/a-story", "The Moscow Times"),
        ("https://www.nytimes.com/2015/10/05/a-story", "The New York Times"),
        ("https://www.bbc.co.uk/news/world-1234567", "BBC News"),
        ("https://www.kuwaittimes.com/a-long-story", "Kuwait Times"),
        ("https://www.quill-gazette.example/a-long-story", "Quill Gazette"),
        ("https://www.xyzzy.example/a-long-story", "xyzzy.example"),
    ],
)
def test_publisher_from_address(address: str, name: str) -> None:
    assert read("", f"Original url:\n{address}").publisher == name


def test_metadata_is_believed() -> None:
    known = Metadata(
        headline="Ferries profit", publisher="Quill Post", byline="By Orla Venn", url="https://quill.example/x"
    )
    found = read("By Tam Okoro", metadata=known)
    assert (found.headline, found.publisher, found.byline) == ("Ferries profit", "Quill Post", "By Orla Venn")
    assert (found.authors, found.url) == (("Orla Venn",), "https://quill.example/x")


def test_languages() -> None:
    assert read("").language == "en"
    french = (
        "Le pont a été fermé lundi par le maire de la ville, et les passeurs ont doublé leurs prix dans l'heure.\n\n"
    )
    text = french * 3
    assert publication(text, segment(text)).language == "fr"
    assert publication("Ok.", segment("Ok.")).language is None
