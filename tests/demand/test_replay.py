"""A history, order by order."""

import numpy as np
import pytest

from sim.demand import Forecast, sample_orders
from sim.errors import ScenarioError
from tests.demand.shop import DAY, HOUR, season

ROWS = """order,placed_at,sku,quantity
11,2026-10-05 08:00,A,2
12,2026-10-05T07:30:00,B,1
11,2026-10-05 08:00,B,1
13,2026-11-01 23:59:59.999,A,4
11,2026-10-05 08:05,A,3
14,2026-11-02 00:00,A,1
10,2026-10-04 23:59,A,1
"""


def history(tmp_path, rows=ROWS, **demand):
    path = tmp_path / "orders.csv"
    path.write_text(rows)
    return season(demand={"orders_per_day": None, "history": str(path), **demand})


def test_a_replay_is_the_file_within_the_season(tmp_path):
    book = sample_orders(history(tmp_path), 1)
    assert book.numbers == ("12", "11", "13")
    assert book.orders["placed_at"].tolist() == [15 * HOUR // 2, 8 * HOUR, 28 * DAY - 1]
    assert book.orders["n_lines"].tolist() == [1, 2, 1]
    assert book.lines.tolist() == [(1, 1), (0, 5), (1, 1), (0, 4)]


def test_another_year_can_be_laid_on_the_season(tmp_path):
    rows = ROWS.replace("2026-10-05", "2025-10-06")
    book = sample_orders(history(tmp_path, rows, history_start="2025-10-06"), 1)
    assert book.orders["placed_at"].tolist() == [15 * HOUR // 2, 8 * HOUR]


def test_order_classes_may_be_replayed(tmp_path):
    rows = "order,placed_at,sku,quantity,class\n1,2026-10-06,A,1,low\n2,2026-10-07,A,1,high\n"
    classes = [{"name": "high", "share": 0.5}, {"name": "low", "share": 0.5}]
    book = sample_orders(history(tmp_path, rows, classes=classes), 1)
    assert book.orders["class_"].tolist() == [1, 0]


def test_customers_are_drawn_for_a_replayed_history_too(tmp_path):
    scenario = history(tmp_path)
    patient = season(customers={"patience": {"exponential": "10 days"}}).customers
    book = sample_orders(scenario.model_copy(update={"customers": patient}), 1)
    assert len(np.unique(book.orders["patience"])) == 3


def test_a_study_parses_a_history_once_until_it_changes(tmp_path, monkeypatch):
    import pandas as pd

    reads, read_csv = [], pd.read_csv
    monkeypatch.setattr(
        pd, "read_csv", lambda path, **how: reads.append(path) or read_csv(path, **how)
    )
    scenario = history(tmp_path)
    books = [sample_orders(scenario, 1, replication) for replication in range(3)]
    assert len(reads) == 1
    assert all(book.lines.tolist() == books[0].lines.tolist() for book in books)
    (tmp_path / "orders.csv").write_text(ROWS.replace(",A,4", ",A,44"))
    assert sample_orders(scenario, 1).lines.tolist()[-1] == (0, 44)
    assert len(reads) == 2


def test_every_unknown_product_is_named(tmp_path):
    rows = ROWS.replace(",B,", ",NOPE,").replace(",A,4", ",WHAT,4")
    with pytest.raises(ScenarioError) as refused:
        sample_orders(history(tmp_path, rows), 1)
    assert [problem.value for problem in refused.value.problems] == ["NOPE", "WHAT"]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("order,sku,quantity\n1,A,1\n", "lacks the column placed_at"),
        ("order,placed_at,sku,quantity\n1,soon,A,1\n", "must be a date and time"),
        ("order,placed_at,sku,quantity\n1,2026-10-06,A,0\n", "at least 1"),
        ("order,placed_at,sku,quantity\n1,2026-10-06,A,1.5\n", "at least 1"),
        ("order,placed_at,sku,quantity\n1,2026-10-06T08:00Z,A,1\n", "time zone"),
        ("", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, rows, complaint):
    with pytest.raises(ScenarioError, match=complaint):
        sample_orders(history(tmp_path, rows), 1)


def test_a_missing_file_is_a_problem_of_the_scenario(tmp_path):
    scenario = season(demand={"orders_per_day": None, "history": str(tmp_path / "none.csv")})
    with pytest.raises(ScenarioError, match="cannot be read"):
        sample_orders(scenario, 1)


def test_a_history_is_its_own_forecast(tmp_path):
    forecast = Forecast(history(tmp_path))
    by_day = forecast.by_day()
    assert by_day[0].tolist() == [5, 2]
    assert by_day.sum(axis=0).tolist() == [9, 2]
    assert forecast.variance(0, 28 * DAY).tolist() == pytest.approx([25 + 16, 2])
