"""What an agent can do for a customer who waits for goods: offered one by one, if it is real."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.desk_rows import EXCHANGE, EXPEDITE, PARTIAL_SHIPMENT
from sim.warehouse.flow.cancel import leave
from sim.warehouse.flow.chance import happens
from sim.warehouse.flow.exchange import can_exchange, exchange
from sim.warehouse.flow.partial import can_ship_part, ship_part
from sim.warehouse.flow.waiting import misses, sku_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import NONE, PURPOSE_SOLUTION, REFUNDED, WAITING


@compiled
def find_solution(s: Flow, o: int, i: int) -> bool:
    """Contact i about order o was answered: offer what there is, until the customer takes it."""
    order, contact = s.order[o], s.contact[i]
    waits = order["status"] == WAITING and order["missing_lines"] > 0
    if not waits or s.concern[o]["cancels"] != 0:
        return False
    for n in range(s.desk[0]["n_solutions"]):
        offer = wide(s.solution[n]["offer"])
        if not _is_possible(s, o, offer):
            continue
        contact["offered"] |= wide(1) << offer
        purpose = wide(PURPOSE_SOLUTION) + offer
        if happens(s, o, purpose, wide(contact["nth"]), s.solution[n]["accepted"]):
            contact["solution"] = offer
            _carry_out(s, o, i, offer)
            return True
    return False


@compiled
def _is_possible(s: Flow, o: int, offer: int) -> bool:
    """Whether goods, or the supplier's capacity, are really there; a refund always is."""
    if offer == EXPEDITE:
        return _to_be_hurried(s, o) != NONE
    if offer == PARTIAL_SHIPMENT:
        return can_ship_part(s, o)
    return offer != EXCHANGE or can_exchange(s, o)


@compiled
def _carry_out(s: Flow, o: int, i: int, offer: int) -> None:
    """The customer takes it. A delivery is hurried by the business, before anything else."""
    if offer == EXPEDITE:
        k = _to_be_hurried(s, o)
        s.contact[i]["sku"] = k
        s.counters[0]["hurry"] = k + 1
    elif offer == PARTIAL_SHIPMENT:
        ship_part(s, o)
    elif offer == EXCHANGE:
        exchange(s, o)
    else:
        leave(s, o, wide(REFUNDED))


@compiled
def _to_be_hurried(s: Flow, o: int) -> int:
    """The first product that order o misses whose next delivery can be hurried; NONE: none can."""
    now, first = s.counters[0]["now"], wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        k = sku_of(s, j)
        if misses(s, j) and s.sku[k]["hurry_from"] <= now:
            return k
    return wide(NONE)
