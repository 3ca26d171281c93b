"""A shop's own files: columns are guessed, a season is made, and what is wrong is told by cell."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.session import Server
from tests.dashboard.conftest import Open, finished, words
from tests.history.made import Truth, as_csv, made_rows


@pytest.fixture(scope="module")
def orders() -> bytes:
    return as_csv(made_rows(Truth(orders_per_day=15.0))).encode()


def given(shown: AppTest, **files: bytes) -> AppTest:
    for kind, content in files.items():
        shown.file_uploader(key=f"own-{kind}").upload(f"{kind}.csv", content).run()
    assert not shown.exception, shown.exception
    return shown


def test_three_files_make_the_open_season(screen: Open, server: Server, orders: bytes) -> None:
    shown = given(
        screen("data"),
        orders=orders,
        stock=b"Code,On hand\n00,40\n01,-2\nnever,3\n",
        purchases=b"Item;Qty;ETA\n00;30;2026-11-20\n",
    )
    told = words(finished(shown, server))
    assert "kept as demand" in told
    assert "1 row: less than nothing on the shelf: counted as 0" in told
    assert "40 units on the shelf on the first day, of 2 products" in told
    assert "never sold: left out (never)" in told
    assert "Your season is ready: 2026-09-28 to 2026-12-23." in told
    next(each for each in shown.button if each.label == "Compare policies on it").click().run()
    name = shown.query_params["season"]
    text = server.uploads.path(name).read_text(encoding="utf-8")
    assert 'stock: "season-stock.csv"' in text
    assert str(server.uploads.path(name).parent.parent) not in text


def test_an_unknown_column_is_asked_for_and_named(
    screen: Open, server: Server, orders: bytes
) -> None:
    shown = given(screen("data"), orders=orders, stock=b"Ware,Menge\n00,40\n")
    asked = [each.value for each in shown.warning]
    assert asked == [
        "Which column holds this: product code?",
        "Which column holds this: units on the shelf?",
    ]
    for role, header in (("sku", "Ware"), ("units", "Menge")):
        next(each for each in shown.selectbox if f"column-stock-{role}" in str(each.key)).select(
            header
        ).run()
    assert not shown.warning
    assert "40 units on the shelf" in words(finished(shown, server))


def test_bad_cells_of_all_files_are_told_at_once(
    screen: Open, server: Server, orders: bytes
) -> None:
    shown = given(
        screen("data"),
        orders=orders,
        stock=b"sku,units\n00,many\n",
        purchases=b"sku,units,due\n00,5,soon\n01,5,2026-11-20\n",
    )
    told = words(finished(shown, server))
    assert "stock.csv:2:2: units: is no number of units (got 'many')" in told
    assert "purchases.csv:2:3: due: is no date (got 'soon')" in told
    assert "peakwise-uploads" not in told


def test_what_is_no_table_is_told(screen: Open) -> None:
    shown = given(screen("data"), orders=b"nothing but words\n")
    assert "orders.csv:1: has one column only" in words(shown)
