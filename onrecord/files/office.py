"""The text of RTF and Word files, as news databases save exports (the extra `export`)."""

from __future__ import annotations

import io
from importlib.util import find_spec
from zipfile import BadZipFile, ZipFile

from onrecord.files.compressed import require_growth
from onrecord.files.decode import Unreadable


def office_text(name: str, data: bytes) -> str:
    """The text of an RTF or Word file, a paragraph a line.

    Raises `Unreadable`, also where what reads it is missing, and where a Word file's pieces unpack beyond measure.
    """
    module = "docx" if name.casefold().endswith(".docx") else "striprtf"
    if find_spec(module) is None:
        raise Unreadable("RTF and Word files need the extra export: pip install 'onrecord[export]'")
    return _docx(data) if module == "docx" else _rtf(data)


def _rtf(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    if not data.startswith(b"{\\rtf"):
        raise Unreadable("it is no RTF file")
    return str(rtf_to_text(data.decode("ascii", "replace"), errors="replace"))  # type: ignore[no-untyped-call]


def _docx(data: bytes) -> str:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with ZipFile(io.BytesIO(data)) as pieces:
            require_growth(len(data), sum(piece.file_size for piece in pieces.infolist()))
        document = Document(io.BytesIO(data))
    except (BadZipFile, KeyError, ValueError, PackageNotFoundError) as error:
        raise Unreadable(f"it is no Word file: {error}") from None
    return "\n".join(paragraph.text for paragraph in document.paragraphs)
