"""Invented news text for measurements: names, quotes, outlets, days and copies as newspapers have them.

The same number gives the same article. A cast of people and bodies is drawn from `benchmarks.entities_scale`'s names,
so that some are named in many articles and most in few; what is said is put together from parts, so that a speaker
seldom says the same twice. Each is introduced with a role and goes on as a surname,
a pronoun or an acronym. One article in twenty is a copy of the one before it, in another outlet and cut at the end.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.entities_scale import invented_names

_TOWNS = (
    "Harrow", "Tarn", "Corran", "Aldermoor", "Pellsea", "Quarrington", "Ostwick", "Venby", "Lunmouth", "Skarholt",
    "Dreyford", "Mosswell",
)  # fmt: skip
OUTLETS = tuple(f"The {town} {kind}" for town in _TOWNS[:8] for kind in ("Post", "Mail", "Courier"))
FIRST_DAY, DAYS = dt.date(2020, 1, 1), 5 * 365
#: Of so many articles one is a copy of the one before.
COPIES = 20
#: The nth of those who are named has a share of 1 / (n + SHIFT): of 35,000 the first is in one article of thirty.
SHIFT = 20
_ROLES = ("Mayor", "harbour master", "the chairman", "an analyst", "Senator", "head coach", "a farmer", "Judge")
_KINDS = (
    "new", "old", "northern", "southern", "flooded", "unfinished", "private", "second", "abandoned", "planned",
    "narrow", "public",
)  # fmt: skip
_NOUNS = (
    "bridge", "ferry", "school", "budget", "harvest", "mill", "strike", "clinic", "reservoir", "library", "market",
    "tram", "quarry", "lighthouse", "cannery", "theatre", "hospital", "stadium", "sewer", "pipeline", "prison",
    "museum", "bakery", "brewery", "shipyard", "fishery", "sawmill", "dam", "canal", "tunnel", "railway", "depot",
    "landfill", "nursery", "vineyard", "greenhouse", "foundry",
)  # fmt: skip
_DOINGS = (
    "would stay closed until {season}", "had cost {number} million more than planned", "was safe",
    "would be sold to {town}", "had failed", "would need {number} more workers", "was never inspected",
    "could not be repaired", "had been paid for twice", "would open before {season}", "employed {number} people",
    "was losing money", "had no licence", "was built on sand", "would move to {town}",
    "had lost {number} per cent of its income", "belonged to nobody", "had been promised to {town}",
    "deserved another chance", "stood empty for {number} days", "would be searched again",
    "was cheaper than a {noun}", "had divided the council", "served {number} villages", "was the wrong answer",
    "had kept {town} alive", "could wait", "was worth a {noun}", "leaked every {season}", "had {number} owners",
    "would feed {town}", "was sold by mistake", "had never been measured", "took {number} years to build",
    "was planned by a {noun}", "would outlast the {noun}",
)  # fmt: skip
_WHYS = (
    "because the pumps were broken", "after {number} weeks of rain", "although the banks were against it",
    "since nobody had asked", "unless the state lent {number} million", "while the inquiry went on",
    "once the snow was gone", "if the court allowed it", "despite {number} letters",
    "now that {town} had left the scheme", "without a vote", "whatever the engineers wrote",
    "before anyone had read the report", "with money from {town}", "in spite of the {noun}",
    "as long as the {noun} was open", "by the end of {season}", "against the advice of {town}",
    "under a law of {year}", "together with the {noun}", "for want of a {noun}", "thanks to {number} volunteers",
    "at the request of {town}", "two years after the {noun}",
)  # fmt: skip
_VIEWS = (
    "The people of {town} deserve better", "My father worked there for {number} years",
    "We have {number} weeks and no plan", "I have seen worse in {town}",
    "The {noun} came first, and the {noun} after it", "They sent {number} letters to {town}",
    "Nobody in {town} counted the {kind} ones", "You cannot live on a {noun}", "Give me {number} people and a {noun}",
    "In {season} we shall see what the {noun} is worth", "Ask anyone at the {noun} in {town}",
    "It began with a {kind} {noun}", "Our {noun} has stood since {year}", "Tell that to {town}",
    "There were {number} of us at the {noun}", "We were shown a {kind} {noun} and a {kind} {noun}",
    "I would rather have a {noun} than a {noun}",
)  # fmt: skip
_PARTS: Mapping[str, Sequence[object]] = {
    "thing": ("the {kind} {noun} in {town}",), "doing": _DOINGS, "why": _WHYS, "view": _VIEWS, "kind": _KINDS,
    "noun": _NOUNS, "town": _TOWNS, "season": ("spring", "summer", "autumn", "winter"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"), "year": range(1950, 2020), "number": range(21, 80),
}  # fmt: skip
_SAID = (
    "{who} said on {day} that {thing} {doing} {why}.",
    "“We were told that {thing} {doing},” {who} said. “{view}.”",
    "{who} told reporters that {thing} {doing}, and that the {body} had known of it {why}.",
    "According to {who}, {thing} “{doing}” {why} and would not be talked of again before {day}.",
    "Asked about {thing}, {last} said: “{view}. It {doing} {why}, and we shall see.”",
    "“It {doing} {why},” {pronoun} added. “{view}.”",
    "“{view},” said {who}.",
    "The {body} said in a statement that {thing} {doing} {why}.",
)
_TOLD = (
    "Rain fell for most of {day}, and few came to look at {thing}.",
    "The {body} has {number} members and meets behind the {noun} in {town} on {day}s.",
    "Work on {thing} began in {year} and was to take {number} months {why}.",
    "{last}, {number}, has lived in {town} since {year}.",
    "On {day} {number} people walked from {town} to {thing}, which {doing} {why}.",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a cast: full name, surname, role and pronoun."""

    name: str
    last: str
    role: str
    pronoun: str


class Newsroom:
    """Writes articles of some `words` each, whose `people` and `bodies` are drawn from `names` invented ones."""

    def __init__(self, names: int = 60_000, words: int = 450) -> None:
        found = invented_names(random.Random(7), names)  # noqa: S311 - no secret
        self.people = [name for kind, name in found if kind == "PERSON" and " " in name]
        self.bodies = [name for kind, name in found if kind == "ORG"]
        self._words = words

    def article(self, number: int) -> str:
        """The text of one article."""
        if number % COPIES == COPIES - 1:
            return self._headed(number, self._story(number - 1)[:-1])
        return self._headed(number, self._story(number))

    def day(self, number: int) -> dt.date:
        """The day on which it was published; a copy is of the same day."""
        number -= number % COPIES == COPIES - 1
        return FIRST_DAY + dt.timedelta(days=number * 7 % DAYS)

    def write(self, folder: Path, numbers: range) -> int:
        """Writes articles as raw files, a folder for each outlet; returns their words."""
        for outlet in range(len(OUTLETS)):
            (folder / f"outlet-{outlet}").mkdir(parents=True, exist_ok=True)
        words = 0
        for number in numbers:
            text = self.article(number)
            words += len(text.split())
            (folder / f"outlet-{number % len(OUTLETS)}" / f"{number:07d}.txt").write_text(text, "utf-8")
        return words

    def paragraphs(self, rng: random.Random) -> Iterator[str]:
        """Paragraphs without end, with a new cast every ten."""
        while True:
            cast, bodies = self._cast(rng)
            for n in range(10):
                yield self._paragraph(rng, cast, bodies, n)

    def _headed(self, number: int, story: list[str]) -> str:
        day = self.day(number)
        outlet = OUTLETS[number % len(OUTLETS)]
        rng = random.Random(-1 - number)  # noqa: S311 - no secret
        headline = f"What became of {_filled('{thing} {why}', rng)}"
        head = [headline, f"By Ada Quill\n{day:%B} {day.day}, {day.year}"]
        return "\n\n".join([outlet, *head, *story]) + "\n"

    def _story(self, number: int) -> list[str]:
        rng = random.Random(number)  # noqa: S311 - no secret
        story: list[str] = []
        for paragraph in self.paragraphs(rng):
            story.append(paragraph)
            if sum(len(part.split()) for part in story) >= self._words:
                return story
        return story

    def _cast(self, rng: random.Random) -> tuple[list[Person], list[str]]:
        names = [self.people[_rank(rng, len(self.people))] for _ in range(4)]
        people = [Person(name, name.split()[-1], rng.choice(_ROLES), rng.choice(["he", "she"])) for name in names]
        return people, [self.bodies[_rank(rng, len(self.bodies))] for _ in range(2)]

    def _paragraph(self, rng: random.Random, cast: list[Person], bodies: list[str], n: int) -> str:
        person = cast[n % len(cast)]
        who = _introduced(person, bodies[0]) if n < len(cast) else person.last
        shape = rng.choice(_SAID[:4] if n < len(cast) else _SAID if n % 3 else _TOLD)
        body = bodies[n % 2].removeprefix("The ")
        told = _filled(shape, rng, who=who, last=person.last, pronoun=person.pronoun, body=body)
        return (told[0].upper() + told[1:]).replace(",,", ",")


def _introduced(person: Person, body: str) -> str:
    office = person.role[0].isupper()
    return (
        f"{person.role} {person.name}"
        if office
        else f"{person.name}, {person.role} of the {body.removeprefix('The ')},"
    )


class _Filling(dict[str, str]):
    """What fills the places of a shape: what is given, or else any of `_PARTS`, drawn anew for each place."""

    def __init__(self, rng: random.Random, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self._rng = rng

    def __missing__(self, place: str) -> str:
        return str(self._rng.choice(_PARTS[place]))


def _filled(shape: str, rng: random.Random, **given: str) -> str:
    """A shape with its places filled, those within what fills them as well."""
    filling = _Filling(rng, given)
    return shape.format_map(filling).format_map(filling)


def _rank(rng: random.Random, count: int) -> int:
    """A number below `count`, small ones oftener (Mandelbrot's form of Zipf's law)."""
    return int(SHIFT * ((count + SHIFT) / SHIFT) ** rng.random()) - SHIFT


def long_text(sentences: int, seed: int = 1) -> str:
    """One article of about so many sentences; a paragraph has one and a half."""
    paragraphs = Newsroom(2_000).paragraphs(random.Random(seed))  # noqa: S311 - no secret
    story = itertools.islice(paragraphs, round(sentences / 1.5))
    return "\n\n".join(["The bridge is closed", "By Ada Quill\nMay 7, 2024", *story]) + "\n"
