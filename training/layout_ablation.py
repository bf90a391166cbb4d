"""What the labeller's first stage owes to a style of dump, or to a group of columns: it is fitted without.

    python -m training.layout_ablation --corpora FOLDER [--folds 0 1] [--every 2] [--styles] [--groups]

With `--styles` each style is left out of the training in turn, with what is made of pages of several styles, and read;
with `--groups` each group of columns. Bodies' F1 is that of `training.layout`, of pages of the folds given, read by one
model of the pages of all other folds (with `--every N`, of one in N of them).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from onrecord.layout.features import knows_words
from training.layout import fit_bag, fit_lines, put_bag
from training.layout_gold import LONG, RECOMBINED, STYLES
from training.layout_pages import Page, read_pages
from training.layout_scores import body_scores

_NEIGHBOUR = re.compile(r"[+-]\d$")
_SHAPE = re.compile(r"(?:blanks|indent|marker|links|raw_length|wrapped|linked|alike|common_indent)(?:[+-]\d)?$")
_PLACE = re.compile(r"from_|place$|lines$|prose_|after_run|before_run|in_run|run_share")
#: Groups of columns by a test of a column's name; a column may be of several.
GROUPS: Mapping[str, Callable[[str], bool]] = {
    "the lines around": lambda name: bool(_NEIGHBOUR.search(name)),
    "the bag of words": lambda name: name.startswith("bag"),
    "all that knows English words": knows_words,
    "distance to marker lines": lambda name: name.startswith(("since_", "until_")),
    "indentation, markers, links, blank lines": lambda name: bool(_SHAPE.match(name)),
    "place, prose around, densest run": lambda name: bool(_PLACE.match(name)),
    "repeats, words that recur in the page": lambda name: name.startswith(("repeats", "recurring")),
}


def score(learned: Sequence[Page], held_out: Sequence[Page]) -> dict[str, float]:
    """F1 of the bodies of `held_out` by style, read by trees that have learned from `learned`."""
    trees = fit_lines(learned)
    for page in held_out:
        page.body = np.asarray(trees.predict(page.values))
    found = body_scores(held_out, sorted({page.fold for page in held_out}))
    return {style: found[style][2] for style in STYLES if style in found}


def put_bags(learned: Sequence[Page], held_out: Sequence[Page]) -> None:
    """Write into the columns what the bag of words says: of each page one that has not seen its fold."""
    for fold in sorted({page.fold for page in learned}):
        bag = fit_bag([page for page in learned if page.fold != fold])
        for page in learned:
            if page.fold == fold:
                put_bag(page, bag)
    bag = fit_bag(learned)
    for page in held_out:
        put_bag(page, bag)


def without_group(pages: Sequence[Page], of_group: Callable[[str], bool]) -> list[Page]:
    """The pages with the columns of a group missing."""
    dropped = [i for i, name in enumerate(pages[0].names) if of_group(name)]
    found = []
    for page in pages:
        values = page.values.copy()
        values[:, dropped] = np.nan
        found.append(Page(page.example, page.names, values, page.bag, page.tokens, page.learned, page.masked))
    return found


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--styles", action="store_true")
    parser.add_argument("--groups", action="store_true")
    given = parser.parse_args()
    pages = read_pages(given.corpora)
    held_out = [page for page in pages if page.fold in given.folds and page.example.style in STYLES and not page.masked]
    learned = [page for page in pages if page.fold not in given.folds][:: given.every]
    put_bags(learned, held_out)
    print("everything", score(learned, held_out), flush=True)
    for name, of_group in GROUPS.items() if given.groups else ():
        print("without", name, score(*(without_group(part, of_group) for part in (learned, held_out))), flush=True)
    for style in STYLES if given.styles else ():
        others = [page for page in learned if page.example.style not in (style, RECOMBINED, LONG)]
        of_style = [page for page in held_out if page.example.style == style]
        put_bags(others, of_style)
        print("without", style, score(others, of_style), flush=True)


if __name__ == "__main__":
    main()
