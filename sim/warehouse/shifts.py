"""Shifts: people come and go by the roster, and stay longer when the backlog is large."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from sim.warehouse import flow
from sim.warehouse.cohort import Duty, Roster, staffed
from sim.warehouse.state import NONE, SHIFT_END, SHIFT_START

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy
    from numpy.typing import NDArray

    from sim.scenario.people import Overtime
    from sim.warehouse.run import Run

    Process = Generator[simpy.Event, None, None]

LEAVING = 0
"""Kind of the end of shifts, before the carrier's pickup."""


class Shifts:
    """Brings people on duty and sends them home. One event per instant, however many people."""

    def __init__(self, run: Run, roster: Roster) -> None:
        self.run, self.roster = run, roster
        self.teams = {name: number for number, (name, _) in enumerate(staffed(run.scenario.people))}
        self._rules: dict[str, Overtime | None] = {
            name: team.overtime for name, team in staffed(run.scenario.people)
        }
        self._worked: defaultdict[tuple[int, int], int] = defaultdict(int)
        self._overtime: dict[int, int] = {}
        self._ending: dict[int, list[tuple[int, Duty | None]]] = {}
        self._plan()

    def table(self, until: int) -> NDArray[np.void]:
        """Shifts that began before the run ended, with the overtime that was worked."""
        rows = self.roster.rows.copy()
        for row, span in self._overtime.items():
            rows[row]["overtime_ms"] = span
        order = np.lexsort((rows["person"], rows["start_at"]))
        rows = rows[order]
        begun: NDArray[np.void] = rows[rows["start_at"] < until]
        return begun

    def _plan(self) -> None:
        starting: defaultdict[int, list[Duty]] = defaultdict(list)
        before: Duty | None = None
        for duty in self.roster.duties:
            if self._rules[duty.team] is not None or not _goes_on(before, duty):
                starting[duty.start].append(duty)
            if duty.end is not None:
                self._go_at(duty.end, duty.person, duty)
            before = duty
        for time, duties in starting.items():
            self.run.clock.process(self._arrivals(time, duties))

    def _arrivals(self, time: int, duties: list[Duty]) -> Process:
        """People come on duty."""
        yield self.run.clock.at(time, SHIFT_START)
        for duty in duties:
            self._worked[duty.person, duty.week] += duty.length
            flow.staff_on(self.run.state, time, duty.person, duty.speed, duty.error_rate)

    def _go_at(self, time: int, person: int, duty: Duty | None) -> None:
        """Let a person go home at `time`; `duty` is None when overtime ends."""
        if time not in self._ending:
            self._ending[time] = []
            self.run.clock.process(self._departures(time))
        self._ending[time].append((person, duty))

    def _departures(self, time: int) -> Process:
        """Shifts and overtime end.

        The last person goes first, so that of several paused tasks the first person's is ahead.
        """
        yield self.run.clock.at(time, SHIFT_END, LEAVING)
        stays: dict[str, bool] = {}
        for person, duty in sorted(self._ending.pop(time), key=lambda entry: -entry[0]):
            if duty is None or not self._stays(duty, stays):
                flow.staff_off(self.run.state, time, person)

    def _stays(self, duty: Duty, decided: dict[str, bool]) -> bool:
        """Whether a person stays for overtime; the backlog is looked at once for a team."""
        rule, until = self._rules[duty.team], duty.overtime_until
        if rule is None or until is None or duty.end is None:
            return False
        if duty.team not in decided:
            decided[duty.team] = self._is_behind(self.teams[duty.team], rule)
        worked, extra = self._worked[duty.person, duty.week], until - duty.end
        if not decided[duty.team] or worked + extra > rule.at_most:
            return False
        self._worked[duty.person, duty.week] += extra
        self._overtime[duty.row] = extra
        self._go_at(until, duty.person, None)
        return True

    def _is_behind(self, team: int, rule: Overtime) -> bool:
        """Whether the work that waits for the team is too much for those who are here."""
        state = self.run.state
        queues = [queue for queue in state.serves[team].tolist() if queue != NONE]
        waiting = int(state.queue["work"][queues].sum())
        return waiting > rule.when_backlog_over * int(state.team[team]["on_duty"])


def _goes_on(before: Duty | None, duty: Duty) -> bool:
    """Whether a duty only continues the one before, at the same speed."""
    return (
        before is not None
        and before.end is None
        and before.person == duty.person
        and (before.speed, before.error_rate) == (duty.speed, duty.error_rate)
    )
