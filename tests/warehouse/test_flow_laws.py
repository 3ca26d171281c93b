"""Every law, recomputed from scratch at every stop of busy shops; and the same bytes uncompiled."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.warehouse.words import CANCELLED, LOST, NONE, SHIPPED
from tests.laws.audit import audit
from tests.warehouse.busy import build, live

ROOT = Path(__file__).parents[2]


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
