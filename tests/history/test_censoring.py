import datetime as dt

import pytest

from sim.history.censoring import read_censoring
from sim.history.fitting import fit_season
from sim.history.problems import HistoryError
from tests.history.made import Truth, as_csv, cleaned, made_rows


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """Product 03 was out of stock for May and June, and was not sold then."""
    truth = Truth(last=dt.date(2025, 8, 31), peaks=(), lines={1: 1.0})
    rows = [
        row
        for row in made_rows(truth)
        if not (row[2] == "03" and "2025-05-01" <= row[1] < "2025-07-01")
    ]
    return cleaned(tmp_path_factory.mktemp("made") / "orders.csv", as_csv(rows))


def stock(tmp_path, text):
    path = tmp_path / "stock.csv"
    path.write_text(text, encoding="utf-8")
    return path


STOCK = "date,sku,on_hand\n2025-01-01,03,400\n2025-05-01,03,0\n2025-07-01,03,300\n2025-01-01,02,9\n"


def test_days_without_stock_are_flagged_as_censored(history, tmp_path):
    censored = read_censoring(stock(tmp_path, STOCK), history)
    assert set(censored.days["sku"]) == {"03"}
    assert len(censored.days) == 61
    assert censored.days["date"].min().date() == dt.date(2025, 5, 1)
    assert censored.available["02"] == 1.0


def test_a_day_on_which_it_was_sold_all_the_same_is_not_censored(history, tmp_path):
    text = STOCK.replace("2025-01-01,02,9", "2025-01-01,02,0")
    censored = read_censoring(stock(tmp_path, text), history)
    days = censored.days[censored.days["sku"] == "02"]
    sold = history.lines[history.lines["sku"] == "02"]["placed_at"].dt.normalize()
    assert not set(days["date"]) & set(sold)


def test_a_product_counts_per_day_in_stock(history, tmp_path):
    censored = read_censoring(stock(tmp_path, STOCK), history)
    naive = {p.sku: p.weight for p in fit_season(history).mix.products}
    fitted = {p.sku: p.weight for p in fit_season(history, censored=censored).mix.products}
    # Products 02 and 03 are equally popular.
    assert naive["03"] < 0.85 * naive["02"]
    assert fitted["03"] == pytest.approx(fitted["02"], rel=0.06)


def test_a_stock_file_without_its_columns_is_refused(history, tmp_path):
    with pytest.raises(HistoryError, match="no column found for on_hand"):
        read_censoring(stock(tmp_path, "date,sku,color\n2025-01-01,A,red\n"), history)
