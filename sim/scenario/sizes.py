"""How much a season may ask of a machine: what would run for hours is refused at once.

The limits lie far above any shop's season, and keep every sum of the run within 64-bit integers.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sim.errors import Problem
from sim.scenario.units import DAY, YEAR, format_duration

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
MOST_NOISE: Final = 10.0
"""Largest `demand.day_noise`."""
LONGEST_WORK: Final = 100 * DAY
"""Longest work of the largest order, or of a delivery beside its units, in ms: times the largest
factor, in millionths, at the lowest speed, it is still exact."""
LONGEST_DOCK_WORK: Final = DAY
"""Longest work of a unit at the dock, in ms."""
SLOWEST_RETRIEVAL: Final = 1000.0
"""Largest `backorder_area.slow_retrieval`."""
LARGEST_UNIT: Final = 10**9
"""Largest volume of a unit, in ml."""
LARGEST_AREA: Final = 10**15
"""Largest backorder area, in ml."""
_TEAMS: Final = ("pick_pack", "pick", "pack", "backorder_team", "receiving", "support")
LEAST_CAPACITY: Final = 1 / YEAR
"""Least capacity of a supplier, in units per ms."""
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
    yield from _work(scenario)
    yield from _space(scenario)
    for name, supplier in scenario.suppliers.items():
        rate = supplier.capacity
        if rate is not None and rate.per_ms_rate < LEAST_CAPACITY:
            yield Problem(f"suppliers.{name}.capacity", "is less than a unit per year")


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
    if demand.day_noise > MOST_NOISE:
        yield Problem(
            "demand.day_noise", f"is a coefficient of variation of at most {MOST_NOISE:g}"
        )
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
    for name in _TEAMS:
        team = getattr(scenario.people, name)
        for index, cohort in enumerate(() if team is None or team.unlimited else team.cohorts):
            total += cohort.people * _days_of(cohort, calendar, run_ms) * _places(scenario, name)
            if total > MOST_PERSON_DAYS:
                yield Problem(
                    f"people.{name}.cohorts.{index}.people",
                    f"brings the roster to {total:,} person-days; at most {MOST_PERSON_DAYS:,}"
                    " are simulated",
                )
                return


def _places(scenario: Scenario, team: str) -> int:
    """Rows of the roster for one person: an agent has one for each contact handled at once."""
    return scenario.support.at_once if team == "support" and scenario.support else 1


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
        if product.launch is not None:
            numbers[f"products.{index}.launch.units"] = product.launch.units
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


def _work(scenario: Scenario) -> Iterator[Problem]:
    """Work so long that its time at the lowest speed would not be exact."""
    lines, units = _largest_order(scenario)
    weight = max(product.weight for product in scenario.products)
    for name in _TEAMS:
        team = getattr(scenario.people, name)
        if team is None:
            continue
        work = team.work
        longest = work.per_order + lines * work.per_line + lines * units * weight * work.per_unit
        if scenario.wrapping is not None:
            longest += scenario.wrapping.per_parcel + lines * units * scenario.wrapping.per_unit
        if longest > LONGEST_WORK:
            message = f"makes the largest order longer than {format_duration(LONGEST_WORK)}"
            yield Problem(f"people.{name}.work", message)
    dock = scenario.receiving.work
    for field in ("per_unit", "per_unit_cross_dock"):
        if (getattr(dock, field) or 0) > LONGEST_DOCK_WORK:
            message = f"is longer than {format_duration(LONGEST_DOCK_WORK)}"
            yield Problem(f"receiving.work.{field}", message)
    if dock.per_delivery > LONGEST_WORK:
        message = f"is longer than {format_duration(LONGEST_WORK)}"
        yield Problem("receiving.work.per_delivery", message)


def _largest_order(scenario: Scenario) -> tuple[int, float]:
    """Most lines of an order, and most units of a line."""
    demand, opened = scenario.demand, scenario.opening.open_orders
    by_order = Counter(row.order for row in opened)
    if demand.basket_types:
        lines = max(len(kind.contents) for kind in demand.basket_types)
        units = float(max(max(kind.contents.values()) for kind in demand.basket_types))
    else:
        lines = min(max(demand.basket.lines), len(scenario.products))
        units = float(demand.basket.units_per_line.quantile(1.0))
    return max(lines, *by_order.values(), 1), max(units, *(row.units for row in opened), 1.0)


def _space(scenario: Scenario) -> Iterator[Problem]:
    for index, product in enumerate(scenario.products):
        if product.volume > LARGEST_UNIT:
            yield Problem(f"products.{index}.volume", "is larger than 1,000 m3 for one unit")
    area = scenario.backorder_area
    if area and area.slow_retrieval > SLOWEST_RETRIEVAL:
        yield Problem("backorder_area.slow_retrieval", f"is at most {SLOWEST_RETRIEVAL:,.0f} times")
    if area and area.positions.count * (area.positions.volume_ml or 0) > LARGEST_AREA:
        yield Problem("backorder_area.positions", "are together larger than 1,000,000,000 m3")
