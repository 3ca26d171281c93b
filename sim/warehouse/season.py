"""The season's marks: integrals at its start and end, levels every day, end-of-period charges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.warehouse import flow
from sim.warehouse.ledger import Days, Marks, PeriodCharges
from sim.warehouse.words import CHARGE

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    import simpy
    from numpy.typing import NDArray

    from sim.warehouse.run import Run

    Process = Generator[simpy.Event, None, None]
    Table = NDArray[np.void]
    Levels = list[NDArray[np.int64]]

PERIOD, MARK, SEASON_END, CAP = 0, 1, 2, 9
"""Kinds of events before anything else at an instant."""
HELD = ("free", "reserved", "staged", "picked", "at_dock")
"""Units in the building, by where they are."""


class Season:
    """Watches the run and writes down what the ledger needs; changes nothing but its end."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.capped = False
        self._marks: list[tuple[int, Table, Table, Table, Table]] = []
        self._days: list[tuple[int, Levels, Levels]] = []
        n_skus = len(run.scenario.products)
        self.charges = PeriodCharges(
            np.zeros(2, np.int64), np.zeros((2, n_skus), np.int64), np.zeros((2, n_skus), np.int64)
        )
        costs = run.scenario.costs.inventory
        if costs.charged == "end_of_period":
            held = HELD if costs.held == "in_building" else ("free",)
            run.clock.process(self._periods(costs.period, held))
        run.clock.process(self._window())
        run.clock.process(self._midnights())
        run.clock.process(self._cap())

    def mark(self) -> None:
        """Bring all integrals up to now and copy them."""
        state, now = self.run.state, self.run.clock.time
        flow.settle(state, now)
        tables = (state.sku, state.team, state.person, state.counters)
        skus, teams, people, counters = (table.copy() for table in tables)
        self._marks.append((now, skus, teams, people, counters))

    def marks(self) -> Marks:
        """The marks as the ledger keeps them."""
        at, skus, teams, people, counters = zip(*self._marks, strict=True)
        return Marks(
            np.array(at, np.int64),
            np.stack(skus),
            np.stack(teams),
            np.stack(people),
            np.concatenate(counters),
        )

    def days(self) -> Days:
        """The daily levels as the ledger keeps them."""
        at = np.array([time for time, _, _ in self._days], np.int64)
        skus = _stacked([levels for _, levels, _ in self._days], (3, len(self.run.state.sku)))
        queues = _stacked([levels for _, _, levels in self._days], (2, len(self.run.state.queue)))
        return Days(at, skus[:, 0], skus[:, 1], skus[:, 2], queues[:, 0], queues[:, 1])

    def _window(self) -> Process:
        """The season starts and ends."""
        times, clock = self.run.times, self.run.clock
        yield clock.at(times.start, CHARGE, MARK)
        self.mark()
        yield clock.at(times.end, CHARGE, MARK)
        self.mark()
        yield clock.at(times.end, CHARGE, SEASON_END)
        flow.end_season(self.run.state, times.end)

    def _midnights(self) -> Process:
        """Look at stock and backlog at the beginning of every day."""
        times = self.run.times
        rows, queues = self.run.state.sku, self.run.state.queue
        stock = [rows[name] for name in ("free", "backorders", "on_order")]
        backlog = [queues[name] for name in ("length", "work")]
        day = times.day(0)
        while True:
            midnight = times.midnight(day)
            if midnight >= 0:
                yield self.run.clock.at(midnight, CHARGE, MARK, day)
                levels = [level.copy() for level in stock], [level.copy() for level in backlog]
                self._days.append((midnight, *levels))
            day += 1

    def _periods(self, period: int, held: Sequence[str]) -> Process:
        """Add up what is held and owed at the end of every period, before anything else."""
        time = self.run.times.start + period
        while True:
            yield self.run.clock.at(time, CHARGE, PERIOD)
            rows = self.run.state.sku
            part = int(time > self.run.times.end)
            self.charges.periods[part] += 1
            self.charges.held[part] += sum(rows[name] for name in held)
            self.charges.backorders[part] += rows["backorders"]
            time += period

    def _cap(self) -> Process:
        """Draining is given up."""
        yield self.run.clock.at(self.run.times.cap, CHARGE, CAP)
        self.capped = True


def _stacked(levels: list[Levels], shape: tuple[int, int]) -> NDArray[np.int64]:
    """Levels of all days in one array of shape (days, *shape)."""
    return np.array(levels, np.int64).reshape(-1, *shape)
