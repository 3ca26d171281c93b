"""Where plans are simulated: each plan on each season at most once, all on the same seasons."""

from __future__ import annotations

import functools
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.experiment.replicate import worth_a_pool
from sim.experiment.season import customers, key_of
from sim.experiment.versions import on_same_versions, versions
from sim.experiment.workers import local_pool, run_tasks, usable_cores
from sim.scenario.writing import scenario_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Unpack

    from numpy.typing import NDArray

    from sim.demand import OrderBook
    from sim.experiment.replicate import How
    from sim.experiment.season import Outcome
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
_BOOKS: Final = 250_000_000
"""Bytes of order books that a process keeps for the next plans on the same seasons."""


class Lab:
    """Simulates plans, and remembers what came out."""

    def __init__(
        self,
        question: Question,
        seed: int,
        progress: Callable[[int], None] | None = None,
        demand: float = 1.0,
        **how: Unpack[How],
    ) -> None:
        """Open a lab.

        Args:
            question: The plans.
            seed: Seed of all seasons.
            progress: Is told after each season how many are known more than the last time. What it
                raises ends the work.
            demand: Times the demand that the shop forecasts: 1.2 is a season 20 % above it.
            **how: How seasons are simulated, which changes no result; as for `replicate`.
        """
        self.question, self.seed, self.demand = question, seed, demand
        figures = (PROFIT, *COSTS, *_PILOT, *(goal.kpi for goal in question.goals))
        self.names = tuple(dict.fromkeys(figures))
        self.simulated = 0
        self._how, self._progress, self._versions = how, progress, versions()
        self._workers = how.get("workers") or usable_cores()
        self._found: dict[int, dict[Plan, Figures]] = {}
        self._kept: dict[Plan, tuple[str, Mapping[int, Outcome]]] = {}

    def with_demand(self, demand: float) -> Lab:
        """A lab for the same plans where other demand comes than the shop forecasts."""
        return Lab(self.question, self.seed, self._progress, demand, **self._how)

    def run(self, wanted: Iterable[tuple[Plan, int]]) -> None:
        """Simulate plans on seasons, given as pairs; those that are known are not run again."""
        by_season: dict[int, list[Plan]] = {}
        for plan, season in dict.fromkeys(wanted):
            if plan not in self.on(season) and not self._is_kept(plan, season):
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
            for plan, figures in zip(by_season[season], outcome, strict=True):
                self._keep(plan, season, figures)
                self._learn(plan, season, figures)

        executor = self._how.get("executor")
        if executor is not None:
            checked = functools.partial(on_same_versions, self._versions, task)
            run_tasks(checked, by_season, lambda: executor, keep)
        elif self._workers > 1 and self._is_large():
            run_tasks(task, by_season, lambda: local_pool(self._workers), keep)
        else:
            for season in by_season:
                keep(season, task(season))

    def _learn(self, plan: Plan, season: int, figures: Figures) -> None:
        self._found.setdefault(season, {})[plan] = figures
        self.simulated += 1
        if self._progress is not None:
            self._progress(1)

    def _is_kept(self, plan: Plan, season: int) -> bool:
        """Whether a run before this one kept a season, which is taken over then."""
        outcome = self._memory_of(plan)[1].get(season)
        if outcome is None:
            return False
        (figures,) = outcome.values()
        self._learn(plan, season, tuple(figures[name] for name in self.names))
        return True

    def _keep(self, plan: Plan, season: int, figures: Figures) -> None:
        memory = self._how.get("memory")
        if memory is not None:
            outcome = {self._text(plan): dict(zip(self.names, figures, strict=True))}
            memory.keep(self._memory_of(plan)[0], season, outcome)

    def _memory_of(self, plan: Plan) -> tuple[str, Mapping[int, Outcome]]:
        """The key of a plan's seasons, and those that are kept."""
        memory = self._how.get("memory")
        if memory is None:
            return "", {}
        if plan not in self._kept:
            hashes = {self._text(plan): scenario_hash(self._scenario(plan))}
            key = key_of(_simulate, self.seed, hashes, self._versions)
            self._kept[plan] = key, memory.known(key)
        return self._kept[plan]

    def _text(self, plan: Plan) -> str:
        """A plan as tables name it."""
        parts = [lever.text(at) for lever, at in zip(self.question.levers, plan, strict=True)]
        larger = [] if self.demand == 1.0 else [f"demand {self.demand:g}"]
        return ", ".join([*larger, *parts])

    def values(self, plan: Plan, seasons: Sequence[int], name: str) -> Floats:
        """A figure of a plan by season; simulates those that are missing."""
        self.run((plan, season) for season in seasons)
        at = self.names.index(name)
        return np.array([self._found[season][plan][at] for season in seasons])

    def on(self, season: int) -> Mapping[Plan, Figures]:
        """Plans that were simulated on a season, with their figures in the order of `names`."""
        return self._found.get(season, {})

    def known(self, plan: Plan) -> list[int]:
        """Seasons that were simulated under a plan, in order."""
        return sorted(season for season, plans in self._found.items() if plan in plans)

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
        figures = kpis(simulate(scenario, book, seed, season), names)
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
