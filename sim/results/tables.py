"""The ledger as tables with declared columns, for files and screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.warehouse import state as s
from sim.warehouse.desk_rows import CAUSES, STATES
from sim.warehouse.ledger import line_table

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from sim.warehouse.ledger import Ledger

    Array = NDArray[Any]

STATUS = (
    "expected",
    "away",
    "signed_up",
    "mailed",
    "waiting",
    "picking",
    "shipped",
    "cancelled",
    "lost",
)
REASON = {
    s.PATIENCE: "patience",
    s.NEEDED_BY: "needed_by",
    s.ELSEWHERE: "elsewhere",
    s.FORGOT: "forgot",
    s.CHANGED_MIND: "changed_mind",
    s.WRONG_ANSWER: "wrong_answer",
    s.ENDED_BADLY: "ended_badly",
    s.LEFT: "left",
    s.BLOCKED: "blocked",
    s.NOT_CONVERTED: "not_converted",
    s.SEASON_OVER: "season_over",
}
TIMES = frozenset(
    {
        "placed_at",
        "accepted_at",
        "ended_at",
        "waits_from",
        "whole_at",
        "ready_at",
        "started_at",
        "picked_at",
        "packed_at",
        "shipped_at",
        "confirmed_at",
        "due_at",
        "received_at",
        "made_at",
        "start_at",
        "end_at",
        "at",
        "asked_at",
        "answered_at",
    }
)
"""Columns in ms since the season's start; missing where it did not happen."""

_OF_THE_FLOW: Final = ("link", "missing_lines", "first_line", "n_lines", "error_u")
"""Columns of orders that nobody asks for: links, copies of the book, and what is 0 at the end."""


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables of a run, by name.

    A table is made whenever it is asked for and not kept here: whoever goes through a large season
    table by table holds one at a time.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __getitem__(self, name: str) -> pd.DataFrame:
        import pandas as pd

        # Columns are fresh arrays of this table alone: pandas need not copy them once more.
        return pd.DataFrame(_MAKERS[name](self._ledger), copy=False)

    def __iter__(self) -> Iterator[str]:
        return iter(_MAKERS)

    def __len__(self) -> int:
        return len(_MAKERS)


def tables(ledger: Ledger) -> Tables:
    """Return the tables of a run: orders, lines, parcels, purchase_orders, shifts, space, contacts.

    Names stand for numbers (`sku`, `status`, `reason`), instants are ms since the season's start,
    and what did not happen is missing.
    """
    return Tables(ledger)


def _orders(ledger: Ledger) -> dict[str, Any]:
    rows = ledger.orders
    numbers = np.full(max(REASON) + 1, -1, np.int8)
    numbers[list(REASON)] = np.arange(len(REASON))
    return {
        "placed_at": _instants(ledger, ledger.book.orders["placed_at"]),
        "status": _named(rows["status"], STATUS),
        "reason": _named(numbers[rows["reason"]], REASON.values()),
        **_columns(ledger, rows, leave=("status", "reason", *_OF_THE_FLOW)),
        **_returns(ledger),
    }


def _returns(ledger: Ledger) -> dict[str, Any]:
    """When orders came back, and whether their goods were sold again; nothing without returns."""
    if ledger.scenario.returns is None:
        return {}
    arrived = ledger.back["arrived"] == 1
    returned_at = np.where(arrived, ledger.back["at"], s.NONE)
    return {"returned_at": _instants(ledger, returned_at), "resold": ledger.back["resold"] == 1}


def _lines(ledger: Ledger) -> dict[str, Any]:
    rows, n_lines = line_table(ledger), ledger.book.orders["n_lines"]
    return {
        "order": np.repeat(np.arange(len(ledger.orders), dtype=np.int32), n_lines),
        "sku": _products(ledger, rows["sku"]),
        "units": np.array(ledger.book.lines["units"]),
        **_columns(ledger, rows, leave=("sku",)),
    }


def _parcels(ledger: Ledger) -> dict[str, Any]:
    rows = ledger.parcels
    formed = rows["ready_at"] != s.NONE
    leave = ("next", "prev", "queue", "home", "remaining")
    return _columns(ledger, rows, leave, None if formed.all() else formed)


def _purchase_orders(ledger: Ledger) -> dict[str, Any]:
    rows = ledger.purchase_orders
    return {"sku": _products(ledger, rows["sku"]), **_columns(ledger, rows, leave=("sku",))}


def _shifts(ledger: Ledger) -> dict[str, Any]:
    columns = _columns(ledger, ledger.shifts)
    return columns | {"team": _named(ledger.shifts["team"], ledger.teams)}


def _contacts(ledger: Ledger) -> dict[str, Any]:
    rows = ledger.contacts
    leave = ("state", "cause", "next", "prev", "ends_well", "remaining", "nth", "right", "well")
    return {
        "state": _named(rows["state"], STATES),
        "cause": _named(rows["cause"], CAUSES),
        **_columns(ledger, rows, leave),
        "right": _judged(rows["right"]),
        "well": _judged(rows["well"]),
    }


def _space(ledger: Ledger) -> dict[str, Any]:
    return _columns(ledger, ledger.space)


_MAKERS: Final[dict[str, Callable[[Ledger], dict[str, Any]]]] = {
    "orders": _orders,
    "lines": _lines,
    "parcels": _parcels,
    "purchase_orders": _purchase_orders,
    "shifts": _shifts,
    "space": _space,
    "contacts": _contacts,
}


def _columns(
    ledger: Ledger, rows: Array, leave: tuple[str, ...] = (), chosen: Array | None = None
) -> dict[str, Any]:
    """The columns of an array of rows, but for some, of all rows or the chosen ones."""
    columns = {}
    for name in rows.dtype.names or ():
        if name not in leave:
            values = rows[name] if chosen is None else rows[name][chosen]
            columns[name] = _instants(ledger, values) if name in TIMES else np.array(values)
    return columns


def _instants(ledger: Ledger, values: Array) -> Any:
    import pandas as pd

    shifted = np.array(values, np.int64)
    missing = shifted == s.NONE
    shifted -= ledger.window[0]
    return pd.arrays.IntegerArray(shifted, missing)


def _judged(values: Array) -> Any:
    """Yes or no; missing where nobody could judge."""
    import pandas as pd

    return pd.arrays.BooleanArray(values == 1, values == s.NONE)


def _products(ledger: Ledger, numbers: Array) -> Any:
    return _named(numbers, (product.sku for product in ledger.scenario.products))


def _named(numbers: Array, names: Iterable[str]) -> Any:
    """Names by their numbers from 0; -1 is missing."""
    import pandas as pd

    return pd.Categorical.from_codes(numbers, pd.Index(list(names)))
