"""One pass over the orders, lines and parcels of a ledger, compiled like the flow.

A season of a million orders is read in the time in which NumPy copies a few of its columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.warehouse.compiled import entry, handle_of, reach
from sim.warehouse.counts.fates import FATES
from sim.warehouse.counts.orders import count_order
from sim.warehouse.counts.parcels import count_parcel
from sim.warehouse.counts.rows import (
    COUNTS,
    OF_CLASS,
    OF_FATE,
    OF_ORDER,
    OF_SKU,
    RELEASED,
    SEEN,
    SPAN,
    TABLES,
    TERMS,
)
from sim.warehouse.counts.seen import day_edges, see
from sim.warehouse.state import wide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.warehouse.ledger import Ledger
    from sim.warehouse.state import Table

    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Terms:
    """How a ledger is to be read, beyond what it holds itself."""

    cuts: Table
    """Rows of `CUT`: the promises of the carrier."""
    slow: Table
    """Rows of `SLOW`."""
    row: dict[str, int]
    """Fields of `TERMS`, but for numbers of rows and the season."""


@dataclass(frozen=True)
class Counts:
    """What the rows of a ledger add up to. Times in ms."""

    total: Mapping[str, int]
    """The row of `COUNTS`."""
    of_order: Table
    """Rows of `OF_ORDER`."""
    of_class: Table
    """Rows of `OF_CLASS`."""
    of_fate: Table
    """Rows of `OF_FATE`, one by name of `FATES`."""
    of_sku: Table
    """Rows of `OF_SKU`."""
    seen: Table
    """Rows of `SEEN`, shape (days, products); (0, products) without a block `forecast_value`."""
    cycle: Integers
    """From placement to the last handover, of each order that was shipped, by order."""
    filled: Integers
    """From placement until the last unit was reserved, of each backorder that was filled."""
    released: Table
    """Rows of `RELEASED`, by order."""
    ready_at: Integers
    """When each parcel that was formed became ready, by parcel."""
    left_at: Integers
    """When it left the pick queue, or the run ended."""


evidence_at = reach("Counted", TABLES)


class _Tables:
    """The tables of the pass, under the names of `TABLES`."""

    def __init__(self, tables: dict[str, Table]) -> None:
        self.__dict__.update(tables)


def count(ledger: Ledger, terms: Terms) -> Counts:
    """Read a ledger once."""
    n_orders, n_parcels = len(ledger.orders), len(ledger.parcels)
    edges, n_skus = day_edges(ledger), len(ledger.opening)
    days = len(edges) - 1 if ledger.scenario.forecast_value is not None else 0
    tables = {
        "terms": _terms(ledger, terms, int(edges[1])),
        "cuts": terms.cuts,
        "slow": terms.slow,
        "book": np.ascontiguousarray(ledger.book.orders),
        "book_line": np.ascontiguousarray(ledger.book.lines),
        "order": ledger.orders,
        "line": ledger.lines,
        "wait": ledger.waits,
        "parcel": ledger.parcels,
        "back": ledger.back,
        "extra": ledger.extra,
        "care": ledger.care,
        "sku": ledger.final_skus,
        "counts": np.zeros(1, COUNTS),
        "of_order": np.zeros(n_orders, OF_ORDER),
        "of_class": np.zeros(max(1, len(ledger.book.class_names)), OF_CLASS),
        "of_fate": np.zeros(len(FATES), OF_FATE),
        "of_sku": np.zeros(n_skus, OF_SKU),
        "seen": np.zeros(days * n_skus, SEEN),
        "cycle": np.empty(n_orders, SPAN),
        "filled": np.empty(n_orders, SPAN),
        "released": np.empty(n_orders, RELEASED),
        "ready_at": np.empty(n_parcels, SPAN),
        "left_at": np.empty(n_parcels, SPAN),
    }
    owner = _Tables(tables)
    read(handle_of(owner, TABLES))
    total = dict(zip(TABLES["counts"].names or (), tables["counts"][0].item(), strict=True))

    def spans(name: str, n: str) -> Integers:
        found: Integers = tables[name][: total[n]]["ms"]
        return found

    return Counts(
        total=total,
        of_order=tables["of_order"],
        of_class=tables["of_class"],
        of_fate=tables["of_fate"],
        of_sku=tables["of_sku"],
        seen=tables["seen"].reshape(days, n_skus),
        cycle=spans("cycle", "n_cycles"),
        filled=spans("filled", "n_filled"),
        released=tables["released"][: total["n_released"]],
        ready_at=spans("ready_at", "n_stays"),
        left_at=spans("left_at", "n_stays"),
    )


def _terms(ledger: Ledger, terms: Terms, midnight: int) -> Table:
    """The row of `TERMS`; `midnight`: the first one within the season, or its end."""
    returns = ledger.scenario.returns
    numbers = {
        "first": ledger.window[0],
        "last": ledger.window[1],
        "midnight": midnight,
        "drained_at": ledger.drained_at,
        "n_orders": len(ledger.orders),
        "n_parcels": len(ledger.parcels),
        "n_skus": len(ledger.opening),
        "n_cuts": len(terms.cuts),
        "n_slow": len(terms.slow),
        "sees": ledger.scenario.forecast_value is not None,
        "care": len(ledger.care) > 0,
        "gift_cost": ledger.care_plan[0]["gift_cost"],
        "hash_key": int(ledger.marks.counters[-1]["hash_key"]),
        "wraps": int(ledger.marks.counters[-1]["wraps"]),
        "recommends": int(ledger.marks.counters[-1]["recommends"]),
        "returns": returns is not None,
        "refunds_returns": returns is not None and returns.refund,
    }
    row = np.zeros(1, TERMS)
    for name, value in (terms.row | numbers).items():
        row[name] = value
    return row


def count_nothing() -> None:
    """Compile the pass, or load it."""
    tables = _Tables({name: np.zeros(1, dtype) for name, dtype in TABLES.items()})
    read(handle_of(tables, TABLES))


@entry
def read(handle: Any) -> None:
    """Read the tables that the handle leads to."""
    s = evidence_at(handle)
    n_orders = wide(s.terms[0]["n_orders"])
    for o in range(n_orders):
        count_order(s, o)
        count_parcel(s, o)
        if s.terms[0]["sees"] != 0:
            see(s, o)
    for i in range(n_orders, wide(s.terms[0]["n_parcels"])):
        count_parcel(s, i)
