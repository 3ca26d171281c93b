"""What was done about orders while their customers waited, and what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.compiled import compiled
from sim.warehouse.state import wide
from sim.warehouse.words import NO_CONSENT, NONE, SHIPPED

if TYPE_CHECKING:
    from sim.warehouse.counts.rows import Rows


@compiled
def count_care(s: Rows, o: int, shopper: bool) -> None:
    """An accepted order that the profit and loss covers; `shopper`: of one of the season."""
    c, care, order = s.counts[0], s.care[o], s.order[o]
    c["charged_spent"] += care["spent"]
    if care["given"] != 0:
        _given(s, o)
    if shopper:
        c["slipped"] += care["slipped_at"] != NONE
        c["messages"] += wide(care["messages"])
        c["stale"] += wide(care["stale"])
        c["consents"] += wide(care["consents"])
        c["no_consent"] += order["reason"] == NO_CONSENT
        c["given"] += wide(care["given"])


@compiled
def _given(s: Rows, o: int) -> None:
    """Its customer was given something: a discount counts if it was shipped and not refunded."""
    t, c = s.terms[0], s.counts[0]
    c["charged_given"] += 1
    paid = s.order[o]["status"] == SHIPPED and s.of_order[o]["refused"] == 0
    if t["refunds_returns"] != 0 and s.back[o]["arrived"] != 0:
        paid = False
    if paid:
        c["charged_discount"] += s.care[o]["given_for"] - t["gift_cost"]
