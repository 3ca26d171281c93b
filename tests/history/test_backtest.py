"""A season is laid beside what happened: week by week, replayed and drawn."""

import datetime as dt
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.history import backtest as backtest_module
from sim.history.backtest import backtest, chance_of_so_few
from sim.history.backtest_words import backtest_in_words, backtest_json
from sim.history.problems import HistoryError
from sim.history.unknown_products import as_season_products
from sim.history.weeks import DAY, NEVER, Events, events_of_history, weekly
from sim.scenario import load_scenario
from tests.history import toy_orders
from tests.history.made import cleaned

SEASON = toy_orders.FOLDER / "toy-shop.yaml"
HEADER = "Order ID,Order Date,SKU,Quantity,Shipped At,Cancelled At\n"


def events(placed, shipped, cancelled=None):
    """Events from days with decimals; None: not yet."""

    def times(days):
        return np.array([NEVER if day is None else int(day * DAY) for day in days])

    gone = None if cancelled is None else times(cancelled)
    return Events(times(placed), None if shipped is None else times(shipped), gone)


def history_of(tmp_path, lines):
    file = tmp_path / "orders.csv"
    toy_orders.write(file, lines)
    return cleaned(file, file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def as_planned(tmp_path_factory):
    """A backtest with a season that is drawn from the scenario itself."""
    sure = ["demand.forecast_error=no"]  # or one error would move all weeks together
    history = history_of(tmp_path_factory.mktemp("planned"), list(toy_orders.rows(sure, 3)))
    return backtest(load_scenario(SEASON, sure), history, 19, workers=1)


def test_figures_of_two_weeks_by_hand():
    found = weekly(
        events(
            placed=[0.5, 0.9, 1.2, 7.1, 8.0, -1.0, 9.0],
            shipped=[1.5, 3.2, None, 7.9, 9.5, 0.1, 30.0],
            cancelled=[None, None, 5.0, None, None, None, None],
        ),
        days=9,
    )
    # The last two are placed outside the season; the first of them was open when it began.
    assert found["orders"].tolist() == [3, 2, 5]
    assert found["busiest_day"].tolist() == [2, 1, 2]
    assert found["open_orders"].tolist() == [2, 1, 2]  # the evenings of days 0 and 1; of day 8
    assert found["days_to_ship"].tolist() == [2.0, 0.5, 1.25]
    assert found["cancelled"].tolist() == [1, 0, 1]


def test_what_an_export_does_not_know_is_unknown():
    found = weekly(events([0.5, 1.0], None), days=7)
    assert found["orders"].tolist() == [2, 2]
    assert all(np.isnan(found[name]).all() for name in ("open_orders", "days_to_ship", "cancelled"))


def test_shipping_and_cancelling_are_read_by_order(tmp_path):
    rows = [
        "A,2025-11-24 09:00,TRAIN,1,2025-11-25 17:00,",
        "A,2025-11-24 09:00,PUZZLE,1,2025-11-27 17:00,",
        "B,2025-11-25 10:00,TRAIN,2,,2025-11-30 08:00",
        "C,2025-11-26 11:00,TRAIN,1,,",
    ]
    history = cleaned(tmp_path / "few.csv", HEADER + "\n".join(rows) + "\n")
    found = events_of_history(history, np.datetime64("2025-11-24", "ms"))
    assert (found.placed // DAY).tolist() == [0, 1, 2]
    assert (found.shipped // DAY).tolist() == [3, NEVER // DAY, NEVER // DAY]
    assert (found.cancelled // DAY).tolist() == [NEVER // DAY, 6, NEVER // DAY]


def test_shipping_dates_follow_the_order_of_day_and_month_of_the_orders(tmp_path):
    rows = ["A,24.11.2025,TRAIN,1,01.12.2025,", "B,25.11.2025,TRAIN,1,02.12.2025,"]
    history = cleaned(tmp_path / "few.csv", HEADER + "\n".join(rows) + "\n")
    assert history.lines["shipped_at"].dt.month.tolist() == [12, 12]


def test_a_season_drawn_from_the_scenario_lies_inside_nearly_always(as_planned):
    assert [figure.weeks for figure in as_planned.figures] == [4] * 5
    assert sum(figure.inside for figure in as_planned.figures) >= 15
    assert all(figure.from_export for figure in as_planned.figures)


def test_the_sentence_names_what_is_unlikely_and_else_the_least_likely(as_planned):
    chances = {"orders": 0.4, "busiest_day": 0.3, "open_orders": 0.9}
    fine = [replace(each, chance=chances.get(each.figure, 1.0)) for each in as_planned.figures]
    words = backtest_in_words(replace(as_planned, figures=tuple(fine)))
    assert "for the busiest day, comes in 30% of the season's own draws" in words
    assert "nothing speaks against the season" in words
    bad = [replace(each, chance=0.05) for each in fine[:2]] + fine[2:]
    words = backtest_in_words(replace(as_planned, figures=tuple(bad)))
    assert "Not as the season says: orders and the busiest day." in words
    assert "at most 5% of its own draws" in words


def test_the_chance_of_so_few_weeks_inside_allows_for_weeks_that_err_together():
    numbers = np.random.default_rng(3)
    low = 0
    for _ in range(200):
        seasons = numbers.normal(size=(40, 1)) + 0.5 * numbers.normal(size=(40, 8))
        low += chance_of_so_few(seasons[0], seasons[1:]) <= 0.05
    assert low <= 20  # 5% of 200, and more than 20 once in 500 times


def test_the_replay_has_the_orders_of_the_export_as_far_as_the_model_takes_them(as_planned):
    orders = as_planned.figures[0]
    assert (orders.replayed <= orders.happened).all()
    assert orders.replayed[0] == orders.happened[0]  # nothing is short in the first week
    assert orders.replayed[-1] > 0.9 * orders.happened[-1]


def test_an_earlier_year_is_laid_on_the_season_by_thanksgiving(as_planned):
    assert as_planned.apart_days == 364
    assert as_planned.weeks[0] == dt.date(2026, 11, 23)


def test_twice_the_orders_are_above_and_said_not_to_fit(tmp_path):
    rows = list(toy_orders.rows([], 7))
    twice = [*rows, *({**row, "Order ID": f"X{row['Order ID']}"} for row in rows)]
    found = backtest(load_scenario(SEASON), history_of(tmp_path, twice), 19, workers=1)
    answer = backtest_json(found)
    weeks = answer["figures"]["orders"]["by_week"]
    assert [week["side"] for week in weeks] == ["above"] * 4
    assert "Not as the season says: orders" in answer["verdict"]


def test_only_whole_weeks_of_the_export_are_compared(tmp_path):
    rows = [row for row in toy_orders.rows([], 7) if row["Order Date"] < "2025-12-12"]
    orders = backtest(load_scenario(SEASON), history_of(tmp_path, rows), 19, workers=1).figures[0]
    assert [math.isnan(value) for value in orders.happened] == [False, False, True, True, True]
    assert orders.weeks == 2


def test_an_export_that_does_not_reach_the_season_is_refused(tmp_path):
    history = cleaned(tmp_path / "few.csv", HEADER + "A,2025-06-01 09:00,TRAIN,1,,\n")
    with pytest.raises(HistoryError, match="covers 2025-06-01 to 2025-06-01, and no part"):
        backtest(load_scenario(SEASON), history, 19)


def test_other_products_go_to_stand_ins_or_are_refused(tmp_path):
    rows = [f"{n},2025-11-24 09:00,{sku},1,," for n, sku in enumerate("AAABBBCCDD", 100)]
    history = cleaned(tmp_path / "few.csv", HEADER + "\n".join(rows) + "\n")
    mix = as_season_products(history, ["A", "REST-001", "REST-002"])
    assert mix.product_of == {"A": "A", "B": "REST-001", "C": "REST-002", "D": "REST-002"}
    with pytest.raises(HistoryError, match=r"has 3 products .* on 70.0% of its lines: B, C, D"):
        as_season_products(history, ["A", "E"])


def test_workers_elsewhere_need_not_see_the_files_of_this_machine(tmp_path, monkeypatch):
    history = history_of(tmp_path, list(toy_orders.rows([], 3)))
    here = backtest(load_scenario(SEASON), history, 19, workers=1)
    real = backtest_module._weeks_of_season

    def blind(policies, seed, replication):
        file = policies[backtest_module.REPLAYED].demand.history
        assert Path(file).parent not in tmp_files
        return real(policies, seed, replication)

    tmp_files = []
    write = backtest_module.write_replay
    monkeypatch.setattr(
        backtest_module,
        "write_replay",
        lambda history, file, *rest: (tmp_files.append(file.parent), write(history, file, *rest)),
    )
    monkeypatch.setattr(backtest_module, "_weeks_of_season", blind)
    with ThreadPoolExecutor(1) as elsewhere:
        there = backtest(load_scenario(SEASON), history, 19, executor=elsewhere)
    assert tmp_files
    assert backtest_json(there) == backtest_json(here)
