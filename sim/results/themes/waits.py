"""How long customers wait: for the carrier, and for stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.results.kpi import Kpi, ratio
from sim.scenario.units import DAY, HOUR
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from sim.results.view import Integers, View

KPIS = (
    Kpi(
        "cycle_time_mean",
        "Order to carrier, mean",
        "hours",
        "From placing the order to handing over its last parcel; shipped orders.",
        "lower",
    ),
    Kpi("cycle_time_p50", "Order to carrier, median", "hours", "Median of the same.", "lower"),
    Kpi(
        "cycle_time_p90",
        "Order to carrier, 9 of 10 within",
        "hours",
        "90 % quantile of the same.",
        "lower",
        headline=True,
    ),
    Kpi(
        "cycle_time_p99",
        "Order to carrier, 99 of 100 within",
        "hours",
        "99 % quantile of the same.",
        "lower",
    ),
    Kpi(
        "backorder_wait_mean",
        "Wait for stock, mean",
        "days",
        "From placing a backorder until its "
        "last unit was reserved; backorders filled by the end of the run and not cancelled.",
        "lower",
    ),
    Kpi(
        "backorder_wait_p90",
        "Wait for stock, 9 of 10 within",
        "days",
        "90 % quantile of the same, over the same backorders.",
        "lower",
        headline=True,
    ),
    Kpi(
        "receipt_to_ship_mean",
        "Backorders from dock to carrier, mean",
        "hours",
        "From the arrival of the delivery that brought a backorder its last unit, at the dock, to "
        "handing over its last parcel; backorders shipped. A unit that a cancellation freed "
        "arrives at that instant.",
        "lower",
    ),
    Kpi(
        "receipt_to_ship_p90",
        "Backorders from dock to carrier, 9 of 10 within",
        "hours",
        "90 % quantile of the same, over the same backorders.",
        "lower",
    ),
    Kpi(
        "backorders_out_24h",
        "Backorders out within 24 h of receipt",
        "share",
        "Backorders for which that took at most 24 hours, over backorders filled by the end of the "
        "run and not cancelled.",
        "higher",
    ),
    Kpi(
        "stock_wait_mean",
        "Wait for stock over all orders",
        "days",
        "The same over all orders placed and filled, not cancelled; 0 when complete at once.",
        "lower",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Means and quantiles."""
    counts = view.counts
    of_class = view.by_class("cycle_time_mean", "cycle_time", "shipped", HOUR)
    released = _receipt_to_ship(view)
    out = int(np.count_nonzero(released <= DAY))
    return {
        **_spread("cycle_time", counts.cycle, HOUR, (50, 90, 99)),
        **of_class,
        **_spread("backorder_wait", counts.filled, DAY, (90,)),
        "backorders_out_24h": ratio(out, len(counts.filled)),
        **_spread("receipt_to_ship", released, HOUR, (90,)),
        "stock_wait_mean": ratio(counts.total["stock_wait"], counts.total["filled"], DAY),
    }


def _receipt_to_ship(view: View) -> Integers:
    """Time of each backorder that was shipped from the dock to the carrier, in ms."""
    released = view.counts.released
    docks = view.ledger.docks[view.ledger.docks["put_away_at"] != NONE]
    put_away = _by_product(docks["sku"], docks["put_away_at"])
    in_order = np.argsort(put_away, kind="stable")
    reserved = _by_product(released["sku"], released["whole_at"])
    # What was not put away by people at that instant arrived then, or was freed then.
    arrived_at = released["whole_at"].copy()
    if len(docks):
        nearest = np.searchsorted(put_away, reserved, sorter=in_order)
        task = in_order[np.minimum(nearest, len(docks) - 1)]
        brought = put_away[task] == reserved
        arrived_at[brought] = docks["arrived_at"][task[brought]]
    times: Integers = released["left_at"] - arrived_at
    return times


def _by_product(skus: Integers, at: Integers) -> Integers:
    """One number for a product and an instant: no run lasts 2**41 ms, some 25,000 days."""
    key: Integers = skus.astype(np.int64) << 41 | at
    return key


def _spread(name: str, times: Integers, unit: int, shares: tuple[int, ...]) -> dict[str, float]:
    """The mean of some times, and their quantiles: the smallest that so many do not exceed."""
    found = {f"{name}_mean": ratio(times.sum(), len(times), unit)}
    at = np.full(len(shares), np.nan)
    if len(times):
        # In place: of all that is made for the KPIs, these times are the most.
        at = np.quantile(times, np.array(shares) / 100, method="inverted_cdf", overwrite_input=True)
    return found | {
        f"{name}_p{share}": float(ms) / unit for share, ms in zip(shares, at, strict=True)
    }
