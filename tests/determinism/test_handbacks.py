"""How often the order flow hands over to the business: days and purchases decide, not orders."""

from pathlib import Path

import pytest

from sim.demand import sample_orders
from sim.scenario import load_scenario
from sim.warehouse import Ledger, flow, simulate

ROOT = Path(__file__).parents[2]
YEAR = ROOT / "benchmarks" / "year.yaml"
AVERAGE = ROOT / "scenarios" / "average-company.yaml"
MOST = 20_000
"""Most hand-backs of a year of one million orders: together they cost less than a fifth of it."""


def year(orders_per_day: int) -> Ledger:
    """The year in which every part of the model is at work, with so many orders."""
    scenario = load_scenario(YEAR, [f"demand.orders_per_day={orders_per_day}"])
    return simulate(scenario, sample_orders(scenario, 1), 1)


def test_every_return_of_the_flow_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    returns, advance = [], flow.advance

    def counted(*arguments: int) -> int:
        returns.append(advance(*arguments))
        return returns[-1]

    monkeypatch.setattr(flow, "advance", counted)
    assert year(60).handbacks == len(returns)


def test_the_average_company_hands_back_seldom_enough() -> None:
    # Nearly as often as with fifty times the orders: products and the calendar are those.
    scenario = load_scenario(AVERAGE, ["demand.scale=0.02"])
    assert simulate(scenario, sample_orders(scenario, 1), 1).handbacks <= MOST


@pytest.mark.slow
def test_a_year_of_one_million_orders_hands_back_seldom_enough() -> None:
    tenth, whole = year(231), year(2310)
    assert len(whole.orders) > 1_000_000
    assert whole.handbacks <= MOST
    # Ten times the orders: the calendar hands back as before, and only purchases are more.
    more = len(whole.orders) - len(tenth.orders)
    assert whole.handbacks - tenth.handbacks < more / 100
