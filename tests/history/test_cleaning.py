import pytest

from sim.history.cleaning import clean_history
from sim.history.problems import HistoryError
from sim.history.reading import ReadingOptions, read_history

UCI = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HEART HOLDER,6,2010-12-01 08:26:00,2.55,17850,UK
536365,71053,LANTERN,2,2010-12-01 08:26:00,3.00,17850,UK
536365,71053,LANTERN,4,2010-12-01 08:27:00,6.00,17850,UK
C536379,85123A,HEART HOLDER,-6,2010-12-01 09:41:00,2.55,17850,UK
A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,UK
536400,POST,POSTAGE,1,2010-12-01 10:00:00,18.00,12583,France
536401,22139,BOX,0,2010-12-01 10:01:00,1.00,,UK
536402,22139,BOX,-5,2010-12-01 10:02:00,0,,UK
536403,22139,BOX,5,2010-12-01 10:03:00,0,,UK
536404,22139,BOX,5,2010-12-01 10:04:00,1.25,12583,UK
"""


def clean(tmp_path, text, **options):
    path = tmp_path / "orders.csv"
    path.write_text(text, encoding="utf-8")
    return clean_history(read_history(path, ReadingOptions(**options)))


def reasons(history):
    return {dropped.reason: dropped.rows for dropped in history.dropped}


def test_every_dropped_row_has_a_reason_and_a_line(tmp_path):
    history = clean(tmp_path, UCI)
    assert reasons(history) == {
        "credit note": 1,
        "adjustment": 1,
        "not a product code": 1,
        "quantity 0": 1,
        "negative quantity": 1,
        "price 0 or negative": 1,
    }
    assert {dropped.reason: dropped.lines for dropped in history.dropped}["credit note"] == (5,)
    stats = history.statistics
    assert stats.rows == stats.clean_lines + sum(dropped.rows for dropped in history.dropped)


def test_a_cancelled_order_remains_demand(tmp_path):
    history = clean(tmp_path, UCI)
    heart = history.lines[history.lines["sku"] == "85123A"]
    assert list(heart["quantity"]) == [6]


def test_the_statistics_count_the_file_and_the_demand_in_it(tmp_path):
    history = clean(tmp_path, UCI)
    stats = history.statistics
    assert (stats.rows, stats.invoices, stats.skus, stats.customers) == (10, 8, 5, 2)
    assert (stats.cancel_invoices, stats.cancel_rows) == (1, 1)
    assert (
        "8 order numbers, 1 of them credit notes; 5 product codes, 2 customers"
        in history.describe()
    )
    assert (stats.first, stats.last) == ("2010-12-01 08:26", "2011-08-12 14:50")
    assert (stats.clean_lines, stats.clean_orders, stats.units) == (4, 2, 17)
    assert stats.revenue == pytest.approx(6 * 2.55 + 2 * 3.00 + 4 * 6.00 + 5 * 1.25)


def test_rows_of_one_order_and_product_become_one_line(tmp_path):
    lantern = clean(tmp_path, UCI).lines.set_index("sku").loc["71053"]
    assert lantern["quantity"] == 6
    assert lantern["price"] == pytest.approx(5.00)
    assert str(lantern["placed_at"]) == "2010-12-01 08:26:00"


def test_without_a_pattern_every_code_is_a_product(tmp_path):
    assert "not a product code" not in reasons(clean(tmp_path, UCI, sku_pattern=""))
    with pytest.raises(HistoryError, match="pattern of product codes cannot be used"):
        clean(tmp_path, UCI, sku_pattern="(")


def test_the_product_name_given_most_often_is_kept(tmp_path):
    assert clean(tmp_path, UCI).names["85123A"] == "HEART HOLDER"


def test_unreadable_fields_are_reasons_of_their_own(tmp_path):
    text = (
        "Order ID,Order Date,SKU,Quantity,Unit Price\n"
        "1,2025-03-14,A,1,2\n"
        ",2025-03-14,A,1,2\n"
        "2,someday,A,1,2\n"
        "3,2025-03-14,A,many,2\n"
        "4,2025-03-14,A,1.5,2\n"
        "5,2025-03-14,,1,2\n"
        "6,2025-03-14,A,1,free\n"
        "7,2025-03-14,A,9999999,1\n"
    )
    assert reasons(clean(tmp_path, text)) == {
        "no order number": 1,
        "date cannot be read": 1,
        "quantity cannot be read": 1,
        "fractional quantity": 1,
        "no product code": 1,
        "price cannot be read": 1,
        "quantity above 1,000,000": 1,
    }


def test_a_file_in_which_nothing_is_demand_is_refused(tmp_path):
    text = "Order ID,Order Date,SKU,Quantity\n1,2025-03-14,A,-1\n2,2025-03-14,A,-1\n"
    with pytest.raises(HistoryError, match="most were dropped as: negative quantity"):
        clean(tmp_path, text)


def test_shopify_facts_of_an_order_hold_for_all_its_rows_and_no_other(tmp_path):
    text = (
        "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
        "Lineitem sku,Cancelled at\n"
        "#1001,a@b.c,paid,2025-10-02 17:09:34 -0300,1,Mug,9.50,MUG,\n"
        "#1001,,,,2,Globe,20.00,GLOBE,\n"
        "#1002,d@b.c,refunded,2025-10-03 08:00:00 -0300,1,Mug,9.50,MUG,2025-10-04 08:00:00 -0300\n"
        "#1003,d@b.c,voided,2025-10-03 09:00:00 -0300,1,Mug,9.50,MUG,\n"
        "#1003,,,,1,Globe,20.00,GLOBE,\n"
    )
    history = clean(tmp_path, text)
    assert list(history.orders["lines"]) == [2, 1]
    assert list(history.orders["placed_at"].astype(str)) == [
        "2025-10-02 17:09:34",
        "2025-10-03 08:00:00",
    ]
    assert reasons(history) == {"not a firm order (status)": 2}


def test_amazon_item_prices_are_of_the_whole_line(tmp_path):
    text = (
        "amazon-order-id\tpurchase-date\torder-status\tsku\tquantity\titem-price\n"
        "111-1\t2025-10-02T17:09:34+00:00\tShipped\tA\t4\t20.00\n"
        "111-2\t2025-10-02T18:09:34+00:00\tPending\tA\t1\t5.00\n"
    )
    history = clean(tmp_path, text)
    assert list(history.lines["price"]) == [5.0]


def test_woocommerce_cells_of_several_products_are_unfolded(tmp_path):
    text = (
        "Date,Order #,Status,Customer,Product(s)\n"
        '2025-10-02 17:09,11,completed,Ann,"2× Mug, red, 1× Globe"\n'
        "2025-10-02 18:09,12,failed,Bob,1× Mug\n"
    )
    history = clean(tmp_path, text)
    found = dict(zip(history.lines["sku"], history.lines["quantity"], strict=True))
    assert found == {"Mug, red": 2, "Globe": 1}
