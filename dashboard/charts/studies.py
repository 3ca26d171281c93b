"""The answers of further studies, drawn as the command line draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.charts.picture import Picture, plain
from dashboard.look import BRAND
from sim.report.figures.draw import figure_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def tornado(answer: Mapping[str, Any], currency: str) -> Picture:
    """What moves the difference between two policies, the widest on top."""
    rows = [
        {
            "input": each["path"],
            "low": each["low"],
            "high": each["high"],
            "at_low": each["at_low"]["mean"],
            "at_high": each["at_high"]["mean"],
            "effect": each["effect"],
        }
        for each in answer["inputs"]
    ]
    drawn = figure_of("sensitivity", answer, currency, BRAND)
    return Picture("tornado", plain(drawn), answer["verdict"], pd.DataFrame(rows))


def crossover(answer: Mapping[str, Any], currency: str) -> Picture:
    """Which policy wins where."""
    rows = [
        {**each["values"], **{name: figure["mean"] for name, figure in each["policies"].items()}}
        for each in answer["points"]
    ]
    drawn = figure_of("sweep", answer, currency, BRAND)
    return Picture("sweep", plain(drawn), answer["verdict"], pd.DataFrame(rows))
