"""What the third party was given, and what it charges."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.results.view import View


def third_party_fees(view: View) -> float:
    """All that it charges for orders that the profit and loss covers, and for stock."""
    terms, ledger, counts = view.scenario.third_party, view.ledger, view.counts.total
    if terms is None:
        return 0.0
    fees = terms.fees
    received, stored = counts["charged_third_units"], counts["charged_third_stored"]
    if terms.above == 0:
        arrived = view.during(ledger.deliveries["received_at"])
        received = int(ledger.deliveries["units"][arrived].sum())
        held = ledger.marks.skus["held_time"]
        stored = int((held[1] - held[0]).sum())
    rate = fees.storage_per_unit.per_ms_rate if fees.storage_per_unit is not None else 0.0
    handling = (
        fees.per_order * counts["charged_third"] + fees.per_line * counts["charged_third_lines"]
    )
    return terms.setup + fees.per_receipt_unit * received + rate * stored + handling
