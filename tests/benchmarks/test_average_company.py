"""The average company brings its figures about, from causes: cut one, and a figure goes with it.

At a twentieth of its size, with its people, places and dock work. Its products stay 172: each sells
a twentieth, so that chance weighs more. Over seeds 1 to 4 one season has 0.203 and 0.920, with
standard deviations of 0.004 and 0.007, and three together scatter by half that: the intervals are
four of these and more. The whole size is what `benchmarks/average_company.py` runs.
"""

import pytest

from benchmarks.average_company import SHARES, average
from sim import sample_orders, simulate
from sim.results import kpis

BACKORDERED, DUE = (0.185, 0.225), (0.89, 0.95)
TO_ORDER = [f"products.O-{n:03}" for n in range(1, 21)]


def shares(*changes: str, seeds: int = 3) -> tuple[float, float]:
    """Means over some seasons: backorders of orders placed, and cancellations due to them."""
    scenario = average(50_000, *changes)
    found = []
    for seed in range(1, seeds + 1):
        figures = kpis(simulate(scenario, sample_orders(scenario, seed, 0), seed, 0))
        found.append([figures[name] for name in SHARES[:2]])
    first, second = (sum(values) / seeds for values in zip(*found, strict=True))
    return first, second


def within(share: float, interval: tuple[float, float]) -> bool:
    """Whether a share lies in an interval."""
    return interval[0] <= share <= interval[1]


def test_one_order_in_five_is_backordered_and_nine_cancellations_in_ten_are_due_to_that() -> None:
    backordered, due = shares()
    assert within(backordered, BACKORDERED)
    assert within(due, DUE)


@pytest.mark.parametrize(
    "cut",
    [
        ["replenishment.service=95%"],
        ["customers.accept_backorder.at_no_wait=50"],
        ["suppliers.specialist.lead_time=3 days"],
        [f"{product}.stock=5000 units" for product in TO_ORDER],
    ],
    ids=["thin stock", "acceptance", "making takes time", "nothing of it in stock"],
)
def test_backorders_come_from_stock_lead_times_and_customers(cut: list[str]) -> None:
    backordered, _ = shares(*cut, seeds=1)
    assert not within(backordered, BACKORDERED)


@pytest.mark.parametrize(
    "cut",
    [
        ["customers.patience=1000 days"],
        ["customers.changes_mind_after=1000 days"],
    ],
    ids=["patience", "changed minds"],
)
def test_cancellations_come_from_patience_and_changed_minds(cut: list[str]) -> None:
    _, due = shares(*cut, seeds=1)
    assert not within(due, DUE)
