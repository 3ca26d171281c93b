"""The colors and markers of every picture, in reports and on screens alike.

A policy keeps one color and one marker wherever it appears. The colors stay apart for eyes without
red, green or blue cones, and have a contrast of at least 3 : 1 to white and to the dark ground of
the screens (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.report.waterfall import steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.report.brand import Brand
    from sim.report.content import Chart

POLICIES: Final = ("#0b6e99", "#f26b0d", "#ae79f2", "#00a194", "#9400f2", "#ae4300")
"""Of the policies, in their order; the next begins anew, with another marker."""
MARKERS: Final = ("circle", "square", "diamond", "triangle", "star", "cross", "plus")
"""Of the policies, in their order: as many as have no common divisor with the colors."""
STEPS: Final[Mapping[str, str]] = {"rise": "#8a949e", "fall": "#4a4a4a", "total": "#4a4a4a"}
"""Steps of a waterfall, light up and dark down; totals have the color of their policy."""
REFERENCE: Final = "#4a4a4a"
"""A line that others are held against, such as the space that is rented; dashed."""
TEXT: Final = "#222b33"
FAINT: Final = "#5a6670"
AXIS: Final = "#8a949e"
GRID: Final = "#dde1e5"
HEAD: Final = "#e4e9ee"
"""Behind the head of a table."""
STRONG: Final = "#f1f5e9"
"""Behind totals and winners."""
_MARKED: Final = 12
"""Markers along a line, about."""


def marker(number: int | None) -> str | None:
    """Marker of a policy; none for what is no policy.

    >>> marker(0), marker(7), marker(None)
    ('circle', 'circle', None)
    """
    return None if number is None else MARKERS[number % len(MARKERS)]


def marked(points: int, number: int) -> range:
    """Which points of a line carry its marker: few, and others than those of the next policy.

    >>> list(marked(5, 1)), list(marked(84, 0))[:3], list(marked(84, 1))[:3]
    ([0, 1, 2, 3, 4], [0, 7, 14], [2, 9, 16])
    """
    every = max(1, round(points / _MARKED))
    return range(2 * number % every, points, every)


def shade(color: str, place: int, of: int) -> str:
    """One of some shades of a color, from itself towards white: they stand for no policy.

    >>> [shade("#204060", place, 3) for place in range(3)]
    ['#204060', '#637990', '#a6b3bf']
    """
    white = 0.0 if of < 2 else min(0.3, 0.75 / (of - 1)) * place
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in parts)


def series_colors(chart: Chart, brand: Brand) -> tuple[str, ...]:
    """Color of each series: that of its policy, else a shade of the client's color."""
    count = len(chart.series)
    return tuple(
        brand.color(each.color)
        if each.color is not None
        else REFERENCE
        if chart.kind == "line"
        else shade(brand.accent, place, count)
        for place, each in enumerate(chart.series)
    )


def category_colors(chart: Chart, brand: Brand) -> tuple[str, ...]:
    """Color of each category of a picture with one series; none: all have that of the series."""
    if chart.kind != "waterfall":
        return tuple(brand.color(number) for number in chart.colors if number is not None)
    policies = chart.colors or (None,) * len(chart.categories)
    return tuple(
        STEPS[kind] if number is None else brand.color(number)
        for kind, number in zip(steps(chart).kind, policies, strict=True)
    )
