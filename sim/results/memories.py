"""What the shoppers of a season remember of it, and how many remember the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.demand.order_book import OPENED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.results.view import View


class Memory(NamedTuple):
    """What happened to a shopper."""

    fate: str
    """One of `FATES`."""
    wrong: bool
    """The order had an error."""
    bad_contact: bool
    """An agent or a message told something out of date, or a contact ended badly."""
    gift: bool
    """The backup plan gave something."""


_MARKS = 3
"""Of a memory beside the fate, each yes or no."""


def memories(view: View) -> list[tuple[Memory, int]]:
    """What shoppers of the season remember, and how many do; every shopper is counted once."""
    # Imported here: whoever only reads a finished run needs no compiler.
    from sim.warehouse.counts.fates import FATES

    counts = np.zeros(len(FATES) << _MARKS, np.int64)
    for fate, row in enumerate(view.counts.of_fate):
        counts[fate << _MARKS] = row["shoppers"] - row["wrong"]
        counts[fate << _MARKS | 4] = row["wrong"]
    bad, gift = _told_badly(view), _gifted(view)
    marked = np.flatnonzero(bad | gift)
    of_order, opened = view.counts.of_order[marked], view.ledger.book.orders["flags"][marked]
    chosen = (of_order["charged"] == 1) & (opened & OPENED == 0)
    marked, of_order = marked[chosen], of_order[chosen]
    plain = (of_order["fate"].astype(np.int64) << _MARKS) | of_order["wrong"] * 4
    counts -= np.bincount(plain, minlength=len(counts))
    counts += np.bincount(plain | bad[marked] * 2 | gift[marked], minlength=len(counts))
    return [
        (Memory(FATES[code >> _MARKS], bool(code & 4), bool(code & 2), bool(code & 1)), n)
        for code, n in enumerate(counts.tolist())
        if n
    ]


def _told_badly(view: View) -> NDArray[np.bool_]:
    """By order: whether something that its customer was told was wrong, or ended badly."""
    ledger = view.ledger
    bad = np.zeros(len(ledger.orders), np.bool_)
    contacts = ledger.contacts
    bad[contacts["order"][(contacts["right"] == 0) | (contacts["well"] == 0)]] = True
    if len(ledger.care):
        bad |= ledger.care["stale"] > 0
    return bad


def _gifted(view: View) -> NDArray[np.bool_]:
    """By order: whether the backup plan gave its customer something."""
    ledger = view.ledger
    return ledger.care["given"] == 1 if len(ledger.care) else np.zeros(len(ledger.orders), np.bool_)
