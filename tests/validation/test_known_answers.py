"""The engine against closed forms and published tables, as one family of tests.

Replications are 1 to n, fixed in advance. The whole table holds at a family-wise error of 1 %.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim import load_policies
from sim.demand import sample_orders
from sim.results import kpis
from sim.warehouse import simulate

FOLDER = Path(__file__).parents[2] / "scenarios" / "validation"
REPLICATIONS = 20
YEAR_COST = ("holding_cost", "backorder_penalty", "purchase_order_cost")

# (case, policy, figure, expected): expected values from the sources named in the scenario files.
EXPECTED: list[tuple[str, str, str, float]] = [
    *[
        ("I01", law, kpi, value)
        for law in ("constant", "exponential", "lognormal")
        for kpi, value in (
            ("fill_rate", 0.7915564764),
            ("backorders_mean", 0.3224727301),
            ("on_hand_mean", 3.3224727301),
            ("stock_wait_mean", 0.0806181825),
            ("backorder_time_share", 0.1355355774),
        )
    ],
    ("I02", "12, 10", "lost_sales_rate", 0.1197391884),
    ("I02", "12, 10", "on_hand_mean", 3.1973918845),
    ("I02", "5, 3", "lost_sales_rate", 0.1100543478),
    ("I02", "20, 15", "lost_sales_rate", 0.0455932156),
    ("I02", "20, 15", "on_hand_mean", 5.6838982338),
    ("I03", "5.8 (3,5)", "cost per day", 107.9235806),
    ("I03", "5.8 (3,5)", "backorders_mean", 0.1054328273),
    ("I03", "5.8 (3,5)", "on_hand_mean", 3.1054328273),
    ("I03", "5.8 (3,5)", "fill_rate", 0.8666328304),
    ("I03", "5.8 (8,12)", "cost per day", 242.5281638),
    ("I03", "5.2 (6,7)", "cost per day", 28.2413128),
    ("I03", "5.2 (6,7)", "fill_rate", 0.863150807),
    ("I03", "5.2 (3,9)", "cost per day", 34.2641545),
    ("I05", "10 (6,40)", "cost per day", 35.0215553),
    ("I05", "15 (10,49)", "cost per day", 42.6978192),
    ("I05", "25 (19,56)", "cost per day", 54.2621667),
    ("I05", "52 (44,112)", "cost per day", 72.2461056),
    ("I05", "64 (55,74)", "cost per day", 78.4023207),
    ("I05", "75 (67,86)", "cost per day", 79.5538464),
    ("I10", "Baseline", "lost_sales_rate", 0.0843388627),
    ("I10", "Baseline", "fill_rate", 0.2547480739),
    ("I10", "Baseline", "backorders_mean", 1.6891387416),
    ("I10", "Baseline", "backorder_wait_mean", 0.6389413506),
    ("I10", "Baseline", "on_hand_mean", 0.5325273683),
    ("I12", "Baseline", "lost_sales_rate", 0.0332914325),
    ("I12", "Baseline", "on_hand_mean", 13.8828514736),
    ("I12", "Baseline", "purchase orders per day", 0.1160050281),
    ("I13", "0.6", "fill_rate", 0.6430318382),
    ("I13", "0.6", "backorder_rate", 0.2141808971),
    ("I13", "0.6", "lost_sales_rate", 0.1427872647),
    ("I13", "0.6", "backorders_mean", 0.3289414163),
    ("I13", "0.6", "on_hand_mean", 1.7568140635),
    ("I13", "0.6", "backorder_wait_mean", 0.383952795),
    ("I13", "0.25", "fill_rate", 0.7400521417),
    ("I13", "0.25", "backorder_rate", 0.0649869646),
    ("I13", "0.25", "lost_sales_rate", 0.1949608937),
    ("I13", "0.25", "backorders_mean", 0.0722723025),
    ("I13", "0.25", "on_hand_mean", 2.0218812398),
    ("Q03", "patience 1", "no wait", 0.4082813655),
    ("Q03", "patience 1", "cancel_rate", 0.049917976),
    ("Q03", "patience 1", "backlog_mean", 5.091633552),
    ("Q03", "patience 1", "pick_wait_mean", 0.0490409219),
    ("Q03", "patience 4", "no wait", 0.2256791323),
    ("Q03", "patience 4", "cancel_rate", 0.0363618884),
    ("Q03", "patience 4", "backlog_mean", 14.8356504753),
    ("Q03", "patience 4", "pick_wait_mean", 0.1455453377),
    ("Q06", "Baseline", "cycle_time_mean:high", 2.0),
    ("Q06", "Baseline", "cycle_time_mean:low", 6.0),
    ("Q07", "Baseline", "pick_wait_mean:high", 0.1869914341),
    ("Q07", "Baseline", "pick_wait_mean:low", 1.2466095609),
    ("Q07", "Baseline", "wait_probability", 0.6544700195),
]


def figures(case: str, policy: str) -> dict[str, np.ndarray]:
    """KPIs of a case over its replications, with figures per time derived from them."""
    scenario = load_policies(FOLDER / f"{case}.yaml")[policy]
    rows = []
    for replication in range(1, REPLICATIONS + 1):
        book = sample_orders(scenario, 1, replication)
        ledger = simulate(scenario, book, 1, replication)
        row = kpis(ledger)
        days = (ledger.window[1] - ledger.window[0]) / 86_400_000
        row["cost per day"] = -sum(row[name] for name in YEAR_COST) / days
        row["purchase orders per day"] = row["purchase_orders"] / days
        row["no wait"] = 1 - row["wait_probability"]
        rows.append(row)
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


CASES = sorted({(case, policy) for case, policy, _, _ in EXPECTED})


@pytest.mark.parametrize(("case", "policy"), CASES)
def test_simulated_figures_agree_with_the_known_answers(case: str, policy: str) -> None:
    found = figures(case, policy)
    for expected_case, expected_policy, figure, expected in EXPECTED:
        if (expected_case, expected_policy) != (case, policy):
            continue
        values = found[figure]
        n = len(values)
        error = values.std(ddof=1) / np.sqrt(n)
        half_width = stats.t.ppf(1 - 0.01 / len(EXPECTED) / 2, n - 1) * error
        assert abs(values.mean() - expected) <= half_width, (figure, values.mean(), half_width)
        assert half_width <= 0.5 * abs(expected), (figure, "the run is too short to tell")
