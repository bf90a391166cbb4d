"""A story longer than any that the labeller has learned from keeps its paragraphs."""

import random

import pytest

from onrecord.document.article import BlockKind
from onrecord.layout import segment

GIVEN = ["Orla", "Tam", "Ada", "Ivo", "Mina", "Pia", "Dale", "Tomas", "Ilse"]
FAMILY = ["Venn", "Quill", "Strand", "Marsh", "Lund", "Orr", "Wirth", "Brandt", "Kolt", "Boru", "Tolva"]
BODIES = ["Harbour Board", "Tarn Council", "Meridian Group", "Corran Ministry of Works"]
TOPICS = ["bridge", "ferry", "quay", "mill", "road to the north", "lighthouse", "dry dock", "harbour wall"]


def paragraph(chance: random.Random) -> str:
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    body, topic, year = chance.choice(BODIES), chance.choice(TOPICS), chance.randrange(1950, 2024)
    return chance.choice(
        [
            f"In {year} {name} told the {body} that the {topic} would not stand another winter without repairs.",
            f'The {body} answered {name} in {year}. "We shall see to the {topic} in due time," its letter read.',
            f"Records kept by {name} show that the {topic} was closed on {chance.randrange(2, 90)} days of {year}.",
            f"Nobody asked the {body} about the {topic} until {name}, by then retired, wrote to the paper in {year}.",
        ]
    )


@pytest.mark.parametrize("count", [150, 700, 1500])
def test_a_long_report_is_read_to_its_end(count: int) -> None:
    chance = random.Random(count)  # noqa: S311 - the same text each time
    paragraphs = [paragraph(chance) for _ in range(count)]
    text = "\n\n".join(["How the harbour was left to the sea", "By Orla Venn", "May 7, 2024", *paragraphs])
    kept = sum(block.kind is BlockKind.PARAGRAPH for block in segment(text))
    assert kept >= 0.98 * count
