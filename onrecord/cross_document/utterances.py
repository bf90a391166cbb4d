"""The same utterance in several articles: one speaker, the same words, however cut and wherever printed.

`utterance_id` is filled over all articles, batch by batch, from a small table that is kept between calls (`STATE`,
about 150 bytes a quote) and never from the articles. Two quotes of one `speaker_entity_id` are the same utterance
where `utterance_words.same_words` says so, or where others in between are: an utterance is all quotes that hang
together. So its id, a hash of its earliest quote (by the day on which it was said or else published, those without
last, then by `quote_id`), depends on the quotes that are there and never on the order in which they came. It stays
the same when later quotes arrive; it changes when an earlier one does, or when one shows that two are one.

A quote without `speaker_entity_id` (an unnamed source) has no utterance id: nobody knows whether two officials who
would not be named are one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from onrecord.cross_document.repeats import Repeats, joined, joined_within
from onrecord.cross_document.utterance_words import CONTENT, word_keys, words_in_common

pc: Any = pyarrow.compute
_DATE: Any = pa.date32()
_ODD = np.uint64(0x9E3779B97F4A7C15)
#: Runs of words that two quotes share, looked at at a time: about 150 MB, however often one speaker says the same.
PAIRS = 2_000_000

#: What `sketched` takes of each quote (columns of `quotes`), ...
QUOTES = pa.schema(
    {
        "quote_id": pa.string(),
        "article_id": pa.string(),
        "content": pa.string(),
        "speaker_entity_id": pa.string(),
        "date_said": _DATE,
        "date_published": _DATE,
    }
)

#: ... what it makes of it, ...
NEW = pa.schema(
    {
        "quote_id": pa.string(),
        "article_id": pa.string(),
        "speaker_entity_id": pa.string(),
        "said_on": _DATE,
        "words": pa.list_(pa.uint32()),
    }
)

#: ... and what must be kept between two calls.
STATE = NEW.append(pa.field("utterance_id", pa.string()))

#: What `identify` gives.
FOUND = pa.schema({"quote_id": pa.string(), "article_id": pa.string(), "utterance_id": pa.string()})


def sketched(quotes: pa.Table) -> pa.Table:
    """The quotes that have a speaker, as `NEW`. `quotes`: any table with the columns of `QUOTES`."""
    quotes = quotes.select(QUOTES.names).cast(QUOTES)
    named = quotes.filter(pc.is_valid(quotes["speaker_entity_id"]))
    said_on = pc.coalesce(named["date_said"], named["date_published"])
    words = pa.array([word_keys(content) for content in _list(named["content"])], pa.list_(pa.uint32()))
    columns = [named["quote_id"], named["article_id"], named["speaker_entity_id"], said_on, words]
    return pa.table(columns, schema=NEW)


def identify(new: pa.Table, known: pa.Table, gone: Collection[str] = ()) -> pa.Table:
    """The utterances of new quotes, and of those others whose utterance changes.

    `new`: rows of `NEW`; one that is also in `known` replaces it there (so does one whose speaker became another).
    `known`: rows of `STATE` as earlier calls left them; all rows of the speakers in `new` and of those who lose a
    quote, and any others (they do not matter). `gone`: ids of quotes in `known` that are no longer there. Returns
    rows of `FOUND` by `quote_id`. Raises ValueError for an id that stands twice in `new`.
    """
    new, known = new.select(NEW.names).cast(NEW), known.select(STATE.names).cast(STATE)
    fresh_ids = pc.unique(new["quote_id"])
    if len(fresh_ids) != len(new):
        raise ValueError("a quote stands twice among the new ones")
    left = pc.is_in(known["quote_id"], value_set=pa.concat_arrays([fresh_ids, pa.array(sorted(gone), pa.string())]))
    lost = known.filter(left)
    speakers = pc.unique(pa.chunked_array([*new["speaker_entity_id"].chunks, *lost["speaker_entity_id"].chunks]))
    concerned = pc.and_not(pc.is_in(known["speaker_entity_id"], value_set=speakers), left)
    known = known.filter(concerned)
    # Where an utterance has lost a quote, the others may no longer hang together: they are looked at anew.
    loose = pc.is_in(known["utterance_id"], value_set=pc.unique(lost["utterance_id"]))
    before = dict(zip(_list(known["quote_id"]), _list(known["utterance_id"]), strict=True))
    settled = known.filter(pc.invert(loose))
    rows = pa.concat_tables([new, known.filter(loose).select(NEW.names), settled.select(NEW.names)])
    quotes = _Quotes.of(rows.combine_chunks())
    found = _utterances(quotes, len(rows) - len(settled), _list(settled["utterance_id"]))
    changed = [
        {"quote_id": quote, "article_id": article, "utterance_id": utterance}
        for quote, article, utterance in zip(quotes.ids, _list(rows["article_id"]), found, strict=True)
        if before.get(quote) != utterance
    ]
    return pa.Table.from_pylist(sorted(changed, key=lambda row: str(row["quote_id"])), schema=FOUND)


def identify_in(
    quotes: pa.Table,
    new: pa.Table,
    replaced: Collection[str] = (),
    merged: Mapping[str, str] | None = None,
    moved: Mapping[str, str] | None = None,
) -> pa.Table:
    """As `identify`, for a warehouse that keeps no `STATE` and makes it of its quotes: some 30 microseconds each.

    `quotes`: rows of the quotes table as it stands, with the columns of `QUOTES` and `utterance_id`, of every speaker
    who is in `new`, in `merged` or in `moved` (old and new id alike), or in an article in `replaced`. `new`: quotes of
    new articles. `replaced`: ids of articles that are gone or read again. `merged`: entity ids that others replace.
    `moved`: entity ids by the `quote_id` of single quotes that get another speaker.
    """
    again = pc.is_in(quotes["article_id"], value_set=pa.array(sorted(replaced), pa.string()))
    left = quotes.filter(pc.invert(again))
    before = _list(left["speaker_entity_id"])
    now = [
        (moved or {}).get(quote, (merged or {}).get(speaker, speaker))
        for quote, speaker in zip(_list(left["quote_id"]), before, strict=True)
    ]
    other = pa.array([a != b for a, b in zip(before, now, strict=True)], pa.bool_())
    place = QUOTES.names.index("speaker_entity_id")
    changed = left.select(QUOTES.names).set_column(place, QUOTES.field(place), pa.array(now, pa.string())).filter(other)
    known = sketched(quotes).append_column(
        "utterance_id", quotes.filter(pc.is_valid(quotes["speaker_entity_id"]))["utterance_id"]
    )
    fresh = pa.concat_tables([sketched(new), sketched(changed)])
    return identify(fresh, known, _list(quotes.filter(again)["quote_id"]))


def utterance_id(earliest: str) -> str:
    """The id of the utterance whose earliest quote this is."""
    return hashlib.sha256(f"utterance\0{earliest}".encode()).hexdigest()[:20]


def _list(column: Any) -> list[Any]:
    values: list[Any] = column.to_pylist()
    return values


@dataclass(frozen=True, slots=True)
class _Quotes:
    """Quotes side by side: their words in one array, `starts` to mark them off."""

    ids: list[str]
    days: list[dt.date | None]
    speakers: npt.NDArray[np.uint64]
    words: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, rows: pa.Table) -> _Quotes:
        words: Any = pa.concat_arrays(rows["words"].chunks or [pa.array([], pa.list_(pa.uint32()))])
        codes = pc.dictionary_encode(rows["speaker_entity_id"]).combine_chunks()
        numbers = codes.indices if isinstance(codes, pa.DictionaryArray) else codes.combine_chunks().indices
        lengths = pc.list_value_length(words).to_numpy(zero_copy_only=False)
        return cls(
            ids=_list(rows["quote_id"]),
            days=_list(rows["said_on"]),
            speakers=numbers.to_numpy(zero_copy_only=False).astype(np.uint64),
            words=words.flatten().to_numpy(zero_copy_only=False),
            starts=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        )

    def of_place(self, place: int) -> list[int]:
        words: list[int] = self.words[self.starts[place] : self.starts[place + 1]].tolist()
        return words

    def repeats(self) -> list[list[int]]:
        """The places of the quotes of one speaker in the very same words, together, in the order of the first ones."""
        found: dict[tuple[int, bytes], list[int]] = {}
        words, bounds = self.words.tobytes(), pairwise((self.starts * self.words.itemsize).tolist())
        for place, (speaker, (start, end)) in enumerate(zip(self.speakers.tolist(), bounds, strict=True)):
            found.setdefault((speaker, words[start:end]), []).append(place)
        return list(found.values())

    def at(self, places: list[int]) -> _Quotes:
        """Those that stand at these places."""
        taken = np.array(places, np.int64)
        lengths = np.diff(self.starts)[taken]
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        words = self.words[np.repeat(self.starts[taken] - starts[:-1], lengths) + np.arange(starts[-1])]
        return _Quotes(
            [self.ids[p] for p in places], [self.days[p] for p in places], self.speakers[taken], words, starts
        )

    def first(self, places: Iterable[int]) -> str:
        """The id of the earliest."""
        return min((self.days[place] or dt.date.max, self.ids[place]) for place in places)[1]


def _utterances(quotes: _Quotes, fresh: int, settled: list[str]) -> list[str]:
    """The utterance of each quote. The first `fresh` are to be compared; the rest stand in the utterances `settled`.

    The very same words are compared once, however often they are repeated.
    """
    parent = list(range(len(quotes.ids)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def join(pairs: Iterable[tuple[int, int]]) -> None:
        for one, other in pairs:
            a, b = root(one), root(other)
            parent[max(a, b)] = min(a, b)

    heads: dict[str, int] = {}
    for place, utterance in enumerate(settled, start=fresh):
        parent[place] = heads.setdefault(utterance, place)
    texts = quotes.repeats()
    repeats = {n: Repeats.of(places, quotes.days) for n, places in enumerate(texts) if len(places) > 1}
    for text in repeats.values():
        words = quotes.of_place(text.places[0])
        join(joined_within(text, words_in_common(words, words)))
    distinct = quotes.at([places[0] for places in texts])
    for one, other in _candidates(distinct, sum(places[0] < fresh for places in texts)):
        ours, theirs = (repeats.get(n) or Repeats.of(texts[n], quotes.days) for n in (one, other))
        if ours.is_one and theirs.is_one and root(ours.places[0]) == root(theirs.places[0]):
            continue
        join(joined(ours, theirs, words_in_common(distinct.of_place(one), distinct.of_place(other))))
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(parent)):
        members[root(place)].append(place)
    named = {head: utterance_id(quotes.first(places)) for head, places in members.items()}
    return [named[root(place)] for place in range(len(parent))]


def _candidates(quotes: _Quotes, fresh: int) -> Iterator[tuple[int, int]]:
    """Pairs (place, fresh place) of one speaker that share a run of three words, not all of them function words.

    Of longer quotes, more such runs: one in ten words, up to four.
    """
    runs, places = _runs(quotes)
    wanted = np.unique(runs[places < fresh])
    runs, places = _once(*_among(runs, places, wanted))
    in_order = np.argsort(places, kind="stable")
    runs, places = runs[in_order], places[in_order]
    ours = np.flatnonzero(places < fresh)
    order = ours[np.argsort(runs[ours], kind="stable")]
    low, high = (np.searchsorted(runs[order], runs, side) for side in ("left", "right"))
    lengths = np.diff(quotes.starts)
    for piece in _pieces(places, high - low):
        counts = (high - low)[piece]
        others = np.repeat(places[piece], counts)
        first = np.repeat(low[piece] - (np.cumsum(counts) - counts), counts)
        mine = places[order[np.arange(len(first)) + first]]
        once = others > mine
        pairs, shared = np.unique(others[once] * np.int64(fresh or 1) + mine[once], return_counts=True)
        one, other = np.divmod(pairs, fresh or 1)
        enough = shared >= np.minimum(4, 1 + np.minimum(lengths[one], lengths[other]) // 10)
        yield from zip(one[enough].tolist(), other[enough].tolist(), strict=True)


def _pieces(places: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> Iterator[slice]:
    """The runs, which are in order of their places, in pieces of whole places that meet about `PAIRS` others."""
    begins = np.flatnonzero(np.diff(places, prepend=-1))
    before = (np.cumsum(counts) - counts)[begins]
    cuts = begins[np.flatnonzero(np.diff(before // PAIRS, prepend=-1))]
    for begin, end in pairwise([*cuts.tolist(), len(places)]):
        yield slice(begin, end)


Runs = tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]


def _runs(quotes: _Quotes) -> Runs:
    """A hash for each run of three words and its speaker, and the place of its quote."""
    words = np.concatenate((quotes.words.astype(np.uint64), np.zeros(2, np.uint64)))
    lengths = np.diff(quotes.starts)
    places = np.repeat(np.arange(len(lengths)), lengths)
    to_end = np.repeat(quotes.starts[1:], lengths) - np.arange(len(places))
    hashes = quotes.speakers[places]
    meaning = np.zeros(len(places), np.uint64)
    for step in range(3):
        word = words[step : len(places) + step]
        hashes = (hashes ^ word) * _ODD
        hashes ^= hashes >> np.uint64(29)
        meaning |= word & np.uint64(CONTENT)
    kept = (to_end >= 3) & (meaning > 0)
    return hashes[kept], places[kept]


def _among(runs: npt.NDArray[np.uint64], places: npt.NDArray[np.int64], wanted: npt.NDArray[np.uint64]) -> Runs:
    """Those runs that are among the wanted, which are sorted."""
    if not len(wanted):
        return runs[:0], places[:0]
    kept = wanted[np.minimum(np.searchsorted(wanted, runs), len(wanted) - 1)] == runs
    return runs[kept], places[kept]


def _once(runs: npt.NDArray[np.uint64], places: npt.NDArray[np.int64]) -> Runs:
    """Each run of a quote once, however often the quote repeats it."""
    _, first = np.unique((runs ^ places.astype(np.uint64)) * _ODD + places.astype(np.uint64), return_index=True)
    return runs[first], places[first]
