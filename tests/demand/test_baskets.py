"""What is in the orders."""

import numpy as np
import pytest

from sim.demand import sample_orders
from sim.demand.baskets import first_lines
from tests.demand.shop import season

LINES = {1: 0.5, 2: 0.3, 4: 0.2}


def shop(shares, demand=None, lines=LINES):
    names = "ABCDEFGHIJ"[: len(shares)]
    products = [{"sku": sku, "share": s} for sku, s in zip(names, shares, strict=True)]
    return season(
        demand={"orders_per_day": 1000, "basket": {"lines": lines}, **(demand or {})},
        products=products,
    )


def line_names(book):
    return np.array(book.sku_names)[book.lines["sku"]]


def test_products_share_the_lines_by_their_weights():
    book = sample_orders(shop([5, 3, 0, 2], lines={1: 1}), 1)
    shares = np.bincount(book.lines["sku"], minlength=4) / len(book.lines)
    assert shares == pytest.approx([0.5, 0.3, 0, 0.2], abs=0.012)


def test_numbers_of_lines_and_units_have_their_weights():
    demand = {"basket": {"lines": LINES, "units_per_line": {1: 0.7, 3: 0.3}}}
    book = sample_orders(shop([1] * 8, demand), 1)
    numbers = np.bincount(book.orders["n_lines"], minlength=5) / len(book)
    assert numbers[[1, 2, 4]] == pytest.approx([0.5, 0.3, 0.2], abs=0.015)
    assert (book.lines["units"] == 3).mean() == pytest.approx(0.3, abs=0.015)
    assert set(np.unique(book.lines["units"])) == {1, 3}


def test_an_order_holds_no_product_twice():
    book = sample_orders(shop([9, 4, 2, 1, 1]), 1)
    order = np.repeat(np.arange(len(book)), book.orders["n_lines"])
    pairs = order * 10 + book.lines["sku"]
    assert len(np.unique(pairs)) == len(pairs)
    assert (book.orders["first_line"] == first_lines(book.orders["n_lines"].astype(int))).all()


def test_lines_are_a_sample_without_replacement():
    book = sample_orders(shop([6, 3, 1], lines={2: 1}), 1)
    pairs = book.lines["sku"].reshape(-1, 2)
    chance = {(0, 1): 0.6 * 3 / 4, (1, 0): 0.3 * 6 / 7, (2, 1): 0.1 * 3 / 9, (1, 2): 0.3 / 7}
    for pair, expected in chance.items():
        assert (pairs == pair).all(axis=1).mean() == pytest.approx(expected, abs=0.012)


def test_how_many_orders_are_filled_at_once_changes_nothing(monkeypatch):
    scenario = shop([5, 3, 1, 1, 1, 1], lines={1: 0.2, 3: 0.4, 6: 0.4})
    together = sample_orders(scenario, 1).lines.tobytes()
    monkeypatch.setattr("sim.demand.baskets._LARGEST_TABLE", 50)
    assert sample_orders(scenario, 1).lines.tobytes() == together


def test_no_order_has_more_lines_than_there_are_products_with_a_share():
    book = sample_orders(shop([1, 1, 0, 1]), 1)
    assert book.orders["n_lines"].max() == 3


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_product_without_a_share_changes_nothing(place):
    shares = [4, 3, 2, 1]
    before = sample_orders(shop(shares), 1)
    products = [{"sku": sku, "share": s} for sku, s in zip("ABCD", shares, strict=True)]
    products.insert(place, {"sku": "NEW", "share": 0})
    scenario = shop(shares).model_copy(update={"products": season(products=products).products})
    after = sample_orders(scenario, 1)
    assert (line_names(after) == line_names(before)).all()
    assert after.orders.tobytes() == before.orders.tobytes()


def test_a_product_added_at_the_end_changes_only_the_lines_that_it_takes():
    before = sample_orders(shop([4, 3, 2, 1], lines={1: 1}), 1)
    after = sample_orders(shop([4, 3, 2, 1, 2], lines={1: 1}), 1)
    taken = after.lines["sku"] == 4
    assert taken.mean() == pytest.approx(1 / 6, abs=0.01)
    assert (after.lines["sku"][~taken] == before.lines["sku"][~taken]).all()
    assert after.orders.tobytes() == before.orders.tobytes()


def test_an_added_product_leaves_orders_without_it_alone():
    before, after = (sample_orders(shop(s), 1) for s in ([4, 3, 2, 1], [4, 3, 2, 1, 2]))
    order = np.repeat(np.arange(len(after)), after.orders["n_lines"])
    holds = np.zeros(len(after), bool)
    holds[order[after.lines["sku"] == 4]] = True
    alone = ~holds[order]
    assert alone.any()
    assert (after.lines["sku"][alone] == before.lines["sku"][alone]).all()


def test_the_error_of_a_product_s_share_moves_lines_but_not_orders():
    error = {"total": 0, "peak": 0, "sku_share": 0.5}
    shares = []
    for number in range(60):
        book = sample_orders(shop([1, 1], {"forecast_error": error}, {1: 1}), 1, number)
        shares.append(np.mean(book.lines["sku"] == 0))
    assert np.mean(shares) == pytest.approx(0.5, abs=0.06)
    assert np.std(shares) > 0.08


def kinds(**extra):
    return [
        {"name": "single", "items": {"A": 1}, **extra.get("single", {})},
        {"name": "gift", "items": {"B": 2, "A": 3}, **extra.get("gift", {})},
    ]


def test_basket_types_come_with_their_shares_and_contents():
    types = kinds(single={"share": 0.75}, gift={"share": 0.25})
    book = sample_orders(season(demand={"orders_per_day": 1000, "basket_types": types}), 1)
    gifts = book.orders["n_lines"] == 2
    assert gifts.mean() == pytest.approx(0.25, abs=0.015)
    first = book.orders["first_line"][gifts]
    assert (book.lines["sku"][first] == 1).all()
    assert (book.lines["units"][first + 1] == 3).all()


def test_basket_types_with_rates_bring_their_own_orders_and_classes():
    demand = {
        "orders_per_day": None,
        "basket_types": kinds(
            single={"rate": "90 per day", "order_class": "late"}, gift={"rate": "30 per day"}
        ),
        "classes": [{"name": "early", "share": 0.5}, {"name": "late", "share": 0.5}],
    }
    book = sample_orders(season(demand=demand), 1)
    gifts = book.orders["n_lines"] == 2
    assert len(book) == pytest.approx(120 * 28, rel=0.07)
    assert gifts.mean() == pytest.approx(0.25, abs=0.03)
    assert (book.orders["class_"][~gifts] == 1).all()
    assert book.orders["class_"][gifts].mean() == pytest.approx(0.5, abs=0.06)


def test_order_classes_have_their_shares():
    classes = [{"name": "high", "share": "35%"}, {"name": "low", "share": "65%"}]
    book = sample_orders(season(demand={"orders_per_day": 1000, "classes": classes}), 1)
    assert book.class_names == ("high", "low")
    assert (book.orders["class_"] == 0).mean() == pytest.approx(0.35, abs=0.012)
