"""The support desk: how many ask, how long they wait, and what becomes of their question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.results.kpi import Kpi, ratio
from sim.results.timeline import covered
from sim.warehouse import words as s
from sim.warehouse.desk_rows import ABANDONED, ANSWERED, CAUSES, IN_HAND, PLANNED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.results.view import View

    Array = NDArray[Any]

NAN = float("nan")
MINUTE, SECOND = 60_000, 1_000
KPIS = (
    Kpi(
        "contacts",
        "Customers asked",
        "contacts",
        "Contacts made in the season, calls again included; by cause as `contacts:CAUSE`.",
        "lower",
    ),
    Kpi(
        "contacts_per_order",
        "Contacts per order",
        "contacts",
        "`contacts` over `accepted_orders`.",
        "lower",
    ),
    Kpi(
        "support_service_level",
        "Contacts answered within the target",
        "share",
        "Contacts answered within `service_target` of the support team, over all contacts made in "
        "the season, abandoned ones included.",
        "higher",
    ),
    Kpi(
        "support_wait_probability",
        "Had to wait for an agent",
        "share",
        "Contacts that were not answered at the instant when they were made, over `contacts`.",
        "lower",
    ),
    Kpi(
        "asa",
        "Wait for an agent, mean (ASA)",
        "seconds",
        "From asking to the answer: average speed of answer, of contacts made in the season and "
        "answered.",
        "lower",
    ),
    Kpi(
        "contact_wait_mean",
        "Time in line, mean",
        "seconds",
        "From asking to the answer or hanging up, over `contacts`.",
        "lower",
    ),
    Kpi(
        "abandonment_rate",
        "Hung up",
        "share",
        "Contacts abandoned before an agent answered, over `contacts`.",
        "lower",
    ),
    Kpi(
        "contact_aht",
        "Time per contact, mean (AHT)",
        "minutes",
        "From the answer to the end of the work after it, of contacts made in the season and "
        "finished.",
        "lower",
    ),
    Kpi(
        "first_contact_resolution",
        "Resolved at the first answer",
        "share",
        "Questions whose first answered contact was right and ended well, over questions first "
        "asked in the season.",
        "higher",
    ),
    Kpi(
        "support_backlog_max",
        "Longest line at the desk",
        "contacts",
        "Most contacts made and not yet answered.",
        "lower",
    ),
    Kpi(
        "support_backlog_mean",
        "Mean line at the desk",
        "contacts",
        "Time-weighted mean of the same over the season's time.",
        "lower",
    ),
    Kpi(
        "wrong_answers",
        "Wrong answers",
        "contacts",
        "Contacts made in the season and answered from information that was out of date.",
        "lower",
    ),
    Kpi(
        "contacts_ended_badly",
        "Contacts that ended badly",
        "contacts",
        "Contacts made in the season that ended badly, whatever the answer.",
        "lower",
    ),
    Kpi(
        "cancelled_by_contact",
        "Orders cancelled in a contact",
        "orders",
        "Orders of the season cancelled at a wrong answer, or at the end of a bad contact.",
        "lower",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Of contacts made in the season; unknown without a desk."""
    desk = view.scenario.support
    if desk is None:
        return dict.fromkeys((kpi.name for kpi in KPIS), NAN)
    rows = view.ledger.contacts
    made = rows[rows["state"] != PLANNED]
    mine = made[view.during(made["asked_at"])]
    over = mine[mine["state"] == ANSWERED]
    by_cause = np.bincount(mine["cause"], minlength=len(CAUSES)).tolist()
    causes = {f"contacts:{name}": n for name, n in zip(CAUSES, by_cause, strict=True)}
    taken = over["ended_at"] - over["answered_at"]
    return {
        "contacts": len(mine),
        **causes,
        "contacts_per_order": ratio(len(mine), view.counts.total["accepted"]),
        **_waits(view, mine),
        "contact_aht": ratio(int(taken.sum()), len(over), MINUTE),
        "first_contact_resolution": _resolved_at_once(view, rows),
        **_line(view, made),
        "wrong_answers": int(np.count_nonzero(over["right"] == 0)),
        "contacts_ended_badly": int(np.count_nonzero(over["well"] == 0)),
        "cancelled_by_contact": _cancelled(view),
    }


def _left_at(view: View, rows: Array) -> Array:
    """When each contact left the line; the end of the run if it did not."""
    left = np.where(rows["state"] == ABANDONED, rows["ended_at"], rows["answered_at"])
    return np.where(left == s.NONE, view.ledger.drained_at, left)


def _waits(view: View, mine: Array) -> dict[str, float]:
    """How long it took until somebody answered."""
    team = view.scenario.people.support
    target = None if team is None else team.service_target
    waited = _left_at(view, mine) - mine["asked_at"]
    answered = (mine["state"] == ANSWERED) | (mine["state"] == IN_HAND)
    at_once = int(np.count_nonzero(answered & (waited == 0)))
    in_time = 0 if target is None else int(np.count_nonzero(answered & (waited <= target)))
    abandoned = int(np.count_nonzero(mine["state"] == ABANDONED))
    return {
        "support_service_level": NAN if target is None else ratio(in_time, len(mine)),
        "support_wait_probability": ratio(len(mine) - at_once, len(mine)),
        "asa": ratio(int(waited[answered].sum()), int(np.count_nonzero(answered)), SECOND),
        "contact_wait_mean": ratio(int(waited.sum()), len(mine), SECOND),
        "abandonment_rate": ratio(abandoned, len(mine)),
    }


def _line(view: View, made: Array) -> dict[str, float]:
    most, mean = covered(made["asked_at"], _left_at(view, made), view.window)
    return {"support_backlog_max": most, "support_backlog_mean": mean}


def _resolved_at_once(view: View, rows: Array) -> float:
    """Questions of the season whose first answer settled them, over all of them."""
    first = rows["first"] == np.arange(len(rows))
    asked = first & (rows["state"] != PLANNED) & view.during(rows["asked_at"])
    over = np.flatnonzero(rows["state"] == ANSWERED)
    # Contacts about one thing come in order of time: the first of each that was answered.
    questions, place = np.unique(rows["first"][over], return_index=True)
    answers = rows[over[place]]
    settled = np.zeros(len(rows), dtype=bool)
    settled[questions] = (answers["right"] == 1) & (answers["well"] == 1)
    return ratio(int(np.count_nonzero(settled & asked)), int(np.count_nonzero(asked)))


def _cancelled(view: View) -> int:
    """Orders of the season that were cancelled because of a contact."""
    orders, book = view.ledger.orders, view.ledger.book.orders
    reasons = orders["reason"]
    mine = np.flatnonzero((reasons == s.WRONG_ANSWER) | (reasons == s.ENDED_BADLY))
    placed, opened = book["placed_at"][mine], book["flags"][mine] & s.OPENED
    return int(np.count_nonzero(view.during(placed) & (opened == 0)))
