"""The same customers under two policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.picture import Picture, plain
from dashboard.look import BRAND
from sim.experiment.fates_words import fates_in_words, fates_json
from sim.report.figures.draw import figure_of
from sim.results.fates import FATES

if TYPE_CHECKING:
    from sim.experiment.fates import Change, FateTable


def flows(table: FateTable) -> Picture:
    """Who flows from which fate to which; whose fate is the same is left out."""
    drawn = figure_of("fates", fates_json(table), table.study.currency() or "", BRAND)
    drawn.update_traces(textfont={"size": 14, "shadow": "none"})
    drawn.update_layout(height=460)
    return Picture("fates", plain(drawn), fates_in_words(table), table.frame())


def named(change: Change) -> str:
    """A band in words, with its customers.

    >>> from sim.experiment.fates import Change
    >>> from sim.experiment.statistics import mean_interval
    >>> many = mean_interval([1200.0, 1240.0])
    >>> named(Change("lost", "waited", many, 0.0, many))
    '1,220 customers: left without buying → waited for a backorder'
    """
    people = f"{change.customers.mean:,.0f} customers"
    return f"{people}: {FATES[change.before]} → {FATES[change.after]}"
