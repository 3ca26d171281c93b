"""Hours by weekday that a season could only wait for: on no day of the week anything opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import Problem
from sim.scenario.people import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.people import Team
    from sim.scenario.scenario import Scenario

TEAMS = ("pick_pack", "pick", "pack", "backorder_team", "receiving", "support")


def never_open(scenario: Scenario) -> Iterator[Problem]:
    """Return a problem for each setting by weekday that is closed on every day."""
    weeks = [("replenishment.notification.read", scenario.replenishment.notification.read)]
    for name in TEAMS:
        team = getattr(scenario.people, name)
        if team is not None:
            weeks += [(path, shift.hours) for path, shift in shifts(f"people.{name}", team)]
    for path, hours in weeks:
        if hours is not None and not any(hours):
            yield Problem(path, "never open", "give hours for at least one day")
    carrier = scenario.carrier
    for name in ("cut_off", "pickup") if carrier is not None else ():
        times = getattr(carrier, name)
        if times is not None and all(time is None for time in times):
            hint = "give a time for at least one day"
            yield Problem(f"carrier.{name}", "is given for no day", hint)


def shifts(path: str, team: Team) -> Iterator[tuple[str, Shift]]:
    """The shifts of a team and of its cohorts, with their paths."""
    if isinstance(team.shift, Shift):
        yield f"{path}.shift", team.shift
    for index, cohort in enumerate(team.cohorts):
        if cohort.shift is not None:
            yield f"{path}.cohorts.{index}.shift", cohort.shift
