"""What the figures of one run are made of: its ledger, and what many figures share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.results.kpi import ratio
from sim.results.profit import profit_and_loss
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.warehouse.counts import Counts
    from sim.warehouse.ledger import Ledger

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]


class View:
    """One run, as the KPIs and the profit and loss look at it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.scenario: Scenario = ledger.scenario
        self.window = ledger.window

    @cached_property
    def counts(self) -> Counts:
        """What orders, lines and parcels add up to."""
        # Imported here: whoever only reads a finished run needs no compiler.
        from sim.results.counting import counts_of

        return counts_of(self)

    @cached_property
    def profit(self) -> dict[str, float]:
        """The profit and loss by line, with its totals."""
        return profit_and_loss(self)

    @property
    def service_target(self) -> int:
        """Time within which the picking team wants to start a parcel, in ms; NONE: no target."""
        team = self.scenario.people.pick_pack or self.scenario.people.pick
        return NONE if team is None or team.service_target is None else team.service_target

    def during(self, at: Integers) -> Flags:
        """Which instants lie in the season."""
        first, last = self.window
        flags: Flags = (at >= first) & (at < last)
        return flags

    def by_class(self, kpi: str, time: str, n: str, unit: int) -> dict[str, float]:
        """A mean time per order class, where there are several; columns of `Counts.of_class`."""
        names, rows = self.ledger.book.class_names, self.counts.of_class
        if len(names) < 2:
            return {}
        means = (ratio(row[time], row[n], unit) for row in rows)
        return {f"{kpi}:{name}": mean for name, mean in zip(names, means, strict=True)}
