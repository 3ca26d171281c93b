import pytest

from sim.history.columns import map_columns
from sim.history.presets import is_personal
from sim.history.problems import HistoryError

SHOPIFY = [
    *("Name", "Email", "Financial Status", "Paid at", "Created at", "Lineitem quantity"),
    *("Lineitem name", "Lineitem price", "Lineitem SKU", "Billing Name", "Cancelled at", "Phone"),
]


@pytest.mark.parametrize(
    ("preset", "headers", "order"),
    [
        ("Shopify orders", SHOPIFY, "Name"),
        (
            "Amazon all orders",
            ["amazon-order-id", "purchase-date", "sku", "quantity", "item-price", "ship-city"],
            "amazon-order-id",
        ),
        (
            "ShipStation",
            ["Order - Number", "Date - Order Date", "Item - SKU", "Item - Qty"],
            "Order - Number",
        ),
        (
            "WooCommerce Analytics orders",
            ["Date", "Order #", "N. Revenue (formatted)", "Status", "Customer", "Product(s)"],
            "Order #",
        ),
        (
            "UCI Online Retail",
            ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice"],
            "InvoiceNo",
        ),
        ("generic", ["order_id", "placed_at", "sku", "qty"], "order_id"),
    ],
)
def test_known_exports_are_recognized(preset, headers, order):
    found = map_columns(headers)
    assert found.preset == preset
    assert found.columns["order_id"] == order


def test_the_guess_is_shown_with_the_rule_for_product_codes():
    shown = map_columns(["InvoiceNo", "StockCode", "Quantity", "InvoiceDate"]).describe()
    assert r"a product code begins with the pattern \d{5}" in shown
    assert "an order number beginning with C is a credit note" in shown
    assert "order_id      <- InvoiceNo" in shown


def test_the_user_may_correct_the_guess():
    found = map_columns(
        ["InvoiceNo", "StockCode", "Code", "Quantity", "InvoiceDate"],
        {"sku": "Code"},
        sku_pattern="",
    )
    assert found.columns["sku"] == "Code"
    assert found.rules.sku_pattern is None


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"skuu": "sku"}, "unknown role 'skuu'.*did you mean sku"),
        ({"sku": "SKUs"}, "there is no column 'SKUs'"),
        ({"sku": "order_id"}, "cannot be order_id and sku at once"),
        ({"sku": ""}, "no column found for sku.*--map sku="),
    ],
)
def test_a_wrong_correction_is_refused_with_advice(overrides, message):
    with pytest.raises(HistoryError, match=message):
        map_columns(["order_id", "placed_at", "sku", "qty"], overrides)


def test_two_columns_of_one_name_are_refused_if_one_of_them_is_needed():
    with pytest.raises(HistoryError, match="two columns are called 'sku'"):
        map_columns(["order_id", "placed_at", "sku", "qty", "sku"])


@pytest.mark.parametrize(
    ("header", "personal"),
    [
        ("Email", True),
        ("Billing Name", True),
        ("Shipping Zip", True),
        ("customer_name", True),
        ("Phone", True),
        ("ship-postal-code", True),
        ("Lineitem name", False),
        ("Description", False),
        ("Country", False),
    ],
)
def test_personal_columns_are_known_by_their_headers(header, personal):
    assert is_personal(header) is personal
