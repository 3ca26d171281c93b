"""How long the orders of one season took under each policy, and why the others were cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from sim.scenario.units import HOUR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario import Scenario

SHARES: Final = (*(share / 100 for share in range(1, 100)), 0.995, 0.999)
"""Shares of orders for which it is told within which time they left."""

CAUSES: Final = {
    "patience": "patience was over",
    "needed_by": "would have come too late",
    "elsewhere": "found it elsewhere",
    "forgot": "forgot it",
    "changed_mind": "changed their mind",
    "no_consent": "did not consent to the delay",
    "wrong_answer": "got a wrong answer",
    "ended_badly": "a contact ended badly",
    "refunded_by_support": "support gave the money back",
}
"""Causes of cancellations in plain words."""


@dataclass(frozen=True, eq=False)
class Waiting:
    """One season under each of its policies, on the same customers."""

    times: pd.DataFrame
    """Order to carrier, as the KPI `cycle_time_mean` counts it: one row per share of `SHARES`, and
    one column of hours per policy; nan: nothing was shipped."""
    cancelled: pd.DataFrame
    """Orders of the season that were cancelled: one row per cause in the words of `CAUSES`, the
    most frequent last; one column per policy."""


def waiting(policies: Mapping[str, Scenario], seed: int = 1, replication: int = 0) -> Waiting:
    """Simulate a season of a study again under every policy.

    Args:
        policies: Of the study.
        seed: Of the study.
        replication: From 0.
    """
    from sim.demand import sample_orders
    from sim.results import tables
    from sim.results.view import View
    from sim.warehouse import simulate

    times, cancelled, book = {}, {}, None
    for name, scenario in policies.items():
        book = sample_orders(scenario, seed, replication, like=book)
        ledger = simulate(scenario, book, seed, replication)
        hours = View(ledger).counts.cycle / HOUR
        # The smallest time that is enough for the share, as KPIs have it.
        known = np.quantile(hours, SHARES, method="inverted_cdf") if len(hours) else np.nan
        times[name] = pd.Series(known, index=pd.Index(SHARES, name="share"))
        orders = tables(ledger)["orders"]
        left = orders[(orders["status"] == "cancelled") & orders["fate"].notna()]
        cancelled[name] = left["reason"].astype(str).map(CAUSES).value_counts()
    causes = pd.DataFrame(cancelled).fillna(0).astype(int)
    return Waiting(pd.DataFrame(times), causes.loc[causes.sum(axis="columns").sort_values().index])
