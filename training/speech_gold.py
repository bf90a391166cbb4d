"""The gold of who said what: the articles of the speech corpora, and more that were read for the project.

    python -m training.speech_gold CORPORA INDEX ANNOTATED [...]

`training/gold/speech.jsonl` has the annotations of articles that stand in other corpora, without any of their words: a
speaker, a role, a medium and a person's names are offsets of a place in the text where they are printed. They follow
`corpora/speech/guide.md`. The command adds to it what annotators have written (gold rows, as the corpora's
`align_speech.py` writes them); INDEX tells by each row's id which article it is: `file`, `id`, `field` of the text in
its file, `outlet` and `fold`. No outlet is in two folds, those of the speech corpora counted.

`training/gold/invented.jsonl` has 224 articles that ten authors invented, text and all, of kinds that the corpora
hardly have: couples, one protagonist under "she", letters, live blogs, dialogue, court reports. An author is an outlet
there; the tenth, of fold 4, is not fitted on.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from training.corpora import keys_aside, read_jsonl

FILES = ("speech/dev.jsonl", "speech/dev_2.jsonl")
READ = Path(__file__).parent / "gold/speech.jsonl"
INVENTED = Path(__file__).parent / "gold/invented.jsonl"
#: Articles on whose attributions the encoder was trained, but for those that were put aside.
TAUGHT = "quotes/polnear_train.jsonl"
#: What an attribution has as a place of words, besides its source, cue and content.
PLACES = ("speaker", "role", "medium", "date_text")
_ARTICLE = ("file", "id", "field", "outlet", "fold")
_KEPT = ("type", "kind", "date_said", "doubt")
_SPANS = ("source", "cue", "content")
#: Marks that annotators may write in another form than the text prints.
_PLAIN = str.maketrans("‘’`“”\N{NO-BREAK SPACE}–—", "'''\"\" --")

Row = dict[str, Any]


def read_speech_gold(corpora: Path, folds: Container[int] = range(5)) -> list[Row]:
    """The annotated articles of some folds, all in the form of `speech/dev.jsonl`.

    Those on whose attributions the encoder was trained are left out: it is too sure of itself there.
    """
    given = (row for file in FILES for row in read_jsonl(corpora / file))
    return [row for row in (*given, *_untaught(corpora)) if row["fold"] in folds]


def read_invented(folds: Container[int] = range(5)) -> list[Row]:
    """The invented articles of some folds, in the form of `speech/dev.jsonl`."""
    return completed(row for row in read_jsonl(INVENTED) if row["fold"] in folds)


def completed(rows: Iterable[Row]) -> list[Row]:
    """Rows of the file of invented articles, which leaves out what is null, in the form of `speech/dev.jsonl`."""
    bare = dict.fromkeys(("speaker", *PLACES, "date_said", "doubt"))
    return [{**row, "date": None, "attributions": [bare | a for a in row["attributions"]]} for row in rows]


def ids_read() -> frozenset[str]:
    """The ids of the articles that were read for the project."""
    return frozenset(row["id"] for row in read_jsonl(READ))


def files_read() -> tuple[str, ...]:
    """The files below the corpora that have the texts of the articles that were read for the project."""
    return tuple(sorted({row["file"] for row in read_jsonl(READ)}))


def annotated(texts: Mapping[str, Sequence[Row]]) -> list[Row]:
    """The articles that were read for the project, in the form of `speech/dev.jsonl`; `texts` has the rows by file."""
    rows = {(file, row["id"]): row for file, held in texts.items() for row in held if "id" in row}
    return [with_words(row, rows[row["file"], row["id"]][row["field"]]) for row in read_jsonl(READ)]


def _untaught(corpora: Path) -> Iterator[Row]:
    taught = {row["id"] for row in read_jsonl(READ) if row["file"] == TAUGHT} - keys_aside(corpora)
    for row in annotated({file: read_jsonl(corpora / file) for file in files_read()}):
        if row["id"] not in taught:
            yield row


def with_words(row: Mapping[str, Any], text: str) -> Row:
    """Stored annotations of a text in the form of `speech/dev.jsonl`."""

    def words(place: Sequence[int] | None) -> str | None:
        return None if place is None else " ".join(text[place[0] : place[1]].split())

    attributions = [
        {
            **{key: a.get(key) for key in _KEPT},
            **{key: a.get(key, []) for key in _SPANS},
            **{key: words(a.get(key)) for key in PLACES},
            "also": [words(place) for place in a.get("also", ())],
        }
        for a in row["attributions"]
    ]
    people = [{"name": words(p[0]), "aliases": [words(place) for place in p[1:]]} for p in row["people"]]
    return {
        "id": row["id"],
        "text": text,
        "date": None,
        "attributions": attributions,
        "people": people,
        "outlet": row["outlet"],
        "fold": row["fold"],
    }


def without_words(gold: Mapping[str, Any], place: Mapping[str, Any], told: Callable[[str], None]) -> Row:
    """An annotator's row as it is stored. Words that the text does not have are told and left out."""
    text = gold["text"].translate(_PLAIN)

    def find(words: str | None, near: int) -> list[int] | None:
        if not words:
            return None
        pattern = r"\s+".join(re.escape(word) for word in words.translate(_PLAIN).split())
        found = [*re.finditer(rf"(?<!\w){pattern}(?!\w)", text)] or [*re.finditer(pattern, text, re.IGNORECASE)]
        if not found:
            told(f"{gold['id']}: not in the text: {words!r}")
            return None
        best = min(found, key=lambda match: abs(match.start() - near))
        return [best.start(), best.end()]

    attributions = []
    for a in gold["attributions"]:
        near = min(start for key in _SPANS for start, _ in a[key] or [(len(text), 0)])
        held = {key: a[key] for key in (*_KEPT, *_SPANS) if a.get(key)}
        held |= {key: found for key in PLACES if (found := find(a.get(key), near))}
        also = [found for name in a.get("also", ()) if (found := find(name, near))]
        if held["kind"] in ("person", "org") and "speaker" not in held:
            held["doubt"] = True  # a speaker whose name is not printed so is none to learn from
        attributions.append(held | ({"also": also} if also else {}))
    people = [
        [name, *(found for alias in p.get("aliases", ()) if (found := find(alias, name[0])))]
        for p in gold["people"]
        if (name := find(p["name"], 0))
    ]
    return {**{key: place[key] for key in _ARTICLE}, "attributions": attributions, "people": people}


def main() -> None:
    """The command line: stores annotated articles beside those that are there; an article read again is replaced."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("annotated", type=Path, nargs="+")
    given = parser.parse_args()
    index = {row["key"]: row for row in json.loads(given.index.read_text("utf-8"))}
    held = {(row["file"], row["id"]): row for row in (read_jsonl(READ) if READ.exists() else [])}
    for path in given.annotated:
        for gold in read_jsonl(path):
            row = without_words(gold, index[gold["id"]], print)
            held[row["file"], row["id"]] = row
    lines = (json.dumps(held[key], separators=(",", ":"), ensure_ascii=False) + "\n" for key in sorted(held))
    READ.write_text("".join(lines), encoding="utf-8")
    print(f"{len(held)} articles, {sum(len(row['attributions']) for row in held.values())} attributions")


if __name__ == "__main__":
    main()
