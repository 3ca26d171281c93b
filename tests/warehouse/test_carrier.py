"""Cut-offs, pickups, and the ship date that is promised."""

from __future__ import annotations

import numpy as np

from sim.warehouse.carrier import promised_ship_at
from tests.warehouse.small import DAY, HOUR, MINUTE, Buyer, run, scenario


def _season(**carrier):
    return scenario(products=[{"sku": "A", "stock": "100 units"}], carrier=carrier)


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
    at = np.array([16 * HOUR, 16 * HOUR + 1, 4 * DAY + 17 * HOUR], np.int64)
    expected = [18 * HOUR + DAY, 42 * HOUR + DAY, 7 * DAY + 18 * HOUR + DAY]
    assert promised_ship_at(season, at).tolist() == expected


def test_the_promise_skips_closed_days():
    block = {"start": "2026-11-23", "length": "10 days", "closed": ["thanksgiving"]}
    season = scenario(season=block, carrier={"cut_off": "16:00"})
    thursday = np.array([3 * DAY], np.int64)
    assert promised_ship_at(season, thursday).tolist() == [4 * DAY + 18 * HOUR]


def test_without_a_carrier_goods_leave_at_once():
    at = np.array([5, 10 * DAY], np.int64)
    assert promised_ship_at(scenario(), at).tolist() == at.tolist()
    ledger = run(scenario(products=[{"sku": "A", "stock": "1 units"}]), Buyer(HOUR + MINUTE))
    assert ledger.parcels["shipped_at"].tolist() == [HOUR + MINUTE]


def test_promises_far_beyond_the_run_are_still_dates():
    season = _season(cut_off="16:00")
    at = np.array([400 * DAY, 1 << 60], np.int64)
    near, never = promised_ship_at(season, at).tolist()
    assert near == 400 * DAY + 18 * HOUR
    assert never == 1 << 60
