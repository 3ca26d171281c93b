"""Who fares differently: the same customers under two policies, from which fate to which.

Both policies face one order book, so this counts customers: it estimates nothing from two samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.experiment.replicate import replicate
from sim.experiment.statistics import mean_interval, paired_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from sim.demand.order_book import OrderBook
    from sim.experiment.replicate import Progress
    from sim.experiment.season import Outcome
    from sim.experiment.statistics import Interval
    from sim.experiment.study import Study
    from sim.results.view import View
    from sim.scenario import Scenario
    from sim.warehouse.ledger import Ledger

FATES: Final[dict[str, str]] = {
    "at_once": "bought from the shelf",
    "came_back": "came back later and bought",
    "by_alert": "bought after a mail",
    "waited": "waited for a backorder",
    "late": "got it late",
    "sent_back": "got it too late, sent it back",
    "cancelled": "cancelled",
    "lost": "left without buying",
    "open": "still open at the end",
}
"""What may become of a customer, in plain words. The first that holds from below: still open, left,
cancelled, sent back, shipped after the promised date, and then how a customer bought."""
_NAMES: Final = tuple(FATES)


@dataclass(frozen=True, slots=True)
class Change:
    """Customers who have one fate under the first policy and one under the second."""

    before: str
    """Fate under the first policy, a key of `FATES`."""
    after: str
    customers: Interval
    """How many, per season."""
    margin_before: float
    """What they pay for goods, less refunds and the cost of these goods; mean per season."""
    margin: Interval
    """By how much that changes, per season."""

    @property
    def same(self) -> bool:
        """Whether nothing changes for them."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class FateTable:
    """All customers of a season by their fates under two policies."""

    policies: tuple[str, str]
    seasons: int
    changes: tuple[Change, ...]
    """Every pair of fates that occurs, the most customers first."""
    customers: float
    """All customers of a season, mean."""
    margin: Interval
    """By how much the margin of all customers changes."""
    profit: Interval
    """By how much the season's profit changes: the margin, and everything that is not tied to one
    customer, such as staff, space, postage and leftovers."""
    study: Study
    """What the table was made from, replication by replication."""

    def frame(self) -> pd.DataFrame:
        """One row per pair of fates.

        Columns: `before`, `after`, and the means per season `customers`, `margin_before` and
        `margin_change`.
        """
        import pandas as pd

        return pd.DataFrame(
            {
                "before": [each.before for each in self.changes],
                "after": [each.after for each in self.changes],
                "customers": [each.customers.mean for each in self.changes],
                "margin_before": [each.margin_before for each in self.changes],
                "margin_change": [each.margin.mean for each in self.changes],
            }
        )


def compare_fates(
    policies: Mapping[str, Scenario],
    replications: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> FateTable:
    """Follow the customers of many seasons under two policies.

    Args:
        policies: The two, by name.
        replications: As for `replicate`.
        seed: As for `replicate`.
        workers: As for `replicate`.
        progress: As for `replicate`.

    Raises:
        ScenarioError: The policies do not face the same customers.
        StudyInterrupted: Ctrl-C was pressed.
    """
    study = replicate(policies, replications, seed, workers, progress, season=simulate_fates)
    return fate_table(study)


def simulate_fates(policies: Mapping[str, Scenario], seed: int, replication: int) -> Outcome:
    """One season under both policies: customers and margin by pair of fates, and the profit."""
    from sim.results import kpis

    (first, second), (a, b) = policies, _both(policies, seed, replication)
    (fate_a, margin_a), (fate_b, margin_b) = fates(a), fates(b)
    pair = fate_a * len(_NAMES) + fate_b
    size = len(_NAMES) ** 2
    counts = np.bincount(pair, minlength=size)
    before, after = (np.bincount(pair, each, size) for each in (margin_a, margin_b))
    found = np.flatnonzero(counts).tolist()
    outcome: Outcome = {first: {}, second: {}}
    for name, ledger, margin in ((first, a, before), (second, b, after)):
        outcome[name] = {
            "season_profit": kpis(ledger)["season_profit"],
            **{f"customers:{key}": float(counts[key]) for key in found},
            **{f"margin:{key}": float(margin[key]) for key in found},
        }
    return outcome


def customers_of_season(
    policies: Mapping[str, Scenario], seed: int = 1, replication: int = 0
) -> pd.DataFrame:
    """Every customer of one season, with the fate under both policies: who is behind each cell.

    Columns: `replication`, `customer` (row of the order book), `placed_at` (ms since the season's
    start), `units` asked for, and per policy `before_` and `after_`: `fate`, `reason` (of a
    cancelled or lost order) and `margin`.
    """
    import pandas as pd

    from sim.results.tables import tables
    from sim.results.view import View

    ledgers = dict(zip(("before", "after"), _both(policies, seed, replication), strict=True))
    view, book = View(ledgers["before"]), ledgers["before"].book
    counted = np.flatnonzero(view.counts.of_order["charged"])
    units = np.bincount(_owners(book), book.lines["units"], len(book)).astype(np.int64)
    columns: dict[str, object] = {
        "replication": replication,
        "customer": counted,
        "placed_at": book.orders["placed_at"][counted] - view.window[0],
        "units": units[counted],
    }
    for when, ledger in ledgers.items():
        fate, margin = fates(ledger)
        columns[f"{when}_fate"] = pd.Categorical.from_codes(fate, pd.Index(_NAMES))
        reason = tables(ledger)["orders"]["reason"].iloc[counted]
        columns[f"{when}_reason"] = reason.reset_index(drop=True)
        columns[f"{when}_margin"] = margin
    return pd.DataFrame(columns)


def fates(ledger: Ledger) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Fate (place in `FATES`) and margin of every customer that the profit and loss covers."""
    from sim.results.view import View
    from sim.warehouse import words as s

    view, orders = View(ledger), ledger.orders
    verdicts = view.counts.of_order
    conditions = {
        "open": orders["status"] < s.SHIPPED,
        "lost": orders["status"] == s.LOST,
        "cancelled": orders["status"] == s.CANCELLED,
        "sent_back": verdicts["refused"] == 1,
        "late": verdicts["late"] == 1,
        "waited": orders["backordered"] == 1,
        "by_alert": orders["by_alert"] == 1,
        "came_back": orders["attempt"] > 0,
    }
    numbers = [_NAMES.index(name) for name in conditions]
    fate = np.select(list(conditions.values()), numbers, _NAMES.index("at_once"))
    charged = verdicts["charged"] == 1
    return fate[charged], _margins(view)[charged]


def fate_table(study: Study) -> FateTable:
    """Sum up what `simulate_fates` found."""
    first, second = study.policies
    keys = sorted(
        {int(name.partition(":")[2]) for name in study.values[first] if ":" in name},
    )
    changes = tuple(_change(study, key) for key in keys)
    margins = [
        np.sum([_cell(study, policy, f"margin:{key}") for key in keys], axis=0)
        for policy in (first, second)
    ]
    profits = [study.series(policy, "season_profit") for policy in (first, second)]
    return FateTable(
        policies=(first, second),
        seasons=study.replications,
        changes=tuple(sorted(changes, key=lambda each: -each.customers.mean)),
        customers=sum(each.customers.mean for each in changes),
        margin=paired_difference(margins[1], margins[0]).interval,
        profit=paired_difference(profits[1], profits[0]).interval,
        study=study,
    )


def _change(study: Study, key: int) -> Change:
    first, second = study.policies
    before, after = (_cell(study, policy, f"margin:{key}") for policy in (first, second))
    return Change(
        before=_NAMES[key // len(_NAMES)],
        after=_NAMES[key % len(_NAMES)],
        customers=mean_interval(_cell(study, first, f"customers:{key}")),
        margin_before=float(before.mean()),
        margin=paired_difference(after, before).interval,
    )


def _cell(study: Study, policy: str, name: str) -> NDArray[np.float64]:
    """A figure by season; a pair of fates that a season lacks has nobody in it."""
    return np.nan_to_num(study.series(policy, name))


def _both(policies: Mapping[str, Scenario], seed: int, replication: int) -> tuple[Ledger, Ledger]:
    from sim.demand import sample_orders
    from sim.warehouse import simulate

    first, second = policies.values()
    book = sample_orders(first, seed, replication)
    other = sample_orders(second, seed, replication, like=book)
    if not (
        np.array_equal(book.orders["placed_at"], other.orders["placed_at"])
        and np.array_equal(book.lines, other.lines)
    ):
        names = " and ".join(repr(name) for name in policies)
        message = f"{names} differ in demand, so they do not have the same customers"
        raise ScenarioError(Problem("", message, "compare them with peakwise compare"))
    return simulate(first, book, seed, replication), simulate(second, other, seed, replication)


def _margins(view: View) -> NDArray[np.float64]:
    """Sales less discounts, refunds and the cost of these goods, per order."""
    from sim.warehouse import words as s
    from sim.warehouse.ledger import line_skus

    ledger, verdicts, products = view.ledger, view.counts.of_order, view.scenario.products
    price, cost = (np.array([getattr(p, name) for p in products]) for name in ("price", "cost"))
    owner, sku, discount = _owners(ledger.book), line_skus(ledger), view.scenario.alerts.discount
    kept = (ledger.orders["status"] == s.SHIPPED) & (verdicts["refused"] == 0)
    paid = 1.0 - discount * (ledger.orders["by_alert"] == 1)[owner]
    units = ledger.book.lines["units"] * (ledger.lines["wait"] != s.DROPPED) * kept[owner]
    margins = np.bincount(owner, units * (price[sku] * paid - cost[sku]), len(ledger.book))
    return margins.astype(np.float64)


def _owners(book: OrderBook) -> NDArray[np.int64]:
    """Order of each line."""
    return np.repeat(np.arange(len(book)), book.orders["n_lines"])
