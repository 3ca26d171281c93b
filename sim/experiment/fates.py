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
from sim.results.fates import FATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from sim.experiment.replicate import Progress
    from sim.experiment.season import Outcome
    from sim.experiment.statistics import Interval
    from sim.experiment.study import Study
    from sim.scenario import Scenario
    from sim.warehouse.ledger import Ledger

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
    (fate_a, margin_a), (fate_b, margin_b) = _charged(a), _charged(b)
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

    first, second = (tables(each) for each in _both(policies, seed, replication))
    before, after = first["orders"], second["orders"]
    units = first["lines"].groupby("order")["units"].sum()
    counted = before["fate"].notna()
    columns: dict[str, object] = {
        "replication": replication,
        "customer": before["order"],
        "placed_at": before["placed_at"],
        "units": units.reindex(before["order"], fill_value=0).to_numpy(),
    }
    for when, orders in (("before", before), ("after", after)):
        columns |= {f"{when}_{name}": orders[name] for name in ("fate", "reason", "margin")}
    return pd.DataFrame(columns)[counted].reset_index(drop=True)


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


def _charged(ledger: Ledger) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Fate and margin of the customers that the profit and loss covers."""
    from sim.results.fates import fates

    fate, margin = fates(ledger)
    return fate[fate >= 0], margin[fate >= 0]
