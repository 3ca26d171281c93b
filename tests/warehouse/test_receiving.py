"""The dock: put away at once, or work of the receiving team with promised units first."""

from __future__ import annotations

from sim.warehouse.words import CROSS_DOCK, RECEIVE
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

COMING = {"open_purchase_orders": [{"sku": "A", "units": 10, "due": "2 days"}]}
WORK = {"per_delivery": "1 hour", "per_unit": "30 min", "per_unit_cross_dock": "10 min"}


def _received(cross_dock, *buyers, opening=COMING):
    season = scenario(
        opening=opening,
        receiving={"cross_dock": cross_dock, "work": WORK},
        people={"receiving": {"cohorts": [{"name": "dock", "people": 1}]}},
    )
    return run(season, *buyers)


def test_without_a_receiving_team_goods_are_put_away_on_arrival():
    ledger = run(scenario(opening=COMING), Buyer(HOUR, units=4))
    assert ledger.parcels["ready_at"].tolist() == [2 * DAY]
    assert len(ledger.docks) == 0


def test_promised_units_are_cross_docked_first_and_carry_the_work_of_the_delivery():
    ledger = _received(True, Buyer(HOUR, units=4))
    assert ledger.docks["queue"].tolist() == [CROSS_DOCK, RECEIVE]
    assert ledger.docks["units"].tolist() == [4, 6]
    crossed = 2 * DAY + HOUR + 40 * HOUR // 60
    assert ledger.docks["put_away_at"].tolist() == [crossed, crossed + 3 * HOUR]
    assert ledger.parcels["ready_at"].tolist() == [crossed]


def test_without_cross_docking_a_delivery_is_one_task():
    ledger = _received(False, Buyer(HOUR, units=4))
    assert ledger.docks["units"].tolist() == [10]
    assert ledger.docks["put_away_at"].tolist() == [2 * DAY + 6 * HOUR]


def test_units_that_a_task_already_brings_are_not_promised_twice():
    twice = {"open_purchase_orders": COMING["open_purchase_orders"] * 2}
    ledger = _received(True, Buyer(HOUR, units=4), opening=twice)
    assert ledger.docks["units"].tolist() == [4, 6, 10]
    assert ledger.docks["queue"].tolist() == [CROSS_DOCK, RECEIVE, RECEIVE]
