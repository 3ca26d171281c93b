"""`peakwise fit` on a made-up history: what it shows, writes and refuses."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import Result

Peakwise = Callable[..., Result]


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A year of orders, with a credit note, a header of its own and a personal column."""
    monkeypatch.chdir(tmp_path)
    draw = np.random.default_rng(1)
    rows = ["Order;Ordered;Code;Pieces;Price;Email"]
    day = np.datetime64("2025-01-01")
    number = 1000
    for _ in range(365):
        for minute in sorted(draw.integers(0, 1440, draw.poisson(12))):
            number += 1
            stamp = f"{day} {minute // 60:02d}:{minute % 60:02d}"
            codes = draw.choice(5, draw.integers(1, 3), replace=False)
            rows += [
                f"{number};{stamp};SKU{code};{draw.integers(1, 4)};9,50;a@b.example"
                for code in codes
            ]
        day += 1
    rows.append("1001;2025-01-02 10:00;SKU1;-2;9,50;a@b.example")
    file = tmp_path / "orders.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


ROLES = ("order_id=Order", "placed_at=Ordered", "sku=Code", "quantity=Pieces")
MAP = [part for role in ROLES for part in ("--map", role)]


def test_it_shows_what_it_read_and_dropped_and_writes_a_season(
    peakwise: Peakwise, history: Path
) -> None:
    result = peakwise("fit", history.name, "--out", "mine.yaml", "--currency", "EUR", *MAP)
    assert result.exit_code == 0, result.stderr
    assert "order_id      <- Order" in result.stdout
    assert "personal, not read: Email" in result.stdout
    assert "negative quantity" in result.stdout
    fitted = result.stdout.split("What was fitted")[1].split("beside the history")[0]
    for said in ("baseline 1", "weekdays: Mon", "lines per order", "5 products", "noise"):
        assert said in fitted, said
    assert "a@b.example" not in Path("mine.yaml").read_text(encoding="utf-8")
    assert peakwise("check", "mine.yaml").exit_code == 0


def test_the_replay_brings_the_orders_of_the_history(peakwise: Peakwise, history: Path) -> None:
    import json

    days = ("--start", "2025-11-03", "--end", "2025-11-30")
    assert peakwise("fit", history.name, "--replay", *days, *MAP).exit_code == 0
    orders = {
        row.split(";")[0]
        for row in history.read_text(encoding="utf-8").splitlines()
        if "2025-11-03" <= row.split(";")[1][:10] <= "2025-11-30"
    }
    answer = peakwise("run", "season-replay.yaml", "-n", "1", "--json")
    assert answer.exit_code == 0, answer.stderr
    figures = json.loads(answer.stdout)["policies"]["Baseline"]
    assert figures["orders"]["mean"] == len(orders)


def test_it_replaces_no_season_unless_told(peakwise: Peakwise, history: Path) -> None:
    Path("season.yaml").write_text("mine", encoding="utf-8")
    result = peakwise("fit", history.name, *MAP)
    assert result.exit_code == 2
    assert result.stderr.startswith("season.yaml: exists")
    assert Path("season.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("order_id", "--map order_id: is not ROLE=COLUMN"),
        ("order_nr=Order", "did you mean"),
        ("sku=Kode", "did you mean 'Code'"),
    ],
)
def test_a_wrong_mapping_is_explained(
    peakwise: Peakwise, history: Path, wrong: str, message: str
) -> None:
    result = peakwise("fit", history.name, *MAP, "--map", wrong)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_file_that_is_not_there_is_bad_input(peakwise: Peakwise) -> None:
    assert peakwise("fit", "nowhere.csv").exit_code == 2


def test_a_stock_list_and_purchase_orders_open_the_season(
    peakwise: Peakwise, history: Path
) -> None:
    Path("stock.csv").write_text("Item;Pieces\nSKU0;12\nSKU1;0\n", encoding="utf-8")
    Path("coming.csv").write_text("SKU;Qty;ETA\nSKU1;30;2025-11-20\n", encoding="utf-8")
    lists = ("--stock-list", "stock.csv", "--purchase-orders", "coming.csv")
    result = peakwise("fit", history.name, *lists, "--map", "stock.units=Pieces", *MAP)
    assert result.exit_code == 0, result.stderr
    assert "12 units on the shelf on the first day, of 2 products" in result.stdout
    assert Path("season-stock.csv").read_text(encoding="utf-8") == "sku,units\nSKU0,12\nSKU1,0\n"
    assert peakwise("check", "season.yaml").exit_code == 0


def test_what_is_wrong_with_all_files_is_told_at_once(peakwise: Peakwise, history: Path) -> None:
    Path("stock.csv").write_text("sku,units\nSKU0,many\n", encoding="utf-8")
    Path("coming.csv").write_text("sku,units,due\nSKU1,3,soon\n", encoding="utf-8")
    lists = ("--stock-list", "stock.csv", "--purchase-orders", "coming.csv")
    result = peakwise("fit", history.name, *lists, "--map", "sku=Kode", *MAP[:4], *MAP[6:])
    assert result.exit_code == 2
    said = result.stderr.splitlines()
    assert [line.split(":")[0] for line in said] == ["orders.csv", "stock.csv", "coming.csv"]
    assert not Path("season.yaml").exists()


def test_the_tables_of_a_season_replace_no_list(peakwise: Peakwise, history: Path) -> None:
    Path("season-stock.csv").write_text("sku,units\nSKU0,1\n", encoding="utf-8")
    result = peakwise("fit", history.name, "--stock-list", "season-stock.csv", *MAP)
    assert result.exit_code == 2
    assert "has the name of a table of the season; name another season with --out" in result.stderr
