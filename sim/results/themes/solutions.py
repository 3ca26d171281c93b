"""What agents found for customers who waited. Where they look for nothing, that is nan, never 0."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.results.kpi import Kpi
from sim.warehouse.desk_rows import OFFERS, PLANNED

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "solutions_offered",
        "Solutions offered",
        "offers",
        "What agents offered in contacts made in the season to customers who waited for goods, and "
        "could really be done; by solution as `solutions_offered:SOLUTION`.",
    ),
    Kpi(
        "solutions_taken",
        "Solutions found",
        "contacts",
        "Contacts made in the season in which the customer took what was offered; by solution as "
        "`solutions_taken:SOLUTION`.",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Of contacts made in the season; unknown where agents offer nothing."""
    desk, rows = view.scenario.support, view.ledger.contacts
    if desk is None or not desk.solutions:
        return dict.fromkeys((kpi.name for kpi in KPIS), math.nan)
    mine = rows[(rows["state"] != PLANNED) & view.during(rows["asked_at"])]
    offered, taken = {}, {}
    for number, name in enumerate(OFFERS):
        if any(each.offer == name for each in desk.solutions):
            offered[name] = int(np.count_nonzero(mine["offered"] >> number & 1))
            taken[name] = int(np.count_nonzero(mine["solution"] == number))
    return {
        "solutions_offered": sum(offered.values()),
        **{f"solutions_offered:{name}": n for name, n in offered.items()},
        "solutions_taken": sum(taken.values()),
        **{f"solutions_taken:{name}": n for name, n in taken.items()},
    }
