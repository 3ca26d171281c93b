"""Cut-offs, pickups, and the ship date that is promised."""

from __future__ import annotations

import numpy as np

from sim.warehouse.carrier import promised_cuts
from sim.warehouse.run import Times
from sim.warehouse.words import NEVER
from tests.warehouse.small import DAY, HOUR, MINUTE, Buyer, run, scenario


def _season(**carrier):
    return scenario(products=[{"sku": "A", "stock": "100 units"}], carrier=carrier)


def _promised(season, *at):
    """Ship dates that are promised for goods on hand at some instants."""
    cuts = promised_cuts(season, Times.of(season), max(at))
    found = np.searchsorted(cuts["order_by"], at)
    return np.append(cuts["ships_at"], NEVER)[found].tolist()


def test_parcels_leave_with_the_pickup_two_hours_after_the_cut_off():
    ledger = run(_season(cut_off="16:00"), Buyer(HOUR), Buyer(17 * HOUR), Buyer(19 * HOUR))
    hours = [time / HOUR for time in ledger.parcels["shipped_at"].tolist()]
    assert hours == [18, 18, 42]


def test_a_pickup_takes_no_more_than_its_capacity_first_packed_first():
    season = _season(pickup="18:00", capacity=2, capacity_by_weekday={"tue": 1})
    ledger = run(season, *[Buyer(HOUR + n) for n in range(5)])
    days = [time // DAY for time in ledger.parcels["shipped_at"].tolist()]
    assert days == [0, 0, 1, 2, 2]


def test_the_promised_ship_date_is_the_pickup_that_the_cut_off_allows_plus_handling():
    season = _season(cut_off={"mon-fri": "16:00"}, pickup={"mon-sat": "18:00"}, handling="1 day")
    expected = [18 * HOUR + DAY, 42 * HOUR + DAY, 7 * DAY + 18 * HOUR + DAY]
    assert _promised(season, 16 * HOUR, 16 * HOUR + 1, 4 * DAY + 17 * HOUR) == expected


def test_the_promise_skips_closed_days():
    block = {"start": "2026-11-23", "length": "10 days", "closed": ["thanksgiving"]}
    season = scenario(season=block, carrier={"cut_off": "16:00"})
    assert _promised(season, 3 * DAY) == [4 * DAY + 18 * HOUR]


def test_without_a_carrier_goods_leave_at_once():
    assert not len(promised_cuts(scenario(), Times.of(scenario()), 10 * DAY))
    ledger = run(scenario(products=[{"sku": "A", "stock": "1 units"}]), Buyer(HOUR + MINUTE))
    assert ledger.parcels["shipped_at"].tolist() == [HOUR + MINUTE]


def test_promises_far_beyond_the_run_are_still_dates():
    season = _season(cut_off="16:00")
    assert _promised(season, 400 * DAY, NEVER) == [400 * DAY + 18 * HOUR, NEVER]
