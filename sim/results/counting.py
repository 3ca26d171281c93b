"""What a run's orders, lines and parcels add up to, on the terms of its scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.carrier import has_pickups, promised_cuts, slow_stretches
from sim.warehouse.counts import Counts, Terms, count
from sim.warehouse.run import Times
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from sim.results.view import View


def counts_of(view: View) -> Counts:
    """Count a run by its carrier's promises and the targets of its scenario."""
    scenario, ledger = view.scenario, view.ledger
    carrier = scenario.carrier
    promise = None if carrier is None else carrier.promise
    # The latest promise made is not later than the run and its longest quote.
    latest = ledger.drained_at + int(ledger.orders["quote"].max(initial=0))
    row = {
        "carrier": has_pickups(scenario),
        "handling": 0 if carrier is None else carrier.handling,
        "express": carrier is not None and carrier.express is not None,
        "promise": NONE if promise is None else promise,
        "margin": scenario.customers.needed_by_margin,
        "service_target": view.service_target,
    }
    times = Times.of(scenario)
    cuts = promised_cuts(scenario, times, latest)
    return count(ledger, Terms(cuts, slow_stretches(scenario, times), row))
