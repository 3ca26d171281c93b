"""A ledger, read column by column.

Tables of a run are arrays of rows; a figure needs a few columns of many rows. A `View` copies each
column it is asked for into a contiguous array, once, and derives what many figures share. What only
depends on the order book is derived once for all policies that face the same book.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from sim.demand.order_book import OPENED, OrderBook
from sim.warehouse import state as s

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.warehouse.ledger import Ledger

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]


class Columns:
    """The columns of a structured array, each contiguous and read once."""

    def __init__(self, rows: NDArray[np.void]) -> None:
        self._rows = rows
        self._columns: dict[str, NDArray[Any]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._columns:
            self._columns[name] = np.ascontiguousarray(self._rows[name])
        return self._columns[name]


class Book:
    """What figures need of an order book."""

    def __init__(self, book: OrderBook) -> None:
        self.orders = Columns(book.orders)
        """The shoppers, by order."""
        self.lines = Columns(book.lines)
        """What they ask for, by line."""

    @cached_property
    def owner(self) -> Integers:
        """Order of each line."""
        return np.repeat(np.arange(len(self.orders)), self.orders["n_lines"])

    @cached_property
    def one_line_each(self) -> bool:
        """Whether every order has a single line, so that lines are orders."""
        return len(self.lines) == len(self.orders)

    @cached_property
    def units(self) -> Integers:
        """Units asked for, per order."""
        units = self.lines["units"].astype(np.int64)
        return units if self.one_line_each else np.add.reduceat(units, self.orders["first_line"])

    @cached_property
    def opened(self) -> Flags:
        """Orders that were open when the season started."""
        flags: Flags = (self.orders["flags"] & OPENED) != 0
        return flags

    def of_line(self, values: NDArray[Any]) -> NDArray[Any]:
        """Give each line the value of its order."""
        return values if self.one_line_each else values[self.owner]


_BOOKS: WeakKeyDictionary[OrderBook, Book] = WeakKeyDictionary()
"""Books as read, which nothing else may change: policies share one, and it goes with the book."""


def _read(book: OrderBook) -> Book:
    return _BOOKS.setdefault(book, Book(book))


class View:
    """What the figures of one run are made of."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.scenario: Scenario = ledger.scenario
        self.window = ledger.window
        self.orders = Columns(ledger.orders)
        """What happened to each order."""
        self.lines = Columns(ledger.lines)
        """What became of each line."""
        self.waits = Columns(ledger.waits)
        """What happened to lines of parcels that were not complete at once."""
        self.parcels = Columns(ledger.parcels)
        """What happened to each parcel."""
        self.book = _read(ledger.book)
        self.classes = ledger.book.class_names

    def during(self, at: Integers) -> Flags:
        """Which instants lie in the season."""
        first, last = self.window
        flags: Flags = (at >= first) & (at < last)
        return flags

    @cached_property
    def in_season(self) -> Flags:
        """Orders whose shopper came in the season; orders open at its start did not."""
        return self.during(self.book.orders["placed_at"]) & ~self.book.opened

    @cached_property
    def counted(self) -> Flags:
        """Orders that the profit and loss covers: placed in the season, or open at its start."""
        return self.in_season | self.book.opened

    @cached_property
    def accepted(self) -> Flags:
        """Orders that were placed."""
        flags: Flags = self.orders["accepted_at"] != s.NONE
        return flags

    @cached_property
    def shipped(self) -> Flags:
        """Orders handed over in full."""
        return self.ended_as(s.SHIPPED)

    def ended_as(self, status: int) -> Flags:
        """Orders that ended in this way."""
        flags: Flags = self.orders["status"] == status
        return flags

    @cached_property
    def whole_at(self) -> Integers:
        """When the last unit of each order was reserved; `NONE` where one still is to come."""
        short = self.waits["backordered"] != 0
        order, at = self.book.owner[self.waits["line"][short]], self.waits["whole_at"][short]
        whole: Integers = self.orders["accepted_at"].copy()
        np.maximum.at(whole, order, at)
        whole[order[at == s.NONE]] = s.NONE
        return whole

    @cached_property
    def dropped_units(self) -> Integers:
        """Units of lines that were dropped, per line."""
        units: Integers = self.book.lines["units"] * (self.lines["wait"] == s.DROPPED)
        return units

    @cached_property
    def shipped_units(self) -> Integers:
        """Units shipped per line, of orders that are counted."""
        good = self.book.of_line(self.counted & self.shipped)
        units: Integers = (self.book.lines["units"] - self.dropped_units) * good
        return units

    def total(self, values: NDArray[Any], chosen: Flags) -> int:
        """Sum a value of the lines over the chosen orders; for values that are mostly 0."""
        rows = np.flatnonzero(values != 0)
        return int(values[rows][chosen[self.book.owner[rows]]].sum())

    def total_of_waits(self, name: str, chosen: Flags) -> int:
        """Sum a column of `waits` over the chosen orders."""
        return int(self.waits[name][chosen[self.book.owner[self.waits["line"]]]].sum())

    def lost_units(self, chosen: Flags) -> int:
        """Units of the chosen orders that were lost: of orders lost, and of lines dropped."""
        lost = chosen & self.ended_as(s.LOST)
        units = int(self.book.units[lost].sum())
        return units + self.total(self.dropped_units, chosen & ~lost)
