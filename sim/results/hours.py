"""Hours of picking and packing: what the parcels of a run asked for, and who was there for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.warehouse.ledger import line_table
from sim.warehouse.words import NONE, THIRD_PARTY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.warehouse.ledger import Ledger

    Array = NDArray[Any]

TEAMS: Final = ("pick_pack", "pick", "pack", "backorder_team")
"""Teams that pick and pack."""


def work_asked(ledger: Ledger) -> tuple[Array, Array]:
    """When each parcel of the own house could be begun, and its work in ms.

    The work is that of the team's `work` at normal speed: without its spread from order to order,
    wrapping, and slower retrieval.
    """
    people, rows = ledger.scenario.people, ledger.parcels
    own = np.flatnonzero((rows["ready_at"] != NONE) & (rows["home"] != THIRD_PARTY))
    parcel = line_table(ledger)["parcel"]
    there = parcel != NONE
    held = np.bincount(parcel[there], ledger.book.lines["units"][there], minlength=len(rows))
    lines, units = rows["lines"][own].astype(float), held[own]
    work = np.zeros(len(own))
    for team in (people.pick_pack, people.pick, people.pack):
        if team is not None:
            each = team.work
            work += each.per_order + each.per_line * lines + each.per_unit * units
    return rows["ready_at"][own], work


def work_staffed(ledger: Ledger) -> tuple[Array, Array]:
    """Start of each shift of somebody who came to pick and pack, and its time in ms.

    With overtime; without breaks, and without days of training or of training others.
    """
    rows = ledger.shifts
    teams = [number for number, name in enumerate(ledger.teams) if name in TEAMS]
    there = np.isin(rows["team"], teams) & (rows["absent"] == 0)
    there &= (rows["training"] == 0) & (rows["trainer"] == 0)
    return rows["start_at"][there], (rows["paid_ms"] + rows["overtime_ms"])[there]
