"""Gift wrapping by hand: whose work it is, and what it brings and costs."""

from __future__ import annotations

from typing import Any

import pytest

from sim.results import kpis
from sim.scenario.scenario import Scenario
from tests.warehouse.small import HOUR, MINUTE, Buyer, run, scenario

PRODUCT = [{"sku": "A", "stock": "1000 units", "price": 10}]
WRAPPING = {"share": "100%", "per_parcel": "20 min", "per_unit": "5 min", "price": 4, "cost": 1.5}
CORE = {"name": "core", "people": 1}


def _team(minutes: int) -> dict[str, Any]:
    shift, work = {"daily": "00:00-24:00"}, {"per_order": f"{minutes} min"}
    return {"shift": shift, "work": work, "cohorts": [CORE]}


def _season(terms: Any = WRAPPING, **people: Any) -> Scenario:
    return scenario(products=PRODUCT, wrapping=terms, people=people)


def test_in_one_stage_it_is_work_of_those_who_pick_and_pack() -> None:
    ledger = run(_season(pick_pack=_team(30)), Buyer(0, 3))
    assert ledger.parcels["shipped_at"].tolist() == [65 * MINUTE]


def test_in_two_stages_it_is_work_of_those_who_pack() -> None:
    ledger = run(_season(pick=_team(30), pack=_team(10)), Buyer(0, 3))
    assert ledger.parcels["picked_at"].tolist() == [30 * MINUTE]
    assert ledger.parcels["shipped_at"].tolist() == [75 * MINUTE]


def test_without_it_those_who_pack_are_done_sooner() -> None:
    buyers = [Buyer(0) for _ in range(4)]
    wrapped, plain = (
        run(_season(terms, pick_pack=_team(60)), *buyers) for terms in (WRAPPING, None)
    )
    assert plain.parcels["shipped_at"].tolist() == [n * HOUR for n in (1, 2, 3, 4)]
    assert wrapped.parcels["shipped_at"].tolist() == [n * 85 * MINUTE for n in (1, 2, 3, 4)]


def test_customers_pay_for_it_and_it_takes_material() -> None:
    half = kpis(run(_season(WRAPPING | {"share": "50%"}), *[Buyer(n * HOUR) for n in range(200)]))
    assert 0.4 < half["wrapped_rate"] < 0.6
    assert half["wrapping_income"] == 4 * half["wrapped_orders"]
    assert half["wrapping"] == -1.5 * half["wrapped_orders"]
    none = kpis(run(_season(None), *[Buyer(n * HOUR) for n in range(200)]))
    more = 2.5 * half["wrapped_orders"]
    assert half["season_profit"] - none["season_profit"] == pytest.approx(more)


def test_work_needs_somebody_who_does_it() -> None:
    (problem, _) = _season().semantic_problems()
    assert problem.path == "wrapping.per_parcel"
    assert problem.message == "nobody does it: there is no team that packs"
    assert not _season({"share": "30%", "price": 4}).semantic_problems()
