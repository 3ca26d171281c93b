"""Orders that come back, by hand: when they reach the dock, and what becomes of goods and money."""

from __future__ import annotations

from typing import Any

import pytest

from sim.demand import sample_orders
from sim.errors import BadValue
from sim.results import kpis
from sim.warehouse import simulate
from sim.warehouse.words import NONE, WAITING
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

PRODUCT = [{"sku": "A", "stock": "5 units", "price": 10, "cost": 4}]
TEAM = {"shift": {"daily": "00:00-24:00"}, "cohorts": [{"name": "dock", "people": 1}]}


def _season(products: Any = PRODUCT, **terms: Any) -> dict[str, Any]:
    return {"products": products, "returns": {"share": "100%", "after": "1 day"} | terms}


def test_goods_that_come_back_serve_who_waits_and_then_lie_on_the_shelf() -> None:
    ledger = run(scenario(**_season()), Buyer(0, 5), Buyer(HOUR, 2))
    assert ledger.back["at"].tolist() == [DAY, 2 * DAY]
    assert ledger.orders["ended_at"].tolist() == [0, DAY]
    assert ledger.marks.skus["free"][:, 0].tolist() == [5, 5, 5]


def test_without_returns_who_waits_for_them_waits_on() -> None:
    ledger = run(scenario(**_season() | {"returns": None}), Buyer(0, 5), Buyer(HOUR, 2))
    assert ledger.orders["status"][1] == WAITING
    assert ledger.final_skus["free"][0] == 0


def test_what_cannot_be_sold_again_is_written_off() -> None:
    ledger = run(scenario(**_season(resale=0)), Buyer(0, 2))
    sku, found = ledger.final_skus[0], kpis(ledger)
    assert (sku["free"], sku["returned"], sku["written_off"]) == (3, 2, 2)
    assert (found["gross_sales"], found["refunds"], found["revenue"]) == (20, -20, 0)
    assert (found["cost_of_goods"], found["write_offs"]) == (0, -8)
    assert (found["return_rate"], found["written_off_units"]) == (1, 2)


def test_a_return_costs_postage_and_may_be_paid_back_or_not() -> None:
    terms = _season(refund=False, postage=3)
    found = kpis(run(scenario(**terms), Buyer(0, 2)))
    assert (found["refunds"], found["return_postage"], found["write_offs"]) == (0, -3, 0)
    assert found["cost_of_goods"] == 0  # the goods are on the shelf again


def test_returns_are_work_at_the_dock_and_count_when_it_is_done() -> None:
    work = _season(work="2 hours") | {"people": {"receiving": TEAM}}
    ledger = run(scenario(**work), Buyer(0, 5), Buyer(HOUR, 2))
    assert ledger.docks["put_away_at"].tolist()[0] == DAY + 10 * HOUR
    assert ledger.orders["ended_at"][1] == DAY + 10 * HOUR


def test_what_comes_late_comes_back_more_often() -> None:
    slow = {"transit": "2 days", "slow": [{"during": "0 days..1 days", "times": 2}]}
    terms = _season(share=0, late=1) | {"carrier": slow}
    by = {"needed_by": {"3 days": "100%"}}
    season = scenario(**terms, customers=by)
    ledger = simulate(season, sample_orders(season, 1), 1)
    left = ledger.orders["ended_at"]
    way = [4 * DAY if at < DAY else 2 * DAY for at in left.tolist()]
    needed = [at < 3 * DAY for at in ledger.book.orders["placed_at"].tolist()]
    late = [n and a + w > 3 * DAY for n, a, w in zip(needed, left.tolist(), way, strict=True)]
    back = [at + w + DAY if yes else NONE for at, w, yes in zip(left, way, late, strict=True)]
    assert any(late)
    assert not all(late)
    assert ledger.back["at"].tolist() == back


def test_the_run_waits_for_what_is_on_its_way_back() -> None:
    ledger = run(scenario(**_season(after="12 days")), Buyer(9 * DAY, 1))
    assert ledger.drained
    assert ledger.drained_at == 21 * DAY


def test_work_without_a_receiving_team_is_refused() -> None:
    problems = scenario(**_season(work="5 min")).semantic_problems()
    assert [problem.path for problem in problems] == ["returns.work"]


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises((BadValue, ValueError)):
        scenario(**_season(share="140%"))
