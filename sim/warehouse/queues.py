"""Which queues of work there are, and which team serves which of them in what order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.warehouse.roster import staffed
from sim.warehouse.words import CROSS_DOCK, FIRST_PICK, RECEIVE

if TYPE_CHECKING:
    from sim.scenario.people import People, Team
    from sim.scenario.scenario import Scenario

_BACKORDERS, _ORDERS = "backorders", "orders"


@dataclass(frozen=True, slots=True)
class Served:
    """Who serves what."""

    rows: tuple[tuple[int, ...], ...]
    """Numbers of the queues that each team serves, in order."""
    backorder_pick: bool
    """Whether backorders wait for picking in a queue of their own."""
    backorder_pack: bool
    """The same for packing as a stage of its own."""


def class_names(scenario: Scenario) -> tuple[str, ...]:
    """Order classes by priority; without any there is one."""
    return tuple(each.name for each in scenario.demand.classes) or (_ORDERS,)


def queue_names(scenario: Scenario) -> tuple[str, ...]:
    """Names of the queues by number: dock, picking and packing by class (backorders last), desk."""
    classes = (*class_names(scenario), _BACKORDERS)
    stages = [f"{stage}:{name}" for stage in ("pick", "pack") for name in classes]
    answers = ("support",) if scenario.people.support is not None else ()
    return ("cross_dock", "receive", *stages, *answers)


def serves(scenario: Scenario) -> Served:
    """Queues of every team.

    Backorders wait in a queue of their own when a team is told to serve them, or has been set up
    for them. A team that is told nothing serves all classes by priority, and then that queue.
    """
    teams, classes = staffed(scenario.people), class_names(scenario)
    own = any(_is_told(name, team) for name, team in teams)
    rows, picks, packs = [], False, False
    for name, team in teams:
        words = [word for word in _words(name, team) if own or word != _BACKORDERS]
        first = FIRST_PICK + (len(classes) + 1 if name == "pack" else 0)
        rows.append(_numbers(name, words, classes, first))
        picks |= name not in {"pack", "receiving", "support"} and _BACKORDERS in words
        packs |= name == "pack" and _BACKORDERS in words
    return Served(tuple(rows), picks, packs)


def waiting_room(people: People) -> tuple[str, int] | None:
    """The picking team whose waiting room is limited, and the limit."""
    for name, team in (("pick_pack", people.pick_pack), ("pick", people.pick)):
        if team is not None and team.waiting_room is not None and not team.unlimited:
            return name, team.waiting_room
    return None


def _is_told(name: str, team: Team) -> bool:
    """Whether the scenario says of a team that it serves backorders."""
    if name in {"receiving", "support"}:
        return False
    told = team.priority is not None or _BACKORDERS in (team.serves or ())
    return told or name == "backorder_team"


def _words(name: str, team: Team) -> tuple[str, ...]:
    """Queues of a team as the scenario names them, or else the default."""
    if team.serves is not None:
        return team.serves
    if team.priority == _BACKORDERS:
        return _BACKORDERS, _ORDERS
    if team.priority is None and name == "backorder_team":
        return (_BACKORDERS,)
    return _ORDERS, _BACKORDERS


def _numbers(name: str, words: list[str], classes: tuple[str, ...], first: int) -> tuple[int, ...]:
    """Numbers of named queues, each once; `first` is the queue of the first class."""
    if name == "receiving":
        return CROSS_DOCK, RECEIVE
    if name == "support":
        return (FIRST_PICK + 2 * (len(classes) + 1),)
    numbers: list[int] = []
    for word in words:
        if word == _BACKORDERS:
            numbers.append(first + len(classes))
        elif word in classes:
            numbers.append(first + classes.index(word))
        else:
            numbers.extend(range(first, first + len(classes)))
    return tuple(dict.fromkeys(numbers))
