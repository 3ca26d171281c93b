"""Where plans are simulated: each plan on each season at most once, all on the same seasons."""

from __future__ import annotations

import functools
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.experiment.replicate import worth_a_pool
from sim.experiment.season import customers
from sim.experiment.workers import local_pool, run_tasks, usable_cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from sim.demand import OrderBook
    from sim.experiment.size.levers import Plan
    from sim.experiment.size.question import Question
    from sim.scenario.scenario import Scenario

    Floats = NDArray[np.float64]
    Figures = tuple[float, ...]

COSTS: Final = (
    "wages",
    "overtime",
    "agency",
    "training",
    "information",
    "de_escalation",
    "third_party",
    "space",
    "overflow",
)
"""Lines of the profit and loss that are the cost of capacity."""
PROFIT: Final = "season_profit"
_PILOT: Final = ("space_used_peak", "contacts", "contact_aht")
"""What closed forms for a start ask of a pilot."""
_BOOKS: Final = 100_000_000
"""Bytes of order books that a process keeps for the next plans on the same seasons."""


class Lab:
    """Simulates plans, and remembers what came out."""

    def __init__(
        self,
        question: Question,
        seed: int,
        workers: int | None = None,
        progress: Callable[[int], None] | None = None,
        demand: float = 1.0,
    ) -> None:
        """Open a lab.

        Args:
            question: The plans.
            seed: Seed of all seasons.
            workers: Processes; None: one per usable core. No result depends on it.
            progress: Is told after each season how many were simulated since the last time.
            demand: Times the demand that the shop forecasts: 1.2 is a season 20 % above it.
        """
        self.question, self.seed, self.demand = question, seed, demand
        figures = (PROFIT, *COSTS, *_PILOT, *(goal.kpi for goal in question.goals))
        self.names = tuple(dict.fromkeys(figures))
        self.simulated = 0
        self._workers = usable_cores() if workers is None else workers
        self._progress = progress
        self._found: dict[tuple[Plan, int], Figures] = {}

    def run(self, wanted: Iterable[tuple[Plan, int]]) -> None:
        """Simulate plans on seasons, given as pairs; those that are known are not run again."""
        by_season: dict[int, list[Plan]] = {}
        for plan, season in dict.fromkeys(wanted):
            if (plan, season) not in self._found:
                by_season.setdefault(season, []).append(plan)
        if not by_season:
            return
        plans = list(dict.fromkeys(plan for each in by_season.values() for plan in each))
        task = functools.partial(
            _simulate,
            [self._scenario(plan) for plan in plans],
            self.seed,
            self.demand,
            self.names,
            {season: [plans.index(plan) for plan in each] for season, each in by_season.items()},
        )

        def keep(season: int, outcome: list[Figures]) -> None:
            self._found |= {
                (plan, season): figures
                for plan, figures in zip(by_season[season], outcome, strict=True)
            }
            self.simulated += len(outcome)
            if self._progress is not None:
                self._progress(len(outcome))

        if self._workers > 1 and self._is_large():
            run_tasks(task, by_season, lambda: local_pool(self._workers), keep)
        else:
            for season in by_season:
                keep(season, task(season))

    def values(self, plan: Plan, seasons: Sequence[int], name: str) -> Floats:
        """A figure of a plan by season; simulates those that are missing."""
        self.run((plan, season) for season in seasons)
        at = self.names.index(name)
        return np.array([self._found[plan, season][at] for season in seasons])

    def known(self, plan: Plan) -> list[int]:
        """Seasons that were simulated under a plan, in order."""
        return sorted(season for each, season in self._found if each == plan)

    def worth(self, plan: Plan, seasons: Sequence[int]) -> Floats:
        """What a plan is worth by season: the profit that is left, or minus its cost."""
        if self.question.cheapest_by == "profit":
            return self.values(plan, seasons, PROFIT) - self.question.lever_cost(plan)
        return -self.cost(plan, seasons)

    def cost(self, plan: Plan, seasons: Sequence[int]) -> Floats:
        """What a plan's people, third party and space cost by season, and its levers."""
        self.run((plan, season) for season in seasons)
        lines: Floats = np.sum([self.values(plan, seasons, name) for name in COSTS], axis=0)
        return self.question.lever_cost(plan) - lines

    def profit(self, plan: Plan, seasons: Sequence[int]) -> Floats:
        """The profit that is left by season, levers paid."""
        return self.values(plan, seasons, PROFIT) - self.question.lever_cost(plan)

    def _scenario(self, plan: Plan) -> Scenario:
        scenario = self.question.scenario(plan)
        if scenario is None:
            message = f"no season has the plan {plan}: {self.question.refusal(plan)}"
            raise ValueError(message)
        return scenario

    def _is_large(self) -> bool:
        """Whether worker processes pay: some hundred seasons are simulated in any case."""
        return worth_a_pool(customers({"": self.question.season}, 1) * _AT_LEAST)


_AT_LEAST: Final = 400
"""Seasons that a search simulates, about, at least."""


def _simulate(
    scenarios: Sequence[Scenario],
    seed: int,
    demand: float,
    names: Sequence[str],
    wanted: dict[int, list[int]],
    season: int,
) -> list[Figures]:
    """Some scenarios on one season: a row of figures for each."""
    from sim.results import kpis
    from sim.warehouse import simulate

    found = []
    for number in wanted[season]:
        scenario = scenarios[number]
        book = customers_of(scenario, seed, season, demand)
        figures = kpis(simulate(scenario, book, seed, season))
        found.append(tuple(float(figures.get(name, np.nan)) for name in names))
    return found


_kept: OrderedDict[tuple[int, int, float], OrderBook] = OrderedDict()


def customers_of(scenario: Scenario, seed: int, season: int, demand: float) -> OrderBook:
    """The customers of a season.

    More than forecast come as if the rate were higher; the shop, which plans by its scenario, does
    not know of it.
    """
    from sim.demand import sample_orders

    coming = scenario
    if demand != 1.0:
        rate = scenario.demand.model_copy(update={"scale": scenario.demand.scale * demand})
        coming = scenario.model_copy(update={"demand": rate})
    key = (seed, season, demand)
    book = sample_orders(coming, seed, season, like=_kept.get(key))
    _kept[key] = book
    _kept.move_to_end(key)
    while len(_kept) > 1 and sum(map(_size, _kept.values())) > _BOOKS:
        _kept.popitem(last=False)
    return book


def _size(book: OrderBook) -> int:
    return int(book.orders.nbytes + book.lines.nbytes)
