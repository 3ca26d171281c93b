"""What was done for customers who waited. Where nothing is ever done, that is nan, never 0."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.results.kpi import Kpi
from sim.warehouse.care import notes_slips
from sim.warehouse.care_rows import MILLION

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "slipped_orders",
        "Orders whose promise passed",
        "orders",
        "Orders placed that had neither been shipped nor cancelled when their promise passed. "
        "Known where something depends on it.",
        "lower",
    ),
    Kpi(
        "messages_sent",
        "Messages to customers who wait",
        "messages",
        "Messages sent about orders placed in the season.",
    ),
    Kpi(
        "stale_messages",
        "Messages out of date",
        "messages",
        "Of `messages_sent`, those that told a customer something that was out of date.",
        "lower",
    ),
    Kpi(
        "gifts_given",
        "Gifts for a broken promise",
        "gifts",
        "Orders placed whose customer was given something by the backup plan.",
    ),
    Kpi(
        "backup_budget_used",
        "Given away by the backup plan",
        "money",
        "Gifts with their goods at cost, and discounts in full, of all orders of the run.",
    ),
    Kpi(
        "consents",
        "Consents to a longer wait",
        "consents",
        "How many times customers consented to wait on.",
    ),
    Kpi(
        "no_consent_orders",
        "Orders refunded without consent",
        "orders",
        "Orders placed and cancelled because the customer did not consent to wait on.",
        "lower",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Counts over orders placed in the season; nan where the scenario has no such rule."""
    scenario = view.scenario
    asks, gives = scenario.customers.consent is not None, scenario.backup_plan is not None
    known = {
        "slipped_orders": notes_slips(scenario),
        "messages_sent": bool(scenario.messages),
        "stale_messages": bool(scenario.messages),
        "gifts_given": gives,
        "backup_budget_used": gives,
        "consents": asks,
        "no_consent_orders": asks,
    }
    counts = view.counts.total
    found = {
        "slipped_orders": counts["slipped"],
        "messages_sent": counts["messages"],
        "stale_messages": counts["stale"],
        "gifts_given": counts["given"],
        "backup_budget_used": int(view.ledger.care_plan[0]["used"]) / MILLION,
        "consents": counts["consents"],
        "no_consent_orders": counts["no_consent"],
    }
    return {name: found[name] if there else math.nan for name, there in known.items()}
