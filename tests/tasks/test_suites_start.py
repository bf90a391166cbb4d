"""The framework is imported without what no suite of ours uses, and nobody else is kept from using it."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, warnings
import pandas as pd
from tasks.suites import UNUSED, outcomes
warnings.simplefilter("ignore")
row = {"run_id": ["r"]}
try:
    outcomes("runs", pd.DataFrame(row))
finally:
    loaded = [name for name in sys.modules if name.startswith(tuple(f"{unused}." for unused in UNUSED))]
    assert not loaded, loaded
    assert not set(UNUSED) & set(sys.modules), set(UNUSED) & set(sys.modules)
from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as divergence
assert divergence.stats.entropy([0.5, 0.5], [0.5, 0.5]) == 0
assert divergence.alt.Chart
import scipy.stats
assert scipy.stats.norm.cdf(0) == 0.5
"""


def test_plots_and_distributions_are_loaded_only_when_used() -> None:
    made = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
