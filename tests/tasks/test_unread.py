"""Files that are not read are told by name, with what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.unread import by_type, remedy


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("post/A.TXT", "small letters"),
        ("a.pdf", "pdftotext"),
        ("a.docx", "plain text"),
        ("a.HTML", "--formats html"),
        ("a.mhtml", "save the page as HTML"),
        ("a.csv.gz", "--formats csv"),
        ("2024.zip//a.xlsx", "save it as CSV"),
        ("a.txt.gz", "unpack"),
        ("2024.zip", "--formats zip"),
        ("2024.zip//more/old.tgz", "unpack the outer one"),
        ("a.jpg", "no text"),
        ("notes", "ending .txt"),
        ("post/Metadata.csv", "metadata.jsonl and metadata.csv"),
        ("metadata.json", "metadata.jsonl and metadata.csv"),
        (".DS_Store", "hidden"),
        ("a.xyz", r"only *.txt is read"),
    ],
)
def test_the_remedy_goes_by_the_type(path: str, told: str) -> None:
    assert told in remedy(path)


@given(st.lists(st.text(min_size=1, max_size=12), unique=True))
def test_every_file_is_told_once(paths: list[str]) -> None:
    found = by_type(paths)
    assert sorted(path for unread in found for path in unread.paths) == sorted(paths)
    assert all(unread.remedy == remedy(path) for unread in found for path in unread.paths)
    assert [len(unread.paths) for unread in found] == sorted((len(u.paths) for u in found), reverse=True)
