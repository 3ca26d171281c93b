from pathlib import Path

import pytest

from sim.scenario import load_policies, load_scenario, scenario_hash, write_scenario
from sim.scenario.units import DAY
from tests.scenario.conftest import Complaints

HEAD = "season: {start: 2026-10-05, end: 2026-12-27}\ndemand: {orders_per_day: 120}\n"
TABLE = HEAD + "products: p.csv\n"


def test_products_may_stand_in_a_table(folder: Path) -> None:
    (folder / "s.yaml").write_text(TABLE)
    (folder / "p.csv").write_text(
        'sku,name,price,volume,stock\n00123,"Mug, red",14.00,1.2 liters,2400\n1E5,7,3,,0 units\n'
    )
    mug, other = load_scenario("s.yaml").products
    assert (mug.sku, mug.name, mug.price, mug.volume) == ("00123", "Mug, red", 14.0, 1200)
    assert (other.sku, other.name, other.volume) == ("1E5", "7", 1000)


def test_a_column_may_be_a_field_of_a_group(folder: Path) -> None:
    (folder / "s.yaml").write_text(TABLE)
    (folder / "p.csv").write_text(
        "sku,launch.released,launch.units,launch.surge.times,launch.surge.half_life\n"
        "NEW,2026-11-02,90 units,4,7 days\nPLAIN,2026-11-09,20 units,,\nOLD,,,,\n"
    )
    new, plain, old = load_scenario("s.yaml").products
    assert new.launch is not None
    assert new.launch.surge is not None
    assert (str(new.launch.released), new.launch.units) == ("2026-11-02", 90)
    assert (new.launch.surge.times, new.launch.surge.half_life) == (4, 7 * DAY)
    assert plain.launch is not None
    assert plain.launch.surge is None
    assert old.launch is None


def test_opening_tables_stand_beside_the_scenario(folder: Path) -> None:
    (folder / "s.yaml").write_text(
        HEAD
        + "products: [{sku: A}, {sku: '7'}]\n"
        + "opening: {stock: stock.csv, open_purchase_orders: po.csv}\n"
    )
    (folder / "stock.csv").write_text("sku,units\nA,5\n7,6\n")
    (folder / "po.csv").write_text("sku,units,due\nA,30,2026-10-20\n")
    opening = load_scenario("s.yaml").opening
    assert [(row.sku, row.units) for row in opening.stock] == [("A", 5), ("7", 6)]
    assert str(opening.open_purchase_orders[0].due) == "2026-10-20"


def test_a_policy_may_change_a_row_or_bring_its_own_table(folder: Path) -> None:
    (folder / "s.yaml").write_text(
        TABLE + "policies: {Row: {products.A.price: 9}, Table: {products: q.csv}}\n"
    )
    (folder / "p.csv").write_text("sku,price\nA,3\nB,4\n")
    (folder / "q.csv").write_text("sku,price\nC,5\n")
    policies = load_policies("s.yaml")
    assert [product.price for product in policies["Row"].products] == [9, 4]
    assert [product.sku for product in policies["Table"].products] == ["C"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            "sku,prise\nA,3\nB,4\n",
            ["p.csv:1:2: products.0.prise: is not a setting here; did you mean 'price'?"],
        ),
        (
            "sku,price\nA,-3\nB,x\n",
            [
                "p.csv:2:2: products.0.price: must not be negative (got -3); write 0 or more",
                "p.csv:3:2: products.1.price: must be an amount without its currency (got 'x'); "
                "write e.g. 14.00",
            ],
        ),
        ("sku,price\nA,3,9\n", ["p.csv:2:3: the row has more cells than the 2 columns"]),
        ("sku,sku\nA,3\n", ["p.csv:1:2: the column 'sku' is there twice"]),
        ("sku,,price\nA,3,3\n", ["p.csv:1:2: a column has no name"]),
        ("sku;price\nA;3\n", ["p.csv:1:1: the table has one column; separate columns by commas"]),
        ("sku,price\n", ["p.csv:1:1: the table for products is empty"]),
        ("", ["p.csv:1:1: the table is empty; the first row names the fields"]),
        ('sku,price\nA,"3\n', ["p.csv:2:1: is not CSV: unexpected end of data"]),
        ("sku,price\n\nA,3\n", []),
        (
            "sku,launch.released,launch.unit\nA,2026-11-02,9 units\n",
            [
                "p.csv:1:3: products.0.launch.unit: is not a setting here; did you mean 'units'?",
                "p.csv:2:2: products.0.launch.units: is missing; write e.g. units: 500 units",
            ],
        ),
        (
            "sku,launch.released,launch.units\nA,2026-11-02,-9 units\n",
            [
                "p.csv:2:3: products.0.launch.units: must not be negative (got '-9 units'); "
                'write e.g. "500 units" or 500'
            ],
        ),
        (
            "sku,launch,launch.units\nA,3,9 units\n",
            ["p.csv:1:2: the column 'launch' is the group of 'launch.units'; keep one"],
        ),
        (
            "sku,launch.\nA,9\n",
            ["p.csv:1:2: the column 'launch.' names no field; write group.field"],
        ),
    ],
    ids=range(14),
)
def test_a_wrong_table_is_named_with_row_and_column(
    complaints: Complaints, folder: Path, table: str, said: list[str]
) -> None:
    (folder / "p.csv").write_text(table)
    assert complaints(TABLE) == said


def test_a_table_outside_the_folder_is_never_opened(complaints: Complaints) -> None:
    assert complaints(HEAD + "products: ../p.csv\n") == [
        "s.yaml:3:11: products: '../p.csv' is outside the folder of the scenario; "
        "put the file into that folder"
    ]


def test_a_history_is_found_beside_the_scenario_and_counts_by_its_content(folder: Path) -> None:
    text = HEAD.replace("orders_per_day: 120", "history: h.csv") + "products: [{sku: A}]\n"
    (folder / "s.yaml").write_text(text)
    (folder / "h.csv").write_text("order,placed_at,sku,quantity\n1,2026-10-06 10:00,A,2\n")
    scenario = load_scenario("s.yaml")
    assert scenario.demand.history == str(folder / "h.csv")
    (folder / "copy").mkdir()
    (folder / "copy" / "h.csv").write_bytes((folder / "h.csv").read_bytes())
    (folder / "copy" / "s.yaml").write_text(write_scenario(scenario))
    assert scenario_hash(load_scenario("copy/s.yaml")) == scenario_hash(scenario)
    (folder / "h.csv").write_text("order,placed_at,sku,quantity\n1,2026-10-06 10:00,A,3\n")
    assert scenario_hash(load_scenario("copy/s.yaml")) != scenario_hash(scenario)


@pytest.mark.parametrize(
    "name", ["../h.csv", "https://example.org/h.csv", "/etc/h.csv", "gone.csv"]
)
def test_a_history_elsewhere_is_refused(complaints: Complaints, name: str) -> None:
    text = HEAD.replace("orders_per_day: 120", f"history: {name}") + "products: [{sku: A}]\n"
    (said,) = complaints(text)
    assert said.startswith(("s.yaml:2:19: demand.history: ", "gone.csv: no such file"))


def test_a_missing_table_is_named(complaints: Complaints) -> None:
    assert complaints(TABLE) == ["p.csv: no such file"]


def test_a_table_in_another_encoding_is_refused(complaints: Complaints, folder: Path) -> None:
    (folder / "p.csv").write_bytes("sku,name\nA,Café\n".encode("latin-1"))
    (said,) = complaints(TABLE)
    assert said.startswith("p.csv:2:6: the file is not UTF-8: byte 0xE9 at offset 14")


def test_a_table_of_another_kind_is_refused_beside_whatever_else_is_wrong(
    complaints: Complaints,
) -> None:
    text = "season: {length: 3 days}\ndemand: {orders_per_day: -1}\nproducts: p.txt\n"
    assert [line.split(": ", 1)[1] for line in complaints(text)][1:] == [
        "products: must be a list or a CSV file (got 'p.txt'); name a file that ends in .csv"
    ]
