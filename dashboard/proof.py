"""What was measured to believe the model by: known answers, and promises with a number."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

KNOWN_ANSWERS: Final = Path(__file__).with_name("known-answers.csv")
"""The table of `peakwise validate`, written by `python -m tests.validation`."""
GUARANTEES: Final = Path(__file__).with_name("guarantees.csv")
"""A line for every promise of the page on guarantees, with its own figures."""


@cache
def known_answers() -> pd.DataFrame:
    """Systems with a known outcome, and what was simulated, a row per figure."""
    return pd.read_csv(KNOWN_ANSWERS, keep_default_na=False).rename(columns=str.capitalize)


@cache
def guarantees() -> pd.DataFrame:
    """Promises with a number, and how often they were kept."""
    return pd.read_csv(GUARANTEES).rename(columns=str.capitalize)
