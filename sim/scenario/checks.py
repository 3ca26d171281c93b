"""What can be wrong between the fields of a scenario, each as one clear line."""

from __future__ import annotations

import difflib
import math
from collections import Counter
from typing import TYPE_CHECKING

from sim.errors import BadValue, Problem
from sim.scenario.calendar import Calendar, season_calendar
from sim.scenario.care_checks import care_problems
from sim.scenario.cohort_checks import cohort_problems
from sim.scenario.dates import date_problems
from sim.scenario.hours import TEAMS, never_open, shifts
from sim.scenario.launch_checks import launch_problems
from sim.scenario.sizes import size_problems
from sim.scenario.support_checks import support_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sim.scenario.demand import Demand
    from sim.scenario.scenario import Scenario

MOST_UNITS_PER_LINE = 1_000_000
"""Most units of one order line."""
_HARDLY_EVER = 1e-6


def semantic_problems(scenario: Scenario) -> list[Problem]:
    """Return every problem that no single field shows, in the order of the blocks."""
    try:
        calendar = season_calendar(scenario.season)
    except BadValue as error:
        return [Problem("season", error.message, error.hint)]
    except (OverflowError, ValueError):
        return [Problem("season.start", "no calendar reaches that far")]
    dates = list(date_problems(scenario, calendar))
    if dates:
        return dates  # whatever else is checked needs them
    found = [
        *_opening(scenario, calendar),
        *_demand(scenario, calendar),
        *_products(scenario),
        *launch_problems(scenario, calendar),
        *_replenishment(scenario),
        *_storefront(scenario),
        *_customers(scenario),
        *care_problems(scenario),
        *_people(scenario, calendar),
        *never_open(scenario),
        *_wrapping(scenario),
        *_returns(scenario),
        *support_problems(scenario),
        *_validation(scenario),
    ]
    return found or list(size_problems(scenario, calendar))


def _unknown(path: str, name: str, known: Iterable[str], what: str) -> Problem | None:
    names = list(known)
    if name in names:
        return None
    close = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(names[:8]) or 'none'}"
    return Problem(path, f"no {what} has this name", hint, value=name)


def _names(path: str, names: Iterable[str], known: Iterable[str], what: str) -> Iterator[Problem]:
    listed = list(known)
    for index, name in enumerate(names):
        problem = _unknown(f"{path}.{index}", name, listed, what)
        if problem:
            yield problem


def _twice(path: str, field: str, names: Iterable[str], what: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Problem(f"{path}.{index}.{field}", f"this {what} is listed twice", value=name)
        seen.add(name)


def _opening(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    opening, skus = scenario.opening, [product.sku for product in scenario.products]
    start = -scenario.season.warm_up
    if opening.as_of is not None and calendar.ms_of(opening.as_of) not in (0, start):
        yield Problem(
            "opening.as_of",
            "the position must be that of the season's start",
            "move season.start to this date to plan the rest of the season",
            value=str(opening.as_of),
        )
    for table in ("stock", "open_purchase_orders", "open_orders"):
        for index, row in enumerate(getattr(opening, table)):
            problem = _unknown(f"opening.{table}.{index}.sku", row.sku, skus, "product")
            if problem:
                yield problem
    classes = [order_class.name for order_class in scenario.demand.classes] or ["orders"]
    for index, order in enumerate(opening.open_orders):
        if order.units < 1:
            yield Problem(
                f"opening.open_orders.{index}.units", "an open order owes at least one unit"
            )
        if order.order_class is not None:
            path = f"opening.open_orders.{index}.order_class"
            problem = _unknown(path, order.order_class, classes, "order class")
            if problem:
                yield problem
        if calendar.ms_of(order.placed) > start:
            yield Problem(
                f"opening.open_orders.{index}.placed",
                "an open order was placed before the season starts",
                value=str(order.placed),
            )


def _demand(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    demand = scenario.demand
    by_rate = [kind.rate is not None for kind in demand.basket_types]
    rates = [demand.orders_per_day, demand.rate, demand.history, True if any(by_rate) else None]
    if sum(rate is not None for rate in rates) != 1:
        yield Problem(
            "demand",
            "needs exactly one of orders_per_day, rate, history, or basket_types with rates",
            "write e.g. orders_per_day: 850",
        )
    if any(by_rate) and not all(by_rate):
        yield Problem("demand.basket_types", "give every basket type a rate, or none of them")
    if not isinstance(demand.hours, str) and len(demand.hours) != 24:
        yield Problem("demand.hours", "needs 24 weights, one per hour", value=len(demand.hours))
    if not demand.basket.lines:
        yield Problem("demand.basket.lines", "is empty", "write e.g. lines: {1: 0.7, 2: 0.3}")
    if min(demand.basket.lines, default=1) < 1:
        yield Problem("demand.basket.lines", "an order has at least one line")
    if demand.basket.lines and not 0 < sum(demand.basket.lines.values()) < math.inf:
        yield Problem("demand.basket.lines", "the weights must add up to a number above 0")
    yield from _units_per_line(demand)
    yield from _peaks(scenario, calendar)
    skus = [product.sku for product in scenario.products]
    classes = [order_class.name for order_class in demand.classes]
    for index, kind in enumerate(demand.basket_types):
        yield from _names(f"demand.basket_types.{index}.items", kind.contents, skus, "product")
        if kind.order_class is not None:
            path = f"demand.basket_types.{index}.order_class"
            problem = _unknown(path, kind.order_class, classes, "order class")
            if problem:
                yield problem
    if classes and abs(sum(c.share for c in demand.classes) - 1) > 1e-9:
        yield Problem("demand.classes", "the shares of the order classes must add up to 100%")


def _units_per_line(demand: Demand) -> Iterator[Problem]:
    """A line has at least one unit, and not more than a warehouse could ever hold."""
    spread = demand.basket.units_per_line
    # A normal cut off at 0 reaches it with a chance that no run meets; such a line counts as one.
    if not float(spread.quantile(_HARDLY_EVER)) >= 0.5:
        yield Problem("demand.basket.units_per_line", "a line has at least one unit")
    if not float(spread.quantile(1.0)) <= MOST_UNITS_PER_LINE:
        yield Problem(
            "demand.basket.units_per_line", f"a line has at most {MOST_UNITS_PER_LINE:,} units"
        )
    for index, kind in enumerate(demand.basket_types):
        if not kind.contents:
            yield Problem(f"demand.basket_types.{index}.items", "is empty")
        for sku, units in kind.contents.items():
            if not 1 <= units <= MOST_UNITS_PER_LINE:
                message = f"a line has from 1 to {MOST_UNITS_PER_LINE:,} units"
                yield Problem(f"demand.basket_types.{index}.items.{sku}", message, value=units)


def _peaks(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    for index, peak in enumerate(scenario.demand.peaks):
        path = f"demand.peaks.{index}"
        stretch = [peak.start is not None, peak.end is not None]
        if any(stretch) if peak.on is not None else not all(stretch):
            yield Problem(path, "give either `on`, or both `from` and `to`")
            continue
        first, last = (peak.on, peak.on) if peak.on else (peak.start, peak.end)
        if first is None or last is None:
            continue
        begins, ends = calendar.ms_of(first), calendar.ms_of(last)
        if ends < begins:
            yield Problem(path, "the peak ends before it begins", value=f"{first} to {last}")
        if begins < -scenario.season.warm_up or ends > calendar.length_ms:
            yield Problem(
                path,
                "the peak lies outside the season",
                f"the season runs {calendar.span_text()}",
                value=peak.name,
            )


def _products(scenario: Scenario) -> Iterator[Problem]:
    products, suppliers = scenario.products, list(scenario.suppliers)
    skus = [product.sku for product in products]
    yield from _twice("products", "sku", skus, "product")
    if not sum(product.share for product in products):
        yield Problem("products", "at least one product needs a share above 0")
    for index, product in enumerate(products):
        if product.supplier is not None:
            problem = _unknown(
                f"products.{index}.supplier", product.supplier, suppliers, "supplier"
            )
            if problem:
                yield problem
        elif len(suppliers) > 1:
            yield Problem(f"products.{index}", "needs a supplier, as there are several")
        if product.substitute is not None:
            problem = _unknown(f"products.{index}.substitute", product.substitute, skus, "product")
            if problem:
                yield problem


def _replenishment(scenario: Scenario) -> Iterator[Problem]:
    rule = scenario.replenishment
    if rule.rule == "none":
        return
    if not scenario.suppliers:
        yield Problem("suppliers", "a replenishment rule needs a supplier to buy from")
    if rule.rule == "periodic" and rule.review_period is None:
        yield Problem(
            "replenishment.review_period", "the periodic rule needs it", "write e.g. 7 days"
        )
    for index, product in enumerate(scenario.products):
        low = product.reorder_point if product.reorder_point is not None else rule.reorder_point
        high = product.order_up_to if product.order_up_to is not None else rule.order_up_to
        if low is not None and high is not None and rule.rule != "base_stock" and high < low:
            yield Problem(
                f"products.{index}",
                f"the order-up-to level {high} is below the reorder point {low}",
                value=product.sku,
            )


def _storefront(scenario: Scenario) -> Iterator[Problem]:
    skus = [product.sku for product in scenario.products]
    for index, change in enumerate(scenario.storefront.changes):
        yield from _names(f"storefront.changes.{index}.skus", change.skus, skus, "product")
    recommended = scenario.alerts.recommend
    if recommended is not None and recommended.product is not None:
        path = "alerts.recommend.product"
        problem = _unknown(path, recommended.product, skus, "product")
        if problem:
            yield problem
    area = scenario.backorder_area
    if area is not None and area.positions.volume_ml is None:
        hint = 'write e.g. "60 shelves of 80 liters"'
        yield Problem("backorder_area.positions", "needs the size of a position", hint)
    elif area is not None and (area.positions.volume_ml or 0) * area.fill < 1:
        yield Problem(
            "backorder_area.fill", "nothing fits into a position of which nothing can be used"
        )
    if scenario.storefront.caps.stop_when_area_full and area is None:
        yield Problem(
            "storefront.caps.stop_when_area_full", "needs a backorder_area whose room is tested"
        )


def _customers(scenario: Scenario) -> Iterator[Problem]:
    customers = scenario.customers
    accept, back = customers.accept_backorder, customers.come_back_later
    total = (
        (accept if isinstance(accept, float) else accept.at_no_wait)
        + customers.substitute
        + customers.drop_line
        + customers.sign_up_for_alert
        + (back if isinstance(back, float) else back.share)
    )
    default_accept = "accept_backorder" not in customers.model_fields_set
    if total > 1 + 1e-9:
        hint = "accept_backorder is 100 unless you give it" if default_accept else None
        yield Problem(
            "customers", f"of 100 shoppers, {100 * total:g} take a step; at most 100 can", hint
        )
    for step, times in Counter(customers.steps).items():
        if times > 1:
            yield Problem("customers.steps", f"the step {step} is listed twice")


def _people(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    people = scenario.people
    if (people.pick is None) != (people.pack is None):
        yield Problem("people", "pick and pack are two stages: give both teams, or pick_pack")
    if people.pick is not None and people.pick_pack is not None:
        yield Problem("people", "give either pick_pack, or pick and pack")
    classes = [c.name for c in scenario.demand.classes] or ["orders"]
    known = [*classes, "orders", "backorders"]
    for name in TEAMS:
        team = getattr(people, name)
        if team is None:
            continue
        for place, shift in shifts(f"people.{name}", team):
            lengths = [end - begin for begin, end in filter(None, shift.hours)]
            if shift.breaks and shift.breaks >= min(lengths, default=shift.breaks + 1):
                yield Problem(f"{place}.breaks", "the break is as long as a shift, or longer")
        if team.serves is not None:
            yield from _names(f"people.{name}.serves", team.serves, known, "queue")
        yield from cohort_problems(f"people.{name}", team, scenario.season, calendar)


def _wrapping(scenario: Scenario) -> Iterator[Problem]:
    terms, people = scenario.wrapping, scenario.people
    if terms is None or people.pack is not None or people.pick_pack is not None:
        return
    for name in ("per_parcel", "per_unit"):
        if getattr(terms, name):
            hint = "add people.pick_pack, or leave the work out"
            yield Problem(f"wrapping.{name}", "nobody does it: there is no team that packs", hint)


def _returns(scenario: Scenario) -> Iterator[Problem]:
    terms = scenario.returns
    if terms is not None and terms.work and scenario.people.receiving is None:
        hint = "add people.receiving, or leave the work out"
        yield Problem("returns.work", "nobody does it: there is no receiving team", hint)


def _validation(scenario: Scenario) -> Iterator[Problem]:
    """Known answers are for policies that exist; a season without any has the one `Baseline`."""
    if scenario.validation is None:
        return
    known = list(scenario.policies) or ["Baseline"]
    for figure, answer in scenario.validation.expected.items():
        for policy, _ in answer:
            path = f"validation.expected.{figure}"
            problem = None if policy is None else _unknown(path, policy, known, "policy")
            if problem:
                yield problem
