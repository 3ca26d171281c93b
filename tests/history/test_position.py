"""A stock list and open purchase orders: read, laid on a season, and refused cell by cell."""

import datetime as dt
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.history.fitting import FitOptions, fit_season
from sim.history.opening import opening_position
from sim.history.position import Held, read_purchase_orders, read_stock_list
from sim.history.problems import HistoryError, all_read
from sim.history.season import Heading, write_season
from sim.scenario import load_policies
from tests.history.made import Truth, as_csv, cleaned, made_rows

HEADING = Heading("A shop", "made for a test")


def file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_stock_list_is_read_by_its_headers(tmp_path):
    listed = read_stock_list(
        file(tmp_path, "stock.csv", "Name;Variant SKU;On hand", 'A;00;"1.200,0"', "B;01;-3", "C;;5")
    )
    assert listed.columns == {"sku": "Variant SKU", "units": "On hand"}
    assert listed.rows == (Held("00", 1200), Held("01", 0))
    assert listed.notes == (
        "1 row: less than nothing on the shelf: counted as 0",
        "1 row: no product code: left out",
    )


def test_purchase_orders_count_what_is_still_to_come(tmp_path):
    coming = read_purchase_orders(
        file(
            tmp_path,
            "pos.csv",
            "PO,Item,Quantity,Received,ETA",
            "1,00,100,40,2025-11-03",
            "1,01,50,50,2025-11-03",
            "2,02,30,,2025-12-24",
        )
    )
    assert coming.rows == (
        Held("00", 60, dt.date(2025, 11, 3)),
        Held("02", 30, dt.date(2025, 12, 24)),
    )
    assert coming.notes == ("1 row: nothing more to come: left out",)


def test_an_open_quantity_is_not_reduced_by_what_was_received(tmp_path):
    lines = ("SKU,Qty,Received,Open qty,Due", "00,100,40,60,2025-11-03")
    assert read_purchase_orders(file(tmp_path, "pos.csv", *lines)).rows[0].units == 60


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    stock = file(tmp_path, "stock.csv", "sku,units", "00,five", "01,2.5", "02,7")
    coming = file(tmp_path, "pos.csv", "sku,units,due", "00,,2025-11-03", "01,5,soon", "02,x,")
    with pytest.raises(HistoryError) as told:
        all_read(
            lambda: read_stock_list(stock),
            lambda: read_purchase_orders(coming),
            lambda: None,
        )
    assert [str(each).removeprefix(f"{tmp_path}/") for each in told.value.problems] == [
        "stock.csv:2:2: units: is no number of units (got 'five'); write a whole number, such as"
        " 25",
        "stock.csv:3:2: units: is no whole number of units (got '2.5'); write a whole number,"
        " such as 25",
        "pos.csv:2:2: units: is no number of units: the cell is empty; write a whole number,"
        " such as 25",
        "pos.csv:3:3: due: is no date (got 'soon'); write when they arrive, such as 2026-11-20",
        "pos.csv:4:2: units: is no number of units (got 'x'); write a whole number, such as 25",
        "pos.csv:4:3: due: is no date: the cell is empty; write when they arrive, such as"
        " 2026-11-20",
    ]


def test_a_column_that_is_missing_is_told_and_can_be_named(tmp_path):
    path = file(tmp_path, "stock.csv", "Ware,Anzahl", "00,5")
    with pytest.raises(HistoryError) as told:
        read_stock_list(path)
    assert len(told.value.problems) == 2
    assert "no column found for sku; columns are Ware, Anzahl" in str(told.value)
    named = read_stock_list(path, {"sku": "Ware", "units": "Anzahl"})
    assert named.rows == (Held("00", 5),)
    with pytest.raises(ScenarioError, match="did you mean 'Ware'"):
        read_stock_list(path, {"sku": "Wahre", "units": "Anzahl"})


def test_dates_that_could_be_two_days_are_refused_with_the_cells(tmp_path):
    path = file(tmp_path, "pos.csv", "sku,units,due", "00,x,03/11/2025")
    with pytest.raises(HistoryError) as told:
        read_purchase_orders(path)
    assert len(told.value.problems) == 2
    path = file(tmp_path, "pos.csv", "sku,units,due", "00,1,03/11/2025")
    assert read_purchase_orders(path, date_format="day_first").rows[0].due.month == 11


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """A season of ten products: eight for themselves, the others behind a stand-in."""
    folder = tmp_path_factory.mktemp("made")
    history = cleaned(folder / "orders.csv", as_csv(made_rows(Truth())))
    return fit_season(history, FitOptions(top=8, stand_ins=1))


def test_the_season_opens_with_it(tmp_path, fitted):
    own = [product.sku for product in fitted.mix.products]
    behind = [sku for sku, product in fitted.mix.product_of.items() if product == own[-1]]
    assert len(behind) == 2
    stock = file(
        tmp_path,
        "shelf.csv",
        "sku,units",
        f"{own[0]},40",
        f"{own[0]},5",
        *(f"{sku},10" for sku in behind),
        "never,9",
    )
    start = fitted.dates.start
    coming = file(
        tmp_path,
        "coming.csv",
        "sku,units,due",
        f"{own[1]},30,{start + dt.timedelta(days=9)}",
        f"{own[1]},7,{start - dt.timedelta(days=9)}",
        f"never,30,{start}",
    )
    opening = opening_position(fitted, read_stock_list(stock), read_purchase_orders(coming))
    files = write_season(fitted, tmp_path / "mine.yaml", HEADING, opening)
    assert [each.name for each in files] == [
        "mine.yaml",
        "mine-stock.csv",
        "mine-purchase-orders.csv",
    ]
    found = load_policies(files[0])["Backorder"].opening
    assert {row.sku: row.units for row in found.stock} == {own[0]: 45, own[-1]: 20}
    assert [(row.sku, row.units) for row in found.open_purchase_orders] == [
        (own[1], 30),
        (own[1], 7),
    ]
    assert "shelf.csv" in found.source
    told = "\n".join(opening.describe())
    assert told.splitlines() == [
        "65 units on the shelf on the first day, of 2 products",
        "37 units on their way, in 2 purchase orders",
        "1 product of the stock list never sold: left out (never)",
        f"7 products without a row in the stock list: the stock is computed ({', '.join(own[1:5])},"
        " …)",
        "1 product of the purchase orders never sold: left out (never)",
        "1 purchase order due before the season: on its first day",
    ]
