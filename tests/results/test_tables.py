"""Tables hold what their columns declare, with names in place of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim import load_policies, load_scenario, sample_orders, simulate
from sim.results import tables
from sim.results.columns import COLUMNS, INSTANT
from sim.results.tables import REASON, STATUS
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario


@pytest.fixture(scope="module")
def found() -> Any:
    season = load_policies("holiday", ["demand.orders_per_day=40"])["Backorder"]
    return tables(simulate(season, sample_orders(season, 1, 0), 1, 0))


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_declared_and_has_the_dtype_that_it_declares(found: Any, name: str) -> None:
    table = found[name]
    assert {column: str(dtype) for column, dtype in table.dtypes.items()} == {
        column.name: column.dtype for column in COLUMNS[name]
    }
    assert len(table) > 0 or name == "contacts"  # the season has no support desk


def test_every_table_is_declared(found: Any) -> None:
    assert list(found) == list(COLUMNS)


def test_every_column_means_something_and_every_instant_has_its_unit() -> None:
    for column in (column for columns in COLUMNS.values() for column in columns):
        assert column.meaning.endswith(".")
        assert (column.unit == INSTANT) == (column.name.endswith("_at") or column.name in _ALSO)
        assert (
            column.unit
            or column.dtype in {"bool", "boolean", "category"}
            or column.name in _NUMBERS
        )


_ALSO = {"at", "waits_from"}
_NUMBERS = {"order", "parcel", "nth", "contact", "first"}


def test_what_an_instant_or_a_number_lacks_is_missing_and_never_minus_one(found: Any) -> None:
    for name, columns in COLUMNS.items():
        table = found[name]
        for column in columns:
            if column.dtype.startswith("Int") and column.unit != INSTANT:
                assert not (table[column.name] == -1).any()
    assert set(found["orders"]["status"].cat.categories) == set(STATUS)
    assert set(found["orders"]["reason"].cat.categories) == set(REASON.values())


def test_orders_lines_and_parcels_refer_to_one_another_by_number(found: Any) -> None:
    orders, lines, parcels = found["orders"], found["lines"], found["parcels"]
    assert (orders["order"] == np.arange(len(orders))).all()
    packed = lines.dropna(subset="parcel").merge(parcels, on="parcel", suffixes=("", "_of_parcel"))
    assert (packed["order"] == packed["order_of_parcel"]).all()
    assert packed.groupby("parcel").size().reindex(parcels["parcel"]).tolist() == list(
        parcels["lines"]
    )


def test_suppliers_people_and_cohorts_have_names(found: Any) -> None:
    season = load_scenario("holiday")
    assert set(found["purchase_orders"]["supplier"].dropna()) <= set(season.suppliers)
    shifts = found["shifts"]
    assert set(shifts["cohort"]) <= set(shifts["cohort"].cat.categories)
    whose = shifts["team"].astype(str) + " " + shifts["cohort"].astype(str) + " "
    for prefix, person in zip(whose, shifts["person"], strict=True):
        assert person.startswith(prefix)
        assert person.removeprefix(prefix).isdigit()
    assert set(found["parcels"]["person"].dropna()) <= set(shifts["person"].cat.categories)


def test_an_order_open_at_the_start_keeps_the_number_of_its_file() -> None:
    opened = [
        {"order": "B-7", "sku": "A", "units": 2, "placed": "0 days"},
        {"order": "A-9", "sku": "A", "units": 1, "placed": "0 days"},
    ]
    season = scenario(opening={"open_orders": opened})
    orders = tables(simulate(season, sample_orders(season, 1, 0), 1, 0))["orders"]
    assert sorted(orders["number"].dropna()) == ["A-9", "B-7"]
    assert orders["number"].isna().sum() == len(orders) - 2


def test_a_season_without_people_has_empty_tables_of_the_same_columns() -> None:
    empty = tables(run(scenario(products=[{"sku": "A", "stock": "9 units"}]), Buyer(DAY + HOUR)))
    assert len(empty["shifts"]) == 0
    assert str(empty["shifts"]["person"].dtype) == "category"
    assert empty["parcels"]["person"].isna().all()
