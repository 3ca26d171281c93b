"""Nothing of a season stays in memory once its ledger is gone."""

import gc
import weakref

from sim import load_scenario, sample_orders, simulate


def test_the_tables_of_a_season_go_with_its_ledger_without_the_collector():
    scenario = load_scenario("holiday", ["demand.scale=0.01"])
    ledger = simulate(scenario, sample_orders(scenario, 1), 1)
    kept = [weakref.ref(table) for table in (ledger.orders, ledger.lines, ledger.care)]
    gc.disable()
    try:
        del ledger
        assert [table() for table in kept] == [None, None, None]
    finally:
        gc.enable()
