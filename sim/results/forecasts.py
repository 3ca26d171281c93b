"""Next season's forecast from what the shop saw of this one, and what its error costs.

Sales show demand only where there was stock. Backorders and sign-ups show more of it. The truth is
in the order book, which no shop ever sees.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.demand import forecast_of

if TYPE_CHECKING:
    from sim.results.view import View
    from sim.warehouse.ledger import Ledger

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SOURCES = ("raw_sales", "sales", "backorders", "sign_ups")
"""What a forecast is made from: each adds to the one before; all but the first are repaired."""


@dataclass(frozen=True)
class Seen:
    """Units by day of the season and product, shape (days, products)."""

    asked: Integers
    """By shoppers of the season, on the day they first came: the truth."""
    sold: Integers
    """Of orders placed in the season: units that were on hand then."""
    backordered: Integers
    """Of the same orders: units that were missing."""
    signed_up: Integers
    """Units in the baskets of shoppers who signed up and got no order."""
    open_: NDArray[np.bool_]
    """Whether the product could be bought on that day: free units at its beginning and its end."""


class Forecasts:
    """Forecasts of next season by product, one per source."""

    def __init__(self, view: View) -> None:
        self._view, self._ledger = view, view.ledger

    @cached_property
    def seen(self) -> Seen:
        """What there was to see."""
        units = self._view.counts.seen
        return Seen(
            asked=units["asked"],
            sold=units["sold"],
            backordered=units["backordered"],
            signed_up=units["signed_up"],
            open_=_open_days(self._ledger, self._edges),
        )

    @cached_property
    def truth(self) -> Floats:
        """Units that were asked for, by product: next season's true mean."""
        units: Floats = self.seen.asked.sum(axis=0).astype(float)
        return units

    @cached_property
    def by_source(self) -> dict[str, Floats]:
        """Forecast by product, for each of `SOURCES`."""
        seen = self.seen
        backorders = seen.sold + seen.backordered
        return {
            "raw_sales": seen.sold.sum(axis=0).astype(float),
            "sales": self._repaired(seen.sold, seen.open_),
            "backorders": self._repaired(backorders, seen.open_ | (seen.backordered > 0)),
            "sign_ups": self._repaired(
                backorders + seen.signed_up,
                seen.open_ | (seen.backordered > 0) | (seen.signed_up > 0),
            ),
        }

    def error(self, source: str) -> float:
        """Sum of absolute errors over the true units (WAPE; Hyndman and Koehler 2006); or nan."""
        return self._over_truth(np.abs(self.by_source[source] - self.truth))

    def bias(self, source: str) -> float:
        """Sum of errors over the true units; below 0 where demand is missed."""
        return self._over_truth(self.by_source[source] - self.truth)

    def plan(self, forecast: Floats) -> Floats:
        """Units to have for next season: the newsvendor's quantity for normal demand.

        Q = F (1 + z c), with z the normal quantile of the critical ratio, under / (under + over)
        (Silver, Pyke and Thomas 2017, section 9.2).
        """
        return np.maximum(0.0, forecast * (1.0 + self._safety * self._spread))

    def cost_of_error(self, source: str) -> float:
        """Expected cost of next season's plan from this source, above that of the best plan."""
        best = self._mismatch(self.plan(self.truth))
        return float(np.sum(self._mismatch(self.plan(self.by_source[source])) - best))

    def _repaired(self, observed: Integers, opened: NDArray[np.bool_]) -> Floats:
        """Fill the days on which nothing could be seen from those on which it could.

        The planned shape of the season is scaled to what was seen on open days; another day counts
        as what that gives, or what was seen, if that is more.
        """
        planned = self._planned
        basis = np.sum(planned, axis=0, where=opened)
        sold = np.sum(observed, axis=0, where=opened)
        scale = np.divide(sold, basis, out=np.ones(len(basis)), where=basis > 0)
        repaired = np.where(opened, observed, np.maximum(observed, planned * scale))
        total: Floats = repaired.sum(axis=0)
        return total

    @cached_property
    def _edges(self) -> Integers:
        """Where the days of the season begin and end."""
        # Imported here: whoever only reads a finished run needs no compiler.
        from sim.warehouse.counts import day_edges

        return day_edges(self._ledger)

    @cached_property
    def _planned(self) -> Floats:
        """Units that the plan expected, shape (days, products)."""
        forecast, edges = forecast_of(self._ledger.scenario), self._edges.tolist()
        spans = itertools.pairwise(edges)
        return np.array([forecast.units(begin, end) for begin, end in spans])

    @cached_property
    def _prices(self) -> tuple[Floats, Floats]:
        """What a unit too few costs (its margin), and one too many (what is not recovered)."""
        scenario = self._ledger.scenario
        general = scenario.costs.leftover_recovery
        rows = [
            (
                max(0.0, item.price - item.cost),
                max(0.0, item.cost * (1 - (general if item.recovery is None else item.recovery))),
            )
            for item in scenario.products
        ]
        under, over = np.array(rows, float).T
        return under, over

    @cached_property
    def _safety(self) -> Floats:
        """Normal quantile of the critical ratio; within 3 standard deviations."""
        from scipy.special import ndtri

        under, over = self._prices
        ratio = np.divide(under, under + over, out=np.full(len(under), 0.5), where=under + over > 0)
        safety: Floats = np.clip(ndtri(ratio), -3.0, 3.0)
        return safety

    @cached_property
    def _spread(self) -> float:
        rules = self._ledger.scenario.forecast_value
        return 0.0 if rules is None else rules.uncertainty

    def _mismatch(self, quantity: Floats) -> Floats:
        """Expected cost of too few and too many units, demand being normal about the truth.

        E(X - Q)+ = s (phi(k) - k (1 - Phi(k))), k = (Q - m) / s (the same book, appendix II).
        """
        from scipy.special import ndtr

        under, over = self._prices
        spread = np.maximum(self.truth * self._spread, 1e-9)
        k = (quantity - self.truth) / spread
        short = spread * (np.exp(-k * k / 2) / np.sqrt(2 * np.pi) - k * ndtr(-k))
        left = quantity - self.truth + short
        cost: Floats = under * short + over * left
        return cost

    def _over_truth(self, errors: Floats) -> float:
        total = float(self.truth.sum())
        return float(errors.sum()) / total if total else float("nan")


def _open_days(ledger: Ledger, edges: Integers) -> NDArray[np.bool_]:
    """Days at whose two ends a product was free; an end between midnights looks at the last one."""
    looked = np.searchsorted(ledger.days.at, edges, side="right") - 1
    free = ledger.days.free[np.maximum(looked, 0)] > 0
    return np.asarray(free[:-1] & free[1:])
