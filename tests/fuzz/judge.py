"""Read a mutated file, and run it if it is accepted: the outcome must be clean either way."""

from __future__ import annotations

import re
import traceback
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.demand import sample_orders
from sim.demand.rates import rate_curve
from sim.demand.window import run_window
from sim.errors import LawBroken, Problem, ScenarioError, SimulationError
from sim.results import kpis, tables
from sim.scenario import Scenario, load_policies
from sim.warehouse import simulate

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

MOST_ORDERS = 1000
"""Orders of a run: a file that asks for more is run at this many."""

WHOLE_FILE = re.compile(r"the file has [0-9,]+ bytes|no such file|is a folder, not a file")
"""Problems that have no line."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    kind: str
    """`run`, `refused`, or what went wrong: `traceback`, `law`, `place`, `hang`."""
    detail: str = ""

    @property
    def clean(self) -> bool:
        """Whether it is as it must be."""
        return self.kind in {"run", "refused"}


def judge(path: Path, rng: Random) -> Outcome:
    """Load the file; run it under one of its policies, if it can be loaded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            policies = load_policies(path)
            _run(policies[rng.choice(list(policies))])
    except ScenarioError as error:
        return _refused(error)
    except LawBroken:
        return Outcome("law", traceback.format_exc())
    except SimulationError:  # in one line too: by chance, the season came out too large
        return Outcome("refused")
    except Exception:  # noqa: BLE001 - whatever comes is what is looked for
        return Outcome("traceback", traceback.format_exc())
    return Outcome("run")


def _run(scenario: Scenario) -> None:
    scenario = _smaller(scenario)
    ledger = simulate(scenario, sample_orders(scenario, 1), 1)
    kpis(ledger)
    dict(tables(ledger))


def _smaller(scenario: Scenario) -> Scenario:
    """The same season with fewer orders, so that thousands of files can be run."""
    demand = scenario.demand
    if demand.history is not None:
        return scenario
    expected = rate_curve(demand, run_window(scenario.season)).total
    if expected <= MOST_ORDERS:
        return scenario
    fewer = demand.model_copy(update={"scale": demand.scale * MOST_ORDERS / expected})
    return scenario.model_copy(update={"demand": fewer})


def _refused(error: ScenarioError) -> Outcome:
    """Every problem is one line of text, with a place."""
    for problem in error.problems:
        if "\n" in str(problem) or not problem.message:
            return Outcome("place", f"not one line: {problem!s}")
        if not _has_place(problem):
            return Outcome("place", f"no place: {problem!s}")
    return Outcome("refused") if error.problems else Outcome("place", "refused without a problem")


def _has_place(problem: Problem) -> bool:
    if problem.file is None:
        return False
    return problem.line is not None or WHOLE_FILE.match(problem.message) is not None
