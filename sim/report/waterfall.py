"""The steps of a waterfall as stacked bars, for formats that know no other kind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.report.content import Chart


def nice(rough: float) -> float:
    """The next of 1, 2, 5, 10, ... times a power of ten.

    >>> nice(31.0), nice(0.012), nice(0.0)
    (50.0, 0.02, 1.0)
    """
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(round(k * power, 12) for k in (1, 2, 5, 10) if k * power >= rough)


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
        if lowest <= 0 or room >= 0.4 * highest:
            return min(0.0, *self.low)
        return math.floor((lowest - 0.2 * room) / self.step) * self.step

    @property
    def step(self) -> float:
        """From one line of the value axis to the next: 1, 2 or 5, and zeros."""
        rough = (max(self.high) - min(self.low)) / 5
        if min(self.low) >= 0:
            tops = [high for high in self.high if high]
            rough = (max(tops, default=1.0) - min(tops, default=0.0)) / 3
        return nice(rough)


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


@dataclass(frozen=True, slots=True)
class Bar:
    """One series of stacked bars."""

    name: str
    heights: tuple[float, ...]
    kind: str
    """`total`, `rise` or `fall`; else it is not drawn: `base` holds the bar up, `labels` carries
    the labels above it."""

    @property
    def drawn(self) -> bool:
        """Whether it is seen."""
        return self.kind not in {"base", "labels"}


def stacked(chart: Chart) -> list[Bar]:
    """A waterfall as stacked bars; what crosses zero is drawn on both sides of it."""
    found = steps(chart)
    pairs = list(zip(found.low, found.high, strict=True))
    bars = [Bar("base", tuple(max(0.0, low) + min(0.0, high) for low, high in pairs), "base")]
    above = [max(0.0, high) - max(0.0, low) for low, high in pairs]
    below = [min(0.0, low) - min(0.0, high) for low, high in pairs]
    for kind in dict.fromkeys(("total", *found.kind)):
        mine = [each == kind for each in found.kind]
        for name, heights in ((kind, above), (f"{kind}, below zero", below)):
            kept = tuple(h if is_mine else 0.0 for h, is_mine in zip(heights, mine, strict=True))
            if any(kept):
                bars.append(Bar(name, kept, kind))
    room = 0.08 * (max(found.high) - found.floor)
    return [*bars, Bar("labels", (room,) * len(pairs), "labels")]
