"""Orders in several parcels: what they cost, and the space of lines that wait instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.results.timeline import Curve, step_curve
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.results.view import View


def extra_parcels(view: View) -> int:
    """Parcels beyond the first of their order that were shipped, of orders that are charged."""
    further = view.ledger.parcels[len(view.ledger.orders) :]
    shipped = further["order"][further["shipped_at"] != NONE]
    return int(np.count_nonzero(view.counts.of_order["charged"][shipped] == 1))


def postage_of_customers(view: View) -> float:
    """What customers paid for parcels beyond the first of their order."""
    if view.scenario.storefront.extra_postage == "shop":
        return 0.0
    return view.scenario.costs.postage * extra_parcels(view)


def split_cost(view: View) -> float:
    """Postage and packaging of parcels beyond the first, less what customers paid for them."""
    costs = view.scenario.costs
    return (costs.postage + costs.packaging) * extra_parcels(view) - postage_of_customers(view)


def lines_waiting_for_others(view: View) -> Curve:
    """Milliliters of lines that have all their units and wait for the others of their parcel."""
    ledger, waits = view.ledger, view.ledger.waits
    ready_at = ledger.parcels["ready_at"][waits["parcel"]]
    ended = ledger.orders["ended_at"][ledger.parcels["order"][waits["parcel"]]]
    left = np.where(ended == NONE, ledger.drained_at, ended)
    until = np.where(ready_at == NONE, left, ready_at)
    holds = (waits["whole_at"] != NONE) & (waits["whole_at"] < until)
    line, skus = ledger.book.lines[waits["line"][holds]], ledger.final_skus
    sku = np.where(waits["swapped"][holds], skus["substitute"][line["sku"]], line["sku"])
    volume = skus["volume"][sku] * line["units"]
    return _level(waits["whole_at"][holds], until[holds], volume, view.window)


def _level(
    since: NDArray[np.int64],
    until: NDArray[np.int64],
    amount: NDArray[np.int64],
    window: tuple[int, int],
) -> Curve:
    """The sum of what holds: each amount from an instant until another."""
    at = np.concatenate([since, until])
    in_turn = np.argsort(at, kind="stable")
    levels = np.cumsum(np.concatenate([amount, -amount])[in_turn])
    return step_curve(at[in_turn], levels.astype(np.int64), window)
