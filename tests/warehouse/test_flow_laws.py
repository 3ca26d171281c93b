"""Every law, recomputed from scratch at every stop of busy shops; and the same bytes uncompiled."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.warehouse.allocate import State
from sim.warehouse.state import (
    CANCELLED,
    EXPECTED,
    FIRST_PICK,
    LOST,
    NONE,
    PICKING,
    SHIPPED,
    WAITING,
)
from tests.warehouse.busy import SKUS, build, live

ROOT = Path(__file__).parents[2]


def audit(state: State) -> None:
    """Compare what the flow keeps with what follows from orders, lines and parcels."""
    arrived = int(state.c["next_order"])
    orders, lines = state.order[:arrived], state.line
    owner = np.repeat(np.arange(len(state.order)), state.book["n_lines"])
    status = state.order["status"][owner]
    held = np.isin(status, (WAITING, PICKING)) & (lines["dropped"] == 0)
    accepted = held | ((status == SHIPPED) & (lines["dropped"] == 0))
    picked_at = state.parcel["picked_at"][lines["parcel"]]
    shipped_at = state.parcel["shipped_at"][lines["parcel"]]
    in_storage = held & (picked_at == NONE)
    for k in range(SKUS):
        mine, sku = lines["sku"] == k, state.sku[k]
        missing = (lines["units"] - lines["reserved"])[held & mine].sum()
        assert sku["backorders"] == missing
        assert not (sku["free"] > 0 and missing > 0)
        reserved = lines["reserved"][in_storage & mine].sum()
        assert sku["reserved"] + sku["staged"] == reserved
        assert sku["staged"] == (lines["staged"] + lines["general"])[mine].sum()
        shipped = accepted & (shipped_at != NONE) & mine
        assert sku["shipped"] == lines["units"][shipped].sum()
        packed = accepted & (picked_at != NONE) & (shipped_at == NONE) & mine
        assert sku["picked"] == lines["units"][packed].sum()
        at_dock = state.dock[: state.c["dock_n"]]
        waits = (at_dock["sku"] == k) & (at_dock["put_away_at"] == NONE)
        assert sku["at_dock"] == at_dock["units"][waits].sum()
        on_hand = sku["free"] + sku["at_dock"]
        assert sku["position"] == on_hand + sku["on_order"] - sku["backorders"]
    volume = state.sku["volume"][lines["sku"]]
    assert state.c["used"] == (lines["staged"] * volume).sum()
    queued = ((lines["units"] - lines["reserved"]) * volume)[held].sum()
    assert state.c["committed"] == state.c["used"] + queued
    assert state.c["in_system"] == np.isin(orders["status"], (WAITING, PICKING)).sum()
    assert state.c["backorders_open"] == (orders["missing_lines"] > 0).sum()
    _audit_work(state)


def _audit_work(state: State) -> None:
    for q in range(FIRST_PICK, len(state.queue)):
        inside = (state.parcel["queue"] == q) & (state.parcel["order"] != NONE)
        inside &= state.parcel["ready_at"] != NONE
        used = np.arange(len(inside)) < state.c["parcel_n"]
        used[: len(state.order)] &= state.order["status"] != EXPECTED
        assert state.queue[q]["length"] == (inside & used).sum()
        assert state.queue[q]["work"] == state.parcel["remaining"][inside & used].sum()
    people = state.person
    for t in range(len(state.team)):
        mine = people["team"] == t
        busy = mine & (people["task"] != NONE)
        assert state.team[t]["busy"] == busy.sum()
        assert state.team[t]["on_duty"] == (mine & (people["on_duty"] != 0)).sum()
        assert state.team[t]["idle"] == state.team[t]["on_duty"] - state.team[t]["busy"]
    packing = (people["task"] != NONE) & (people["queue"] >= state.c["first_pack"])
    assert state.c["stations_busy"] == packing.sum() <= state.c["stations"]


@pytest.mark.parametrize("seed", range(64))
def test_every_law_holds_at_every_stop_of_a_busy_shop(seed: int) -> None:
    shop = build(seed, n=400)
    live(shop, audit)
    audit(shop)
    orders = shop.order
    ended = np.isin(orders["status"], (SHIPPED, CANCELLED, LOST))
    assert ended.all()
    assert (shop.c["used"], shop.c["committed"], shop.c["backorders_open"]) == (0, 0, 0)
    accepted = orders["accepted_at"] != NONE
    stay = (orders["ended_at"] - orders["accepted_at"])[accepted]
    assert shop.c["in_system_time"] == stay.sum()
    assert (stay >= 0).all()
    at_work = shop.person[shop.person["task"] != NONE]
    in_hand = (shop.c["now"] - at_work["task_from"]).sum()
    assert shop.team["busy_time"].sum() == shop.person["busy_ms"].sum() + in_hand
    units = shop.sku["received"] - shop.sku["shipped"] - shop.sku["free"] - shop.sku["at_dock"]
    assert (units == -build(seed, n=400).sku["free"]).all()
    times = shop.parcel[shop.parcel["shipped_at"] > 0]
    for before, after in (
        ("ready_at", "started_at"),
        ("started_at", "picked_at"),
        ("picked_at", "packed_at"),
        ("packed_at", "shipped_at"),
    ):
        assert (times[before] <= times[after]).all()


def test_plain_python_gives_the_same_bytes() -> None:
    seeds = [str(seed) for seed in (0, 1, 2, 7, 29, 46)]
    printed = []
    for disabled in ("0", "1"):
        run = subprocess.run(
            [sys.executable, "-m", "tests.warehouse.busy", *seeds],
            cwd=ROOT,
            env={**os.environ, "NUMBA_DISABLE_JIT": disabled},
            capture_output=True,
            text=True,
            check=True,
        )
        printed.append(run.stdout)
    assert printed[0] == printed[1]
    assert len(printed[0].splitlines()) == len(seeds)
