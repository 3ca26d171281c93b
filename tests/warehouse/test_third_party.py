"""A third party, by hand: which parcels it is given, when it is done, and what it charges."""

from __future__ import annotations

from typing import Any

import pytest

from sim.results import kpis
from sim.results.tables import tables
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

PRODUCT = [{"sku": "A", "stock": "10 units", "price": 10, "cost": 4}]
PICKER = {"name": "core", "people": 1}
OWN = {
    "pick_pack": {
        "shift": {"daily": "00:00-24:00"},
        "work": {"per_order": "3 hours"},
        "cohorts": [PICKER],
    }
}


def _season(people: Any = None, **terms: Any) -> Any:
    return scenario(products=PRODUCT, third_party=terms, people=people or {})


def test_one_parcel_after_the_other_and_none_before_the_delay() -> None:
    ledger = run(_season(delay="8 hours", per_day=4), *[Buyer(0) for _ in range(3)])
    assert ledger.parcels["started_at"].tolist() == [0, 0, 0]
    assert ledger.parcels["shipped_at"].tolist() == [8 * HOUR, 14 * HOUR, 20 * HOUR]


def test_it_takes_what_comes_above_the_backlog_only() -> None:
    buyers = [Buyer(nth * HOUR) for nth in range(5)]
    ledger = run(_season(OWN, above=1, delay="5 hours"), *buyers)
    # The second waits for the picker until the third hour, and those who come meanwhile are
    # handed over; also the fourth, who comes just then: people start tasks after arrivals.
    assert ledger.parcels["shipped_at"].tolist() == [n * HOUR for n in (3, 6, 7, 8, 9)]
    assert tables(ledger)["parcels"]["third_party"].tolist() == [False, False, True, True, False]
    found = kpis(ledger)
    assert (found["third_party_parcels"], found["third_party_share"]) == (2, 0.4)


def test_without_it_the_backlog_stays() -> None:
    season = scenario(products=PRODUCT, people=OWN)
    ledger = run(season, *[Buyer(nth * HOUR) for nth in range(4)])
    assert ledger.parcels["shipped_at"].tolist() == [3 * HOUR, 6 * HOUR, 9 * HOUR, 12 * HOUR]


def test_what_was_handed_over_is_not_cancelled() -> None:
    ledger = run(_season(delay="2 days"), Buyer(0, patience=DAY))
    assert ledger.orders["ended_at"].tolist() == [2 * DAY]


FEES = {"per_receipt_unit": 1, "storage_per_unit": "24 per day", "per_order": 5, "per_line": 2}


def test_overflow_is_charged_for_what_was_handed_over() -> None:
    season = _season(OWN, above=1, delay="5 hours", fees=FEES, setup=100)
    found = kpis(run(season, *[Buyer(nth * HOUR, 2) for nth in range(4)]))
    assert found["third_party"] == pytest.approx(-(100 + 2 * (2 * 1 + 2 * 5 * 1 + 5 + 2)))


def test_the_whole_operation_is_charged_for_all_stock() -> None:
    found = kpis(run(_season(fees=FEES), Buyer(DAY, 4)))
    stored = 10 * 24 + 6 * 24 * 9
    assert found["third_party"] == pytest.approx(-(stored + 5 + 2))
