"""Seasons in which everything that a law could catch happens; small enough for plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sim.demand import OrderBook, sample_orders
from sim.scenario.scenario import Scenario
from sim.warehouse import simulate
from sim.warehouse.ledger import Ledger
from tests.warehouse.small import scenario

SEED = 3
_SHIFT = {"daily": "08:00-18:00", "breaks": "30 min"}


def _team(people: int, minutes: int, **more: Any) -> dict[str, Any]:
    cohort = {"name": "core", "people": people, "absence": "10%", "wage": "20 per hour"}
    return {"shift": _SHIFT, "work": {"per_order": f"{minutes} min"}, "cohorts": [cohort]} | more


def busy(**blocks: Any) -> Scenario:
    """Stockouts, cancellations, alerts, a small area, shifts, two stages, a carrier, a dock."""
    basis: dict[str, Any] = {
        "demand": {
            "orders_per_day": 40,
            "forecast_error": False,
            "basket": {"lines": {1: 0.5, 2: 0.5}, "units_per_line": {1: 0.6, 2: 0.4}},
        },
        "products": [
            {"sku": "A", "stock": "60 units", "volume": "2 liters", "price": 10},
            {"sku": "B", "stock": "40 units", "substitute": "A", "price": 20},
            {"sku": "C", "share": 0.5, "stock": "20 units", "price": 30},
        ],
        "suppliers": {"maker": {"lead_time": {"gamma": {"mean": "2 days", "cv": 0.6}}}},
        "replenishment": {"rule": "reorder_point", "reorder_point": 10, "order_quantity": 40},
        "storefront": {"when_short": "hybrid", "ship": "split"},
        "customers": {
            "accept_backorder": {"at_no_wait": 50},
            "substitute": 10,
            "sign_up_for_alert": 20,
            "come_back_later": 10,
            "patience": {"exponential": "3 days"},
        },
        "backorder_area": {"positions": "2 shelves of 20 liters", "when_full": "rent_overflow"},
        "carrier": {"cut_off": {"mon-sat": "15:00"}, "capacity": 30},
        "people": {
            "pick": _team(3, 25, at_shift_end="pause"),
            "pack": _team(2, 10),
            "pack_stations": 1,
            "receiving": _team(1, 30),
        },
    }
    return scenario(**basis | blocks)


def _nobody_picks(**blocks: Any) -> Scenario:
    absent = {"name": "absent", "people": 1, "absence": "100%"}
    return busy(people={"pick_pack": {"shift": _SHIFT, "cohorts": [absent]}}, **blocks)


def desk(solutions: Sequence[Mapping[str, Any]] = (), **blocks: Any) -> Scenario:
    """The busy season, with customers who ask and agents who do not know the latest."""
    people = {"pick_pack": _team(3, 30), "support": _team(2, 0)}
    people["support"]["cohorts"][0]["learning"] = {"errors_start": "40%", "full_after": "9 days"}
    support = {
        "contacts": {"placed": "30%", "backordered": "1 per day", "late": "2 per day"},
        "handling": {"exponential": "20 min"},
        "at_once": 2,
        "patience": {"exponential": "2 hours"},
        "calls_again": "60%",
        "calls_again_unresolved": "50%",
        "information_age": "2 days",
        "wrong_answer": {"patience": 0.5, "cancels": "20%"},
        "ends_badly": {"cancels": "20%"},
        "solutions": list(solutions),
    }
    return busy(people=people, support=support, **blocks)


def _solved() -> Scenario:
    steps = ("partial_shipment", "substitute", "refund")
    return desk(solutions=[{"offer": step, "accepted": "60%"} for step in steps])


def _hurried() -> Scenario:
    """Agents ask for one delivery after the other; the supplier hurries one a week."""
    maker = {"lead_time": "3 days", "expedite_on_request": {"per_week": 1}}
    people = {"pick_pack": _team(3, 30), "support": {"unlimited": True}}
    support = {
        "contacts": {"backordered": "9 per day", "late": "9 per day"},
        "handling": "5 min",
        "solutions": [{"offer": "expedite", "accepted": "100%"}],
    }
    return busy(suppliers={"maker": maker}, people=people, support=support)


def _cared_for() -> Scenario:
    customers = {"patience": {"exponential": "3 days"}, "consent": {"consents": "50%"}}
    customers["consent"] |= {"after": "2 days"}
    message = {"name": "update", "every": "1 day", "cost": 0.1, "patience": 1.2}
    return busy(
        customers=customers,
        messages=[message, message | {"name": "sorry", "to": "late"}],
        backup_plan={"product": "PEN", "budget": 10, "cost": 2, "patience": 1.5},
        products=[
            {"sku": "A", "stock": "60 units", "volume": "2 liters", "price": 10},
            {"sku": "PEN", "share": 0, "stock": "50 units"},
        ],
        suppliers={"maker": {"lead_time": "2 days", "slips": {"share": "100%", "by": "1 day"}}},
        storefront={"when_short": "backorder"},
    )


SCENARIOS = {
    "cared for": _cared_for,
    "busy": busy,
    "general storage": lambda: busy(
        backorder_area={"positions": "1 shelf of 20 liters", "when_full": "general_storage"}
    ),
    "nobody picks": _nobody_picks,
    "not drained": lambda: busy(season={"length": "10 days", "drain": "0 days"}),
    "standstill": lambda: _nobody_picks(
        customers={}, season={"length": "10 days", "drain": "0 days"}
    ),
    "sent back": lambda: busy(
        returns={"share": "50%", "after": "2 days", "work": "2 min", "resale": "50%"}
    ),
    "desk": desk,
    "solved": _solved,
    "hurried": _hurried,
    "recommended": lambda: busy(
        alerts={"recommend": {"share": "100%"}, "batch": 5},
        storefront={"when_short": "hybrid", "ship": "choice"},
        wrapping={"share": "50%", "per_unit": "5 min"},
    ),
    "launched": lambda: busy(
        products=[
            {"sku": "A", "stock": "60 units", "volume": "2 liters", "price": 10},
            {
                "sku": "NEW",
                "price": 20,
                "launch": {"on_sale": "2 days", "released": "5 days", "units": 40},
            },
        ],
        storefront={"when_short": "alerts"},
    ),
    "outside": lambda: busy(third_party={"delay": "1 day", "per_day": 60}),
    "together": lambda: busy(storefront={"when_short": "backorder"}),
}


@cache
def season(name: str) -> tuple[Scenario, OrderBook]:
    """A season by name, and its customers."""
    chosen = SCENARIOS[name]()
    return chosen, sample_orders(chosen, SEED)


def run(name: str) -> Ledger:
    """Simulate a season by name."""
    return simulate(*season(name), SEED)
