"""Shifts: people come and go by the roster, and stay longer when the backlog is large."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from sim.warehouse import flow
from sim.warehouse.roster import Asked, Leaving, Roster, staffed
from sim.warehouse.words import NONE, SHIFT_END, SHIFT_START

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
        self._rules: list[Overtime | None] = [
            team.overtime for _, team in staffed(run.scenario.people)
        ]
        self._overtime: dict[int, int] = {}
        self._overtime_of_week: defaultdict[tuple[int, int], int] = defaultdict(int)
        self._staying: dict[int, list[int]] = {}
        self._planned = {leaving.time for leaving in roster.ends}
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
        for time, roll in self.roster.starts:
            yield self.run.clock.at(time, SHIFT_START)
            flow.staff_on(self.run.state, time, roll)

    def _departures(self) -> Process:
        """Shifts end."""
        for leaving in self.roster.ends:
            yield self.run.clock.at(leaving.time, SHIFT_END, LEAVING)
            self._send_home(leaving)

    def _late_departures(self, time: int) -> Process:
        """Overtime ends at a time when no shift does."""
        yield self.run.clock.at(time, SHIFT_END, LEAVING)
        self._send_home(Leaving(time, [], {}))

    def _send_home(self, leaving: Leaving) -> None:
        """Shifts end now, and the overtime that was to last until now.

        The last person goes first, so that of several paused tasks the first person's is ahead.
        """
        time, people, asked = leaving
        if time in self._staying:
            people = sorted([*people, *self._staying.pop(time)], reverse=True)
        behind: dict[int, bool] = {}
        going: list[int] = []
        for person in people if asked else ():
            duty = asked.get(person)
            if duty is not None and duty.team not in behind:
                if going:
                    # What those ahead put back to its queue counts in the backlog of this team.
                    flow.staff_off(self.run.state, time, going)
                    going = []
                behind[duty.team] = self._is_behind(duty.team)
            if duty is None or not behind[duty.team] or not self._stays(person, duty, time):
                going.append(person)
        flow.staff_off(self.run.state, time, going if asked else people)

    def _stays(self, person: int, duty: Asked, time: int) -> bool:
        """Whether a person of a team that is behind stays for overtime: the law has a limit."""
        rule, extra, week = self._rules[duty.team], duty.until - time, (person, duty.week)
        worked = duty.week_ms + self._overtime_of_week[week]
        if rule is None or worked + extra > rule.at_most:
            return False
        self._overtime_of_week[week] += extra
        self._overtime[duty.row] = extra
        if duty.until not in self._staying and duty.until not in self._planned:
            self.run.clock.process(self._late_departures(duty.until))
        self._staying.setdefault(duty.until, []).append(person)
        return True

    def _is_behind(self, team: int) -> bool:
        """Whether the work that waits for the team is too much for those who are here."""
        state, rule = self.run.state, self._rules[team]
        queues = [queue for queue in state.serves[team].tolist() if queue != NONE]
        waiting = int(state.queue["work"][queues].sum())
        return rule is not None and waiting > rule.when_backlog_over * int(
            state.team[team]["on_duty"]
        )
