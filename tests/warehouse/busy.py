"""A shop where everything happens: `python -m tests.warehouse.busy SEED` prints what it came to.

Times are rounded to tens of milliseconds, so that many events are simultaneous.
"""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import numpy as np

from sim.demand.order_book import LINE, blank_orders
from sim.demand.spans import ENDLESS
from sim.warehouse import flow
from sim.warehouse.allocate import GROWING, State, allocate
from sim.warehouse.state import TABLES
from sim.warehouse.words import (
    DRAINED,
    NONE,
    RECEIPT,
    RECEIVE,
    REORDER,
    SHIFT_END,
    SHIFT_START,
    WITHDRAW,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SKUS, PEOPLE, END, CAP = 6, 6, 40_000, 90_000


def build(seed: int, n: int = 1500) -> State:
    """Random customers and settings."""
    draw = np.random.default_rng(seed)
    orders = blank_orders(n)
    orders["placed_at"] = np.sort(draw.integers(-1000, END, n)) // 10 * 10
    orders["n_lines"] = draw.integers(1, 4, n)
    orders["first_line"] = np.cumsum(orders["n_lines"]) - orders["n_lines"]
    orders["class_"] = draw.integers(0, 2, n)
    orders["flags"] = draw.integers(0, 32, n) * 2 | (orders["placed_at"] < 0)
    for name, high in (("max_quote", 9000), ("patience", 9000), ("other_after", 20_000)):
        orders[name] = draw.integers(0, high, n) // 10 * 10
    orders["other_cause"] = draw.integers(4, 6, n)
    orders["elsewhere_after"] = draw.integers(0, 9000, n) // 10 * 10
    orders["needed_by"] = np.where(draw.random(n) < 0.3, draw.integers(0, CAP, n), ENDLESS)
    orders["alert_opened_after"] = draw.integers(0, 30, n) * 10
    orders["alert_intent"] = draw.integers(-1, 5000, n)
    orders["comeback_after"] = draw.integers(0, 300, n) * 10
    orders["work_ppm"] = draw.integers(0, 2_000_000, n)
    orders["error_u"] = draw.integers(0, 1_000_000, n)
    lines = np.zeros(int(orders["n_lines"].sum()), LINE)
    for row in orders:
        first, count = int(row["first_line"]), int(row["n_lines"])
        lines["sku"][first : first + count] = draw.permutation(SKUS)[:count]
    lines["units"] = draw.integers(1, 4, len(lines))
    split, by_class = bool(seed & 1), bool(seed & 2)
    state = allocate(
        orders,
        lines,
        n_skus=SKUS,
        n_people=PEOPLE,
        n_teams=3,
        n_classes=2,
        n_cuts=9,
        split=split,
        by_class=by_class,
    )
    _settle_parameters(state, seed, draw)
    return state


def _settle_parameters(state: State, seed: int, draw: np.random.Generator) -> None:
    sku = state.sku
    sku["mode"] = draw.integers(0, 4, SKUS)
    sku["free"] = sku["position"] = draw.integers(0, 30, SKUS)
    sku["volume"] = draw.integers(1, 9, SKUS)
    sku["elsewhere"] = draw.integers(0, 2, SKUS)
    sku["substitute"] = draw.integers(-1, SKUS, SKUS)
    sku["trigger"], sku["armed"], sku["cap_units"] = 10, 1, 60
    sku["standard_wait"] = 3000
    state.cuts["order_by"] = np.arange(9) * 10_000
    state.cuts["ships_at"] = state.cuts["order_by"] + 500
    settings = {
        "n_steps": 5,
        **{f"step{n}": int(step) for n, step in enumerate(draw.permutation(5))},
        "sign_up_again": 1,
        "sign_up_threshold": 1 << 30,
        "come_back_threshold": 1 << 30,
        "comebacks_at_most": 3,
        "hash_key": seed,
        "withdraws": seed >> 2 & 1,
        "mail_all": seed >> 3 & 1,
        "mail_gap": int(draw.integers(0, 3)) * 50,
        "recheck": seed >> 4 & 1,
        "has_area": 1,
        "capacity": 300,
        "when_full": seed % 3,
        "check_area": seed % 3 == 0,
        "slow_retrieval": 1700,
        "carrier": seed >> 5 & 1,
        "patience_from_promise": seed >> 1 & 1,
        "two_stage": 1,
        "stations": 2,
        "backorder_pick": 1,
        "room_team": 0,
        "pick_order": 30,
        "pick_line": 20,
        "pick_unit": 10,
        "pack_order": 40,
    }
    for name, value in settings.items():
        state.c[name] = value
    pack = int(state.c["first_pack"])
    state.serves[0, :4] = [RECEIVE, 2, 3, 4]
    state.serves[1, :2] = [4, 3]
    state.serves[2, :3] = [pack, pack + 1, pack + 2]
    state.team["waiting_room"] = 40
    state.team["pauses"] = draw.integers(0, 2, 3)
    state.person["team"] = [0, 0, 0, 1, 2, 2]


def live(state: State, look: Callable[[State], None] | None = None) -> None:
    """A simple business around the flow: purchases, shifts, pickups, the end of the season.

    `look` sees the state after every stop of the flow.
    """
    agenda = [(at, SHIFT_START, 0) for at in range(0, CAP, 2000)]
    agenda += [(at, SHIFT_END, 0) for at in range(1500, CAP, 2000)]
    agenda += [(END, 0, 0), (CAP, 0, 1)]
    drained = False
    while agenda and not drained:
        agenda.sort()
        at, rank, _ = agenda[0]
        reason = flow.advance(state, at, rank)
        if look:
            look(state)
        if reason == REORDER:
            now = int(state.c["now"])
            for k in np.flatnonzero(state.sku["noted_at"] != NONE):
                units = 40 + 7 * int(k)
                state.sku[k]["noted_at"], state.sku[k]["armed"] = NONE, 1
                state.sku[k]["position"] += units
                state.sku[k]["on_order"] += units
                agenda.append((now + 900 * int(k), RECEIPT, int(k) * 1000 + units))
        elif reason == WITHDRAW:
            state.sku["withdraw"] = 0
        elif reason == DRAINED:
            drained = True
        else:
            _happen(state, *agenda.pop(0))
    flow.settle(state, max(CAP, int(state.c["now"])))


def _happen(state: State, at: int, rank: int, what: int) -> None:
    if rank == SHIFT_START:
        for person in range(PEOPLE):
            flow.staff_on(state, at, [(person, 700 + 100 * person, 100_000)])
    elif rank == SHIFT_END:
        for person in reversed(range(PEOPLE)):
            flow.staff_off(state, at, [person])
        flow.pickup(state, at, 30)
    elif rank == RECEIPT:
        k, units = divmod(what, 1000)
        state.sku[k]["on_order"] -= units
        if k % 2:
            flow.receive(state, at, k, units)
        else:
            flow.dock(state, at, k, units, RECEIVE, 3 * units)
    elif at == END:
        flow.end_season(state, at)


def digest(state: State) -> str:
    """Every byte of the state."""
    total = hashlib.sha256()
    for name in TABLES:
        table = getattr(state, name)
        filled = int(state.c[f"{name}_n"]) if name in GROWING else len(table)
        for field in table.dtype.names:
            total.update(np.ascontiguousarray(table[field][:filled]).tobytes())
    return total.hexdigest()


if __name__ == "__main__":
    for number in map(int, sys.argv[1:]):
        busy = build(number)
        live(busy)
        sys.stdout.write(f"{number} {digest(busy)} {busy.order['status'].tolist()[:40]}\n")
