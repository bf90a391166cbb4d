"""Applies corrections to an article as it is read: its metadata before, its rows after.

A correction finds its row by id, and where the row has another one (the words are cut otherwise, or the file has
another name) by its words. Pure: rows in, rows out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from onrecord.document.article import EntityType, SpeakerKind
from onrecord.files.source import Metadata
from onrecord.warehouse.corrections.correction import Correction, Value, day_of, value_of
from onrecord.warehouse.corrections.table import CORRECTABLE, CorrectedColumn, CorrectedTable
from onrecord.warehouse.rows import Row, normalised

#: How alike the words of a quote must be to those that a correction hangs on (0 to 100, by edits), if none has the
#: same words.
LIKENESS = 80

#: What an unnamed speaker is whose name an editor has taken away.
_UNNAMED = {
    SpeakerKind.PERSON.value: SpeakerKind.UNNAMED_PERSON.value,
    SpeakerKind.AUTHOR.value: SpeakerKind.UNNAMED_PERSON.value,
    SpeakerKind.ORGANIZATION.value: SpeakerKind.UNNAMED_GROUP.value,
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """An article's rows with its corrections in them.

    `corrections`: as they fitted. `named`: those whom an editor named as speakers and whom no mention names
    (`article_id`, `local_id`, `name`, `entity_type`).
    """

    rows: Mapping[str, list[Row]]
    corrections: tuple[Correction, ...] = ()
    named: tuple[Row, ...] = ()


@dataclass(slots=True)
class _Speakers:
    """Numbers of an article's own entities, by name."""

    article_id: str
    mentions: Sequence[Row]
    named: list[Row] = field(default_factory=list)

    def of(self, name: str, kind: Value) -> tuple[int, str, str]:
        """Number, name and entity type of the entity of that name; a new one where no mention has it."""
        for column in ("name", "text"):
            found = Counter(
                (row["local_id"], row["name"], str(row["entity_type"]))
                for row in self.mentions
                if normalised(row[column]) == normalised(name) and row["local_id"] is not None
            )
            if found:
                return min(found, key=lambda entity: (-found[entity], entity[0]))
        for row in self.named:
            if normalised(row["name"]) == normalised(name):
                return row["local_id"], row["name"], row["entity_type"]
        taken = [row["local_id"] for row in (*self.mentions, *self.named) if row["local_id"] is not None]
        entity_type = (EntityType.ORG if kind == SpeakerKind.ORGANIZATION else EntityType.PERSON).value
        number = max(taken, default=-1) + 1
        self.named.append({"article_id": self.article_id, "local_id": number, "name": name, "entity_type": entity_type})
        return number, name, entity_type


def fits_article(correction: Correction, text: str) -> bool:
    """Whether the words that a correction hangs on stand in the text."""
    return normalised(correction.anchor) in normalised(text)


def corrected_metadata(metadata: Metadata | None, text: str, corrections: Iterable[Correction]) -> Metadata | None:
    """What is known of an article, with what editors say of it that fits its text."""
    for correction in corrections:
        if correction.table is not CorrectedTable.ARTICLES or not fits_article(correction, text):
            continue
        if correction.column is CorrectedColumn.DATE_PUBLISHED and correction.new_value is not None:
            day, precision = day_of(correction.new_value)
            known = metadata or Metadata()
            metadata = replace(known, date_published=day, date_published_precision=precision)
        elif correction.column is CorrectedColumn.AUTHORS and isinstance(correction.new_value, list):
            metadata = replace(metadata or Metadata(), authors=tuple(correction.new_value))
    return metadata


def corrected_rows(rows: Mapping[str, list[Row]], corrections: Sequence[Correction]) -> Corrected:
    """The rows of one article (as `article_rows` gives them) with its corrections in them."""
    if not corrections:
        return Corrected(rows)
    article = dict(rows["articles"][0])
    quotes = [dict(row) for row in rows["quotes"]]
    read = {row["quote_id"]: row for row in rows["quotes"]}
    speakers = _Speakers(article["article_id"], rows["mentions"])
    fitted = [
        _of_article(article, correction)
        if correction.table is CorrectedTable.ARTICLES
        else _of_quote(article, quotes, read, correction, corrections, speakers)
        for correction in sorted(corrections, key=_order)
    ]
    gone = {fit.row_id for fit in fitted if fit.takes_out and fit.applied}
    made = {**rows, "articles": [article], "quotes": _without(quotes, gone)}
    return Corrected(made, tuple(fitted), tuple(speakers.named))


def _order(correction: Correction) -> tuple[bool, int]:
    """Sorts the speaker before his role, and rows that go behind all others."""
    return correction.takes_out, CORRECTABLE[correction.table].index(correction.column)


def _of_article(article: Row, correction: Correction) -> Correction:
    """Marks the article's row as corrected where the correction fits; what it says was known when it was read."""
    fit = replace(correction, article_id=article["article_id"], row_id=article["article_id"])
    if not fits_article(correction, article["text"]):
        return replace(fit, applied=False)
    if correction.column is CorrectedColumn.AUTHORS:
        article["authors"] = correction.new_value
    _mark(article, correction)
    return replace(fit, applied=True)


def _of_quote(
    article: Row,
    quotes: list[Row],
    read: Mapping[str, Row],
    correction: Correction,
    others: Sequence[Correction],
    speakers: _Speakers,
) -> Correction:
    """Sets a column of the quote that the correction is about. `read`: the quotes as they were read."""
    fit = replace(correction, article_id=article["article_id"])
    row = row_of(quotes, correction)
    if row is None:
        return replace(fit, applied=correction.takes_out and fits_article(correction, article["text"]))
    old = row["content"] if correction.takes_out else value_of(read[row["quote_id"]], correction.column.value)
    if correction.column is CorrectedColumn.SPEAKER_NAME:
        _set_speaker(row, correction.new_value, _kind_of(correction, others), speakers)
    elif correction.column is CorrectedColumn.DATE_SAID:
        day, precision = (None, None) if correction.new_value is None else day_of(correction.new_value)
        row["date_said"], row["date_said_precision"] = day, precision
    elif not correction.takes_out:
        row[correction.column.value] = correction.new_value
    _mark(row, correction)
    return replace(fit, row_id=row["quote_id"], old_value=old, applied=True)


def row_of(quotes: Sequence[Row], correction: Correction) -> Row | None:
    """The quote that a correction is about: of its id, else of its words, else of nearly its words; null: none.

    Of several with the same words the first; of several that are equally near none.
    """
    if found := next((row for row in quotes if row["quote_id"] == correction.row_id), None):
        return found
    words = normalised(correction.anchor)
    if found := next((row for row in quotes if normalised(row["content"]) == words), None):
        return found
    near = sorted(((fuzz.ratio(words, normalised(row["content"])), at) for at, row in enumerate(quotes)), reverse=True)
    if not near or near[0][0] < LIKENESS or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return quotes[near[0][1]]


def _set_speaker(row: Row, name: Value, kind: Value, speakers: _Speakers) -> None:
    """Makes a named person or body, or nobody, the speaker. A role that was another's is let go."""
    before = row["speaker_name"]
    if isinstance(name, str):
        number, full, entity_type = speakers.of(name, kind)
        by_type = SpeakerKind.PERSON if entity_type == EntityType.PERSON else SpeakerKind.ORGANIZATION
        row |= {"speaker_name": full, "speaker_local_id": number, "speaker_kind": kind or by_type.value}
        row["speaker_confidence"] = 1.0
    else:
        unnamed = _UNNAMED.get(str(row["speaker_kind"]), row["speaker_kind"])
        row |= {"speaker_name": None, "speaker_local_id": None, "speaker_kind": unnamed, "speaker_confidence": None}
    role = row["speaker_role"]
    if row["speaker_name"] != before and role and role not in (row["speaker"] or ""):
        row["speaker_role"] = None


def _kind_of(correction: Correction, others: Sequence[Correction]) -> Value:
    """The kind that an editor gives the speaker of the same quote; null where nobody does."""
    of_row = (
        other.new_value
        for other in others
        if other.column is CorrectedColumn.SPEAKER_KIND and other.row_id == correction.row_id
    )
    return next(of_row, None)


def _mark(row: Row, correction: Correction) -> None:
    row["corrected"] = True
    row["correction_ids"] = [*(row.get("correction_ids") or ()), correction.correction_id]


def _without(quotes: Sequence[Row], gone: set[str]) -> list[Row]:
    """The quotes without some; what was nested in one of these is nested in what that was nested in."""
    parents = {row["quote_id"]: row["parent_quote_id"] for row in quotes}
    kept = [row for row in quotes if row["quote_id"] not in gone]
    for row in kept:
        while row["parent_quote_id"] in gone:
            row["parent_quote_id"] = parents[row["parent_quote_id"]]
    return kept
