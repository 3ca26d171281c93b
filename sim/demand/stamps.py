"""What is stamped on each customer, in groups of columns that are drawn from the same settings.

A group names its settings, so that a policy which leaves them alone keeps the columns as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from sim.demand.ladder import come_back_rule, fading, longest_quotes, step_flags
from sim.demand.order_book import CHANGED_MIND, FORGOT, LEAVES_ELSEWHERE, OPENED
from sim.demand.quantiles import durations, factors, pick
from sim.demand.spans import ENDLESS, pack_one
from sim.scenario.customers import Patience
from sim.scenario.families import Lognormal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.demand.draw import Draw
    from sim.demand.window import Window
    from sim.scenario.families import Distribution
    from sim.scenario.people import Team
    from sim.scenario.scenario import Scenario

Columns: TypeAlias = "dict[str, NDArray[Any] | int]"


@dataclass(frozen=True, slots=True)
class Stamping:
    """What a group may look at while it draws."""

    scenario: Scenario
    window: Window
    draw: Draw
    placed_at: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that are drawn together."""

    inputs: Callable[[Scenario], Any]
    """The settings that they depend on, beside the orders themselves."""
    columns: Callable[[Stamping], Columns]
    """Value by column: an array, or a number that holds for every order."""


def _steps(at: Stamping) -> Columns:
    customers = at.scenario.customers
    flags = step_flags(customers, at.draw)
    leaves = customers.elsewhere.leaves
    if leaves > 0.0:
        left = at.draw.uniforms("step", "elsewhere") < leaves
        flags = flags | (left.astype(np.int8) * np.int8(LEAVES_ELSEWHERE))
    if at.draw.opened:
        flags = flags | OPENED
    return {"flags": flags, "max_quote": longest_quotes(customers, at.draw)}


def _comeback(at: Stamping) -> Columns:
    after = come_back_rule(at.scenario.customers).after
    return {"comeback_after": durations(after, at.draw, "comeback_after")}


def _patience(at: Stamping) -> Columns:
    lasts = patience_law(at.scenario)
    return {"patience": ENDLESS if lasts is None else durations(lasts, at.draw, "patience")}


def patience_law(scenario: Scenario) -> Distribution | float | None:
    """Time until a waiting customer gives up, whichever way it was written; None: never."""
    patience = scenario.customers.patience
    if not isinstance(patience, Patience):
        return patience
    return patience.lasts if patience.lasts is not None else patience.still_waiting


def _other(at: Stamping) -> Columns:
    customers = at.scenario.customers
    forgets, changes = customers.forgets_after, customers.changes_mind_after
    if forgets is None and changes is None:
        return {"other_after": ENDLESS, "other_cause": 0}
    never = np.full(1, ENDLESS, np.int32)
    forgot = never if forgets is None else durations(forgets, at.draw, "forgets_after")
    changed = never if changes is None else durations(changes, at.draw, "changes_mind_after")
    cause = np.where(forgot <= changed, FORGOT, CHANGED_MIND)
    return {"other_after": np.minimum(forgot, changed), "other_cause": cause}


def _elsewhere(at: Stamping) -> Columns:
    found = at.scenario.customers.elsewhere.found_after
    after = ENDLESS if found is None else durations(found, at.draw, "found_after")
    return {"elsewhere_after": after}


def _needed_by(at: Stamping) -> Columns:
    """Dates that customers carry; one that has passed when the order is placed is not carried."""
    customers = at.scenario.customers
    if not customers.needed_by:
        return {"needed_by": ENDLESS, "refuses_late": 0}
    dates = [at.window.day_end(day) - customers.needed_by_margin for day in customers.needed_by]
    shares = list(customers.needed_by.values())
    weights = np.array([*shares, max(0.0, 1.0 - sum(shares))])
    placed_at = np.ascontiguousarray(at.placed_at)
    which = pick(weights, at.draw.uniforms("needed_by"))
    needed = np.full(len(which), ENDLESS, np.int32)
    for number, date in enumerate(dates):
        np.copyto(needed, np.int32(pack_one(date)), where=(which == number) & (placed_at <= date))
    refuses = (needed < ENDLESS) & (at.draw.uniforms("refuses_late") < customers.refuses_late)
    return {"needed_by": needed, "refuses_late": refuses}


def _alert(at: Stamping) -> Columns:
    alerts = at.scenario.alerts
    intent: NDArray[Any] | int = ENDLESS
    if alerts.convert < 1.0 or alerts.half_life is not None:
        intent = fading(at.draw.uniforms("alert_intent"), alerts.convert, alerts.half_life)
    opened = durations(alerts.opened_after, at.draw, "alert_opened_after")
    return {"alert_opened_after": opened, "alert_intent": intent}


def _work(at: Stamping) -> Columns:
    people = at.scenario.people
    return {"work_ppm": _work_factor(people.pick_pack or people.pick, at.draw, "pick")}


def _pack(at: Stamping) -> Columns:
    return {"pack_ppm": _work_factor(at.scenario.people.pack, at.draw, "pack")}


def _work_factor(team: Team | None, draw: Draw, stage: str) -> NDArray[Any] | int:
    """Factor on the work of an order with mean 1, in millionths."""
    if team is None:
        return 1_000_000
    if team.work.distribution is not None:
        return factors(team.work.distribution, draw, "work", stage)
    if team.work.cv == 0.0:
        return 1_000_000
    variance = math.log1p(team.work.cv**2)
    unit_mean = Lognormal(math.exp(-variance / 2.0), math.sqrt(variance))
    return factors(unit_mean, draw, "work", stage)


def _error(at: Stamping) -> Columns:
    if not _errs(at.scenario):
        return {"error_u": 0}
    return {"error_u": (at.draw.uniforms("error") * 1e6).astype(np.int32)}


def _errs(scenario: Scenario) -> bool:
    people = scenario.people
    teams = (people.pick_pack, people.pick, people.pack, people.backorder_team)
    return any(
        cohort.learning is not None
        and max(cohort.learning.errors_start, cohort.learning.errors_full) > 0.0
        for team in teams
        if team is not None
        for cohort in team.cohorts
    )


def _transit(at: Stamping) -> Columns:
    carrier = at.scenario.carrier
    columns: Columns = {"transit": 0, "express_transit": 0}
    if carrier is not None and carrier.transit is not None:
        columns["transit"] = durations(carrier.transit, at.draw, "transit")
    if carrier is not None and carrier.express is not None:
        express = carrier.express.transit
        columns["express_transit"] = durations(express, at.draw, "express_transit")
    return columns


def _factor_settings(team: Team | None) -> Any:
    return None if team is None else (team.work.cv, team.work.distribution)


GROUPS: Final[dict[str, Group]] = {
    "steps": Group(
        lambda s: (
            s.customers.steps,
            s.customers.accept_backorder,
            s.customers.substitute,
            s.customers.drop_line,
            s.customers.sign_up_for_alert,
            s.customers.come_back_later,
            s.customers.elsewhere.leaves,
        ),
        _steps,
    ),
    "comeback": Group(lambda s: s.customers.come_back_later, _comeback),
    "patience": Group(patience_law, _patience),
    "other": Group(lambda s: (s.customers.forgets_after, s.customers.changes_mind_after), _other),
    "elsewhere": Group(lambda s: s.customers.elsewhere.found_after, _elsewhere),
    "needed_by": Group(
        lambda s: (s.customers.needed_by, s.customers.needed_by_margin, s.customers.refuses_late),
        _needed_by,
    ),
    "alert": Group(lambda s: (s.alerts.opened_after, s.alerts.convert, s.alerts.half_life), _alert),
    "work": Group(lambda s: _factor_settings(s.people.pick_pack or s.people.pick), _work),
    "pack": Group(lambda s: _factor_settings(s.people.pack), _pack),
    "error": Group(_errs, _error),
    "transit": Group(
        lambda s: (
            s.carrier and (s.carrier.transit, s.carrier.express and s.carrier.express.transit)
        ),
        _transit,
    ),
}
"""Every group of columns beside the orders themselves, by name."""
