"""The systems of a season: where each is set, what it shows, and the smallest season with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ALWAYS = {"mon-sat": "08:00-16:00"}


def _team(**cohort: Any) -> dict[str, Any]:
    return {
        "shift": ALWAYS,
        "cohorts": [{"name": "one", "people": 1, "wage": "20 per hour"} | cohort],
    }


BASE: dict[str, Any] = {
    "season": {"start": "2026-11-16", "length": "3 weeks"},
    "demand": {"orders_per_day": 20, "basket": {"lines": {1: 0.7, 2: 0.3}}},
    "products": [
        {"sku": "A", "share": 0.6, "price": 20, "cost": 8, "stock": "60 units", "substitute": "B"},
        {"sku": "B", "share": 0.4, "price": 15, "cost": 6, "stock": "400 units"},
    ],
    "suppliers": {
        "maker": {
            "lead_time": "6 days",
            "slips": {"share": "60%", "by": "2 to 5 days"},
            "expedite_on_request": {"per_week": 2, "lead_time_factor": "50%", "cost": 20},
        }
    },
    "replenishment": {"rule": "reorder_point", "reorder_point": 40, "order_quantity": 120},
    "people": {"pick_pack": _team() | {"work": {"per_order": "4 min"}}},
    "customers": {
        "patience": {"from": "promise", "still_waiting": {"1 day": "80%", "1 week": "30%"}}
    },
    "costs": {"postage": 5},
}
"""Twenty orders a day; the supplier breaks most dates, and customers wait for it."""
DESK: dict[str, Any] = {
    "contacts": {"backordered": "0.2 per day", "late": "0.5 per day", "placed": "2%"},
    "handling": "6 min",
}
AGENTS = BASE["people"] | {"support": _team()}


@dataclass(frozen=True)
class System:
    """One of the systems."""

    name: str
    blocks: tuple[str, ...]
    """Where it is set."""
    kpis: tuple[str, ...]
    """What shows it."""
    money: tuple[str, ...]
    """Lines of the profit and loss, or figures of money beside it, in which it stands."""
    tiny: dict[str, Any]
    """What is added to the base, so that it can be seen."""


SYSTEMS: dict[int, System] = {
    1: System(
        "Support desk",
        ("support", "people.support"),
        (
            *("contacts", "contacts_per_order", "asa", "abandonment_rate"),
            *("first_contact_resolution", "support_backlog_max", "utilization:support"),
        ),
        ("wages",),
        {"support": DESK | {"patience": "20 min", "calls_again": "50%"}, "people": AGENTS},
    ),
    2: System(
        "Clear information up front",
        ("support.information_up_front",),
        ("contacts",),
        ("information",),
        {
            "support": DESK | {"information_up_front": {"faq": {"contacts": 0.5, "cost": 100}}},
            "people": AGENTS,
        },
    ),
    3: System(
        "Proactive communication",
        ("messages",),
        ("messages_sent",),
        ("updates",),
        {"messages": [{"name": "news", "first_after": "1 day", "cost": 0.1, "patience": 1.5}]},
    ),
    4: System(
        "Staff up to date on inventory",
        (
            *("support.information_age", "messages.information_age"),
            *("storefront.stock_information_age", "storefront.quote.information_age"),
        ),
        ("wrong_answers", "cancelled_by_contact", "oversold_orders"),
        ("gross_sales",),
        {
            "support": DESK | {"information_age": "5 days", "wrong_answer": {"cancels": "50%"}},
            "people": AGENTS,
            "storefront": {"stock_information_age": "1 day"},
        },
    ),
    5: System(
        "Finding a solution",
        ("support.solutions", "suppliers.NAME.expedite_on_request"),
        ("solutions_offered", "solutions_taken"),
        ("solutions", "purchase_order_cost"),
        {
            "support": DESK
            | {
                "solutions": [
                    {"offer": "expedite", "accepted": "50%"},
                    {"offer": "refund", "accepted": "50%", "cost": 2},
                ]
            },
            "people": AGENTS,
        },
    ),
    6: System(
        "De-escalation training and politeness",
        ("support.training", "support.ends_well", "support.ends_badly"),
        ("contacts_ended_badly",),
        ("de_escalation",),
        {
            "support": DESK
            | {"ends_well": "60%", "training": {"cost_per_agent": 50, "ends_well": "80%"}},
            "people": AGENTS,
        },
    ),
    7: System(
        "Backup plan",
        ("backup_plan",),
        ("gifts_given", "backup_budget_used"),
        ("gifts",),
        {"backup_plan": {"cost": 2, "budget": 50}},
    ),
    8: System(
        "Retention",
        ("retention",),
        ("repeat_rate", "customers_lost"),
        ("customer_value", "profit_with_customer_value"),
        {"retention": {"repeat": {"on_time": "40%", "cancelled": "20%"}, "future_margin": 10}},
    ),
    9: System(
        "Dedicated, trained team and fast release",
        ("people.backorder_team", "people.TEAM.cohorts.learning", "receiving"),
        ("receipt_to_ship_mean", "error_rate"),
        ("errors", "wages"),
        {
            "people": {
                "pick_pack": _team(learning={"errors_start": "30%", "errors_full": "30%"}),
                "backorder_team": _team(),
            },
            "costs": {"error": 10},
        },
    ),
    10: System(
        "Third party",
        ("third_party",),
        ("third_party_parcels", "third_party_share"),
        ("third_party",),
        {"third_party": {"above": 2, "delay": "1 day", "fees": {"per_order": 3}}},
    ),
    11: System(
        "Launches and pre-orders",
        ("products.SKU.launch",),
        ("pre_orders", "launch_fill_rate"),
        ("launches",),
        {
            "products": [
                *BASE["products"],
                {
                    "sku": "N",
                    "price": 50,
                    "launch": {
                        "on_sale": "2026-11-18",
                        "released": "2026-11-25",
                        "units": 60,
                        "cost": 200,
                    },
                },
            ]
        },
    ),
    12: System(
        "Alerts in full",
        ("alerts", "customers.sign_up_for_alert"),
        ("alerts_signed_up", "alerts_converted", "recommended_units"),
        ("messages", "discounts"),
        {
            "storefront": {"when_short": "alerts"},
            "customers": {"accept_backorder": 0, "sign_up_for_alert": 60},
            "alerts": {"discount": "10%", "recommend": {"share": "50%", "product": "B"}},
            "costs": {"message": 0.1},
        },
    ),
    13: System(
        "Forecast value",
        ("forecast_value",),
        ("forecast_error_sales", "forecast_error_backorders"),
        ("forecast_cost_raw_sales",),
        {"forecast_value": {}},
    ),
    14: System(
        "Ship complete, split, drop the line",
        ("storefront.ship", "customers.wants_split", "customers.drop_line"),
        ("split_rate", "extra_parcels", "waiting_lines_space_peak"),
        ("split_postage", "postage"),
        {
            "storefront": {"ship": "choice", "extra_postage": "customer"},
            "customers": {"wants_split": 50},
            "backorder_area": {"positions": "20 shelves of 50 liters"},
        },
    ),
    15: System(
        "Returns, wrapping, carrier, consent",
        ("returns", "wrapping", "carrier", "customers.consent"),
        ("return_rate", "wrapped_rate", "on_time_ship_rate", "no_consent_orders"),
        ("refunds", "return_postage", "wrapping_income", "wrapping", "postage"),
        {
            "returns": {"share": "20%", "after": "2 days", "postage": 5},
            "wrapping": {"share": "20%", "price": 3, "cost": 1},
            "carrier": {
                "pickup": {"mon-sat": "17:00"},
                "capacity": 20,
                "slow": [{"during": "2026-11-23..2026-11-30", "times": 1.5}],
            },
            "customers": {"consent": {"after": "5 days", "consents": "70%"}},
            "costs": {"postage": 5, "peak_surcharge": 1},
        },
    ),
}
