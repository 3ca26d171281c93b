"""Products, suppliers and replenishment, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.explain.phrases import (
    day,
    listed,
    many,
    money,
    number,
    percent,
    span,
    stretch,
    usual,
)
from sim.scenario.calendar import season_calendar

if TYPE_CHECKING:
    from sim.scenario.calendar import Calendar
    from sim.scenario.replenishment import Replenishment
    from sim.scenario.scenario import Scenario
    from sim.scenario.suppliers import Supplier

_RULES = {
    "none": "Nothing is bought during the season.",
    "reorder_point": "A product is ordered again, a fixed quantity at a time, when what is on hand "
    "and on order falls to its reorder point.",
    "min_max": "A product is ordered up to its target when what is on hand and on order "
    "falls to its reorder point.",
    "base_stock": "Every unit sold is ordered again at once.",
    "periodic": "Stock is reviewed {review}, and filled up to a target where it is low.",
}


def sentences(scenario: Scenario) -> list[str]:
    """What is sold, and how it comes."""
    calendar = season_calendar(scenario.season)
    told = [_products(scenario), *_launches(scenario, calendar), *_opening(scenario)]
    told += _buying(scenario.replenishment)
    for name, supplier in scenario.suppliers.items():
        told.append(_supplier(name, supplier, calendar, scenario.currency))
    return told + _dock(scenario)


def _products(scenario: Scenario) -> str:
    prices = [product.price for product in scenario.products]
    shares = [product.share for product in scenario.products]
    text = f"{many(len(prices), 'product')} {'is' if len(prices) == 1 else 'are'} sold"
    if max(prices) > 0:
        low, high = (money(value, scenario.currency) for value in (min(prices), max(prices)))
        text += f", at {low}" if low == high else f", at {low} to {high}"
    if len(prices) > 4 and sum(shares) > 0:
        top = sorted(shares, reverse=True)[: max(1, len(shares) // 5)]
        lines = percent(round(sum(top) / sum(shares), 2))
        text += f"; the best {len(top)} make up {lines} of the lines"
    return f"{text}."


def _launches(scenario: Scenario, calendar: Calendar) -> list[str]:
    told = []
    for product in scenario.products:
        launch = product.launch
        if launch is None:
            continue
        released, units = day(calendar, launch.released), many(launch.units, "unit")
        text = f"{product.name or product.sku} is released on {released} with {units}"
        if launch.on_sale is not None:
            sold = "as a pre-order" if launch.pre_order else "as any product that is short"
            text += f", and sold from {day(calendar, launch.on_sale)} on {sold}"
        if launch.slips:
            text += "; the date may slip"
        if launch.surge is not None:
            when = "on sale" if launch.surge.begins == "on_sale" else "released"
            text += (
                f"; when it is {when} it is asked for {number(launch.surge.times)} times as much "
                f"as later, and half the difference is gone after {span(launch.surge.half_life)}"
            )
        if launch.cost:
            text += f"; the launch costs {money(launch.cost, scenario.currency)}"
        told.append(f"{text}.")
    return told


def _opening(scenario: Scenario) -> list[str]:
    opening, told = scenario.opening, []
    if opening.stock:
        told.append(f"The stock of {many(len(opening.stock), 'product')} was counted.")
    if opening.open_purchase_orders:
        coming = opening.open_purchase_orders
        units = many(sum(row.units for row in coming), "unit")
        told.append(
            f"{many(len(coming), 'purchase order')} with {units} are on their way at the start."
        )
    if opening.open_orders:
        orders = len({row.order for row in opening.open_orders})
        told.append(f"{many(orders, 'customer order')} wait from before.")
    return told


def _buying(rule: Replenishment) -> list[str]:
    review = f"every {span(rule.review_period)}" if rule.review_period else "regularly"
    told = [_RULES[rule.rule].format(review=review)]
    if rule.rule not in {"none", "base_stock"} and rule.reorder_point is None:
        told.append(
            "Reorder points that are not given cover the demand of a lead time with "
            f"{percent(rule.service)} certainty; an order covers {span(rule.cover)} of forecast."
        )
    if rule.rule != "none" and (rule.notification.read is not None or rule.notification.delay):
        told.append(
            "A person reads the reorder notes in working hours and orders "
            f"{span(rule.notification.delay)} later."
        )
    if rule.pre_season_buy:
        more = "more" if rule.pre_season_buy > 0 else "less"
        told.append(
            f"Before the season the shop buys {percent(abs(rule.pre_season_buy))} {more} stock."
        )
    if rule.stop_at is not None:
        told.append(f"From {rule.stop_at} on only what customers wait for is bought.")
    if rule.on_cancel == "withdraw":
        told.append(
            "Units that a cancelling customer no longer waits for are withdrawn from the supplier."
        )
    return told


def _supplier(name: str, supplier: Supplier, calendar: Calendar, currency: str) -> str:
    parts = [f"{name} delivers in {usual(supplier.lead_time)}"]
    if supplier.minimum_order > 1:
        parts.append(f"sells at least {many(supplier.minimum_order, 'unit')}")
    if supplier.pack_size > 1:
        parts.append(f"packs {supplier.pack_size} together")
    if supplier.capacity is not None:
        parts.append(f"makes {supplier.capacity}")
    if supplier.closed:
        parts.append(f"is closed {listed([stretch(calendar, days) for days in supplier.closed])}")
    if supplier.slips is not None:
        parts.append(
            f"breaks {percent(supplier.slips.share)} of its dates, by {usual(supplier.slips.by)}"
        )
    if supplier.partial is not None:
        parts.append(f"sends {percent(supplier.partial.share)} of the orders in two parts")
    if supplier.disruptions:
        parts.append("may be disrupted without notice")
    if supplier.expedite is not None:
        owed = many(supplier.expedite.when_backorders_over, "unit")
        parts.append(f"is paid to hurry when more than {owed} are on backorder")
    if supplier.cost_per_order:
        parts.append(f"costs {money(supplier.cost_per_order, currency)} an order")
    if supplier.freight_per_unit:
        parts.append(f"costs {money(supplier.freight_per_unit, currency)} of freight a unit")
    return f"{listed(parts)}."


def _dock(scenario: Scenario) -> list[str]:
    if scenario.people.receiving is None:
        return ["Goods are on the shelf as soon as they arrive."]
    first = ", those that customers wait for first" if scenario.receiving.cross_dock else ""
    work = scenario.receiving.work
    takes = f"A delivery takes {span(work.per_delivery)} and {span(work.per_unit)} a unit."
    return [f"People put the goods away{first}. {takes}"]
