"""A stock list, and the open purchase orders: read from CSV as shops export them, cell by cell.

What cannot be read is told with line and column, all at once: a list has as many rows as a shop has
products, and each can be mended.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from sim.errors import NOTHING, Problem
from sim.experiment.figures import counted
from sim.history.dates import parse_dates
from sim.history.files import read_text
from sim.history.numbers import decimal_sign, parse_numbers
from sim.history.presets import plain_header
from sim.history.problems import HistoryError
from sim.history.table import Layout, find_layout, read_columns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

P = ParamSpec("P")
T = TypeVar("T")
_SKU: Final = (
    *("sku", "variant sku", "item sku", "product sku", "stock code", "stockcode", "product code"),
    *("item code", "item number", "product id", "article", "product", "item", "code"),
)
_STILL_OPEN: Final = (
    *("open quantity", "open qty", "quantity open", "qty open", "outstanding", "remaining"),
    *("quantity outstanding", "qty outstanding", "quantity remaining", "qty remaining"),
)
STOCK: Final[Mapping[str, tuple[str, ...]]] = {
    "sku": _SKU,
    "units": (
        *("on hand", "onhand", "quantity on hand", "qty on hand", "units on hand", "available"),
        *("inventory quantity", "variant inventory qty", "inventory", "stock", "in stock"),
        *("quantity", "qty", "units"),
    ),
}
"""Roles of a stock list, with the headers of each, the likeliest first."""
PURCHASES: Final[Mapping[str, tuple[str, ...]]] = {
    "sku": _SKU,
    "units": (*_STILL_OPEN, "quantity", "qty", "units", "quantity ordered", "qty ordered"),
    "due": (
        *("due", "due date", "expected", "expected date", "expected on", "eta", "arrival"),
        *("arrives", "arrival date", "delivery date", "expected delivery", "expected arrival"),
        *("confirmed date", "promised date", "date"),
    ),
    "received": ("received", "quantity received", "qty received", "received quantity"),
}
"""Roles of a list of purchase orders; `received` may be missing."""
_OPTIONAL: Final = frozenset({"received"})
_MOST_UNITS: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Held:
    """Units of a product, on the shelf or on their way."""

    sku: str
    """Product code of the shop."""
    units: int
    """At least 0."""
    due: dt.date | None = None
    """When they arrive; None: they are on the shelf."""


@dataclass(frozen=True, slots=True)
class Position:
    """One file, read."""

    file: str
    """As the user named it."""
    headers: tuple[str, ...]
    """Its columns."""
    columns: Mapping[str, str]
    """Header of each role that was found."""
    rows: tuple[Held, ...]
    """What counts, in the order of the file."""
    notes: tuple[str, ...]
    """What was left out or changed, and why."""

    def describe(self) -> list[str]:
        """The mapping, and what was kept and why not, one line each."""
        units = sum(row.units for row in self.rows)
        return [
            *(f"{role:<13} <- {header}" for role, header in self.columns.items()),
            f"{counted(len(self.rows), 'row')} kept, {counted(units, 'unit')}",
            *self.notes,
        ]


def read_stock_list(path: str | Path, columns: Mapping[str, str] | None = None) -> Position:
    """Read what is on the shelf: `sku, units`, one row per product (or per product and place).

    Args:
        path: CSV file, plain or gzip.
        columns: Header by role of `STOCK`, where the guess is wrong; an empty one frees the role.

    Raises:
        HistoryError: Every cell that cannot be read, and every column that is missing.
    """
    return _read(path, STOCK, columns or {}, None)


def read_purchase_orders(
    path: str | Path, columns: Mapping[str, str] | None = None, date_format: str | None = None
) -> Position:
    """Read what suppliers still owe: `sku, units, due`, one row per delivery.

    Where a column says how much was `received`, and no column how much is open, it is subtracted.

    Args:
        path: CSV file, plain or gzip.
        columns: Header by role of `PURCHASES`, where the guess is wrong; an empty one frees it.
        date_format: As `sim.history.dates.parse_dates` takes it.

    Raises:
        HistoryError: Every cell that cannot be read, and every column that is missing.
    """
    return _read(path, PURCHASES, columns or {}, date_format)


def _read(
    path: str | Path,
    roles: Mapping[str, tuple[str, ...]],
    overrides: Mapping[str, str],
    date_format: str | None,
) -> Position:
    source = read_text(path)
    layout = find_layout(source)
    columns = _columns(layout, roles, overrides, source.name)
    rows, ragged = read_columns(source, layout, tuple(columns.values()))
    rows.columns = [*columns, "line"]
    notes = Counter({"more or fewer fields than the header": len(ragged)})
    cells = _Cells(source.name, layout, columns, rows, date_format)
    kept = [held for row in range(len(rows)) if (held := cells.held(row, notes)) is not None]
    if cells.problems:
        raise HistoryError(cells.problems)
    told = tuple(f"{counted(count, 'row')}: {why}" for why, count in notes.items() if count)
    return Position(source.name, layout.headers, columns, tuple(kept), told)


def _columns(
    layout: Layout,
    roles: Mapping[str, tuple[str, ...]],
    overrides: Mapping[str, str],
    file: str,
) -> dict[str, str]:
    """Header of each role: as the user says, or as guessed."""
    wished = guess_columns(layout.headers, roles) | dict(overrides)
    found = {role: header for role, header in wished.items() if header}
    problems = list(_wrong(overrides, roles, layout.headers, file))
    for role in roles:
        if role not in found and role not in _OPTIONAL:
            message = f"no column found for {role}; columns are {', '.join(layout.headers)}"
            hint = f"call one of them {role}, or say which it is"
            problems.append(Problem("", message, hint, file, 1))
    if problems:
        raise HistoryError(problems)
    if plain_header(found["units"]) in _STILL_OPEN:
        found.pop("received", None)
    return found


def guess_columns(headers: Sequence[str], roles: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Header of each role that the headers give away: the first alias that is there."""
    by_plain = {plain_header(header): header for header in reversed(headers)}
    found: dict[str, str] = {}
    for role, aliases in roles.items():
        header = next((by_plain[each] for each in aliases if each in by_plain), None)
        if header is not None:
            found[role] = header
    return found


def _wrong(
    overrides: Mapping[str, str],
    roles: Mapping[str, tuple[str, ...]],
    headers: Sequence[str],
    file: str,
) -> list[Problem]:
    problems = []
    for role, header in overrides.items():
        if role not in roles:
            hint = f"roles are {', '.join(roles)}"
            problems.append(Problem("", f"unknown role {role!r}", hint, file))
        elif header and header not in headers:
            close = get_close_matches(header, headers, n=1) or headers
            hint = f"did you mean {close[0]!r}?"
            problems.append(Problem("", f"there is no column {header!r} for {role}", hint, file, 1))
    return problems


class _Cells:
    """The cells of a file, read column by column; what is wrong with them is collected."""

    def __init__(
        self,
        file: str,
        layout: Layout,
        columns: Mapping[str, str],
        rows: pd.DataFrame,
        date_format: str | None,
    ) -> None:
        import pandas as pd

        self.problems: list[Problem] = []
        self._file, self._rows = file, rows
        self._place = {role: layout.headers.index(header) + 1 for role, header in columns.items()}
        self._texts = {role: rows[role].str.strip().tolist() for role in columns}
        self._lines = rows["line"].tolist()
        self._numbers: dict[str, list[float]] = {}
        for role in ("units", "received"):
            if role in columns:
                sign = self._tried(decimal_sign, rows[role], layout.delimiter, file)
                self._numbers[role] = parse_numbers(rows[role], sign or ".").tolist()
        self._on_the_way = "due" in columns
        self._due: list[dt.date | None] | None = None
        if self._on_the_way:
            dates = self._tried(parse_dates, rows["due"], date_format, None, file)
            if dates is not None:
                self._due = [None if pd.isna(time) else time.date() for time in dates.times]

    def _tried(self, read: Callable[P, T], *column: P.args, **more: P.kwargs) -> T | None:
        """What is read of a whole column; None: what is wrong with it is one of the problems."""
        try:
            return read(*column, **more)
        except HistoryError as error:
            self.problems.extend(error.problems)
            return None

    def held(self, row: int, notes: Counter[str]) -> Held | None:
        """What a row says; None: nothing, for a reason that is noted or a problem that is told."""
        sku = self._texts["sku"][row]
        if not sku:
            notes["no product code: left out"] += 1
            return None
        units = self._units(row, "units")
        if self._on_the_way:
            return self._coming(row, sku, units, notes)
        if units is None:
            return None
        if units < 0:
            notes["less than nothing on the shelf: counted as 0"] += 1
        return Held(sku, max(0, units))

    def _coming(self, row: int, sku: str, units: int | None, notes: Counter[str]) -> Held | None:
        due = None if self._due is None else self._due[row]
        if units is not None and "received" in self._numbers and self._texts["received"][row]:
            units -= self._units(row, "received") or 0
        if units is not None and units <= 0:
            notes["nothing more to come: left out"] += 1
        elif self._due is not None and due is None:
            self._problem(row, "due", "is no date", "write when they arrive, such as 2026-11-20")
        elif units is not None and due is not None:
            return Held(sku, units, due)
        return None

    def _units(self, row: int, role: str) -> int | None:
        number = self._numbers[role][row]
        unread = math.isnan(number)
        if unread or number % 1 or abs(number) > _MOST_UNITS:
            said = "is no number of units" if unread else "is no whole number of units"
            self._problem(row, role, said, "write a whole number, such as 25")
            return None
        return int(number)

    def _problem(self, row: int, role: str, message: str, hint: str) -> None:
        text = self._texts[role][row]
        value = text or NOTHING
        said = message if text else f"{message}: the cell is empty"
        place = self._file, int(self._lines[row]), self._place[role]
        self.problems.append(Problem(role, said, hint, *place, value))
