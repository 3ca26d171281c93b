"""For each law, a bug that it exists for. `python -m tests.laws.bugs` plants them all in turn.

Run with `NUMBA_DISABLE_JIT=1`; prints what stopped each run, as JSON.
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any

from sim.errors import LawBroken
from sim.results import kpis
from tests.laws.care_bugs import OF_CARE
from tests.laws.desk_bugs import OF_CONTACTS
from tests.laws.extra_bugs import OF_EXTRAS
from tests.laws.planting import Bug, planted
from tests.laws.seasons import run

FLOW = "warehouse.flow."
SHIPPED = 'sku["shipped"] += units'
NOTED = 'row["committed"] = c["committed"]'

OF_THE_PATH = (
    Bug(
        "units are never negative",
        FLOW + "parcels",
        'sku["reserved"] -= units',
        'sku["reserved"] -= units + 1000',
    ),
    Bug(
        "no free unit lies beside a line that it could fill",
        FLOW + "stock",
        "while left > 0 and",
        "while left > units and",
    ),
    Bug(
        "waiting lines are served first in, first out",
        FLOW + "stock",
        'w = wide(s.queued[row]["head"])',
        'w = wide(s.queued[row]["tail"])',
    ),
    Bug(
        "no able person is idle beside work that could start",
        FLOW + "parcels",
        's.counters[0]["dirty"] = 1',
        's.counters[0]["dirty"] = 0',
    ),
    Bug(
        "space used is at least 0 and at most what is committed",
        FLOW + "area",
        'c["committed"] += footprint',
        'c["committed"] += 0',
    ),
    Bug("time never runs backwards", FLOW + "heap", 'x["at"] < y["at"]', 'x["at"] > y["at"]'),
    Bug(
        "orders change status only along legal ways",
        FLOW + "cancel",
        'if s.order[o]["status"] != WAITING:',
        'if s.order[o]["ended_at"] != NONE:',
    ),
    Bug(
        "the order book runs on in time, and names known products and classes",
        FLOW + "advance",
        'o = c["next_order"] + 1',
        'o = c["next_order"] + 2',
    ),
    Bug(
        "tasks are started first in, first out",
        FLOW + "third_party",
        's.parcel[c["third_tail"]]["next"] = i',
        'parcel["next"], c["third_head"] = c["third_head"], i',
        "outside",
    ),
    Bug(
        "tasks are started first in, first out",
        FLOW + "work",
        'i = wide(queue["head"])',
        'i = wide(queue["tail"])',
    ),
    Bug("busy people are on duty", FLOW + "people", "leave_idle(s, p)", "pass"),
    Bug(
        "no more pack stations are busy than there are",
        FLOW + "work",
        'station = c["stations_busy"] < c["stations"] or not takes_station(s, q)',
        "station = True",
    ),
    Bug(
        "space used is within the capacity, or counted as overflow",
        FLOW + "area",
        'room = c["used"] + footprint <= c["capacity"]',
        "room = True",
        "general storage",
    ),
    Bug(
        "a cancelled order holds nothing",
        FLOW + "cancel",
        'wait["reserved"] = 0',
        'wait["reserved"] = held',
    ),
    Bug(
        "the inventory position is as recomputed",
        FLOW + "accept",
        'sku["position"] -= units',
        'sku["position"] -= taken',
    ),
    Bug(
        "the carrier takes first what was packed first",
        FLOW + "queues",
        'before > i and parcel[before]["packed_at"] == at',
        "before > i",
    ),
)
"""Laws that the flow asserts at the event that could break them."""

OF_ROWS = (
    Bug(
        "every order ends in exactly one fate",
        FLOW + "alerts",
        'order["ended_at"] = c["now"]',
        'order["ended_at"] = NONE',
    ),
    Bug("a cancelled order has a cause", FLOW + "cancel", '["reason"] = cause', '["reason"] = 0'),
    Bug("a lost order has a reason", FLOW + "alerts", '["reason"] = reason', '["reason"] = 0'),
    Bug(
        "only accepted orders are shipped or cancelled",
        FLOW + "alerts",
        'order["reason"] = reason',
        'order["reason"], order["accepted_at"] = reason, c["now"]',
    ),
    Bug(
        "timestamps never run backwards",
        FLOW + "parcels",
        'parcel["picked_at"] = c["now"]',
        'parcel["picked_at"] = c["now"] - 86_400_000',
    ),
    Bug(
        "a started order is not cancelled",
        FLOW + "parcels",
        'parcel["ready_at"] = c["now"]',
        'parcel["ready_at"] = parcel["started_at"] = c["now"]',
        "nobody picks",
    ),
    Bug(
        "an order ends with its last parcel",
        FLOW + "parcels",
        'order["ended_at"] = c["now"]',
        'order["ended_at"] = parcel["packed_at"]',
    ),
    Bug(
        "an order that was cancelled or lost holds nothing",
        FLOW + "alerts",
        'order["reason"] = reason',
        'order["reason"], s.line[s.book[o]["first_line"]]["wait"] = reason, 0',
    ),
    Bug(
        "a line is whole when it holds all that was asked for, and never holds more",
        FLOW + "stock",
        'wait["whole_at"] = c["now"]',
        'wait["whole_at"] = NONE',
    ),
    Bug(
        "demand is that of the order book",
        FLOW + "quote",
        's.order[o]["substituted"] = 1',
        's.order[o]["substituted"] = 0',
    ),
    Bug(
        "lines travel in parcels of their order",
        FLOW + "parcels",
        'order["ended_at"] = c["now"]',
        'order["ended_at"], s.line[first]["wait"] = c["now"], 0',
    ),
    Bug(
        "space used is at least 0 and at most what is committed",
        FLOW + "area",
        NOTED,
        f'{NOTED} - c["used"] - 1',
    ),
    Bug(
        "space used is within the capacity, or counted as overflow",
        FLOW + "area",
        NOTED,
        'row["used"] = row["committed"] = c["capacity"] + 1',
        "general storage",
    ),
    Bug(
        "space changes are in order of time",
        FLOW + "area",
        's.space[n - 1]["at"] != c["now"]',
        's.space[n - 1]["at"] <= c["now"]',
    ),
)
"""Laws of single rows, checked by the pass over the ledger."""

OF_MONEY = (
    Bug(
        "the lines sum to the total",
        "results.profit",
        '"season_profit": math.fsum(ordered.values())',
        '"season_profit": math.fsum(ordered.values()) + ordered["wages"]',
    ),
    Bug(
        "revenue is what was shipped at its price, less discounts and refunds",
        "results.profit",
        '"gross_sales": math.fsum(units["shipped"] * price)',
        '"gross_sales": math.fsum(units["shipped"] * price[0])',
    ),
)
"""Laws of the profit and loss."""

OF_SUMS = (
    Bug("drained means empty", FLOW + "cancel", 'c["backlog"] -= 1', 'c["backlog"] -= 0'),
    Bug("counts add up: shipped", FLOW + "parcels", 'c["shipped"] += 1', 'c["shipped"] += 2'),
    Bug("counts add up: cancelled", FLOW + "cancel", 'c["cancelled"] += 1', 'c["cancelled"] += 2'),
    Bug("counts add up: lost", FLOW + "alerts", 'c["lost"] += 1', 'c["lost"] += 2'),
    Bug("counts add up: accepted", FLOW + "accept", 'c["accepted"] += 1', 'c["accepted"] += 2'),
    Bug(
        "counts add up: backorders_open",
        FLOW + "cancel",
        'c["backorders_open"] -= 1',
        'c["backorders_open"] -= 0',
        "not drained",
    ),
    Bug(
        "counts add up: backlog",
        FLOW + "cancel",
        'c["backlog"] -= 1',
        'c["backlog"] -= 0',
        "not drained",
    ),
    Bug(
        "counts add up: pickup_n",
        FLOW + "parcels",
        'c["pickup_n"] -= 1',
        'c["pickup_n"] -= 0',
        "not drained",
    ),
    Bug(
        "counts add up: in_system",
        FLOW + "cancel",
        'c["in_system"] -= 1',
        'c["in_system"] -= 0',
        "not drained",
    ),
    Bug(
        "L = lambda W",
        FLOW + "cancel",
        'settle_counts(c)\n    c["in_system"]',
        'c["in_system"]',
    ),
    Bug(
        "on_order is never negative",
        "warehouse.pipeline",
        "on_order[order.sku] -= part.units",
        "on_order[order.sku] -= 2 * part.units\n"
        "            self.run.stock.position[order.sku] -= part.units",
    ),
    Bug(
        "units are conserved",
        FLOW + "parcels",
        SHIPPED,
        'sku["shipped"] += 1',
    ),
    Bug(
        "units are conserved",
        FLOW + "dock",
        'sku["written_off"] += units',
        "pass",
        "sent back",
    ),
    Bug(
        "counts add up: under_way_back",
        FLOW + "dock",
        'c["under_way_back"] -= 1',
        'c["under_way_back"] -= 0',
        "sent back",
    ),
    Bug("sold units are those of the lines", FLOW + "accept", '["sold"] += units', '["sold"] += 1'),
    Bug(
        "shipped units are those of the lines",
        FLOW + "parcels",
        SHIPPED,
        'sku["picked"] += units',
        "not drained",
    ),
    Bug(
        "reserved units are those of the lines",
        FLOW + "accept",
        'sku["reserved"] += taken',
        'sku["staged"] += taken',
        "standstill",
    ),
    Bug(
        "received units are those of deliveries",
        "warehouse.pipeline",
        "(order.id, order.sku, part.units, now)",
        "(order.id, order.sku, part.units + 1, now)",
    ),
    Bug(
        "on order is as recomputed",
        "warehouse.pipeline",
        "order.units,\n                order.withdrawn,",
        "order.units + 1,\n                order.withdrawn,",
    ),
    Bug(
        "no receipt before its order",
        "warehouse.supplier",
        "placed_at=now,",
        "placed_at=now + 10**9,",
    ),
    Bug(
        "units at the dock are those of its tasks",
        FLOW + "work",
        'task["put_away_at"] = c["now"]',
        'task["put_away_at"] = NONE',
    ),
    Bug(
        "space used is what is in it",
        FLOW + "area",
        'c["used"] -= footprint\n    c["committed"] -= footprint',
        "pass",
        "not drained",
    ),
    Bug(
        "space committed is as recomputed",
        FLOW + "cancel",
        'c["committed"] -= missing * sku["volume"]',
        "pass",
        "not drained",
    ),
    Bug(
        "the last change of space is the present",
        FLOW + "parcels",
        "note_space(s)",
        "pass",
    ),
    Bug(
        "busy at most as long as on duty",
        FLOW + "integrals",
        'team["duty_time"] += team["on_duty"] * span',
        "pass",
    ),
    Bug(
        "busy time is that of the people",
        FLOW + "work",
        'person["busy_ms"] += c["now"] - person["task_from"]',
        "pass",
    ),
    Bug(
        "on duty at most as rostered, in overtime, or finishing a task",
        FLOW + "people",
        'if person["on_duty"] == 0 or person["leaving"] != 0:',
        'if person["on_duty"] == 1 or person["leaving"] != 0:',
    ),
    Bug(
        "hours paid are hours rostered, and overtime",
        "warehouse.roster",
        'np.where(inside["paid"], hours, 0)',
        'np.where(inside["paid"], 0, hours)',
    ),
)
"""Laws of sums, integrals and other tables, checked after the run."""

BUGS = (*OF_THE_PATH, *OF_ROWS, *OF_CONTACTS, *OF_SUMS, *OF_CARE, *OF_EXTRAS, *OF_MONEY)


def caught(bug: Bug) -> str:
    """What stopped the run with the bug; empty: nothing did."""
    with planted(bug):
        try:
            kpis(run(bug.season))
        except LawBroken as broken:
            return str(broken)
    return ""


def main() -> None:
    """Run the sound seasons, then plant every bug, and print what was caught."""
    warnings.simplefilter("ignore", RuntimeWarning)  # NumPy's, of numbers that overflow
    told: dict[str, Any] = {}
    for number, bug in enumerate(BUGS):
        try:
            told[str(number)] = caught(bug)
        except Exception as problem:  # noqa: BLE001 - told to the test, which names the bug
            told[str(number)] = f"{type(problem).__name__}: {problem}"
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
