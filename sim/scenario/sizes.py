"""How much a season may ask of a machine: what would run for hours is refused at once.

The limits lie far above any shop's season, and keep every sum of the run within 64-bit integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.errors import Problem
from sim.scenario.units import DAY, format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.calendar import Calendar
    from sim.scenario.demand import Demand, Peak
    from sim.scenario.people import Cohort
    from sim.scenario.scenario import Scenario

MOST_DAYS: Final = 20_000
"""Longest run in days, with warm-up and drain."""
MOST_WAVE_DAYS: Final = 2_000
"""The same under `demand.wave`, whose rate is exact by the minute."""
MOST_STOCK_RECORDS: Final = 20_000_000
"""Most records of daily stock: products times days."""
MOST_ORDERS: Final = 20_000_000
"""Most expected orders of a season."""
MOST_LINES: Final = 50_000_000
"""Most expected order lines."""
MOST_PERSON_DAYS: Final = 500_000
"""Most days in the roster: people times days."""
MOST_PERIODS: Final = 100_000
"""Most reviews, updates or charges of one kind in a run."""
MOST_UNIT_TIME: Final = 1 << 60
"""Largest product of units and ms, so that integrals of stock stay exact."""


def size_problems(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    """What in the scenario is too large to be simulated."""
    season = scenario.season
    run_ms = season.warm_up + calendar.length_ms + season.drain
    days = run_ms // DAY + 1
    most = MOST_DAYS if scenario.demand.wave is None else MOST_WAVE_DAYS
    if days > most:
        under = "" if scenario.demand.wave is None else " under a wave"
        yield Problem(
            "season",
            f"the run would last {days:,} days with its warm-up and drain; at most {most:,}"
            f" are simulated{under}",
        )
        return
    if days * len(scenario.products) > MOST_STOCK_RECORDS:
        yield Problem(
            "products", f"{len(scenario.products):,} products over {days:,} days are too many"
        )
    yield from _orders(scenario, calendar)
    yield from _people(scenario, calendar, run_ms)
    yield from _periods(scenario, run_ms)
    yield from _units(scenario, run_ms)


def expected_orders(demand: Demand, warm_up: int, calendar: Calendar) -> float:
    """Expected orders of warm-up and season, day by day; hours of the day do not change the sum."""
    if demand.orders_per_day is not None:
        rate = demand.orders_per_day
    else:
        rates = [demand.rate, *(kind.rate for kind in demand.basket_types)]
        rate = sum(each.per_ms_rate for each in rates if each is not None) * DAY
    spans = [(*_stretch(peak, calendar), peak.times) for peak in demand.peaks]
    total = 0.0
    for day in calendar.days(-warm_up):
        middle = day.midnight + DAY // 2
        factor = next(
            (times for begin, end, times in reversed(spans) if begin <= middle < end), 1.0
        )
        growth = max(0.0, 1.0 + demand.trend * day.number)
        total += factor * growth * demand.weekdays.get(_WEEKDAYS[day.weekday], 1.0)
    return total * rate * demand.scale


_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _stretch(peak: Peak, calendar: Calendar) -> tuple[int, int]:
    first, last = (peak.on, peak.on) if peak.on is not None else (peak.start, peak.end)
    if first is None or last is None:
        return 0, 0
    return calendar.ms_of(first), calendar.ms_of(last) + DAY


def _orders(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    demand = scenario.demand
    if demand.history is not None:
        return
    orders = expected_orders(demand, scenario.season.warm_up, calendar)
    if not orders <= MOST_ORDERS:
        yield Problem(
            "demand",
            f"asks for some {orders:,.0f} orders; at most {MOST_ORDERS:,} are simulated",
            "lower orders_per_day, peaks or scale, or shorten the season",
        )
    weights = demand.basket.lines
    sold = sum(product.share > 0 for product in scenario.products)
    lines = sum(min(number, sold) * weight for number, weight in weights.items())
    per_order = max(lines / (sum(weights.values()) or 1.0), 1.0)
    if not orders * per_order <= MOST_LINES and orders <= MOST_ORDERS:
        yield Problem(
            "demand.basket.lines",
            f"asks for some {orders * per_order:,.0f} order lines; at most {MOST_LINES:,} are"
            " simulated",
        )


def _people(scenario: Scenario, calendar: Calendar, run_ms: int) -> Iterator[Problem]:
    total = 0
    for name in ("pick_pack", "pick", "pack", "backorder_team", "receiving"):
        team = getattr(scenario.people, name)
        for index, cohort in enumerate(() if team is None or team.unlimited else team.cohorts):
            total += cohort.people * _days_of(cohort, calendar, run_ms)
            if total > MOST_PERSON_DAYS:
                yield Problem(
                    f"people.{name}.cohorts.{index}.people",
                    f"brings the roster to {total:,} person-days; at most {MOST_PERSON_DAYS:,}"
                    " are simulated",
                )
                return


def _days_of(cohort: Cohort, calendar: Calendar, run_ms: int) -> int:
    """Days that a person of the cohort is looked at, from the first one to the end of the run."""
    before = 0 if cohort.start is None else max(0, -calendar.ms_of(cohort.start))
    return (before + run_ms) // DAY + 1


def _periods(scenario: Scenario, run_ms: int) -> Iterator[Problem]:
    costs, rule = scenario.costs.inventory, scenario.replenishment
    periods = {
        "costs.inventory.period": costs.period if costs.charged == "end_of_period" else None,
        "replenishment.review_period": rule.review_period if rule.rule == "periodic" else None,
        "replenishment.update": None if rule.rule == "none" else rule.update,
        "storefront.quote.information_age": scenario.storefront.quote.information_age,
    }
    for path, period in periods.items():
        if period and run_ms // period > MOST_PERIODS:
            yield Problem(
                path,
                f"is so short that the run would have {run_ms // period:,} of them; at most"
                f" {MOST_PERIODS:,} are simulated",
                f"write {format_duration(_rounded_up(run_ms // MOST_PERIODS + 1))} or longer",
            )


def _rounded_up(ms: int) -> int:
    return -(-ms // 60_000) * 60_000


def _units(scenario: Scenario, run_ms: int) -> Iterator[Problem]:
    """Numbers of units so large that a sum over the run would not be exact."""
    most = MOST_UNIT_TIME // max(run_ms, 1)
    rule = scenario.replenishment
    numbers: dict[str, object] = {
        "replenishment.reorder_point": rule.reorder_point,
        "replenishment.order_quantity": rule.order_quantity,
        "replenishment.order_up_to": rule.order_up_to,
    }
    for index, product in enumerate(scenario.products):
        for name in ("stock", "reorder_point", "order_quantity", "order_up_to", "pre_season_buy"):
            numbers[f"products.{index}.{name}"] = getattr(product, name)
    for index, row in enumerate(scenario.opening.stock):
        numbers[f"opening.stock.{index}.units"] = row.units
    for index, bought in enumerate(scenario.opening.open_purchase_orders):
        numbers[f"opening.open_purchase_orders.{index}.units"] = bought.units
    for index, order in enumerate(scenario.opening.open_orders):
        numbers[f"opening.open_orders.{index}.units"] = order.units
    for name, supplier in scenario.suppliers.items():
        numbers[f"suppliers.{name}.minimum_order"] = supplier.minimum_order
        numbers[f"suppliers.{name}.pack_size"] = supplier.pack_size
    for path, number in numbers.items():
        if isinstance(number, int) and number > most:
            yield Problem(path, f"is too large for a run of this length: at most {most:,} units")
