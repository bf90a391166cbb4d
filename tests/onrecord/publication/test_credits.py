"""People whom a page credits outside of its byline."""

from __future__ import annotations

import pytest

from onrecord.publication.credits import credited_authors, followed_authors


@pytest.mark.parametrize(
    ("words", "authors"),
    [
        ("Follow Orla Venn on Twitter: @orlavenn", ["Orla Venn"]),
        ("Follow Orla Venn on Twitter @orlavenn.", ["Orla Venn"]),
        ("Follow Ledger politics reporter Orla Venn on Twitter at @orlavenn.", ["Orla Venn"]),
        ("Follow Orla Venn and Tam Okoro on Twitter", ["Orla Venn", "Tam Okoro"]),
        ("Follow us on Facebook", []),
        ("Follow Quillbay News on Twitter: @qnews", []),
        ("Follow @qnews", []),
    ],
)
def test_followed(words: str, authors: list[str]) -> None:
    assert list(followed_authors(words)) == authors


def test_credited() -> None:
    words = "(Reporting by Orla Venn in Eastmere and Tam Okoro; Editing by Ines Falk)"
    assert credited_authors(words) == ("Orla Venn", "Tam Okoro")
    assert credited_authors("(Additional reporting by Orla Venn)") == ()


@pytest.mark.parametrize(
    "words",
    [
        "Reporting by Orla Venn Writing by Tam Okoro Editing by Ines Falk",
        "Reporting by Orla Venn, editing by Tam Okoro",
        "Written by Orla Venn. Additional reporting by Tam Okoro",
    ],
)
def test_credited_up_to_what_others_did(words: str) -> None:
    assert credited_authors(words) == ("Orla Venn",)
