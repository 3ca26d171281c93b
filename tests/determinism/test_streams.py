"""What is added to a season moves no draw of what was there before."""

from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.demand import sample_orders
from sim.scenario import Scenario, load_policies, load_scenario
from sim.warehouse import Ledger, simulate
from tests.determinism.digest import SEASON, book_bytes, digests

TEXT = SEASON.read_text(encoding="utf-8")
PRODUCT = "  - {sku: ZERO, share: 0, price: 5, cost: 2, stock: 50 units, supplier: near}\n"
SUPPLIER = (
    "  added: {lead_time: {exponential: 6 days}, slips: {share: 50%, by: {exponential: 3 days}},\n"
    "          disruptions: [{daily_chance: 5%, lasts: {exponential: 2 days}}]}\n"
)
COHORT = "      - {name: added, people: 4, wage: 20 per hour, absence: 30%, quits: 20% per week}\n"
POLICY = (
    "  Added: {customers.patience: {exponential: 3 days}, demand.orders_per_day: 55,\n"
    "          demand.basket.lines: {1: 1}, suppliers.far.lead_time: 2 days}\n"
)


def changed(folder: Path, *inserts: tuple[str, str]) -> Scenario:
    """The season with text inserted behind other text."""
    return load_scenario(written(folder, *inserts))


def written(folder: Path, *inserts: tuple[str, str]) -> Path:
    text = TEXT
    for behind, insert in inserts:
        assert text.count(behind) == 1
        text = text.replace(behind, behind + insert)
    path = folder / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def ledger_of(scenario: Scenario) -> Ledger:
    return simulate(scenario, sample_orders(scenario, 7), 7)


def columns(table: Any, *without: str) -> dict[str, bytes]:
    return {
        name: np.ascontiguousarray(table[name]).tobytes()
        for name in table.dtype.names
        if name not in without
    }


@pytest.fixture(scope="module")
def before() -> Ledger:
    return ledger_of(load_scenario(SEASON))


@pytest.mark.parametrize("behind", ["suppliers:\n", "cost_per_unit: 1.50}\n"], ids=["front", "end"])
def test_a_supplier_moves_no_draw(tmp_path: Path, before: Ledger, behind: str) -> None:
    after = ledger_of(changed(tmp_path, (behind, SUPPLIER)))
    assert len(after.scenario.suppliers) == 3
    assert book_bytes(after.book) == book_bytes(before.book)
    assert len(before.purchase_orders) > 10
    # Suppliers are counted in the order of the file: the number moves, and nothing else.
    assert columns(after.purchase_orders, "supplier") == columns(before.purchase_orders, "supplier")
    for table in ("deliveries", "shifts", "orders", "lines", "waits", "parcels", "space", "docks"):
        assert columns(getattr(after, table)) == columns(getattr(before, table)), table


@pytest.mark.parametrize(
    ("behind", "shift"),
    [("products:\n", 1), ("available_elsewhere: yes}\n", 0)],
    ids=["front", "end"],
)
def test_a_product_without_a_share_moves_no_draw(
    tmp_path: Path, before: Ledger, behind: str, shift: int
) -> None:
    after = ledger_of(changed(tmp_path, (behind, PRODUCT)))
    assert len(after.scenario.products) == 5
    assert columns(after.book.orders) == columns(before.book.orders)
    assert (after.book.lines["units"] == before.book.lines["units"]).all()
    numbered = {"purchase_orders": before.purchase_orders, "deliveries": before.deliveries}
    numbered["docks"] = before.docks
    for name, table in numbered.items():
        own = getattr(after, name)
        assert columns(own, "sku") == columns(table, "sku"), name
        assert (own["sku"] == table["sku"] + shift).all(), name
    for name in ("shifts", "orders", "lines", "waits", "parcels", "space"):
        assert columns(getattr(after, name)) == columns(getattr(before, name)), name


def test_a_product_with_a_share_changes_only_the_lines_that_it_takes(tmp_path: Path) -> None:
    # In baskets of one line; where lines differ within an order, one taken line may free another.
    single = ("    lines: {1: 0.5, 2: 0.3, 3: 0.2}", "")
    old, new = "lines: {1: 0.5, 2: 0.3, 3: 0.2}", "lines: {1: 1}"
    assert TEXT.count(single[0]) == 1
    path = tmp_path / "single.yaml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    before = sample_orders(load_scenario(path), 7)
    product = PRODUCT.replace("share: 0", "share: 2").replace("ZERO", "TAKER")
    behind = "available_elsewhere: yes}\n"
    path.write_text(TEXT.replace(old, new).replace(behind, behind + product), encoding="utf-8")
    after = sample_orders(load_scenario(path), 7)
    taken = after.lines["sku"] == 4
    assert 0.05 < taken.mean() < 0.3
    assert (after.lines["sku"][~taken] == before.lines["sku"][~taken]).all()
    assert (after.lines["units"] == before.lines["units"]).all()
    assert columns(after.orders) == columns(before.orders)


def test_a_cohort_moves_no_absence_of_others(tmp_path: Path, before: Ledger) -> None:
    behind = "wage: 21.50 per hour, absence: 10%}\n"
    after = ledger_of(changed(tmp_path, (behind, COHORT)))
    assert book_bytes(after.book) == book_bytes(before.book)
    assert before.shifts["absent"].any()
    for name in dict.fromkeys(before.people):
        assert roster(after, name) == roster(before, name)
    assert roster(after, ("pick_pack", "added"))


def roster(ledger: Ledger, cohort: tuple[str, str]) -> list[tuple[int, ...]]:
    """Shifts of a cohort by its own count of people, and who was absent or gone."""
    people = [number for number, own in enumerate(ledger.people) if own == cohort]
    names = ("day", "start_at", "end_at", "absent", "training")
    return [
        (person - people[0], *(int(row[name]) for name in names))
        for row in ledger.shifts
        if (person := int(row["person"])) in people
    ]


def test_a_policy_moves_no_draw_of_another_wherever_it_stands(tmp_path: Path) -> None:
    policies = load_policies(written(tmp_path, ("policies:\n", POLICY)))
    alone = {name: digests({name: scenario}, 7)[name] for name, scenario in policies.items()}
    assert len(alone) == 4
    assert alone["Added"]["book.orders.placed_at"] != alone["Hybrid"]["book.orders.placed_at"]
    for order in list(permutations(policies))[::5]:
        found = digests({name: policies[name] for name in order}, 7)
        assert found == alone, order
