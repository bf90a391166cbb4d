"""Archives: members as sources, and what an archive must not do to whoever reads it."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.files import Unreadable
from onrecord.files.containers import parts_of
from onrecord.files.parts import BadPart, Note, Part

FORMATS = ("csv", "jsonl", "zip", "tar")


def zipped(file: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


def tarred(file: Path, members: Mapping[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(file, mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file


def read(file: Path, limit: int = 1_000_000) -> list[Part | BadPart | Note]:
    return list(parts_of(file, formats=FORMATS, columns={}, limit=limit))


def texts(found: list[Part | BadPart | Note]) -> dict[str, str]:
    return {item.part: item.data.decode() for item in found if isinstance(item, Part)}


def bad(found: list[Part | BadPart | Note]) -> dict[str, str]:
    return {item.part: item.reason for item in found if isinstance(item, BadPart)}


MEMBERS = {
    "june/a.txt": b"Rain.",
    "june/.hidden.csv": b"text\nno\n",
    "all.csv": b"id,text\n7,Snow.\n8,\n",
    "a.pdf": b"%PDF-1.4",
    "inner.zip": b"PK",
    "__MACOSX/june/._a.txt": b"\0",
    "june/metadata.jsonl": json.dumps({"file": "a.txt", "publisher": "The Post"}).encode() + b"\n{\n",
    "metadata.csv": b"file,publisher\nall.csv,The Mail\n",
}


@pytest.mark.parametrize(
    ("name", "mode"), [("a.zip", ""), ("a.tar", "w"), ("a.tgz", "w:gz"), ("a.tar.bz2", "w:bz2"), ("a.tar.xz", "w:xz")]
)
def test_members_are_read_by_their_kind(tmp_path: Path, name: str, mode: str) -> None:
    found = read(tarred(tmp_path / name, MEMBERS, mode) if mode else zipped(tmp_path / name, MEMBERS))
    assert texts(found) == {"june/a.txt": "Rain.", "all.csv//7": "Snow."}
    assert bad(found) == {"all.csv//row 2": "member all.csv, row 2: its text (column 'text') is empty"}
    notes = [(item.kind, item.text) for item in found if isinstance(item, Note)]
    assert ("unread", "a.pdf") in notes and ("unread", "inner.zip") in notes and ("unread", "june/.hidden.csv") in notes
    assert ("columns", "all.csv: text=text, id=id (guessed)") in notes
    assert any(kind == "warning" and text.startswith("june/metadata.jsonl, line 2: ") for kind, text in notes)
    assert len(notes) == 5
    publishers = {item.part: item.metadata and item.metadata.publisher for item in found if isinstance(item, Part)}
    assert publishers == {"june/a.txt": "The Post", "all.csv//7": "The Mail"}


def test_an_export_in_an_archive_is_split(tmp_path: Path) -> None:
    documents = [f"HD\nPD   7 May 2024\nLP   Story {n}.\nAN   Document HARROW0020240507ek570000{n}\n" for n in (1, 2)]
    file = zipped(tmp_path / "a.zip", {"june/all.txt": "\n".join(documents).encode(), "b.txt": b"Rain."})
    found = list(parts_of(file, formats=("zip", "export"), columns={}))
    assert texts(found) == {
        "june/all.txt//HARROW0020240507ek5700001": "Story 1.",
        "june/all.txt//HARROW0020240507ek5700002": "Story 2.",
        "b.txt": "Rain.",
    }


def test_a_tar_file_in_zstandard_is_read(tmp_path: Path) -> None:
    plain = tarred(tmp_path / "a.tar", {"a.txt": b"Rain."})
    (tmp_path / "a.tar.zst").write_bytes(pa.compress(plain.read_bytes(), codec="zstd", asbytes=True))
    assert texts(read(tmp_path / "a.tar.zst")) == {"a.txt": "Rain."}


@pytest.mark.parametrize("path", ["../a.txt", "/etc/a.txt", "june/../../a.txt", "C:/a.txt", "..\\a.txt", "june//a.txt"])
def test_no_path_leads_out_of_the_archive(tmp_path: Path, path: str) -> None:
    for found in (read(zipped(tmp_path / "a.zip", {path: b"x"})), read(tarred(tmp_path / "a.tar", {path: b"x"}))):
        assert not texts(found) and list(bad(found).values()) == [f"member {path}: its path leads out of the archive"]


def test_members_that_grow_or_are_too_large_are_refused(tmp_path: Path) -> None:
    members = {"bomb.txt": b"a" * 3_000_000, "large.txt": b"ab" * 20, "bomb.csv": b"text\n" + b"a" * 3_000_000}
    found = bad(read(zipped(tmp_path / "a.zip", members), limit=10_000_000))
    assert found == {
        name: f"member {name}: the file unpacks to more than 100 times its size" for name in ("bomb.txt", "bomb.csv")
    }
    found = bad(read(zipped(tmp_path / "a.zip", members), limit=30))
    assert found["large.txt"] == "member large.txt: it has 40 bytes, over the limit of 30 (setting file_bytes)"
    with pytest.raises(Unreadable, match="more than 100 times"):
        read(tarred(tmp_path / "a.tar.gz", {"a.txt": b"a" * 3_000_000}, "w:gz"))


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    members = {f"{n}.txt": f"Story {n}. ".encode() * 400 for n in range(20)}
    for file in (zipped(tmp_path / "a.zip", members), tarred(tmp_path / "a.tar.gz", members, "w:gz")):
        file.write_bytes(file.read_bytes()[:-400])
        with pytest.raises(Unreadable, match=r"damaged|whole"):
            read(file)


def test_a_damaged_metadata_file_costs_its_words_only(tmp_path: Path) -> None:
    told = b"file,publisher\na.txt,The Mail\n"
    file = zipped(tmp_path / "a.zip", {"a.txt": b"Rain."})
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("metadata.csv", told)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(told, told.replace(b"Mail", b"Tale")))
    found = read(file)
    assert texts(found) == {"a.txt": "Rain."}
    (note,) = (item.text for item in found if isinstance(item, Note))
    assert note.startswith("metadata.csv is not read: ")


def test_a_member_that_is_encrypted_or_comes_twice_is_told(tmp_path: Path) -> None:
    file = tarred(tmp_path / "a.tar", {"a.txt": b"Rain."})
    with tarfile.open(file, "a") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    assert bad(read(file)) == {"a.txt": "member a.txt: another member has its path"}
    packed = zipped(tmp_path / "a.zip", {"a.txt": b"Rain."})
    data = bytearray(packed.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    packed.write_bytes(bytes(data))
    assert "encrypted" in bad(read(packed))["a.txt"]


NAMES = st.text(min_size=1, max_size=20).filter(lambda name: "\0" not in name)


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_member_is_read_or_told_or_left_alone(tmp_path: Path, members: dict[str, bytes]) -> None:
    named = {f"{name.strip('/')}.txt": data for name, data in members.items()}
    found = read(tarred(tmp_path / "a.tar", named))
    assert {item.part for item in found if not isinstance(item, Note)} <= set(named)
