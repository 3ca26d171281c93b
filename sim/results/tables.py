"""The ledger as tables with declared columns, for files and screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.results.columns import COLUMNS, INSTANT, Column
from sim.results.fates import FATES, fates
from sim.warehouse import words as s
from sim.warehouse.desk_rows import CAUSES, OFFERS, STATES
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
    s.NO_CONSENT: "no_consent",
    s.WRONG_ANSWER: "wrong_answer",
    s.ENDED_BADLY: "ended_badly",
    s.REFUNDED: "refunded_by_support",
    s.LEFT: "left",
    s.BLOCKED: "blocked",
    s.NOT_CONVERTED: "not_converted",
    s.SEASON_OVER: "season_over",
}


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

    Their columns are declared in `sim.results.columns`. What did not happen is missing.
    """
    return Tables(ledger)


def _orders(ledger: Ledger) -> dict[str, Any]:
    rows, book = ledger.orders, ledger.book
    reasons = np.full(max(REASON) + 1, -1, np.int8)
    reasons[list(REASON)] = np.arange(len(REASON))
    known, codes = np.unique(np.array(book.numbers, str), return_inverse=True)
    numbers = np.full(len(rows), s.NONE, np.int32)
    numbers[: len(codes)] = codes
    return _table(
        ledger,
        "orders",
        rows,
        {
            **_fates(ledger),  # first, for it takes most memory on its way
            "order": np.arange(len(rows), dtype=np.int32),
            "number": _named(numbers, known.tolist()),
            "class": _named(book.orders["class_"], book.class_names),
            "placed_at": _instants(ledger, book.orders["placed_at"]),
            "status": _named(rows["status"], STATUS),
            "reason": _named(reasons[rows["reason"]], REASON.values()),
            "recommended": _products(ledger, _recommended(ledger)),
            **_returns(ledger),
        },
    )


def _fates(ledger: Ledger) -> dict[str, Any]:
    """What became of each customer, and the margin."""
    fate, margin = fates(ledger)
    return {"fate": _named(fate, FATES), "margin": margin}


def _recommended(ledger: Ledger) -> Array:
    """Number of the product that an order took on a recommendation; -1 without."""
    if ledger.scenario.alerts.recommend is None:
        return np.full(len(ledger.orders), s.NONE, np.int32)
    return np.array(ledger.extra["sku"])


def _returns(ledger: Ledger) -> dict[str, Any]:
    """When orders came back, and whether their goods were sold again."""
    if ledger.scenario.returns is None:
        never = np.full(len(ledger.orders), s.NONE)
        return {"returned_at": _instants(ledger, never), "resold": never != s.NONE}
    arrived = ledger.back["arrived"] == 1
    returned_at = np.where(arrived, ledger.back["at"], s.NONE)
    return {"returned_at": _instants(ledger, returned_at), "resold": ledger.back["resold"] == 1}


def _lines(ledger: Ledger) -> dict[str, Any]:
    rows, n_lines = line_table(ledger), ledger.book.orders["n_lines"]
    made = {
        "order": np.repeat(np.arange(len(ledger.orders), dtype=np.int32), n_lines),
        "sku": _products(ledger, rows["sku"]),
        "units": np.array(ledger.book.lines["units"]),
    }
    return _table(ledger, "lines", rows, made)


def _parcels(ledger: Ledger) -> dict[str, Any]:
    rows = ledger.parcels
    formed = np.flatnonzero(rows["ready_at"] != s.NONE)
    made = {
        "parcel": formed.astype(np.int32),
        "person": _named(rows["person"][formed], _people(ledger)),
        "third_party": rows["home"][formed] == s.THIRD_PARTY,
    }
    return _table(ledger, "parcels", rows, made, None if len(formed) == len(rows) else formed)


def _purchase_orders(ledger: Ledger) -> dict[str, Any]:
    rows = ledger.purchase_orders
    made = {
        "sku": _products(ledger, rows["sku"]),
        "supplier": _named(rows["supplier"], ledger.scenario.suppliers),
    }
    return _table(ledger, "purchase_orders", rows, made)


def _shifts(ledger: Ledger) -> dict[str, Any]:
    rows = ledger.shifts
    cohorts = list(dict.fromkeys(cohort for _, cohort in ledger.people))
    cohort_of = np.array([cohorts.index(cohort) for _, cohort in ledger.people], np.int32)
    made = {
        "person": _named(rows["person"], _people(ledger)),
        "team": _named(rows["team"], ledger.teams),
        "cohort": _named(cohort_of[rows["person"]], cohorts),
    }
    return _table(ledger, "shifts", rows, made)


def _contacts(ledger: Ledger) -> dict[str, Any]:
    rows = ledger.contacts
    made = {
        "contact": np.arange(len(rows), dtype=np.int32),
        "state": _named(rows["state"], STATES),
        "cause": _named(rows["cause"], CAUSES),
        "person": _named(rows["person"], _people(ledger)),
        "right": _judged(rows["right"]),
        "well": _judged(rows["well"]),
        "solution": _named(rows["solution"], OFFERS),
        "hurried": _products(ledger, rows["sku"]),
    }
    return _table(ledger, "contacts", rows, made)


def _space(ledger: Ledger) -> dict[str, Any]:
    return _table(ledger, "space", ledger.space, {})


_MAKERS: Final[dict[str, Callable[[Ledger], dict[str, Any]]]] = {
    "orders": _orders,
    "lines": _lines,
    "parcels": _parcels,
    "purchase_orders": _purchase_orders,
    "shifts": _shifts,
    "space": _space,
    "contacts": _contacts,
}


def _table(
    ledger: Ledger,
    name: str,
    rows: Array,
    made: Mapping[str, Any],
    chosen: Array | None = None,
) -> dict[str, Any]:
    """The declared columns: those that are made, the rest from all rows or the chosen ones."""

    def values(column: Column) -> Any:
        if column.name in made:
            return made[column.name]
        own = rows[column.name]
        return _typed(ledger, column, own if chosen is None else own[chosen])

    return {column.name: values(column) for column in COLUMNS[name]}


def _typed(ledger: Ledger, column: Column, values: Array) -> Any:
    """Values of a ledger as their column declares them."""
    import pandas as pd

    if column.unit == INSTANT:
        return _instants(ledger, values)
    if column.dtype == "bool":
        return values != 0
    if column.dtype.startswith("Int"):
        return pd.arrays.IntegerArray(np.array(values), values == s.NONE)
    return np.array(values)


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


def _people(ledger: Ledger) -> list[str]:
    """Everybody by team, cohort and number in it, from 1."""
    seen: Counter[tuple[str, str]] = Counter()
    names = []
    for team, cohort in ledger.people:
        seen[team, cohort] += 1
        names.append(f"{team} {cohort} {seen[team, cohort]}")
    return names


def _products(ledger: Ledger, numbers: Array) -> Any:
    return _named(numbers, (product.sku for product in ledger.scenario.products))


def _named(numbers: Array, names: Iterable[str]) -> Any:
    """Names by their numbers from 0; -1 is missing."""
    import pandas as pd

    return pd.Categorical.from_codes(numbers, pd.Index(list(names)))
