"""Every benchmark runs at a tiny size, in this process, and says what its page promises."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks import __main__ as everything
from benchmarks import (
    average_company,
    cluster,
    growth,
    measure,
    profile_year,
    report,
    ship_desk,
    workers,
    year,
)
from benchmarks.oracle_year import against_oracle
from benchmarks.season import year as season
from sim.theory.abandonment import erlang_a

MODULES = (average_company, growth, profile_year, ship_desk, workers, year)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only")


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    for module in MODULES:
        monkeypatch.setattr(module, "in_fresh_process", at_once)


def cells(text: str) -> dict[str, list[str]]:
    """Rows of a table by their first cell."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return {row[0]: row[1:] for row in rows[2:]}


def test_the_ship_desk_is_erlang_a_to_every_contender() -> None:
    rows = cells(ship_desk.report(orders=20_000, runs=1))
    assert list(rows) == [*ship_desk.CONTENDERS, "Erlang A"]
    ratios = {name: float(rows[name][3]) for name in ship_desk.CONTENDERS}
    assert ratios["Peakwise"] == 1
    assert ratios["SimPy, a process per order"] > ratios["SimPy, callbacks"] > 1
    # The same draws in two ways of writing it: not a digit may differ.
    assert rows["SimPy, a process per order"][4:] == rows["SimPy, callbacks"][4:]


def test_the_ship_desk_compares_with_the_closed_form() -> None:
    exact = erlang_a(20.4, 1, 20, mean_patience=2)
    assert exact.abandoned == pytest.approx(ship_desk.CANCELLED, abs=5e-7)
    assert exact.mean_wait == pytest.approx(ship_desk.WAIT, abs=5e-7)


def test_a_contender_off_erlang_a_gets_no_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    timings = {"benchmarks.ship_desk": ship_desk.Timing(1.0, 0.0825, 0.1650)}
    wrong = ship_desk.Timing(9.0, 0.0925, 0.1650)
    monkeypatch.setattr(ship_desk, "timed", lambda module, *_: timings.get(module, wrong))
    rows = cells(ship_desk.report(orders=1_000_000, runs=5))
    assert rows["Peakwise"][3] == "1.0"
    assert {rows[name][3] for name in ship_desk.CONTENDERS} == {"1.0", "not Erlang A"}


@LINUX
def test_the_year_states_every_target() -> None:
    rows = cells(year.report(orders=1000, runs=1, oracle=2000))
    targets = [target for target, _ in rows.values() if target]
    assert targets == ["≤ 1.0 s", "≤ 0.5 s", "≤ 250 B", "≤ 450 B", "≤ 20,000"]
    assert all(measured for _, measured in rows.values())


def test_the_oracle_refuses_another_season(monkeypatch: pytest.MonkeyPatch) -> None:
    import tests.oracle.compare

    monkeypatch.setattr(tests.oracle.compare, "first_difference", lambda *_: "order 7 differs")
    with pytest.raises(RuntimeError, match="order 7 differs"):
        against_oracle(100)


def test_a_smaller_year_is_a_smaller_shop() -> None:
    whole, tenth = season(), season(100_000)
    assert tenth.demand.scale == whole.demand.scale / 10
    assert tenth.backorder_area is not None
    assert whole.backorder_area is not None
    assert tenth.backorder_area.positions.count * 10 == whole.backorder_area.positions.count
    assert tenth.people.pick_pack is not None
    assert tenth.people.pick_pack.cohorts[0].people == 2


def test_the_year_has_about_a_million_orders_and_every_fate() -> None:
    import numpy as np

    from sim import sample_orders, simulate

    scenario = season(20_000)
    books = [sample_orders(scenario, 1, replication) for replication in range(8)]
    mean = np.mean([len(book.orders) for book in books])
    assert mean == pytest.approx(20_000, rel=0.04)
    orders = simulate(scenario, books[0], 1, 0).orders
    assert set(np.unique(orders["status"])) == {6, 7, 8}  # shipped, cancelled, lost
    assert len(np.unique(orders["reason"])) >= 8
    assert 0.1 < np.mean(orders["short_at_first"]) < 0.35


def test_the_profile_adds_up() -> None:
    rows = cells(profile_year.report(orders=1000, runs=1))
    seconds = {part: float(row[0].removesuffix(" s")) for part, row in rows.items()}
    whole = seconds.pop("a replication of a study (without the tables)")
    assert seconds.keys() >= {profile_year.FLOW, profile_year.BUSINESS, *profile_year.INSIDE}
    assert sum(seconds.values()) - seconds["tables"] == pytest.approx(whole, abs=0.01)
    assert all(value >= 0 for value in seconds.values())


def test_the_average_company_shows_its_shares() -> None:
    rows = cells(average_company.report(orders=1000, runs=2))
    assert list(rows) == ["seed 1", "seed 2", "median"]
    assert float(rows["median"][0].replace(",", "")) == pytest.approx(1000, rel=0.1)
    assert all(float(row[4].replace(",", "")) > 0 for row in rows.values()), "hand-backs"
    assert all(0 < float(share) <= 1 for row in rows.values() for share in row[5:])


def test_growth_compares_two_sizes() -> None:
    rows = cells(growth.report(orders=500, times=2, runs=1))
    assert list(rows) == ["500", "1,000"]
    assert rows["500"][1] == "1.00"


def test_workers_compares_short_studies_and_a_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SHORT", (1,))
    rows = cells(workers.report(replications=2, runs=1, percent=1))
    assert list(rows) == ["1", "2"]
    assert float(rows["1"][3]) > 0


def test_a_fresh_process_hands_back_what_was_computed() -> None:
    seconds, total = measure.in_fresh_process(measure.cpu_seconds, _busy)
    assert total == 4_999_950_000
    assert seconds > 0


def _busy() -> int:
    return sum(range(100_000))


@LINUX
def test_a_report_is_timed_file_by_file_from_the_command_on() -> None:
    toy = str(Path(__file__).parents[2] / "docs" / "how-to" / "toy-shop.yaml")
    rows = cells(report.report(seasons=2, runs=1, studies=(toy,)))
    assert list(rows) == [*report.FILES, "target for each"]
    times = {name: float(rows[name][0].removesuffix(" s")) for name in report.FILES}
    assert min(times.values()) > 0.3
    assert times["all four"] < sum(times.values()) - times["all four"]


@pytest.mark.parametrize("module", [*MODULES, cluster, report])
def test_every_table_has_its_place_on_the_page(module: ModuleType) -> None:
    name = module.__name__.removeprefix("benchmarks.")
    assert name in everything.NAMES
    page = everything.PAGE.read_text(encoding="utf-8")
    changed = everything.placed(page, name, "a table")
    assert f"<!-- {name} -->\na table\n<!-- end -->" in changed
    assert everything.placed(changed, name, "a table") == changed
