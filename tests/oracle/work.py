"""Who does what when: tasks, queues of work, people and dispatch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.oracle.clock import COMPLETION, SHIFT_END, SHIFT_START, Clock
from tests.oracle.rota import Duty

Queue: TypeAlias = tuple[str, int]
"""Kind (`cross_dock`, `receive`, `pick`, `pack`) and class; class BACKORDERS for backorders."""

BACKORDERS = 1_000_000


@dataclass(eq=False)
class Task:
    """Hands-on work on a parcel or on goods at the dock."""

    id: tuple[int, int]
    """Order of simultaneous completions by unlimited staff: (1, parcel), (2, dock task) or
    (3, contact)."""
    queue: Queue
    work: int
    """Milliseconds left at speed 1."""
    on_start: Callable[[], None]
    on_done: Callable[[int], None]
    """Called with the error rate, per million, of the person who finished."""
    by: Person | None = None
    """Who works on it; None: unlimited staff, or nobody yet."""


@dataclass(eq=False)
class Person:
    """One person of a team."""

    id: int
    team: Team
    duties: list[Duty]
    cohort: str = ""
    on_duty: bool = False
    leaving: bool = False
    speed: int = 1000
    error_rate: int = 0
    idle_since: int = 0
    task: Task | None = None
    task_from: int = 0
    task_speed: int = 1000
    worked: dict[int, int] = field(default_factory=dict)
    """Milliseconds on duty by week, for the legal limit."""


@dataclass(eq=False)
class Team:
    """People who can do the same work."""

    name: str
    unlimited: bool
    pauses: bool
    serves: list[Queue]
    waiting_room: int | None = None
    overtime_backlog: int | None = None
    people: list[Person] = field(default_factory=list)
    decided_at: int = -1
    decision: bool = False


class Floor:
    """The warehouse floor."""

    def __init__(self, clock: Clock, teams: list[Team], stations: int | None, stage: str) -> None:
        self.clock, self.teams, self.stations = clock, teams, stations
        self.station_stage = stage
        """The stage that takes a pack station: `pack`, or `pick` when there is one stage."""
        self.at_stations = 0
        self.queues: dict[Queue, deque[Task]] = {}
        for team in teams:
            for person in team.people:
                clock.process(self._duties(person))

    def queue(self, queue: Queue) -> deque[Task]:
        """The tasks that wait in this queue."""
        return self.queues.setdefault(queue, deque())

    def add(self, task: Task) -> None:
        """A task joins the tail of its queue."""
        self.queue(task.queue).append(task)
        self.clock.want_dispatch()

    def withdraw(self, task: Task) -> None:
        """A task leaves its queue before anybody started it."""
        self.queue(task.queue).remove(task)
        self.clock.want_dispatch()

    def room_is_full(self) -> bool:
        """Whether a new order finds the waiting room of the picking team full."""
        for team in self.teams:
            if team.waiting_room is not None and team.name in ("pick_pack", "pick"):
                waiting = sum(len(tasks) for key, tasks in self.queues.items() if key[0] == "pick")
                able = sum(person.on_duty and person.task is None for person in team.people)
                return not team.unlimited and waiting - able >= team.waiting_room
        return False

    def dispatch(self) -> None:
        """Start whatever can be started, the longest idle person first."""
        for team in self.teams:
            while team.unlimited and (task := self._first(team)):
                self.clock.process(self._work(None, self._take(task)))
        while choice := self._next_start():
            person, task = choice
            self.clock.process(self._work(person, self._take(task)))
            person.task = task

    def _next_start(self) -> tuple[Person, Task] | None:
        best: tuple[Person, Task] | None = None
        for team in self.teams:
            idle = [person for person in team.people if person.on_duty and person.task is None]
            task = self._first(team)
            if team.unlimited or not idle or task is None:
                continue
            longest = min(idle, key=lambda person: (person.idle_since, person.id))
            if best is None or (longest.idle_since, longest.id) < (best[0].idle_since, best[0].id):
                best = longest, task
        return best

    def _first(self, team: Team) -> Task | None:
        """The task that a person of this team would start now."""
        for queue in team.serves:
            needs_station = queue[0] == self.station_stage and self.stations is not None
            full = needs_station and self.at_stations >= (self.stations or 0)
            if self.queue(queue) and not full:
                return self.queue(queue)[0]
        return None

    def _take(self, task: Task) -> Task:
        self.queue(task.queue).remove(task)
        self.at_stations += task.queue[0] == self.station_stage
        return task

    def _work(self, person: Person | None, task: Task):
        """One person works on one task until it is done, or until somebody pauses it."""
        task.by = person
        task.on_start()
        speed = person.speed if person else 1000
        duration = -(-task.work * 1000 // speed)
        if person:
            person.task_from, person.task_speed = int(self.clock.now), speed
        identity = (0, person.id) if person else task.id
        yield self.clock.at(int(self.clock.now) + duration, COMPLETION, *identity)
        if person and (person.task is not task or person.task_from + duration != self.clock.now):
            return  # paused meanwhile
        self.at_stations -= task.queue[0] == self.station_stage
        if person:
            person.task, person.idle_since = None, int(self.clock.now)
            if person.leaving:
                person.leaving = person.on_duty = False
        task.on_done(person.error_rate if person else 0)
        self.clock.want_dispatch()

    def _duties(self, person: Person):
        """One person's shifts, one after the other."""
        for duty in person.duties:
            yield self.clock.at(duty.start, SHIFT_START, person.id)
            person.speed, person.error_rate = duty.speed, duty.error_rate
            person.worked[duty.week] = person.worked.get(duty.week, 0) + duty.length
            if not person.on_duty:
                person.idle_since = duty.start
            person.on_duty, person.leaving = True, False
            self.clock.want_dispatch()
            if duty.end is None:
                continue
            yield self.clock.at(duty.end, SHIFT_END, 0, -person.id)
            until = self._overtime(person, duty)
            if until:
                yield self.clock.at(until, SHIFT_END, 0, -person.id)
            self._leave(person)

    def _overtime(self, person: Person, duty: Duty) -> int | None:
        """Until when this person stays, if the team's backlog is large."""
        team, now = person.team, int(self.clock.now)
        if team.overtime_backlog is None or duty.overtime_until is None:
            return None
        if team.decided_at != now:
            backlog = sum(task.work for queue in team.serves for task in self.queue(queue))
            present = sum(each.on_duty for each in team.people)
            team.decided_at = now
            team.decision = backlog > team.overtime_backlog * present
        total = person.worked[duty.week] + duty.overtime_until - now
        if not team.decision or total > duty.week_limit:
            return None
        person.worked[duty.week] = total
        return duty.overtime_until

    def _leave(self, person: Person) -> None:
        task = person.task
        if task and not person.team.pauses:
            person.leaving = True
            return
        if task:
            elapsed = int(self.clock.now) - person.task_from
            task.work = max(0, task.work - elapsed * person.task_speed // 1000)
            self.at_stations -= task.queue[0] == self.station_stage
            self.queue(task.queue).appendleft(task)
            person.task = None
        person.on_duty = False
        self.clock.want_dispatch()
