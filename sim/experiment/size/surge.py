"""What it costs to be safe against a season above the forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.experiment.size.search import Search
from sim.experiment.statistics import paired_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.size.lab import Lab
    from sim.experiment.size.levers import Plan
    from sim.experiment.size.screen import Screen
    from sim.experiment.statistics import Interval

ABOVE: Final = 1.2
"""Demand of the larger season, as a multiple of the forecast."""


@dataclass(frozen=True, slots=True)
class Surge:
    """The plan for a season of 1.2 times the demand that everybody plans for.

    The shop buys by its forecast and does not see it coming. Whether a plan meets the targets then
    is an estimate from the seasons of the search; it is not confirmed.
    """

    plan: Plan | None
    """The plan with as little more of its levers as it takes; None: none within them does."""
    profit: Interval | None
    """By how much its season profit differs from that of the plan in a season as forecast."""
    cost: Interval | None
    """By how much its cost of capacity does."""
    simulated: int
    """Larger seasons that were simulated, every plan counted."""


def safe_against(
    lab: Lab,
    screen: Screen,
    plan: Plan,
    seasons: Sequence[int],
) -> Surge | None:
    """What the plan lacks in the larger season; None where customers are a history, not a rate."""
    question = lab.question
    if question.season.demand.history is not None:
        return None
    crowded = lab.with_demand(ABOVE)
    larger = screen.as_hard(crowded)
    larger.rank(plan)  # a season that is hard as forecast need not be the hardest then
    found = Search(larger, question.levers).above(plan)
    if found is None:
        return Surge(None, None, None, crowded.simulated)
    lab.run((found, season) for season in seasons)
    return Surge(
        plan=found,
        profit=paired_difference(lab.profit(found, seasons), lab.profit(plan, seasons)).interval,
        cost=paired_difference(lab.cost(found, seasons), lab.cost(plan, seasons)).interval,
        simulated=crowded.simulated,
    )
