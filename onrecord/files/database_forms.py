"""The forms in which news databases (Nexis, Factiva, ProQuest) export articles as plain text.

They are those that the databases' help pages describe: Factiva's two-letter field codes, or the same fields without
codes; Nexis' "1 of 3 DOCUMENTS" and, in Nexis Uni, "End of Document"; ProQuest's articles between rules of underscores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.files.written_dates import written_day

Fields = dict[str, str]

_FACTIVA_END = re.compile(r"(?m)^(?:AN\s+)?Document ([A-Za-z]+[0-9][0-9A-Za-z]{14,})[ \t]*$")
_NEXIS_START = re.compile(r"(?m)^[ \t]*(?:Document[ \t]+\d+ of \d+|\d+ of \d+[ \t]+DOCUMENTS?)[ \t]*$", re.IGNORECASE)
_NEXIS_END = re.compile(r"(?m)^[ \t]*End of Document[ \t]*$")
_NEXIS_LOADED = re.compile(r"(?m)^[ \t]*Load-Date:", re.IGNORECASE)
_NEXIS_LENGTH = re.compile(r"(?m)^[ \t]*Length:[ \t]*[\d,.]+ words", re.IGNORECASE)
_PROQUEST_ID = re.compile(r"(?m)^ProQuest document ID:[ \t]*(\d+)")
_RULE = re.compile(r"(?m)^_{20,}[ \t]*$")

_FACTIVA_CODES = frozenset(
    (
        "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "ART", "CLM",
        "CT", "RF", "CO", "IN", "NS", "RE", "IPD", "IPC", "PUB", "AN",
    )
)  # fmt: skip
_CODED = re.compile(r"([A-Z]{2,3})(?:[ \t]+(.*))?")
_WORDS = re.compile(r"[\d,.]+ words", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright\b)", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}:\d{2}\b.*")
_BYLINE = re.compile(r"by\s+\S", re.IGNORECASE)
_LANGUAGES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl"}

_NEXIS_LABEL = re.compile(
    r"(?P<label>byline|section|length|dateline|highlight|body|load-date|language|graphic|publication-type|subject|"
    r"journal-code|document-type|url|series|type|correction-date|copyright|classification|industry|person|company|"
    r"organization|geographic|state|city|country|ticker|notes|acc-no):?(?P<value>.*)",
    re.IGNORECASE,
)
#: Labels that stand before the article's text; the others stand behind it.
_NEXIS_HEAD = frozenset({"byline", "section", "length", "dateline", "highlight", "body", "series", "type"})
_PROQUEST_LABEL = re.compile(
    r"(?P<label>Authors?|Publication info|Abstract|Links|Full text|Subject|Location|People|Company / organization|"
    r"Title|"
    r"Publication title|Volume|Issue|Pages|First page|Number of pages|Publication year|Publication date|Year|Section|"
    r"Publisher|Place of publication|Country of publication|Publication subject|ISSN|Source type|"
    r"Language of publication|"
    r"Document type|Dateline|ProQuest document ID|Document URL|Copyright|Last updated|Database|Credit|Column|Edition|"
    r"Document feature|Classification|Identifier / keyword|DOI|CODEN|Accession number|Supplement|Series):(?P<value>.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A database's form: how its articles are counted and parted, and what the fields of one are.

    `signs`: what each article has one of; `also`: what stands somewhere in a file of this form.
    """

    name: str
    signs: tuple[re.Pattern[str], ...]
    also: re.Pattern[str]
    split: Callable[[str], list[str]]
    fields: Callable[[str], Fields]

    def count(self, text: str) -> int:
        """How many articles the file says that it holds."""
        return max(len(sign.findall(text)) for sign in self.signs) if self.also.search(text) else 0


def _blocks(lines: Sequence[str]) -> list[str]:
    """Lines in paragraphs, which blank lines part; each in one line."""
    joined = "\n".join(line.strip() for line in lines)
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", joined) if block.strip()]


def _prose(lines: Sequence[str]) -> str:
    return "\n\n".join(_blocks(lines))


def _is_day(line: str) -> bool:
    try:
        written_day(line)
    except ValueError:
        return False
    return not line.strip().isdecimal()


def _factiva_pieces(text: str) -> list[str]:
    ends = [match.end() for match in _FACTIVA_END.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _factiva(piece: str) -> Fields:
    end = _FACTIVA_END.search(piece)
    lines = piece.splitlines()
    coded = [m[1] for line in lines if (m := _CODED.fullmatch(line.rstrip())) and m[1] in _FACTIVA_CODES]
    found = _factiva_coded(lines) if {"HD", "PD"} <= set(coded) else _factiva_plain(lines)
    return found | ({"id": end[1]} if end else {})


def _factiva_coded(lines: Sequence[str]) -> Fields:
    of_code: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _CODED.fullmatch(line.rstrip())
        is_field = match is not None and match[1] in _FACTIVA_CODES
        code = match[1] if match and is_field else code
        of_code.setdefault(code, []).append(match[2] or "" if match and is_field else line)
    text = _prose([*of_code.get("LP", []), "", *of_code.get("TD", []), "", *of_code.get("ART", [])])
    told = {role: " ".join(_blocks(of_code.get(code, []))) for role, code in _FACTIVA_ROLES.items()}
    return _said({**told, "text": text})


_FACTIVA_ROLES = {"headline": "HD", "byline": "BY", "date": "PD", "publisher": "SN", "language": "LA", "agency": "CR"}


def _factiva_plain(lines: Sequence[str]) -> Fields:
    """Without codes: headline and byline, the number of words, day, outlet and its code, language, rights, the text."""
    words = next((i for i, line in enumerate(lines) if _WORDS.fullmatch(line.strip())), None)
    if words is None:
        return {}
    above = [line.strip() for line in lines[:words] if line.strip()]
    byline = above.pop() if len(above) > 1 and _BYLINE.match(above[-1]) else ""
    head = [(i, line.strip()) for i, line in enumerate(lines) if i > words and line.strip()]
    day = next((line for _, line in head[:2] if _is_day(line)), "")
    publisher = next((line for _, line in head[:4] if not _is_day(line) and not _TIME.fullmatch(line)), "")
    rights = [i for i, line in head[:12] if _COPYRIGHT.match(line)]
    spoken = [i for i, line in head[:12] if line.casefold() in _LANGUAGES]
    start = max(rights or spoken or [len(lines)])
    body = [line for line in lines[start + 1 :] if not _FACTIVA_END.fullmatch(line)]
    language = lines[spoken[0]].strip() if spoken else ""
    return _said(
        {
            "headline": " ".join(above), "byline": byline, "date": day, "publisher": publisher, "language": language,
            "text": _prose(body),
        }
    )  # fmt: skip


def _nexis_pieces(text: str) -> list[str]:
    starts = [match.end() for match in _NEXIS_START.finditer(text)]
    if starts:
        stops = [match.start() for match in _NEXIS_START.finditer(text)]
        return [text[start:stop] for start, stop in zip(starts, [*stops[1:], len(text)], strict=True)]
    return [piece for piece in _NEXIS_END.split(text) if _NEXIS_LOADED.search(piece)]


def _nexis(piece: str) -> Fields:
    of_label: dict[str, list[str]] = {"": []}
    label = ""
    for line in piece.splitlines():
        bare = line.strip()
        match = _NEXIS_LABEL.fullmatch(bare)
        is_label = match is not None and (":" in bare[: len(match["label"]) + 1] or bare.casefold() == "body")
        if match and is_label:
            label = match["label"].lower()
            of_label.setdefault(label, []).append(match["value"])
        elif not bare and label in _NEXIS_HEAD:
            label = "body" if "length" in of_label else label
            of_label.setdefault(label, []).append("")
        elif _NEXIS_END.fullmatch(bare) or (label not in ("", *_NEXIS_HEAD) and _COPYRIGHT.match(bare)):
            label = "copyright"
        else:
            of_label.setdefault(label, []).append(line)
    told = {role: " ".join(_blocks(of_label.get(role, []))) for role in ("byline", "language", "url")}
    return _said({**_nexis_head(of_label[""]), **told, "text": _prose(of_label.get("body", []))})


def _nexis_head(lines: Sequence[str]) -> Fields:
    """The outlet, the day and the headline, in the order of Nexis or in that of Nexis Uni."""
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", "\n".join(line.strip() for line in lines))]
    kept = [[line for line in block if line and not _COPYRIGHT.match(line)] for block in blocks]
    rows = [line for block in kept for line in block if line.casefold() != "all rights reserved"]
    at = next((i for i, line in enumerate(rows) if _is_day(line)), None)
    if at is None or at == 0:
        return {"headline": rows[0]} if rows else {}
    if at > 1:
        return {"headline": " ".join(rows[: at - 1]), "publisher": rows[at - 1], "date": rows[at]}
    day_block = next(i for i, block in enumerate(kept) if rows[at] in block)
    headline = [line for block in kept[day_block + 1 :] for line in block if line.casefold() != "all rights reserved"]
    return {"publisher": rows[0], "date": rows[at], "headline": " ".join(headline)}


def _proquest_pieces(text: str) -> list[str]:
    return [piece for piece in _RULE.split(text) if _PROQUEST_ID.search(piece)]


def _proquest(piece: str) -> Fields:
    of_label: dict[str, list[str]] = {"": []}
    label = ""
    for line in piece.splitlines():
        match = _PROQUEST_LABEL.fullmatch(line.strip())
        if match:
            label = match["label"].lower()
            of_label.setdefault(label, []).append(match["value"])
        else:
            of_label[label].append(line)
    told = {role: " ".join(_blocks(of_label.get(name, []))) for role, name in _PROQUEST_ROLES.items()}
    first = next((block for block in _blocks(of_label[""]) if not _NEXIS_START.fullmatch(block)), "")
    names = told.pop("authors") or " ".join(_blocks(of_label.get("authors", [])))
    authors = "; ".join(_in_order(name) for name in names.split(";") if name.strip())
    return _said(
        {
            **told,
            "headline": told["headline"] or first,
            "authors": authors,
            "text": _prose(of_label.get("full text", [])),
        }
    )


_PROQUEST_ROLES = {
    "headline": "title", "publisher": "publication title", "date": "publication date", "url": "document url",
    "language": "language of publication", "id": "proquest document id", "authors": "author",
}  # fmt: skip


def _in_order(name: str) -> str:
    """A name that is written family name first, in the order in which it is said."""
    last, comma, first = name.strip().rstrip(".").partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name.strip()


def _said(fields: Mapping[str, str]) -> Fields:
    """The fields that say something; a language by its tag."""
    found = {role: value.strip() for role, value in fields.items() if value.strip()}
    if "language" in found:
        found["language"] = _LANGUAGES.get(found["language"].casefold().split(";")[0], found["language"])
    return found


#: All of them; the first of two that fit alike is the form of a file.
FORMS = (
    Form("Factiva", (_FACTIVA_END,), _FACTIVA_END, _factiva_pieces, _factiva),
    Form("ProQuest", (_PROQUEST_ID,), _PROQUEST_ID, _proquest_pieces, _proquest),
    Form("Nexis", (_NEXIS_START, _NEXIS_END), _NEXIS_LENGTH, _nexis_pieces, _nexis),
)
