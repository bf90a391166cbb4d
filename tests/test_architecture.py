"""docs/architecture.md is true: its article is read as it says, and the files that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

from onrecord import read

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_the_article_is_read_as_the_page_tells() -> None:
    match = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    article = read(match[1])
    assert ", ".join(f"{block.kind} {block.start}–{block.end}" for block in article.blocks) in PAGE
    facts = article.publication
    assert f"{facts.date_published} ({facts.date_published_precision}" in PAGE
    assert f"authors: {', '.join(facts.authors)}, located: {facts.located}" in PAGE
    told = [quote for quote in article.quotes if quote.cue and quote.cue.start > 77]
    assert ", ".join(f"{q.quote_type} {q.content_spans[0].start}–{q.content_spans[0].end}" for q in told) in PAGE
    assert [quote.speaker_name for quote in told] == ["Ada Strand", "Ada Strand"]
    assert [str(quote.date_said) for quote in told] == ["2024-05-06", "2024-05-06"]
    assert told[1].medium == "Meridian" and told[0].speaker_role == "Mayor"


def test_the_files_that_the_page_names_are_there() -> None:
    rows = re.findall(r"^\| `([a-z/_]+)`(?: again)? \| (.*?) \|", PAGE, re.MULTILINE)
    assert len(rows) >= 10
    for package, named in rows:
        for file in re.findall(r"`([\w/]+\.(?:py|yaml))`", named):
            assert (ROOT / "onrecord" / package / file).exists(), (package, file)
    for path in re.findall(r"`((?:tasks|flows|lexicon|coreference|warehouse|quotes)/[\w/]+\.(?:py|yaml))`", PAGE):
        assert (ROOT / path).exists() or (ROOT / "onrecord" / path).exists(), path
