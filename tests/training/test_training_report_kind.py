"""Examples of reports from annotated articles, and the counts of cues."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("lightgbm")

from onrecord.document.article import Block, BlockKind, QuoteType, ReportKind, Tagging
from onrecord.document.document import Document
from onrecord.quotes.attribution.candidates import Candidates, candidates
from onrecord.quotes.attribution.cue_words import parse_statistics
from onrecord.quotes.attribution.report_kind import REPORTED, Certain
from tests.onrecord.tagged_texts import attribution, document_of
from training import report_kind
from training.report_examples import Example, Labels, attribution_examples, read_labels, speech_examples
from training.report_kind import confidence_rows, counted, is_right, judged, report_rows, write_statistics

TEXT = "Orla Venn said that the bridge was old. The board hopes that it will hold. Tam Quill wrote that it rusts."


def spans(part: str) -> list[list[int]]:
    start = TEXT.index(part)
    return [[start, start + len(part)]]


def gold(source: str, cue: str, content: str) -> dict[str, Any]:
    return {"source": spans(source), "cue": spans(cue), "content": spans(content), "type": "indirect"}


def article() -> dict[str, Any]:
    reports = [
        gold("Orla Venn", "said", "the bridge was old"),
        gold("Tam Quill", "wrote", "it rusts"),
    ]
    return {"id": "a", "text": TEXT, "fold": 2, "attributions": reports}


def found() -> Candidates:
    tagging = Tagging(
        attributions=(
            attribution(TEXT, "that the bridge was old", "said", "Orla Venn"),
            attribution(TEXT, "that it will hold", "hopes", "The board"),
            attribution(TEXT, "that it rusts", "wrote", "Tam Quill"),
        )
    )
    return candidates(document_of(TEXT), tagging, ())


def test_what_the_speech_gold_has_is_speech_or_writing_and_nothing_else_is() -> None:
    said, hopes, wrote = speech_examples(article(), found(), {})
    assert (said.kinds, wrote.kinds) == (("speech",), ("writing",))
    assert "speech" not in hopes.kinds
    assert len(hopes.kinds) > 1
    assert [example.found for example in (said, hopes, wrote)] == [True, False, True]


def test_what_display_copy_sums_up_is_no_example_of_any_kind() -> None:
    tagging = Tagging(attributions=(attribution(TEXT, "that the bridge was old", "said", "Orla Venn"),))
    headline = candidates(Document(TEXT, (Block(BlockKind.HEADLINE, 0, len(TEXT)),)), tagging, ())
    (summed,) = speech_examples(article() | {"attributions": []}, headline, {})
    assert summed.kinds == ()
    assert is_right(summed, ReportKind.SPEECH) is None


def test_a_label_tells_the_kind() -> None:
    start = TEXT.index("that it will hold")
    labels: Labels = {("a", start, start + len("that it will hold"), TEXT.index("hopes")): "thought"}
    assert [example.kinds for example in speech_examples(article(), found(), labels)][1] == ("thought",)
    assert [example.kinds for example in attribution_examples(article(), found(), labels)][1] == ("thought",)


def test_what_no_annotator_of_all_attributions_marked_is_none() -> None:
    assert [example.kinds for example in attribution_examples(article(), found(), {})][1] == ("none",)


def example(*kinds: str, found: bool, counts: bool) -> Example:
    return Example("a", {}, 0, QuoteType.INDIRECT, kinds, found, counts)


@pytest.mark.parametrize(
    ("seen", "kind", "right"),
    [
        (example("speech", found=True, counts=True), ReportKind.WRITING, True),
        (example("act", found=False, counts=True), ReportKind.SPEECH, False),
        (example("act", found=False, counts=True), ReportKind.ACT, True),
        (example("act", "thought", found=False, counts=True), ReportKind.ACT, None),
        (example("thought", found=True, counts=False), ReportKind.SPEECH, False),
        (example("none", found=False, counts=False), ReportKind.ACT, False),
        (example("speech", found=True, counts=True), None, None),
    ],
)
def test_when_a_row_is_right(seen: Example, kind: ReportKind | None, right: bool | None) -> None:
    assert is_right(seen, kind) is right


def test_rows_of_unknown_outcome_are_left_out() -> None:
    share = dict.fromkeys(("speech", "writing", "perception", "none", REPORTED), 0.0) | {"act": 0.6, "thought": 0.4}
    examples = [example("act", "thought", found=False, counts=True), example("act", found=False, counts=True)]
    rows = confidence_rows(examples, [share, share])
    assert rows.labels.tolist() == [1]


def test_what_a_rule_is_certain_of_is_judged_as_when_it_is_read() -> None:
    act = dict.fromkeys(("speech", "writing", "perception", "none", "thought", REPORTED), 0.1) | {"act": 0.6}
    seen = example("act", found=False, counts=True)
    assert judged(seen, act) is ReportKind.ACT
    assert judged(replace(seen, certain=Certain.SAID), act) is ReportKind.SPEECH


def test_reports_are_learned_where_all_are_annotated() -> None:
    told = [example("speech", found=True, counts=True), example("act", found=False, counts=True)]
    pattern = replace(example("speech", found=True, counts=False), by_pattern=True)
    elsewhere = example("speech", found=True, counts=False)
    rows = report_rows([*told, replace(told[1], repeats=True), pattern, elsewhere], ("score",))
    assert rows.labels.tolist() == [1, 0, 1]
    assert rows.weights[2] < rows.weights[0]


def test_cues_are_counted_by_their_head(tmp_path: Path) -> None:
    text = 'Orla Venn said that it was old. "It holds," Tam Quill says. They say little.'
    content = text.index("that")
    quoted, _says = text.index("It holds"), text.index("says")
    rows = [
        {"source": [[0, 9]], "cue": [[10, 14]], "content": [[content, content + 15]], "type": "indirect"},
        {
            "source": [],
            "cue": [[text.index("says"), text.index("says") + 4]],
            "content": [[quoted, quoted + 8]],
            "type": "direct",
        },
    ]
    counts = counted([{"text": text, "attributions": rows}])
    write_statistics(counts, tmp_path / "counts.tsv")
    say = parse_statistics((tmp_path / "counts.tsv").read_text("utf-8").splitlines())["say"]
    assert (say.attributions, say.direct, say.that, say.content_first, say.no_source, say.occurrences) == (
        2,
        1,
        1,
        1,
        1,
        3,
    )


def test_labels_have_places_and_no_text() -> None:
    labels = read_labels()
    assert len(labels) > 700
    assert all(start < end for _, start, end, _ in labels)


def test_fold_4_is_measured_with_the_models_that_are_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = [SimpleNamespace(fold=fold) for fold in (0, 1, 2, 3, 4, 0)]

    def write(fitted: list[SimpleNamespace], folder: Path) -> None:
        for name in report_kind.MODELS:
            (folder / name).write_text(f"{name} fitted on {[example.fold for example in fitted]}")

    for folder in ("shipped", *"01234"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(report_kind, "TARGET", tmp_path / "shipped")
    monkeypatch.setattr(report_kind, "read_examples", lambda *_: examples)
    monkeypatch.setattr(report_kind, "write_models", write)
    for name in ("features_of", "held_out_shares", "tell"):
        monkeypatch.setattr(report_kind, name, lambda *_: None)
    monkeypatch.setattr("sys.argv", ["report_kind", "fit", "corpora", "--folds", str(tmp_path)])
    report_kind.main()
    told = {file.parent.name: file.read_text() for file in tmp_path.glob("*/report_kind.onnx")}
    assert told["4"] == told["shipped"] == "report_kind.onnx fitted on [0, 1, 2, 3, 0]"
    assert told["1"] == "report_kind.onnx fitted on [0, 2, 3, 0]" and len(told) == 6
    assert len(list(tmp_path.glob("*/report_confidence.onnx"))) == 6
