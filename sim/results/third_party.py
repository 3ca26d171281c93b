"""What the third party was given, and what it charges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.warehouse.ledger import line_table
from sim.warehouse.words import NONE, THIRD_PARTY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.results.view import View


def handed_over(view: View) -> NDArray[np.bool_]:
    """Which parcels the third party was given."""
    parcels = view.ledger.parcels
    given: NDArray[np.bool_] = (parcels["home"] == THIRD_PARTY) & (parcels["order"] != NONE)
    return given


def third_party_fees(view: View) -> float:
    """All that it charges for orders that the profit and loss covers, and for stock."""
    terms, ledger = view.scenario.third_party, view.ledger
    if terms is None:
        return 0.0
    fees, parcels, given = terms.fees, ledger.parcels, handed_over(view)
    given[given] = view.counts.of_order["charged"][parcels["order"][given]] == 1
    lines = line_table(ledger)
    sold = lines["parcel"] != NONE
    bought = ledger.book.lines["units"][sold]
    units = np.bincount(lines["parcel"][sold], weights=bought, minlength=len(parcels))
    if terms.above == 0:
        received = float(ledger.deliveries["units"][_in_season(view)].sum())
        held = ledger.marks.skus["held_time"]
        stored = float((held[1] - held[0]).sum())
    else:
        done = np.where(parcels["picked_at"] == NONE, ledger.drained_at, parcels["picked_at"])
        received = float(units[given].sum())
        stored = float((units * (done - parcels["started_at"]))[given].sum())
    rate = fees.storage_per_unit.per_ms_rate if fees.storage_per_unit is not None else 0.0
    handling = fees.per_order * given.sum() + fees.per_line * parcels["lines"][given].sum()
    return float(terms.setup + fees.per_receipt_unit * received + rate * stored + handling)


def _in_season(view: View) -> NDArray[np.bool_]:
    return view.during(view.ledger.deliveries["received_at"])
