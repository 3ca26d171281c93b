"""What the planner expects: units over time, without the noise and error of any one season."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.demand.baskets import line_weights, type_shares
from sim.demand.doubt import Doubt
from sim.demand.inclusion import inclusion_chances
from sim.demand.launches import ExpectedLines, launched
from sim.demand.quantiles import mean_and_square
from sim.demand.rates import DAY, RateCurve, base_rate, rate_curve
from sim.demand.replay import replayed_orders
from sim.demand.window import Window, run_window

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

Floats: TypeAlias = NDArray[np.float64]

_KEPT: Final = 8


class Forecast:
    """Expected units of each product between any two times of the run.

    For demand that is drawn: the order rate times the expected contents of an order. A replayed
    history is its own forecast, day by day. `variance` is that of chance alone (compound Poisson,
    given the rate); `lead_time_demand` also knows noise from day to day and forecast error.
    """

    def __init__(self, scenario: Scenario) -> None:
        window = run_window(scenario.season)
        self.days = -(-window.end // DAY)
        """Days of 24 hours from t=0; the season may end within the last."""
        self._doubt: Doubt | None = None
        self._launches = bool(launched(scenario, window))
        self._lead_time_demand: dict[tuple[float, float, float], tuple[Floats, Floats]] = {}
        if scenario.demand.history is None:
            self._expect_rates(scenario, window)
        else:
            self._expect_history(scenario, window)

    def units(self, begins: float, ends: float) -> Floats:
        """Expected units by product from one time to another, ms since the start of the run."""
        return self._between(begins, ends) * self._mean

    def variance(self, begins: float, ends: float) -> Floats:
        """Variance of the units by product from one time to another.

        Orders times the second moment of the units in an order; at fixed intervals their variance.
        """
        return self._between(begins, ends) * self._spread

    def lead_time_demand(
        self, begins: float, lead_mean: float, lead_variance: float
    ) -> tuple[Floats, Floats]:
        """Mean and variance, by product, of the units that are asked for during a lead time.

        Three things add up, as the variance splits into the mean of what chance brings, and what
        the rate and the lead time bring (Silver, Pyke and Thomas 2017, section 6.7):

            Var D = chance, given the rate + u² Var[M] + Var[L] (mean rate)²

        with u units of the product per order, and M, the orders that the errors of the forecast and
        the noise of the days lead to (`Doubt`).

        Args:
            begins: When the lead time begins, ms since the start of the run.
            lead_mean: Mean lead time, ms, above 0.
            lead_variance: Variance of the lead time, ms².
        """
        asked = (begins, lead_mean, lead_variance)
        if asked not in self._lead_time_demand:
            ends = begins + lead_mean
            mean, variance = self.units(begins, ends), self.variance(begins, ends)
            if self._doubt is not None:
                per_order = self._mean
                if self._launches:
                    per_order = mean / max(1e-12, self._doubt.orders(begins, ends))
                variance = variance + per_order**2 * self._doubt.variance(begins, ends)
            variance = variance + lead_variance * (mean / lead_mean) ** 2
            self._lead_time_demand[asked] = (mean, variance)
        return self._lead_time_demand[asked]

    def by_day(self) -> Floats:
        """Expected units; shape (days, products)."""
        return np.array([self.units(day * DAY, (day + 1) * DAY) for day in range(self.days)])

    def _between(self, begins: float, ends: float) -> Floats:
        """Expected orders (units, of a history); one number, or one by product."""
        return self._until(ends) - self._until(begins)

    def _until(self, time: float) -> Floats:
        knots, cumulated = self._knots, self._cumulated
        step: Floats
        after = int(np.searchsorted(knots, time))
        if after in {0, len(knots)}:
            step = cumulated[0 if after == 0 else -1]
            return step
        share = (time - knots[after - 1]) / (knots[after] - knots[after - 1])
        step = cumulated[after - 1] + share * (cumulated[after] - cumulated[after - 1])
        return step

    def _expect_rates(self, scenario: Scenario, window: Window) -> None:
        mean, square = _per_order(scenario)
        self._mean, self._spread = mean, square
        if scenario.demand.arrivals == "fixed":
            # Orders at fixed intervals know no weekdays, hours or peaks.
            self._spread = square - mean * mean
            self._knots = np.array([0, window.end])
            self._cumulated = base_rate(scenario.demand) * self._knots[:, None]
        else:
            curve = rate_curve(scenario.demand, window)
            self._knots, self._cumulated = curve.knots, curve.cumulated[:, None]
            self._doubt = Doubt(scenario.demand, window, curve, _shares(scenario))
        if self._launches:
            self._expect_launches(scenario, window)

    def _expect_launches(self, scenario: Scenario, window: Window) -> None:
        """What an order holds depends on when it is placed."""
        begun = self._cumulated[:, 0]
        lines = ExpectedLines(scenario, window, RateCurve(self._knots, begun))
        self._knots, self._cumulated = lines.knots, lines.cumulated
        mean, square = mean_and_square(scenario.demand.basket.units_per_line)
        self._mean = np.full(len(scenario.products), mean)
        self._spread = np.full(len(scenario.products), square)

    def _expect_history(self, scenario: Scenario, window: Window) -> None:
        known, products = replayed_orders(scenario, window), len(scenario.products)
        day = np.repeat(known.placed_at // DAY, known.n_lines)
        cells = self.days * products
        units = np.bincount(day * products + known.sku, weights=known.units, minlength=cells)
        squares = np.bincount(known.sku, weights=known.units**2.0, minlength=products)
        by_day = units.reshape(self.days, products)
        sold = by_day.sum(axis=0)
        self._knots = np.minimum(np.arange(self.days + 1) * DAY, window.end)
        self._cumulated = np.vstack([np.zeros(products), by_day.cumsum(axis=0)])
        self._mean = np.ones(products)
        self._spread = np.divide(squares, sold, out=np.ones(products), where=sold > 0.0)


_made: deque[tuple[Scenario, Forecast]] = deque(maxlen=_KEPT)


def forecast_of(scenario: Scenario) -> Forecast:
    """Forecast of a scenario; the last few are kept, as policies and seasons share them."""
    for known, forecast in _made:
        if known is scenario or _expect_the_same(known, scenario):
            return forecast
    _made.append((scenario, Forecast(scenario)))
    return _made[-1][1]


def _expect_the_same(one: Scenario, two: Scenario) -> bool:
    """Whether the forecasts are alike. A history is a file, which may have changed meanwhile."""
    contents = (
        [(item.sku, item.share, item.launch) for item in each.products] for each in (one, two)
    )
    return (
        one.demand.history is None
        and (one.season, one.demand) == (two.season, two.demand)
        and next(contents) == next(contents)
    )


def daily_forecast(scenario: Scenario) -> Floats:
    """Expected units per day and product, shape (days, products).

    Days of 24 hours from t=0, the start of the warm-up; the season may end within the last.
    """
    return forecast_of(scenario).by_day()


def _shares(scenario: Scenario) -> Floats | None:
    """Share of each product in what is drawn line by line."""
    weights = np.array([product.share for product in scenario.products], float)
    return None if scenario.demand.basket_types else weights / weights.sum()


def _per_order(scenario: Scenario) -> tuple[Floats, Floats]:
    """First and second moment of the units of each product in one order."""
    demand, products = scenario.demand, scenario.products
    if demand.basket_types:
        chances = type_shares(demand)
        chances /= chances.sum() or 1.0  # kinds without any rate: nothing is asked for
        held = [
            [kind.contents.get(product.sku, 0) for product in products]
            for kind in demand.basket_types
        ]
        units = np.array(held, float)
        return chances @ units, chances @ (units * units)
    weights = np.array([product.share for product in products], float)
    numbers, shares = line_weights(demand.basket, int(np.count_nonzero(weights)))
    chances = inclusion_chances(weights.tolist(), int(numbers.max()))
    held_by = (shares / shares.sum()) @ chances[numbers - 1]
    mean, square = mean_and_square(demand.basket.units_per_line)
    return held_by * mean, held_by * square
