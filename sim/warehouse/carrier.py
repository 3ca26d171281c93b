"""The carrier: cut-offs, pickups with a capacity, and the ship date that a cut-off promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.scenario.clock import WEEKDAYS
from sim.scenario.units import DAY, HOUR
from sim.warehouse import flow
from sim.warehouse.goods_rows import CUT, SLOW
from sim.warehouse.words import NEVER, SHIFT_END

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy
    from numpy.typing import NDArray

    from sim.scenario.scenario import Scenario
    from sim.warehouse.run import Run, Times

    Process = Generator[simpy.Event, None, None]

PICKUP = 1
"""Kind of a pickup, after the ends of shifts at the same instant."""
_PICKUP_AFTER_CUT_OFF = 2 * HOUR
_NO_LIMIT = -1
_SLOWEST = 1e9
"""With this factor every transit of a millisecond takes days, and longer ones outlast the run."""
_MARGIN, _FAR = 60 * DAY, 730 * DAY
"""The timetable is drawn up this far beyond the last promise, for promises this far ahead."""


class Timetable(NamedTuple):
    """When the carrier calls, and until when orders ship with which call."""

    cut_offs: NDArray[np.int64]
    pickups: NDArray[np.int64]
    capacities: NDArray[np.int64]
    """Most parcels of each pickup; -1 = no limit."""

    def cuts(self, handling: int) -> NDArray[np.void]:
        """Rows of (order by, promised ship date), by time."""
        by = self.cut_offs if len(self.cut_offs) else self.pickups
        found = np.searchsorted(self.pickups, by)
        ships = np.append(self.pickups, NEVER)[found]
        rows = np.empty(len(by), CUT)
        rows["order_by"], rows["ships_at"] = by, ships + handling
        return rows


def has_pickups(scenario: Scenario) -> bool:
    """Whether parcels wait for a carrier."""
    carrier = scenario.carrier
    return carrier is not None and not (carrier.cut_off is None and carrier.pickup is None)


def timetable(scenario: Scenario, times: Times, until: int) -> Timetable:
    """Cut-offs and pickups from the day before the run up to `until`."""
    carrier = scenario.carrier
    cut_offs: list[int] = []
    pickups: list[tuple[int, int]] = []
    day = times.day(0) - 1
    while carrier is not None and (midnight := times.midnight(day)) < until:
        weekday, number, day = times.weekday(day), day, day + 1
        if number in times.closed:
            continue
        cut_off = None if carrier.cut_off is None else carrier.cut_off[weekday]
        if carrier.pickup is not None:
            call = carrier.pickup[weekday]
        else:
            call = None if cut_off is None else cut_off + _PICKUP_AFTER_CUT_OFF
        if cut_off is not None:
            cut_offs.append(midnight + cut_off)
        if call is not None and midnight + call >= 0:
            own = (carrier.capacity_by_weekday or {}).get(WEEKDAYS[weekday], carrier.capacity)
            pickups.append((midnight + call, _NO_LIMIT if own is None else own))
    calls = np.array(sorted(pickups), np.int64).reshape(-1, 2)
    return Timetable(np.sort(np.array(cut_offs, np.int64)), calls[:, 0], calls[:, 1])


def promised_cuts(scenario: Scenario, times: Times, latest: int) -> NDArray[np.void]:
    """Cut-offs and the ship dates that they promise, for goods on hand up to `latest`.

    Without cut-offs and pickups there are none: what is on hand ships at once, after handling. The
    order flow lets patience from the promise run from the same dates.
    """
    if scenario.carrier is None or not has_pickups(scenario):
        return np.zeros(0, CUT)
    horizon = min(max(times.cap, latest), times.cap + _FAR) + _MARGIN
    return timetable(scenario, times, horizon).cuts(scenario.carrier.handling)


def slow_stretches(scenario: Scenario, times: Times) -> NDArray[np.void]:
    """Slow stretches of the carrier, within the run; factors in thousandths."""
    stretches = scenario.carrier.slow if scenario.carrier is not None else ()
    rows = [
        (*times.span(slow.during), round(min(slow.times, _SLOWEST) * 1000)) for slow in stretches
    ]
    return np.array(rows, SLOW)


class Carrier:
    """Calls for packed parcels."""

    def __init__(self, run: Run) -> None:
        self.run = run
        if has_pickups(run.scenario):
            run.clock.process(self._calls(timetable(run.scenario, run.times, run.times.cap)))

    def _calls(self, table: Timetable) -> Process:
        """Every pickup, one after the other."""
        for time, capacity in zip(table.pickups.tolist(), table.capacities.tolist(), strict=True):
            yield self.run.clock.at(time, SHIFT_END, PICKUP)
            flow.pickup(self.run.state, time, capacity)
