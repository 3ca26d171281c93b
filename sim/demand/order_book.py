"""The order book: everything about the season's customers that is known before the run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.demand.spans import ENDLESS

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from sim.demand.frame import Summary

OPENED, SUBSTITUTE, DROP, SIGN_UP, COME_BACK, LEAVES_ELSEWHERE = 1, 2, 4, 8, 16, 32
"""Bits of `flags`: placed before the run began; takes that step when it is on offer; leaves at once
for a competitor who has the item."""

FORGOT, CHANGED_MIND = 4, 5
"""Values of `other_cause`."""

i1, i4, i8 = np.int8, np.int32, np.int64

ORDER: Final = np.dtype(
    [
        ("placed_at", i8),  # ms since the start of the run; opened orders are negative
        # Spans, packed by `sim.demand.spans`.
        ("max_quote", i4),  # longest quoted wait accepted; -1 none, ENDLESS any
        ("patience", i4),  # until they cancel because the wait is too long
        ("other_after", i4),  # until they have forgotten, or changed their mind
        ("elsewhere_after", i4),  # until they find it elsewhere
        ("needed_by", i4),  # from the start of the run: the date's end less the margin
        ("alert_opened_after", i4),  # from the e-mail to their return
        ("alert_intent", i4),  # longest since the sign-up after which they still buy; -1 none
        ("comeback_after", i4),  # until they come back unprompted
        ("transit", i4),  # from pickup to the customer
        ("express_transit", i4),
        # Numbers.
        ("work_ppm", i4),  # factor on the work of (pick and) pack; 1,000,000 is the mean
        ("pack_ppm", i4),  # the same for packing as a stage of its own
        ("first_line", i4),  # row of `lines`
        ("error_u", i4),  # 0 .. 999,999; an error is made when below the picker's rate per million
        ("n_lines", i4),
        ("class_", i1),
        ("flags", i1),
        ("other_cause", i1),  # of `other_after`; 0 none
        ("refuses_late", i1),  # refuses what is delivered after the date for which it is needed
    ],
    align=True,
)
"""One row per order, opened ones first, then by time of placement.

The fields fill the row: there is no padding, whose bytes a copy might leave undefined."""

LINE: Final = np.dtype([("sku", i4), ("units", i4)])
"""One row per order line, in the order of the orders."""


@dataclass(frozen=True, eq=False)
class OrderBook:
    """The customers of one simulated season; every policy faces the same.

    The arrays are read-only. Times are milliseconds since the start of the run.
    """

    orders: NDArray[np.void]
    """Rows of `ORDER`."""
    lines: NDArray[np.void]
    """Rows of `LINE`; an order's lines have distinct SKUs."""
    sku_names: tuple[str, ...]
    """Products; `lines["sku"]` counts from 0."""
    class_names: tuple[str, ...]
    """Order classes, highest priority first; `orders["class_"]` counts from 0."""
    seed: int
    """Seed of the study."""
    replication: int
    """Number of the simulated season."""
    starts_on: datetime | None = None
    """Date and time of t=0; None in a season without dates."""
    numbers: tuple[str, ...] = ()
    """Order numbers of the first rows, where orders come from a file; the rest have none."""
    inputs: dict[str, Any] = field(default_factory=dict, repr=False)
    """What each group of columns was drawn from, by group; see `sim.demand.sample`."""

    def __post_init__(self) -> None:
        self.orders.setflags(write=False)
        self.lines.setflags(write=False)

    def __len__(self) -> int:
        return len(self.orders)

    def to_frame(self) -> pd.DataFrame:
        """One row per order line, with names, dates and everything stamped on the customer."""
        from sim.demand.frame import to_frame

        return to_frame(self)

    def summary(self) -> Summary:
        """Count what is in the book."""
        from sim.demand.frame import summarize

        return summarize(self)


def _blank_row() -> NDArray[np.void]:
    row = np.zeros(1, ORDER)
    for name in ("max_quote", "patience", "other_after", "elsewhere_after", "needed_by"):
        row[name] = ENDLESS
    row["alert_intent"] = ENDLESS
    row["work_ppm"] = row["pack_ppm"] = 1_000_000
    return row


_PLAIN: Final = np.dtype((np.void, ORDER.itemsize))
_ROW: Final = _blank_row()
BLANK: Final[dict[str, int]] = {name: int(_ROW[name][0]) for name in ORDER.names or ()}
"""A customer who accepts any wait, never cancels, and takes average work."""


def blank_orders(n: int) -> NDArray[np.void]:
    """Rows of such customers."""
    orders = np.empty(n, ORDER)
    blank(orders)
    return orders


def blank(orders: NDArray[np.void]) -> None:
    """Make such customers of these rows."""
    # Copied without their fields: NumPy assigns structures field by field, ten times as slowly.
    orders.view(_PLAIN)[:] = _ROW.view(_PLAIN)
