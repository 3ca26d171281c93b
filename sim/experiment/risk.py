"""What to be ready for: how high the peaks of seasons get, and how often things go wrong.

A season has one peak, so the peaks of many seasons are a sample of their own. Their quantiles are
bounded by order statistics and the chances by binomial intervals: neither assumes a distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.experiment.quantiles import fewest_replications, order_statistic_interval, upper_bound
from sim.experiment.statistics import clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from sim.experiment.study import Study

SHARES: Final = (0.90, 0.95, 0.99)
"""Shares of seasons that a bound holds for."""
CONFIDENCE: Final = 0.95
_FLOORS: Final = {"space_used_peak": True, "backlog_max": True, "season_profit": False}
"""KPIs of which seasons have one value each, and whether more of it is what to be ready for."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a KPI stays below, or above, in a share of all seasons."""

    policy: str
    kpi: str
    share: float
    """Of 0.9: 9 of 10 seasons."""
    upper: bool
    """Whether it stays at or below the bound; False: at or above."""
    at: float
    """The bound, which holds with `CONFIDENCE`; nan: too few seasons to say."""
    interval: tuple[float, float]
    """Where the quantile itself lies, with `CONFIDENCE`; an end is nan where seasons are few."""
    n: int
    """Seasons in which the KPI is defined."""
    more: int
    """Seasons that are missing for a bound; 0: none."""


@dataclass(frozen=True, slots=True)
class Chance:
    """In how many seasons something went wrong, and what that says about all seasons."""

    policy: str
    event: str
    """`loss` or `space_overflow`."""
    seasons: int
    """In which it happened."""
    n: int
    low: float
    """Ends of the interval of Clopper and Pearson for its probability, with `CONFIDENCE`."""
    high: float


EVENTS: Final[dict[str, tuple[str, str, Callable[[NDArray[np.float64]], Any]]]] = {
    "loss": ("The season loses money", "season_profit", lambda profit: profit < 0),
    "space_overflow": (
        "The backorder area overflows",
        "space_over_capacity_share",
        lambda share: share > 0,
    ),
}
"""What may go wrong: plain words, the KPI that shows it, and when it does."""


def bounds(study: Study, policy: str) -> Iterator[Bound]:
    """What the peaks and the profit of a policy stay below, or above, in most seasons.

    A KPI that is undefined or 0 in every season has none: it asks for nothing. Bounds are claims,
    so they allow for every look at the study.
    """
    level = study.claim_level(CONFIDENCE)
    for kpi, upper in _FLOORS.items():
        values = study.series(policy, kpi)
        values = values[~np.isnan(values)]
        if values.any():
            for share in SHARES:
                at, ends = _quantile(values if upper else -values, share, level)
                if not upper:
                    at, ends = -at, (-ends[1], -ends[0])
                more = max(0, fewest_replications(share, level) - len(values))
                yield Bound(policy, kpi, share, upper, at, ends, len(values), more)


def chances(study: Study, policy: str) -> Iterator[Chance]:
    """How often things go wrong under a policy, where they can."""
    level = study.claim_level(CONFIDENCE)
    for event, (_, kpi, happened) in EVENTS.items():
        values = study.series(policy, kpi)
        values = values[~np.isnan(values)]
        if len(values):
            seasons, n = int(np.count_nonzero(happened(values))), len(values)
            yield Chance(policy, event, seasons, n, *clopper_pearson(seasons, n, level))


def _quantile(
    values: NDArray[np.float64], share: float, level: float
) -> tuple[float, tuple[float, float]]:
    """The one-sided bound of a quantile, and the interval around it."""
    around = order_statistic_interval(values, share, level)
    return upper_bound(values, share, level).high, (around.low, around.high)
