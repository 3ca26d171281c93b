"""Profit and loss of one run, line by line. Income is positive, cost negative."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.demand.order_book import OPENED
from sim.results.promises import refused, slow_factor, went_express
from sim.results.space import area_rent, overflow_rent
from sim.warehouse import state as s

if TYPE_CHECKING:
    from sim.scenario.people import Cohort
    from sim.scenario.rates import Rate
    from sim.warehouse.ledger import Ledger

HOUR = 3_600_000
Flags = NDArray[np.bool_]

LINES: dict[str, str] = {
    "gross_sales": "Sales at list price, of orders shipped",
    "discounts": "Discounts on orders from alerts",
    "refunds": "Refunds of what came too late",
    "shipping_income": "Shipping paid by customers",
    "cost_of_goods": "Cost of goods sold",
    "markdown": "Leftover stock, valued below cost",
    "freight": "Freight and duty",
    "purchase_order_cost": "Cost of purchase orders and expediting",
    "holding_cost": "Holding stock",
    "backorder_penalty": "Penalty on backorders",
    "lost_sale_penalty": "Penalty on lost sales",
    "wages": "Wages with on-costs",
    "overtime": "Overtime",
    "agency": "Agency staff",
    "training": "Training",
    "space": "Backorder area",
    "overflow": "Overflow positions",
    "postage": "Postage, surcharges and express",
    "packaging": "Packaging",
    "payment_fees": "Payment fees",
    "messages": "Back-in-stock e-mails",
    "errors": "Errors in orders",
    "cancellations": "Handling cancellations",
    "fixed": "Fixed costs",
}
"""Lines of the profit and loss, in order; their sum is `season_profit`."""


def counted(ledger: Ledger) -> Flags:
    """Orders that the profit and loss covers: placed in the season, or open at its start."""
    first, last = ledger.window
    at, opened = ledger.book.orders["placed_at"], ledger.book.orders["flags"] & OPENED
    return ((at >= first) & (at < last)) | (opened > 0)


def profit_and_loss(ledger: Ledger) -> dict[str, float]:
    """Return every line, with `revenue` (net sales) and `season_profit`, in the currency."""
    lines = {
        **_sales(ledger),
        **_goods(ledger),
        **_inventory(ledger),
        **_labor(ledger),
        "space": -area_rent(ledger),
        "overflow": -overflow_rent(ledger),
        **_orders(ledger),
        "fixed": -ledger.scenario.costs.fixed,
    }
    ordered = {name: float(lines[name]) for name in LINES}
    revenue = math.fsum(ordered[name] for name in ("gross_sales", "discounts", "refunds"))
    return {**ordered, "revenue": revenue, "season_profit": math.fsum(ordered.values())}


def _line_owner(ledger: Ledger) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(ledger.orders)), ledger.book.orders["n_lines"])


def _shipped_units(ledger: Ledger) -> NDArray[np.int64]:
    """Units shipped per line, of the orders that are counted."""
    owner = _line_owner(ledger)
    good = counted(ledger) & (ledger.orders["status"] == s.SHIPPED)
    units = ledger.book.lines["units"].astype(np.int64)
    return np.where(good[owner] & (ledger.lines["dropped"] == 0), units, 0)


def _sales(ledger: Ledger) -> dict[str, float]:
    products, costs = ledger.scenario.products, ledger.scenario.costs
    price = np.array([product.price for product in products])
    owner, units, sku = _line_owner(ledger), _shipped_units(ledger), ledger.lines["sku"]
    gross = units * price[sku]
    by_alert = ledger.orders["by_alert"][owner] == 1
    discount = np.where(by_alert, gross * ledger.scenario.alerts.discount, 0.0)
    back = np.where(refused(ledger)[owner], gross - discount, 0.0)
    shipped = counted(ledger) & (ledger.orders["status"] == s.SHIPPED)
    return {
        "gross_sales": gross.sum(),
        "discounts": -discount.sum(),
        "refunds": -back.sum(),
        "shipping_income": costs.shipping_income * shipped.sum(),
    }


def _goods(ledger: Ledger) -> dict[str, float]:
    scenario, units = ledger.scenario, _shipped_units(ledger)
    cost = np.array([product.cost for product in scenario.products])
    recovery = np.array(
        [
            scenario.costs.leftover_recovery if product.recovery is None else product.recovery
            for product in scenario.products
        ]
    )
    end = ledger.marks.skus[2]
    left = (end["free"] + end["on_order"] + end["at_dock"]).astype(float)
    returned = np.where(refused(ledger)[_line_owner(ledger)], units, 0)
    left += np.bincount(ledger.lines["sku"], weights=returned, minlength=len(cost))
    orders = ledger.purchase_orders
    mine = orders[orders["placed_at"] >= ledger.window[0]]
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
        "cost_of_goods": -((units - returned) * cost[ledger.lines["sku"]]).sum(),
        "markdown": -(left * cost * (1 - recovery)).sum(),
        "freight": -freight,
        "purchase_order_cost": -ordering,
    }


def _per_ms(rate: Rate | None) -> float:
    return rate.per_ms_rate if rate is not None else 0.0


def _inventory(ledger: Ledger) -> dict[str, float]:
    rules, skus = ledger.scenario.costs.inventory, ledger.marks.skus
    cost = np.array([product.cost for product in ledger.scenario.products])
    if rules.charged == "continuously":
        held = (skus["held_time"][1] - skus["held_time"][0]).astype(float)
        waiting = (skus["backorder_time"][1] - skus["backorder_time"][0]).astype(float)
    else:
        held = ledger.charges.held[0].astype(float) * rules.period
        waiting = ledger.charges.backorders[0].astype(float) * rules.period
    chosen = counted(ledger)[_line_owner(ledger)]
    missing = int(ledger.lines["backordered"][chosen].sum())
    return {
        "holding_cost": -(
            held * (_per_ms(rules.holding) + _per_ms(rules.holding_share) * cost)
        ).sum(),
        "backorder_penalty": -(
            waiting.sum() * _per_ms(rules.backorder) + rules.backorder_per_unit * missing
        ),
        "lost_sale_penalty": -rules.lost_sale * _lost_units(ledger),
    }


def _lost_units(ledger: Ledger) -> int:
    owner, units = _line_owner(ledger), ledger.book.lines["units"].astype(np.int64)
    lost = (ledger.orders["status"][owner] == s.LOST) | (ledger.lines["dropped"] == 1)
    return int(units[lost & counted(ledger)[owner]].sum())


def _cohort_rates(cohort: Cohort) -> tuple[float, float]:
    """Cost per hour of own staff with on-costs, and of agency staff."""
    own = _per_ms(cohort.wage) * HOUR * (1 + cohort.on_costs)
    return own, _per_ms(cohort.agency) * HOUR


def _labor(ledger: Ledger) -> dict[str, float]:
    """Rostered hours in the season, overtime, and hours worked in the drain."""
    first, last = ledger.window
    shifts, marks = ledger.shifts, ledger.marks
    inside = (shifts["start_at"] >= first) & (shifts["start_at"] < last)
    late = marks.people["late_ms"][1] - marks.people["late_ms"][0]
    drain = marks.people["busy_ms"][2] - marks.people["busy_ms"][1]
    totals = dict.fromkeys(("wages", "overtime", "agency", "training"), 0.0)
    by_cohort: dict[tuple[str, str], list[int]] = {}
    for person, key in enumerate(ledger.people):
        by_cohort.setdefault(key, []).append(person)
    for (team_name, cohort_name), people in by_cohort.items():
        team = getattr(ledger.scenario.people, team_name)
        cohorts = [cohort for cohort in team.cohorts if cohort.name == cohort_name]
        own, agency = _cohort_rates(cohorts[0])
        factor = team.overtime.pay if team.overtime else 1.0
        mine = inside & np.isin(shifts["person"], people)
        training = mine & (shifts["training"] == 1)
        regular = (shifts["paid_ms"][mine & ~training].sum() + drain[people].sum()) / HOUR
        extra = (shifts["overtime_ms"][mine].sum() + late[people].sum()) / HOUR
        taught = shifts["paid_ms"][training].sum() / HOUR
        started = len(np.unique(shifts["person"][training]))
        totals["wages"] -= own * regular
        totals["agency"] -= agency * regular
        totals["overtime"] -= (own + agency) * factor * extra
        totals["training"] -= (own + agency) * taught + cohorts[0].training_cost * started
    return totals


def _orders(ledger: Ledger) -> dict[str, float]:
    scenario, orders, costs = ledger.scenario, ledger.orders, ledger.scenario.costs
    chosen = counted(ledger)
    parcels = ledger.parcels[(ledger.parcels["shipped_at"] != s.NONE)]
    parcels = parcels[chosen[parcels["order"]]]
    _, slow = slow_factor(ledger, parcels["shipped_at"])
    express = (
        scenario.carrier.express.cost if scenario.carrier and scenario.carrier.express else 0.0
    )
    rushed = int((went_express(ledger) & chosen).sum())
    n = len(parcels)
    sales = _sales(ledger)
    revenue = sales["gross_sales"] + sales["discounts"] + sales["shipping_income"]
    shipped = int((chosen & (orders["status"] == s.SHIPPED)).sum())
    cancelled = chosen & (orders["status"] == s.CANCELLED)
    staged = int(ledger.lines["staged_at_cancel"][cancelled[_line_owner(ledger)]].sum())
    return {
        "postage": -(costs.postage * n + costs.peak_surcharge * int(slow.sum()) + express * rushed),
        "packaging": -costs.packaging * n,
        "payment_fees": -(costs.payment_fee * revenue + costs.payment_fee_per_order * shipped),
        "messages": -costs.message * int(orders["mails"][chosen].sum()),
        "errors": -costs.error * int(parcels["wrong"].sum()),
        "cancellations": -(
            costs.cancellation.per_order * int(cancelled.sum())
            + costs.cancellation.per_staged_unit * staged
        ),
    }
