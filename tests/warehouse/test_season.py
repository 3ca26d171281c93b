"""Marks, daily levels, end-of-period charges, and the end of a run."""

from __future__ import annotations

from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

ONE = [{"sku": "A", "stock": "10 units"}]


def test_integrals_are_copied_at_the_start_and_the_end_of_the_window_and_of_the_run():
    season = scenario(season={"length": "4 days", "warm_up": "2 days"}, products=ONE)
    ledger = run(season, Buyer(DAY, units=3), Buyer(3 * DAY, units=5))
    assert ledger.window == (2 * DAY, 6 * DAY)
    assert ledger.marks.at.tolist() == [2 * DAY, 6 * DAY, 6 * DAY]
    held = ledger.marks.skus["held_time"][:, 0].tolist()
    assert held[0] == 10 * DAY + 7 * DAY
    assert held[1] - held[0] == 7 * DAY + 2 * 3 * DAY


def test_levels_of_every_midnight_are_kept():
    ledger = run(scenario(products=ONE), Buyer(HOUR, units=4), Buyer(DAY, units=1))
    assert ledger.days.at.tolist() == [day * DAY for day in range(11)]
    # What happens at midnight happens after the look.
    assert ledger.days.free[:3, 0].tolist() == [10, 6, 5]


def test_end_of_period_charges_add_up_what_is_there_before_anything_else_happens():
    costs = {"inventory": {"charged": "end_of_period", "period": "1 day"}}
    season = scenario(
        season={"length": "3 days"},
        products=[{"sku": "A", "stock": "2 units"}],
        costs=costs,
        replenishment={"rule": "base_stock", "order_up_to": 2},
    )
    ledger = run(season, Buyer(DAY, units=5))
    assert ledger.charges.periods.tolist() == [3, 0]
    # Day 1: 2 held, nobody waits. Days 2 and 3: 3 wait, 2 of the order are staged.
    assert ledger.charges.held[0].tolist() == [2 + 2 + 2]
    assert ledger.charges.backorders[0].tolist() == [0 + 3 + 3]


def test_the_run_goes_on_after_the_season_until_every_order_has_ended():
    season = scenario(replenishment={"rule": "base_stock", "order_up_to": 0})
    ledger = run(season, Buyer(10 * DAY - HOUR))
    assert ledger.drained
    assert ledger.drained_at == 12 * DAY - HOUR


def test_draining_is_given_up_at_the_cap():
    season = scenario(season={"length": "10 days", "drain": "1 day"})
    ledger = run(season, Buyer(HOUR))
    assert not ledger.drained
    assert ledger.drained_at == 11 * DAY
    assert ledger.marks.at[2] == 11 * DAY


def test_a_season_without_shoppers_is_over_at_its_end():
    ledger = run(scenario())
    assert ledger.drained
    assert ledger.drained_at == 10 * DAY
