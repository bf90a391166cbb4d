"""Exports of news databases: split into articles, with what their fields say."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.files import Unreadable
from onrecord.files.containers import parts_of
from onrecord.files.exports import articles_in, export_parts, is_export
from onrecord.files.parts import BadPart, Part
from onrecord.files.reading import source_of

FACTIVA_CODED = """HD   Bridge shut,
     mayor says
BY   By Tam Quill
WC   61 words
PD   7 May 2024
SN   The Harrow Post
SC   HARPOS
LA   English
CY   (c) 2024 The Harrow Post
LP   HARROW - Mayor Ada Strand said on Monday that the bridge would stay closed.

TD   "Nobody crosses," she told
     the Meridian.

     It rained.
NS   gcat : News
AN   Document HARPOS0020240507ek5700001

HD   River low
WC   20 words
PD   8 May 2024
SN   The Harrow Post
LP   The river is low.
AN   Document HARPOS0020240508ek5800002
"""
FACTIVA_PLAIN = """Bridge shut, mayor says

By Tam Quill
61 words
7 May 2024
09:15 GMT
The Harrow Post
HARPOS
A1
English
(c) 2024 The Harrow Post. All rights reserved.

HARROW - Mayor Ada Strand said on Monday that the bridge would stay closed.

"Nobody crosses," she told the Meridian.

Document HARPOS0020240507ek5700001

River low
20 words
8 May 2024
The Harrow Post
HARPOS
English
Copyright 2024.

The river is low.

Document HARPOS0020240508ek5800002

Search Summary
Text: bridge
"""
NEXIS = """

                               1 of 2 DOCUMENTS


                              The Harrow Post

                           May 7, 2024 Tuesday
                              Late Edition

Bridge shut, mayor says

BYLINE: Tam Quill

SECTION: Section A; Pg. 1

LENGTH: 61 words

DATELINE: HARROW

Mayor Ada Strand said on Monday that
the bridge would stay closed.

"Nobody crosses," she told the Meridian.

LOAD-DATE: May 8, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                      Copyright 2024 The Harrow Post
                              All Rights Reserved


                               2 of 2 DOCUMENTS

                              The Harrow Post

                           May 8, 2024 Wednesday

River low

LENGTH: 20 words

The river is low.

LOAD-DATE: May 8, 2024

                      Copyright 2024 The Harrow Post
"""
NEXIS_UNI = """Bridge shut, mayor says
The Harrow Post
May 7, 2024 Tuesday

Copyright 2024 The Harrow Post All Rights Reserved

Section: NEWS; Pg. 1
Length: 61 words
Byline: Tam Quill
Body

Mayor Ada Strand said on Monday that the bridge would stay closed.

"Nobody crosses," she told the Meridian.

Load-Date: May 8, 2024


End of Document

River low
The Harrow Post
May 8, 2024 Wednesday

Length: 20 words
Body

The river is low.

Load-Date: May 9, 2024

End of Document
"""
PROQUEST = """Report Information from ProQuest

____________________________________________________________

Document 1 of 2

Bridge shut, mayor says

Author: Quill, Tam.

Publication info: The Harrow Post ; Harrow. 07 May 2024: A.1.

Abstract: The bridge is shut.

Full text: HARROW - Mayor Ada Strand said on Monday that the bridge would stay closed.

"Nobody crosses," she told the Meridian.

Subject: Bridges

Title: Bridge shut, mayor says

Publication title: The Harrow Post

Publication date: May 7, 2024

Language of publication: English

ProQuest document ID: 3050000001

Document URL: https://www.proquest.com/docview/3050000001

____________________________________________________________

Document 2 of 2

River low

Full text: The river is low.

Publication title: The Harrow Post
Publication date: May 8, 2024
ProQuest document ID: 3050000002
"""

FACTIVA_IDS = ("HARPOS0020240507ek5700001", "HARPOS0020240508ek5800002")
EXPORTS = {
    "Factiva, coded": (FACTIVA_CODED, FACTIVA_IDS),
    "Factiva, plain": (FACTIVA_PLAIN, FACTIVA_IDS),
    "Nexis": (NEXIS, ("1", "2")),
    "Nexis Uni": (NEXIS_UNI, ("1", "2")),
    "ProQuest": (PROQUEST, ("3050000001", "3050000002")),
}


def articles(text: str) -> list[Part]:
    return [part for part in export_parts(text) if isinstance(part, Part)]


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_split_and_its_fields_are_believed(name: str) -> None:
    text, ids = EXPORTS[name]
    assert articles_in(text) == (name.split()[0].strip(","), 2)
    first, second = articles(text)
    assert (first.part, second.part) == ids and first.place == "document 1"
    prose = first.data.decode()
    assert prose.startswith("Bridge shut, mayor says\n\n") and "the bridge would stay closed.\n\n" in prose
    assert '"Nobody crosses," she told the Meridian.' in prose
    assert not any(word in prose for word in ("61 words", "Copyright", "(c)", "Load", "LOAD", "Tam Quill", "Subject"))
    assert second.data.decode() == "River low\n\nThe river is low."
    assert first.metadata is not None and second.metadata is not None
    assert [part.metadata and part.metadata.headline for part in (first, second)] == [
        "Bridge shut, mayor says",
        "River low",
    ]
    assert {first.metadata.publisher, second.metadata.publisher} == {"The Harrow Post"}
    assert first.metadata.date_published == dt.date(2024, 5, 7)
    assert second.metadata.date_published == dt.date(2024, 5, 8)
    assert "Tam Quill" in f"{first.metadata.byline} {first.metadata.authors}"


def test_the_other_fields() -> None:
    proquest, nexis = articles(PROQUEST)[0].metadata, articles(NEXIS)[0].metadata
    assert proquest is not None and nexis is not None
    assert (proquest.url, proquest.authors) == ("https://www.proquest.com/docview/3050000001", ("Tam Quill",))
    assert (proquest.language, nexis.language, nexis.byline) == ("en", "en", "Tam Quill")


@pytest.mark.parametrize("name", EXPORTS)
def test_a_document_without_text_is_told_and_the_others_are_read(name: str) -> None:
    text, _ = EXPORTS[name]
    found = list(export_parts(text.replace("The river is low.", "")))
    assert isinstance(found[0], Part)
    assert isinstance(found[1], BadPart) and found[1].reason.startswith("document 2: no text was found in it (")


def test_what_cannot_be_split_is_never_one_article() -> None:
    joined = PROQUEST.replace("____________________________________________________________\n", "")
    with pytest.raises(Unreadable, match="holds 2 articles of an export of ProQuest, and could be split into"):
        list(export_parts(joined))
    with pytest.raises(Unreadable, match="2 articles, an export of Nexis: name the format export"):
        source_of("a.txt", NEXIS.encode())


def _rtf(text: str) -> bytes:
    escaped = "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in text).replace("\n", "\\par\n")
    return ("{\\rtf1\\ansi " + escaped + "}").encode()


def _docx(text: str) -> bytes:
    document, made = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize(("name", "write"), [("a.rtf", _rtf), ("a.docx", _docx)])
@pytest.mark.parametrize("text", [FACTIVA_PLAIN, NEXIS_UNI])
def test_exports_in_rtf_and_word_files_are_split(
    tmp_path: Path, name: str, write: Callable[[str], bytes], text: str
) -> None:
    file = tmp_path / name
    file.write_bytes(write(text.replace("Ada Strand", "Zoë Strand")))
    found = [part for part in parts_of(file, formats=["export"], columns={}) if isinstance(part, Part)]
    assert len(found) == 2 and "Mayor Zoë Strand said" in found[0].data.decode()
    assert found[1].metadata is not None and found[1].metadata.date_published == dt.date(2024, 5, 8)


@pytest.mark.parametrize("name", ["a.rtf", "a.docx"])
def test_other_rtf_and_word_files_are_told(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / name
    file.write_bytes(b"Rain.")
    with pytest.raises(Unreadable, match=r"it is no (RTF|Word) file"):
        list(parts_of(file, formats=["export"], columns={}))
    file.write_bytes(_docx("Rain.") if name == "a.docx" else _rtf("Rain."))
    with pytest.raises(Unreadable, match="no export of Nexis"):
        list(parts_of(file, formats=["export"], columns={}))
    monkeypatch.setattr("onrecord.files.office.find_spec", lambda _name: None)
    with pytest.raises(Unreadable, match=r"pip install 'onrecord\[export\]'"):
        list(parts_of(file, formats=["export"], columns={}))


def test_a_word_file_that_unpacks_beyond_measure_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO(_docx("Rain."))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as pieces:
        pieces.writestr("word/media/image1.bmp", bytes(20_000_000))
    file = tmp_path / "a.docx"
    file.write_bytes(made.getvalue())
    with pytest.raises(Unreadable, match="more than 100 times its size"):
        list(parts_of(file, formats=["export"], columns={}))


def test_a_document_that_comes_twice_is_told() -> None:
    found = list(export_parts(FACTIVA_CODED + FACTIVA_CODED))
    assert [type(item) for item in found] == [Part, Part, BadPart, BadPart]
    assert isinstance(found[2], BadPart) and found[2].reason.endswith("comes a second time")


@pytest.mark.parametrize(
    "text",
    [
        "Rain in Harrow\n\n1 of 3\n\nA photo.\n\n2 of 3\n\nAnother photo.",
        "Document 1 of 2\n\nRain.\n\nDocument 2 of 2\n\nSnow.",
        "Length: 3 words\n\nRain in Harrow.",
        "Document security is a matter of care.",
    ],
)
def test_what_only_looks_like_an_export_is_one_article(text: str) -> None:
    assert not is_export(text) and source_of("a.txt", text.encode()).text == text


@given(st.text(), st.sampled_from([text for text, _ in EXPORTS.values()]), st.integers(0, 2000), st.integers(0, 2000))
def test_any_text_is_split_or_refused(extra: str, text: str, start: int, end: int) -> None:
    try:
        found = list(export_parts(text[start:end] + extra + text[end:]))
    except Unreadable:
        return
    assert found and all(item.part for item in found)
