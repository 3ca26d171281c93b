"""The steps of a waterfall as stacked bars, for formats that know no other kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.report.content import Chart


@dataclass(frozen=True, slots=True)
class Steps:
    """Lower and upper end of every bar, and what it is."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    kind: tuple[str, ...]
    """`total`, `rise` or `fall`."""

    @property
    def floor(self) -> float:
        """Where the value axis may begin, so that steps show beside large totals.

        Totals are cut by it, so a picture with another floor than 0 has to say so.
        """
        lowest = min(
            min(low, high) if kind != "total" else max(low, high, key=abs)
            for low, high, kind in zip(self.low, self.high, self.kind, strict=True)
        )
        highest = max(self.high)
        room = highest - lowest
        return lowest - 0.5 * room if lowest > 0 and room < 0.4 * highest else min(0.0, *self.low)


def steps(chart: Chart) -> Steps:
    """Where every bar of a waterfall begins and ends.

    The first total is the start; every other bar is a step from where the one before it ended.
    """
    low, high, kind = [], [], []
    level = 0.0
    for place, given in enumerate(chart.series[0].values):
        value = given or 0.0
        before = 0.0 if place in chart.totals else level
        level = before + value
        low.append(min(before, level))
        high.append(max(before, level))
        kind.append("total" if place in chart.totals else "rise" if value >= 0 else "fall")
    return Steps(tuple(low), tuple(high), tuple(kind))
