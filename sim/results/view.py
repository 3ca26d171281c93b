"""A ledger, read column by column.

Tables of a run are arrays of rows; a figure needs a few columns of many rows. A `View` copies each
column it is asked for into a contiguous array, once, and derives what many figures share.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.demand.order_book import OPENED
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


class View:
    """What the figures of one run are made of."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.scenario: Scenario = ledger.scenario
        self.window = ledger.window
        self.orders = Columns(ledger.orders)
        """What happened to each order."""
        self.lines = Columns(ledger.lines)
        """What happened to each line."""
        self.parcels = Columns(ledger.parcels)
        """What happened to each parcel."""
        self.shoppers = Columns(ledger.book.orders)
        """The order book, by order."""
        self.asked = Columns(ledger.book.lines)
        """The order book, by line."""
        self.classes = ledger.book.class_names

    @cached_property
    def owner(self) -> Integers:
        """Order of each line."""
        return np.repeat(np.arange(len(self.orders)), self.shoppers["n_lines"])

    @cached_property
    def one_line_each(self) -> bool:
        """Whether every order has a single line, so that lines are orders."""
        return len(self.asked) == len(self.orders)

    def of_line(self, values: NDArray[Any]) -> NDArray[Any]:
        """Give each line the value of its order."""
        return values if self.one_line_each else values[self.owner]

    def per_order(self, values: NDArray[Any]) -> NDArray[Any]:
        """Sum a value of the lines over each order."""
        if self.one_line_each or not len(values):
            return values
        return np.add.reduceat(values, self.shoppers["first_line"])

    @cached_property
    def in_season(self) -> Flags:
        """Orders whose shopper came in the season; orders open at its start did not."""
        first, last = self.window
        at = self.shoppers["placed_at"]
        flags: Flags = (at >= first) & (at < last) & ~self.opened
        return flags

    @cached_property
    def opened(self) -> Flags:
        """Orders that were open when the season started."""
        flags: Flags = (self.shoppers["flags"] & OPENED) != 0
        return flags

    @cached_property
    def counted(self) -> Flags:
        """Orders that the profit and loss covers: placed in the season, or open at its start."""
        return self.in_season | self.opened

    @cached_property
    def accepted(self) -> Flags:
        """Orders that were placed."""
        flags: Flags = self.orders["accepted_at"] != s.NONE
        return flags

    @cached_property
    def shipped(self) -> Flags:
        """Orders handed over in full."""
        flags: Flags = self.orders["status"] == s.SHIPPED
        return flags

    @cached_property
    def units(self) -> Integers:
        """Units asked for, per line."""
        return self.asked["units"].astype(np.int64)

    @cached_property
    def shipped_units(self) -> Integers:
        """Units shipped per line, of orders that are counted."""
        good = self.of_line(self.counted & self.shipped)
        return np.where(good & (self.lines["dropped"] == 0), self.units, 0)
