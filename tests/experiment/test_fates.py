from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.demand import sample_orders
from sim.errors import ScenarioError
from sim.experiment.fates import (
    FATES,
    compare_fates,
    customers_of_season,
    simulate_fates,
)
from sim.experiment.fates_words import fates_in_words, fates_json
from sim.results import kpis
from sim.results.fates import fates
from sim.scenario import load_policies
from sim.warehouse import simulate

TOY = Path(__file__).parents[2] / "docs" / "how-to" / "toy-shop.yaml"
GOODS = ("gross_sales", "discounts", "refunds", "cost_of_goods")


@pytest.fixture(scope="module")
def policies():
    return load_policies(TOY)


def two(policies, *names):
    return {name: policies[name] for name in names}


@pytest.fixture(scope="module")
def table(policies):
    return compare_fates(two(policies, "Backorder", "Out of stock"), 3, seed=1, workers=1)


def test_margins_of_customers_add_up_to_the_lines_of_the_profit_and_loss(policies):
    for policy in policies.values():
        ledger = simulate(policy, sample_orders(policy, 4, 0), 4, 0)
        lines = kpis(ledger)
        fate, margin = fates(ledger)
        assert margin[fate >= 0].sum() == pytest.approx(sum(lines[name] for name in GOODS))


def test_fates_add_up_to_the_counts_of_the_kpis(policies):
    policy = policies["Backorder"]
    ledger = simulate(policy, sample_orders(policy, 4, 0), 4, 0)
    figures, (fate, _) = kpis(ledger), fates(ledger)
    count = dict(zip(FATES, np.bincount(fate[fate >= 0], minlength=len(FATES)), strict=True))
    assert count["lost"] == figures["lost_orders"]
    assert count["cancelled"] == figures["cancelled_orders"]
    assert sum(count.values()) == figures["orders"]
    shipped = sum(count[each] for each in FATES if each not in {"lost", "cancelled", "open"})
    assert shipped == figures["shipped_orders"]


def test_every_customer_is_in_one_cell(table, policies):
    orders = [
        len(sample_orders(policies["Backorder"], 1, replication).orders) for replication in range(3)
    ]
    assert table.customers == pytest.approx(np.mean(orders))
    assert table.frame()["customers"].sum() == pytest.approx(np.mean(orders))


def test_a_policy_against_itself_changes_nobody(policies):
    twins = {"A": policies["Alerts"], "B": policies["Alerts"]}
    found = compare_fates(twins, 2, seed=2, workers=1)
    assert all(each.same for each in found.changes)
    assert found.margin.mean == found.profit.mean == 0.0
    assert "none fares differently" in fates_in_words(found)


def test_who_waited_leaves_where_nothing_can_be_backordered(table):
    pairs = {(each.before, each.after): each for each in table.changes}
    assert pairs["waited", "lost"].customers.mean > 50
    assert pairs["waited", "lost"].margin.mean == -pairs["waited", "lost"].margin_before
    assert not [each for each in table.changes if each.after == "waited"]
    assert table.margin.mean == pytest.approx(sum(each.margin.mean for each in table.changes))


def test_the_listing_names_the_customers_behind_each_cell(policies):
    pair = two(policies, "Backorder", "Out of stock")
    rows = customers_of_season(pair, seed=1, replication=0)
    cells = rows.groupby(["before_fate", "after_fate"], observed=True).size()
    outcome = simulate_fates(pair, 1, 0)["Backorder"]
    names = list(FATES)
    for (before, after), count in cells.items():
        key = names.index(before) * len(names) + names.index(after)
        assert outcome[f"customers:{key}"] == count
    changed = rows[rows["before_fate"].astype(str) != rows["after_fate"].astype(str)]
    assert set(changed.loc[changed["after_fate"] == "lost", "after_reason"].dropna()) == {"left"}
    assert rows["customer"].is_unique


def test_policies_with_other_customers_are_refused(policies):
    other = load_policies(TOY, ["demand.scale=1.2"])["Backorder"]
    with pytest.raises(ScenarioError, match="do not have the same customers"):
        compare_fates({"A": policies["Backorder"], "B": other}, 1, workers=1)


def test_the_object_says_what_the_table_says(table):
    answer = fates_json(table)
    assert {(each["before"], each["after"]) for each in answer["changes"]} == {
        (each.before, each.after) for each in table.changes
    }
    assert answer["profit_change"]["mean"] == table.profit.mean
    assert pd.notna(answer["margin_change"]["half_width"])
