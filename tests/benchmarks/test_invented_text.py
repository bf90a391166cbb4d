"""What `benchmarks.invented_text` writes is like news: the same each time, many speakers, and nobody says all of it."""

from __future__ import annotations

import re
from collections import Counter

from benchmarks.invented_text import COPIES, Newsroom

QUOTED = re.compile("“([^”]{30,})”")


def test_the_same_number_gives_the_same_article() -> None:
    assert Newsroom(500).article(7) == Newsroom(500).article(7) != Newsroom(500).article(8)


def test_what_is_said_seldom_comes_twice() -> None:
    newsroom = Newsroom(500)
    said = [quote for n in range(100) if n % COPIES != COPIES - 1 for quote in QUOTED.findall(newsroom.article(n))]
    assert len(said) > 500
    assert len(set(said)) > 0.9 * len(said)


def test_the_most_named_person_is_in_one_article_of_thirty() -> None:
    newsroom = Newsroom()
    named = Counter(
        name for n in range(600) for name in set(re.findall("[A-Z][a-z]+ [A-Z][a-z-]+", newsroom.article(n)))
    )
    people = [count for name, count in named.items() if name in newsroom.people]
    assert len(people) > 1_000
    assert max(people) < 600 / 15


def test_a_copy_is_the_same_story_on_the_same_day_in_another_outlet() -> None:
    newsroom = Newsroom(500)
    one, copy = (newsroom.article(n).split("\n\n") for n in (COPIES - 2, COPIES - 1))
    assert one[0] != copy[0]
    assert one[2] == copy[2]
    assert copy[3:] == [*one[3 : len(copy) - 1], copy[-1]]
    assert len(copy) == len(one) - 1


def test_every_place_is_filled() -> None:
    newsroom = Newsroom(500)
    assert "{" not in "".join(newsroom.article(n) for n in range(100))
