"""Where somebody comes up in the article's own words, and the attributions of the paragraph before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import EntityType, Publication, Tagging
from onrecord.quotes.find import read_drafts
from onrecord.quotes.speaker.scene import Scene
from onrecord.quotes.speaker.tracks import Track
from tests.onrecord.tagged_texts import document_of, mentions_of

PEOPLE = {"Orla Venn": ["Venn"], "Tam Quill": ["Quill"]}


@given(st.dictionaries(st.integers(0, 30), st.booleans()), st.integers(0, 31))
def test_the_mentions_in_the_articles_own_words_around_an_offset(told_at: dict[int, bool], offset: int) -> None:
    starts = tuple(sorted(told_at))
    told = tuple(told_at[start] for start in starts)
    track = Track(0, EntityType.PERSON, "Orla Venn", (), starts, starts, told)
    before = [number for number, start in enumerate(starts) if told[number] and start < offset]
    behind = [number for number, start in enumerate(starts) if told[number] and start >= offset]
    assert track.last_told(offset) == (before[-1] if before else -1)
    assert track.next_told(offset) == (behind[0] if behind else None)


def walked_back(scene: Scene, index: int) -> int | None:
    """The last outermost draft of the paragraph before, looked for draft by draft."""
    for earlier in range(index - 1, -1, -1):
        draft = scene.drafts[earlier]
        if draft.passage == scene.drafts[index].passage - 1 and draft.parent is None:
            return earlier
    return None


@given(st.lists(st.sampled_from(["VENN: ", "Quill: ", "“We stay,” ", "Orla Venn said. ", "“", "”", "She ", "\n\n"])))
def test_the_last_attribution_of_the_paragraph_before(parts: list[str]) -> None:
    text = "".join(parts)
    scene = read_drafts(document_of(text), Tagging(), mentions_of(text, PEOPLE), Publication()).scene
    passages = [draft.passage for draft in scene.drafts]
    assert passages == sorted(passages)
    assert scene.last_of_passage_before == [walked_back(scene, index) for index in range(len(passages))]
