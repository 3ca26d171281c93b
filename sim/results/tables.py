"""The ledger as tables with declared columns, for files and screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.warehouse import state as s

if TYPE_CHECKING:
    import pandas as pd

    from sim.warehouse.ledger import Ledger

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
    0: None,
    s.PATIENCE: "patience",
    s.NEEDED_BY: "needed_by",
    s.ELSEWHERE: "elsewhere",
    s.FORGOT: "forgot",
    s.CHANGED_MIND: "changed_mind",
    s.LEFT: "left",
    s.BLOCKED: "blocked",
    s.NOT_CONVERTED: "not_converted",
    s.SEASON_OVER: "season_over",
}
TIMES = (
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
)
"""Columns in ms since the season's start; missing where it did not happen."""


def tables(ledger: Ledger) -> dict[str, pd.DataFrame]:
    """Return the tables of a run: orders, lines, parcels, purchase_orders, shifts and space.

    Names stand for numbers (`sku`, `status`, `reason`), instants are ms since the season's start,
    and what did not happen is missing.
    """
    book, skus = ledger.book, np.array([product.sku for product in ledger.scenario.products])
    owner = np.repeat(np.arange(len(ledger.orders)), book.orders["n_lines"])
    orders = _frame(ledger, ledger.orders, drop=("alert_sku", "link", "missing_lines"))
    orders.insert(0, "placed_at", _times(ledger, book.orders["placed_at"]))
    orders["status"] = np.array(STATUS)[ledger.orders["status"]]
    orders["reason"] = [REASON[int(code)] for code in ledger.orders["reason"]]
    lines = _frame(ledger, ledger.lines, drop=("next", "prev", "class_"))
    lines.insert(0, "order", owner)
    lines["sku"], lines["units"] = skus[ledger.lines["sku"]], book.lines["units"]
    parcels = _frame(
        ledger,
        ledger.parcels[ledger.parcels["ready_at"] != s.NONE],
        drop=("next", "prev", "queue", "home", "remaining"),
    )
    bought = _frame(ledger, ledger.purchase_orders, drop=())
    bought["sku"] = skus[ledger.purchase_orders["sku"]]
    shifts = _frame(ledger, ledger.shifts, drop=())
    shifts["team"] = np.array(ledger.teams)[ledger.shifts["team"]] if len(shifts) else []
    return {
        "orders": orders,
        "lines": lines,
        "parcels": parcels,
        "purchase_orders": bought,
        "shifts": shifts,
        "space": _frame(ledger, ledger.space, drop=()),
    }


def _times(ledger: Ledger, values: Any) -> Any:
    import pandas as pd

    shifted = pd.array(values - ledger.window[0], dtype="Int64")
    shifted[np.asarray(values == s.NONE)] = pd.NA
    return shifted


def _frame(ledger: Ledger, rows: Any, drop: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    columns = {
        name: _times(ledger, rows[name]) if name in TIMES else np.ascontiguousarray(rows[name])
        for name in rows.dtype.names
        if name not in drop
    }
    return pd.DataFrame(columns)
