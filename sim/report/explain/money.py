"""Income and costs, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.explain.phrases import listed, money, number, percent

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


_FATES = {
    "on_time": "who were served on time",
    "backordered": "who waited for a backorder",
    "alert": "who bought from an alert",
    "late": "whose order was late",
    "cancelled": "who cancelled",
    "lost": "who left without an order",
}

_QUOTED = (
    "It is often quoted that 68% of the customers who leave do so because they were treated with "
    "indifference; no source was found that measured it, and nothing here rests on it."
)


def sentences(scenario: Scenario) -> list[str]:
    """What an order brings and costs, beside prices and wages."""
    costs, currency = scenario.costs, scenario.currency
    per_order = [
        (costs.postage, "postage"),
        (costs.packaging, "packaging"),
        (costs.peak_surcharge, "a surcharge at peak"),
        (costs.payment_fee_per_order, "payment"),
    ]
    told = []
    if costs.shipping_income:
        told.append(f"A customer pays {money(costs.shipping_income, currency)} for shipping.")
    paid = [f"{money(value, currency)} for {what}" for value, what in per_order if value]
    if costs.payment_fee:
        paid.append(f"{percent(costs.payment_fee)} of its value for payment")
    if paid:
        told.append(f"A parcel costs {listed(paid)}.")
    if costs.error:
        told.append(f"An order with an error costs {money(costs.error, currency)}.")
    if costs.cancellation.per_order:
        told.append(f"A cancellation costs {money(costs.cancellation.per_order, currency)}.")
    stock = costs.inventory
    holding = stock.holding or stock.holding_share
    if holding is not None:
        of_cost = " of its cost" if stock.holding is None else ""
        told.append(f"Holding a unit costs {holding}{of_cost}.")
    if costs.leftover_recovery != 1:
        told.append(f"What is left over is worth {percent(costs.leftover_recovery)} of its cost.")
    if costs.fixed:
        told.append(f"The season has fixed costs of {money(costs.fixed, currency)}.")
    return told + _customers(scenario) + _forecast(scenario)


def _forecast(scenario: Scenario) -> list[str]:
    """What the season teaches about the next one."""
    if scenario.forecast_value is None:
        return []
    return [
        "Next season is forecast from what each policy lets the shop see; demand for a product is "
        f"then taken to be uncertain by {percent(scenario.forecast_value.uncertainty)}."
    ]


def _customers(scenario: Scenario) -> list[str]:
    """Who buys again, and what that is worth."""
    retention = scenario.retention
    if retention is None:
        return []
    again = {name: getattr(retention.repeat, name) for name in _FATES}
    shares = [
        f"{number(100 * share)} {_FATES[name]}"
        for name, share in again.items()
        if share is not None
    ]
    told = [f"Of 100 customers, these buy again next season: {listed(shares)}."]
    memories = {
        "whose order had an error": retention.wrong_item,
        "who had a bad contact": retention.bad_contact,
        "who were given something": retention.gift,
    }
    told += [
        f"Of those {who}, {number(factor)} times as many buy again."
        for who, factor in memories.items()
        if factor != 1
    ]
    if retention.extra_purchases:
        extra = money(retention.extra_purchases, scenario.currency)
        told.append(
            f"Who was given something brings {extra} more later; season profit leaves it out."
        )
    if retention.worth:
        by = (
            "the margin that will be missing"
            if retention.counted == "margin"
            else (
                f"{number(retention.acquiring_times)} times what keeping one costs; six to seven "
                "times is often quoted, and no better source was found"
            )
        )
        worth = money(retention.worth, scenario.currency)
        told.append(f"A lost customer costs {worth} ({by}); season profit leaves that out.")
    return [*told, _QUOTED]
