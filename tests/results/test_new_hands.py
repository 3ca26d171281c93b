"""Who is new is slower and errs, and what that costs; a team of its own for backorders."""

from __future__ import annotations

from typing import Any

import pytest

from tests.results.test_season import season

PLENTY = [{"sku": "MUG", "price": 10, "cost": 4, "stock": "60 units"}]
ALWAYS = {"mon-sun": "00:00-24:00"}


def _crew(learning: dict[str, Any], **blocks: Any) -> dict[str, float]:
    """Ten orders of an hour's work each, one a day, packed by one person."""
    crew = {
        "shift": ALWAYS,
        "work": {"per_order": "1 hour"},
        "cohorts": [{"name": "crew", "people": 1, "learning": learning}],
    }
    basis = {"products": PLENTY, "costs": {"error": 12}, "people": {"pick_pack": crew}}
    return season(**basis | blocks)


NEW = {"start": "50%", "full_after": "1000 days", "errors_start": "100%", "errors_full": "100%"}
TRAINED = {"start": "100%", "errors_start": "0%", "errors_full": "0%"}


def test_errors_of_who_is_new_cost_money() -> None:
    new, trained = _crew(NEW), _crew(TRAINED)
    assert (trained["error_rate"], trained["errors"]) == (0, 0)
    assert (new["error_rate"], new["errors"]) == (1, -10 * 12)
    assert new["season_profit"] == pytest.approx(trained["season_profit"] - 120)


def test_who_is_new_takes_longer() -> None:
    assert _crew(TRAINED)["cycle_time_mean"] == pytest.approx(1)
    assert _crew(NEW)["cycle_time_mean"] == pytest.approx(2, rel=0.01)


def test_who_got_something_wrong_asks() -> None:
    desk = {"contacts": {"wrong_item": "100%"}, "handling": "10 min"}
    agents = {"people": {"support": {"unlimited": True}, "pick_pack": {"cohorts": [_one(NEW)]}}}
    assert _crew(NEW, support=desk, **agents)["contacts:wrong_item"] == 10
    agents["people"]["pick_pack"] = {"cohorts": [_one(TRAINED)]}
    assert _crew(TRAINED, support=desk, **agents)["contacts:wrong_item"] == 0


def _one(learning: dict[str, Any]) -> dict[str, Any]:
    return {"name": "crew", "people": 1, "learning": learning}


def test_a_contact_with_an_agent_who_errs_ends_badly_and_costs_customers() -> None:
    desk = {"contacts": {"placed": "100%"}, "handling": "10 min"}
    memory = {"repeat": {"on_time": 0.5}, "future_margin": 20, "bad_contact": 0.8}

    def asked(learning: dict[str, Any]) -> dict[str, float]:
        people = {"support": {"shift": ALWAYS, "cohorts": [_one(learning)]}}
        return season(products=PLENTY, support=desk, people=people, retention=memory)

    new, trained = asked(NEW), asked(TRAINED)
    assert (new["contacts_ended_badly"], trained["contacts_ended_badly"]) == (10, 0)
    assert (new["customers_lost"], trained["customers_lost"]) == (pytest.approx(1), 0)


def _release(**team: Any) -> float:
    """Hours from dock to carrier: four backorders are released as two other orders wait."""
    work = {"per_order": "2 hours"}
    people = {"shift": ALWAYS, "work": work, "cohorts": [{"name": "crew", "people": 1}]}
    figures = season(
        season={"length": "10 days"},
        demand={"rate": "1 per hour", "arrivals": "fixed", "first_arrival": "213 hours"},
        products=[
            {"sku": "MUG", "share": 0.5, "stock": "0 units"},
            {"sku": "POT", "share": 0.5, "stock": "99 units"},
        ],
        opening={"open_purchase_orders": [{"sku": "MUG", "units": 99, "due": "225 hours"}]},
        people={"pick_pack": people} | team,
    )
    return figures["receipt_to_ship_mean"]


def test_backorders_that_a_team_of_its_own_packs_leave_sooner_after_their_arrival() -> None:
    own = {"shift": ALWAYS, "cohorts": [{"name": "own", "people": 1}]}
    assert _release(backorder_team=own) < _release()
