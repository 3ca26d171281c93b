"""Orders that come back: decided when they are shipped."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.chance import amount, happens
from sim.warehouse.flow.heap import push
from sim.warehouse.flow.transit import comes_too_late, delivered_at, promised_ship_date
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import NEVER, PURPOSE_RETURN, PURPOSE_RETURN_AFTER, RECEIPT


@compiled
def may_come_back(s: Flow, o: int) -> None:
    """Order o was shipped now. One that is refused for coming too late is not returned as well."""
    c, order, book = s.counters[0], s.order[o], s.book[o]
    if not _returns(s, o, max(c["returned_share"], c["returned_late"])):
        return  # neither if late nor if not, as most
    left_late = wide(order["ended_at"]) > promised_ship_date(c, s.cuts, order)
    delivered = delivered_at(c, s.slow, order, book, left_late)
    too_late = comes_too_late(c, book, delivered)
    if delivered >= NEVER or (too_late and book["refuses_late"] == 1):
        return
    share = wide(c["returned_late"] if left_late or too_late else c["returned_share"])
    if not _returns(s, o, share):
        return
    after = amount(s, o, wide(PURPOSE_RETURN_AFTER), wide(0), wide(c["returned_after"]))
    if after >= NEVER:
        return
    s.back[o]["at"] = delivered + after
    c["under_way_back"] += 1
    push(s.heap, c, delivered + after, RECEIPT, o)


@compiled
def _returns(s: Flow, o: int, share: int) -> bool:
    """Whether order o comes back if so many (of 2**31) do."""
    return happens(s, o, wide(PURPOSE_RETURN), wide(0), share)
