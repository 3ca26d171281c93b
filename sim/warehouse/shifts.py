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
        self._staying: dict[int, list[int]] = {}
        self._planned = {time for time, _ in roster.ends}
        run.clock.process(self._arrivals())
        run.clock.process(self._departures())

    def table(self, until: int) -> NDArray[np.void]:
        """Shifts that began before the run ended, with the overtime that was worked."""
        rows = self.roster.rows.copy()
        for row, span in self._overtime.items():
            rows[row]["overtime_ms"] = span
        order = np.lexsort((rows["person"], rows["start_at"]))
        rows = rows[order]
        begun: NDArray[np.void] = rows[rows["start_at"] < until]
        return begun

    def _arrivals(self) -> Process:
        """People come on duty."""
        for (time, duties), roll in zip(self.roster.starts, self.roster.rolls, strict=True):
            yield self.run.clock.at(time, SHIFT_START)
            flow.staff_on(self.run.state, time, roll)
            for duty in duties:
                if self._rules[duty.team] is not None:
                    self._worked[duty.person, duty.week] += duty.length

    def _departures(self) -> Process:
        """Shifts end."""
        for time, duties in self.roster.ends:
            yield self.run.clock.at(time, SHIFT_END, LEAVING)
            self._send_home(time, duties)

    def _late_departures(self, time: int) -> Process:
        """Overtime ends at a time when no shift does."""
        yield self.run.clock.at(time, SHIFT_END, LEAVING)
        self._send_home(time, ())

    def _send_home(self, time: int, duties: tuple[Duty, ...]) -> None:
        """Shifts end now, and the overtime that was to last until now.

        The last person goes first, so that of several paused tasks the first person's is ahead.
        """
        leaving: list[tuple[int, Duty | None]] = [(duty.person, duty) for duty in duties]
        if time in self._staying:
            leaving += [(person, None) for person in self._staying.pop(time)]
            leaving.sort(key=lambda entry: -entry[0])
        decided: dict[str, bool] = {}
        going: list[int] = []
        for person, duty in leaving:
            if going and duty and duty.overtime_until and duty.team not in decided:
                # What those ahead put back to its queue counts in the backlog of this team.
                flow.staff_off(self.run.state, time, going)
                going = []
            if duty is None or not self._stays(duty, decided):
                going.append(person)
        flow.staff_off(self.run.state, time, going)

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
        if until not in self._staying and until not in self._planned:
            self.run.clock.process(self._late_departures(until))
        self._staying.setdefault(until, []).append(duty.person)
        return True

    def _is_behind(self, team: int, rule: Overtime) -> bool:
        """Whether the work that waits for the team is too much for those who are here."""
        state = self.run.state
        queues = [queue for queue in state.serves[team].tolist() if queue != NONE]
        waiting = int(state.queue["work"][queues].sum())
        return waiting > rule.when_backlog_over * int(state.team[team]["on_duty"])
