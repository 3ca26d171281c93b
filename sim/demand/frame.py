"""The order book as tables that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.demand.order_book import (
    CHANGED_MIND,
    COME_BACK,
    DROP,
    FORGOT,
    LEAVES_ELSEWHERE,
    OPENED,
    SIGN_UP,
    SUBSTITUTE,
)
from sim.demand.spans import NEVER, unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.demand.order_book import OrderBook

DAY = 86_400_000

_FLAGS = {
    "opened": OPENED,
    "takes_substitute": SUBSTITUTE,
    "drops_line": DROP,
    "signs_up": SIGN_UP,
    "comes_back": COME_BACK,
    "leaves_elsewhere": LEAVES_ELSEWHERE,
}
_WAITS = {
    "max_quote": "longest_quote_days",
    "patience": "patience_days",
    "other_after": "other_cause_after_days",
    "elsewhere_after": "found_elsewhere_after_days",
    "alert_opened_after": "alert_opened_after_days",
    "alert_intent": "alert_intent_days",
    "comeback_after": "comes_back_after_days",
    "transit": "transit_days",
    "express_transit": "express_transit_days",
}
_CAUSES = {FORGOT: "forgot", CHANGED_MIND: "changed mind"}


@dataclass(frozen=True, slots=True)
class Summary:
    """What is in an order book."""

    orders: int
    """Orders, opened ones included."""
    opened: int
    """Orders that were placed before the run."""
    lines: int
    """Order lines."""
    units: int
    """Units ordered."""
    units_by_sku: dict[str, int]
    """Units ordered by product."""
    orders_by_class: dict[str, int]
    """Orders by class."""


def summarize(book: OrderBook) -> Summary:
    """Count orders, lines and units."""
    lines, orders = book.lines, book.orders
    by_sku = np.bincount(lines["sku"], weights=lines["units"], minlength=len(book.sku_names))
    by_class = np.bincount(orders["class_"], minlength=len(book.class_names))
    return Summary(
        orders=len(orders),
        opened=int(np.count_nonzero(orders["flags"] & OPENED)),
        lines=len(lines),
        units=int(lines["units"].sum()),
        units_by_sku=dict(zip(book.sku_names, by_sku.astype(int).tolist(), strict=True)),
        orders_by_class=dict(zip(book.class_names, by_class.tolist(), strict=True)),
    )


def to_frame(book: OrderBook) -> pd.DataFrame:
    """One row per order line.

    Waits are in days, infinite where there is no limit; `placed_at` and `needed_by` are dates, or
    days since t=0 in a season without dates; unknown and none are missing values.
    """
    orders = book.orders
    table: dict[str, Any] = {
        "order": np.arange(len(orders)),
        "number": [*book.numbers, *[None] * (len(orders) - len(book.numbers))],
        "placed_at": _instants(book, orders["placed_at"]),
        "class": _named(orders["class_"], book.class_names),
    }
    for name, bit in _FLAGS.items():
        table[name] = (orders["flags"] & bit) != 0
    for field, name in _WAITS.items():
        table[name] = _waits(unpack(orders[field]))
    table["other_cause"] = pd.Series(orders["other_cause"]).map(_CAUSES)
    table["needed_by"] = _instants(book, unpack(orders["needed_by"]))
    table["refuses_late"] = orders["refuses_late"] != 0
    table["work_factor"] = orders["work_ppm"] / 1e6
    table["pack_factor"] = orders["pack_ppm"] / 1e6
    by_order = pd.DataFrame(table)
    rows = np.repeat(np.arange(len(orders)), orders["n_lines"])
    frame = by_order.iloc[rows].reset_index(drop=True)
    frame.insert(4, "sku", _named(book.lines["sku"], book.sku_names))
    frame.insert(5, "units", book.lines["units"])
    return frame


def _named(codes: NDArray[np.integer[Any]], names: tuple[str, ...]) -> pd.Series:
    categories = pd.Categorical.from_codes(codes.astype(np.int64), pd.Index(names))
    return pd.Series(categories)


def _waits(values: NDArray[np.int64]) -> NDArray[np.float64]:
    """Days; -1 stands for no wait at all, which is missing here."""
    days: NDArray[np.float64] = np.where(values >= NEVER, np.inf, values / DAY)
    days[values < 0] = np.nan
    return days


def _instants(book: OrderBook, values: NDArray[np.int64]) -> Any:
    known = np.where(values >= NEVER, np.nan, values / DAY)
    if book.starts_on is None:
        return known
    whole = pd.Series(np.where(values >= NEVER, 0, values))
    dates = pd.Timestamp(book.starts_on).as_unit("ms") + pd.to_timedelta(whole, unit="ms")
    return dates.where(values < NEVER)
