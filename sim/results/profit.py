"""Profit and loss of one run, line by line. Income is positive, cost negative."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.results.care import care_costs
from sim.results.launches import launch_cost
from sim.results.money import check_money
from sim.results.space import area_rent, overflow_rent
from sim.results.splits import postage_of_customers
from sim.results.support_costs import (
    de_escalation_cost,
    information_cost,
    requests_cost,
    solutions_cost,
)
from sim.results.third_party import third_party_fees
from sim.warehouse.launches import FIRST_DELIVERY
from sim.warehouse.support import places

if TYPE_CHECKING:
    from sim.results.view import View
    from sim.scenario.people import Cohort
    from sim.scenario.rates import Rate

HOUR = 3_600_000

LINES: dict[str, str] = {
    "gross_sales": "Sales at list price, of orders shipped",
    "discounts": "Discounts on orders from alerts, and for broken promises",
    "refunds": "Refunds of what was refused or returned",
    "shipping_income": "Shipping paid by customers",
    "split_postage": "Postage of further parcels paid by customers",
    "wrapping_income": "Gift wrapping paid by customers",
    "cost_of_goods": "Cost of goods sold",
    "write_offs": "Returned goods that cannot be sold again",
    "markdown": "Leftover stock, valued below cost",
    "freight": "Freight and duty",
    "purchase_order_cost": "Cost of purchase orders and expediting",
    "launches": "Launches of products",
    "holding_cost": "Holding stock",
    "backorder_penalty": "Penalty on backorders",
    "lost_sale_penalty": "Penalty on lost sales",
    "wages": "Wages with on-costs",
    "overtime": "Overtime",
    "agency": "Agency staff",
    "training": "Training",
    "information": "Clear information up front",
    "de_escalation": "De-escalation training of agents",
    "third_party": "Third party",
    "space": "Backorder area",
    "overflow": "Overflow positions",
    "postage": "Postage, surcharges and express",
    "return_postage": "Postage of returned orders",
    "packaging": "Packaging",
    "wrapping": "Material for gift wrapping",
    "payment_fees": "Payment fees",
    "messages": "Back-in-stock e-mails",
    "updates": "Messages to customers who wait",
    "gifts": "Gifts, samples and notes for broken promises",
    "solutions": "Solutions found for customers who wait",
    "errors": "Errors in orders",
    "cancellations": "Handling cancellations",
    "fixed": "Fixed costs",
}
"""Lines of the profit and loss, in order; their sum is `season_profit`."""


def profit_and_loss(view: View) -> dict[str, float]:
    """Return every line, with `revenue` (net sales) and `season_profit`, in the currency."""
    care = care_costs(view)
    sales = _sales(view, care.discounts)
    wraps, counts = view.scenario.wrapping, view.counts.total
    sales["split_postage"] = postage_of_customers(view)
    sales["wrapping_income"] = wraps.price * counts["charged_wrapped"] if wraps else 0.0
    lines = {
        **sales,
        **_goods(view),
        **_inventory(view),
        "launches": -launch_cost(view.scenario),
        **_labor(view),
        "information": -information_cost(view.scenario),
        "de_escalation": -de_escalation_cost(view.scenario),
        "third_party": -third_party_fees(view),
        "space": -area_rent(view),
        "overflow": -overflow_rent(view),
        **_orders(view, sales),
        "updates": -care.updates,
        "gifts": -care.gifts,
        "solutions": -solutions_cost(view),
        "fixed": -view.scenario.costs.fixed,
    }
    ordered = {name: float(lines[name]) for name in LINES}
    revenue = math.fsum(ordered[name] for name in ("gross_sales", "discounts", "refunds"))
    figures = {**ordered, "revenue": revenue, "season_profit": math.fsum(ordered.values())}
    check_money(view, lines, figures)
    return figures


def _sales(view: View, for_broken_promises: float) -> dict[str, float]:
    alerts, costs, units = view.scenario.alerts, view.scenario.costs, view.counts.of_sku
    price = np.array([product.price for product in view.scenario.products])
    back, by_alert = units["refused"], units["refused_by_alert"]
    if view.scenario.returns is not None and view.scenario.returns.refund:
        back, by_alert = back + units["returned"], by_alert + units["returned_by_alert"]
    return {
        "gross_sales": math.fsum(units["shipped"] * price),
        "discounts": -math.fsum(units["by_alert"] * price * alerts.discount) - for_broken_promises,
        "refunds": -math.fsum((back - by_alert * alerts.discount) * price),
        "shipping_income": costs.shipping_income * view.counts.total["charged_shipped"],
    }


def _goods(view: View) -> dict[str, float]:
    scenario, units = view.scenario, view.counts.of_sku
    cost = np.array([product.cost for product in scenario.products])
    recovery = np.array(
        [
            scenario.costs.leftover_recovery if product.recovery is None else product.recovery
            for product in scenario.products
        ]
    )
    end = view.ledger.marks.skus[2]
    left = end["free"] + end["on_order"] + end["at_dock"] + units["refused"]
    kept = units["shipped"] - units["refused"] - units["returned"]
    orders = view.ledger.purchase_orders
    arranged = orders["nth"] == FIRST_DELIVERY
    mine = orders[(orders["placed_at"] >= view.window[0]) | arranged]
    suppliers = list(scenario.suppliers.values())
    freight = ordering = 0.0
    for index, supplier in enumerate(suppliers):
        theirs = mine[mine["supplier"] == index]
        bought = (theirs["units"] - theirs["withdrawn"]).sum()
        freight += supplier.freight_per_unit * bought
        ordering += (supplier.cost_per_order + scenario.costs.inventory.purchase_order) * len(
            theirs
        )
        if supplier.expedite is not None:
            rushed = theirs[theirs["expedited"] == 1]["units"].sum()
            ordering += supplier.expedite.cost_per_unit * rushed
    return {
        "cost_of_goods": -math.fsum(kept * cost),
        "write_offs": -math.fsum(units["written_off"] * cost),
        "markdown": -(left * cost * (1 - recovery)).sum(),
        "freight": -freight,
        "purchase_order_cost": -ordering - requests_cost(view),
    }


def _per_ms(rate: Rate | None) -> float:
    return rate.per_ms_rate if rate is not None else 0.0


def _inventory(view: View) -> dict[str, float]:
    rules, skus = view.scenario.costs.inventory, view.ledger.marks.skus
    cost = np.array([product.cost for product in view.scenario.products])
    if rules.charged == "continuously":
        column = "held_time" if rules.held == "in_building" else "free_time"
        held = (skus[column][1] - skus[column][0]).astype(float)
        waiting = (skus["backorder_time"][1] - skus["backorder_time"][0]).astype(float)
    else:
        held = view.ledger.charges.held[0].astype(float) * rules.period
        waiting = view.ledger.charges.backorders[0].astype(float) * rules.period
    missing = view.counts.total["charged_backordered_units"]
    return {
        "holding_cost": -(
            held * (_per_ms(rules.holding) + _per_ms(rules.holding_share) * cost)
        ).sum(),
        "backorder_penalty": -(
            waiting.sum() * _per_ms(rules.backorder) + rules.backorder_per_unit * missing
        ),
        "lost_sale_penalty": -rules.lost_sale * view.counts.total["charged_lost_units"],
    }


def _cohort_rates(cohort: Cohort) -> tuple[float, float]:
    """Cost per hour of own staff with on-costs, and of agency staff."""
    own = _per_ms(cohort.wage) * HOUR * (1 + cohort.on_costs)
    return own, _per_ms(cohort.agency) * HOUR


def _labor(view: View) -> dict[str, float]:
    """Rostered hours in the season, overtime, and hours worked in the drain."""
    shifts, marks = view.ledger.shifts, view.ledger.marks
    inside = view.during(shifts["start_at"])
    late = marks.people["late_ms"][1] - marks.people["late_ms"][0]
    drain = marks.people["busy_ms"][2] - marks.people["busy_ms"][1]
    totals = dict.fromkeys(("wages", "overtime", "agency", "training"), 0.0)
    by_cohort: dict[tuple[str, str], list[int]] = {}
    for person, key in enumerate(view.ledger.people):
        by_cohort.setdefault(key, []).append(person)
    for (team_name, cohort_name), people in by_cohort.items():
        team = getattr(view.scenario.people, team_name)
        cohorts = [cohort for cohort in team.cohorts if cohort.name == cohort_name]
        own, agency = _cohort_rates(cohorts[0])
        factor = team.overtime.pay if team.overtime else 1.0
        mine = inside & np.isin(shifts["person"], people)
        training = mine & (shifts["training"] == 1)
        at_once = places(view.scenario) if team_name == "support" else 1
        worked = drain[people].sum() / at_once
        regular = (shifts["paid_ms"][mine & ~training].sum() + worked) / HOUR
        extra = (shifts["overtime_ms"][mine].sum() + late[people].sum()) / HOUR
        taught = shifts["paid_ms"][training].sum() / HOUR
        started = len(np.unique(shifts["person"][training]))
        totals["wages"] -= own * regular
        totals["agency"] -= agency * regular
        totals["overtime"] -= (own + agency) * factor * extra
        totals["training"] -= (own + agency) * taught + cohorts[0].training_cost * started
    return totals


def _orders(view: View, sales: dict[str, float]) -> dict[str, float]:
    scenario, costs, counts = view.scenario, view.scenario.costs, view.counts.total
    express = (
        scenario.carrier.express.cost if scenario.carrier and scenario.carrier.express else 0.0
    )
    material = scenario.wrapping.cost if scenario.wrapping else 0.0
    return_postage = scenario.returns.postage if scenario.returns else 0.0
    revenue = sales["gross_sales"] + sales["discounts"] + sales["shipping_income"]
    revenue += sales["split_postage"] + sales["wrapping_income"]
    parcels = counts["charged_parcels"]
    postage = costs.postage * parcels + costs.peak_surcharge * counts["charged_slow_parcels"]
    fees = costs.payment_fee * revenue + costs.payment_fee_per_order * counts["charged_shipped"]
    handling = costs.cancellation.per_order * counts["charged_cancelled"]
    staged = costs.cancellation.per_staged_unit * counts["charged_staged"]
    return {
        "postage": -(postage + express * counts["charged_express"]),
        "return_postage": -return_postage * counts["charged_returned"],
        "packaging": -costs.packaging * parcels,
        "wrapping": -material * counts["charged_wrapped_parcels"],
        "payment_fees": -fees,
        "messages": -costs.message * counts["charged_mails"],
        "errors": -costs.error * counts["charged_errors"],
        "cancellations": -(handling + staged),
    }
