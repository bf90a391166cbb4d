"""Invented news text for measurements: names, quotes, outlets, days and copies as newspapers have them.

The same number gives the same article. A cast of people and bodies is drawn from `benchmarks.entities_scale`'s names,
so that some are named in many articles and most in few (Zipf); each is introduced with a role and goes on as a surname,
a pronoun or an acronym. One article in twenty is a copy of the one before it, in another outlet and cut at the end.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.entities_scale import invented_names

OUTLETS = tuple(f"The {town} {kind}" for town in ("Harrow", "Tarn", "Corran", "Aldermoor") for kind in ("Post", "Mail"))
FIRST_DAY, DAYS = dt.date(2020, 1, 1), 5 * 365
#: Of so many articles one is a copy of the one before.
COPIES = 20
_ROLES = ("Mayor", "harbour master", "the chairman", "an analyst", "Senator", "head coach", "a farmer", "Judge")
_THINGS = ("the bridge", "the ferry", "the new school", "the budget", "the harvest", "the old mill", "the strike")
_DOINGS = (
    "would stay closed until spring",
    "had cost far more than planned",
    "was safe",
    "would be sold",
    "had failed",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_SAID = (
    "{who} said on {day} that {thing} {doing}.",
    "“We were told that {thing} {doing},” {who} said. “Nobody asked the people who live here.”",
    "{who} told reporters that {thing} {doing}, and that the {body} had known of it since {day}.",
    "According to {who}, {thing} “{doing}” and would not be talked of again before {day}.",
    "Asked about {thing}, {last} said: “It is what it is. It {doing}, and we shall see.”",
    "“It {doing},” {pronoun} added. “That is all that I know.”",
    "The {body} said in a statement that {thing} {doing}.",
)
_TOLD = (
    "Rain fell for most of {day}, and few came to look at {thing}.",
    "The {body} has {number} members and meets behind the market on {day}s.",
    "Work on {thing} began in {year} and was to take {number} months.",
    "{last}, {number}, has lived in the valley since {year}.",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a cast: full name, surname, role and pronoun."""

    name: str
    last: str
    role: str
    pronoun: str


class Newsroom:
    """Writes articles of some `words` each, whose people and bodies are drawn from `names` invented ones."""

    def __init__(self, names: int = 20_000, words: int = 450) -> None:
        found = invented_names(random.Random(7), names)  # noqa: S311 - no secret
        self._people = [name for kind, name in found if kind == "PERSON" and " " in name]
        self._bodies = [name for kind, name in found if kind == "ORG"]
        self._words = words

    def article(self, number: int) -> str:
        """The text of one article."""
        if number % COPIES == COPIES - 1:
            return self._headed(number, self._story(number - 1)[:-1])
        return self._headed(number, self._story(number))

    def day(self, number: int) -> dt.date:
        """The day on which it was published."""
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
        head = [f"What became of {story[0].split()[-3]}", f"By Ada Quill\n{day:%B} {day.day}, {day.year}"]
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
        names = [self._people[_zipf(rng, len(self._people))] for _ in range(4)]
        people = [Person(name, name.split()[-1], rng.choice(_ROLES), rng.choice(["he", "she"])) for name in names]
        return people, [self._bodies[_zipf(rng, len(self._bodies))] for _ in range(2)]

    def _paragraph(self, rng: random.Random, cast: list[Person], bodies: list[str], n: int) -> str:
        person = cast[n % len(cast)]
        who = _introduced(person, bodies[0]) if n < len(cast) else person.last
        shape = rng.choice(_SAID if n % 3 else (*_TOLD, _SAID[0]))
        told = shape.format(
            who=who, last=person.last, pronoun=person.pronoun, thing=rng.choice(_THINGS), doing=rng.choice(_DOINGS),
            day=rng.choice(_DAYS), body=bodies[n % 2].removeprefix("The "), year=rng.randint(1995, 2019),
            number=rng.randint(12, 80),
        )  # fmt: skip
        return told[0].upper() + told[1:]


def _introduced(person: Person, body: str) -> str:
    office = person.role[0].isupper()
    return (
        f"{person.role} {person.name}"
        if office
        else f"{person.name}, {person.role} of the {body.removeprefix('The ')},"
    )


def _zipf(rng: random.Random, count: int) -> int:
    """A number below `count`, small ones far oftener."""
    return min(count - 1, int(rng.paretovariate(0.6)) - 1)


def long_text(sentences: int, seed: int = 1) -> str:
    """One article of about so many sentences; a paragraph has one and a half."""
    paragraphs = Newsroom(2_000).paragraphs(random.Random(seed))  # noqa: S311 - no secret
    story = itertools.islice(paragraphs, round(sentences / 1.5))
    return "\n\n".join(["The bridge is closed", "By Ada Quill\nMay 7, 2024", *story]) + "\n"
