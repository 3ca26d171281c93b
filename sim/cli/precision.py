"""What `--precision` and `--budget` ask for, and the study that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.cli.work import Work
    from sim.experiment import Study
    from sim.experiment.precision import Goal, Reached
    from sim.scenario import Scenario

_BUDGET: Final = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many seasons to simulate, or how well figures are to be known."""

    seasons: int
    """All of them; with goals, those before the first look."""
    budget: int
    """Most seasons."""
    goals: "tuple[Goal, ...]" = ()

    @property
    def looks(self) -> int:
        """How often the study may end."""
        from sim.experiment.sequential import looks

        return len(looks(self.seasons, self.budget)) if self.goals else 1


def wanted_precision(texts: Sequence[str], seasons: int, budget: int | None) -> Wanted:
    """Read the options.

    Raises:
        ScenarioError: everything that is wrong with them.
    """
    if not texts and budget is None:
        return Wanted(seasons, seasons)
    from sim.experiment.precision import read_goals
    from sim.results import KPIS

    problems = []
    if not texts:
        problems.append(Problem("", "is for --precision only", None, "--budget"))
    if budget is not None and budget < seasons:
        hint = f"give at least {seasons}, or fewer --replications"
        problems.append(
            Problem("", "is less than the first look takes", hint, "--budget", value=budget)
        )
    try:
        goals = read_goals(texts, KPIS)
    except ScenarioError as error:
        problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return Wanted(seasons, max(_BUDGET, seasons) if budget is None else budget, goals)


def simulate_for(
    policies: "Mapping[str, Scenario]",
    wanted: Wanted,
    seed: int,
    work: "Work",
    baseline: str | None = None,
) -> "tuple[Study, tuple[Reached, ...] | None]":
    """Simulate as many seasons as are wanted; say what was reached if that was a precision."""
    from sim.cli.study import say_cost, simulate, simulate_all

    if not wanted.goals:
        return simulate_all(policies, wanted.seasons, seed, work), None
    from sim.experiment.precision import check_goals
    from sim.experiment.sequential import replicate_until

    say_cost(policies, wanted.budget, work.workers, work.quiet)
    study = simulate(
        lambda report: replicate_until(
            policies,
            wanted.goals,
            wanted.seasons,
            wanted.budget,
            baseline,
            seed=seed,
            progress=report,
            **work.how,
        ),
        wanted.budget,
        work.quiet,
    )
    return study, check_goals(study, wanted.goals, baseline)
