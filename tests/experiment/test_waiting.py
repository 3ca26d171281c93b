"""Times and causes of one season are those that its figures are made of."""

import pytest

from sim.demand import sample_orders
from sim.experiment.waiting import waiting
from sim.results import kpis
from sim.scenario import load_policies
from sim.warehouse import simulate

SETTINGS = ["demand.orders_per_day=60", "replenishment.service=50%"]


def test_shares_and_causes_are_those_of_the_figures() -> None:
    policies = load_policies("holiday", SETTINGS)
    found = waiting(policies, 1, 3)
    assert list(found.times) == list(found.cancelled) == list(policies)
    for name in ("Backorder", "Out of stock"):
        scenario = policies[name]
        figures = kpis(simulate(scenario, sample_orders(scenario, 1, 3), 1, 3))
        for share, kpi in ((0.5, "cycle_time_p50"), (0.9, "cycle_time_p90")):
            assert found.times[name][share] == pytest.approx(figures[kpi])
        assert found.cancelled[name].sum() == figures["cancelled_orders"]
    assert found.cancelled["Backorder"].sum() > 0
    assert "patience was over" in found.cancelled.index


def test_every_cause_has_words() -> None:
    from sim.experiment.waiting import CAUSES
    from sim.results.tables import REASON

    lost = {"left", "blocked", "not_converted", "season_over"}
    assert set(CAUSES) == set(REASON.values()) - lost
