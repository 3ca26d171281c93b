"""Sizing as a job: the same question as `peakwise size`, the same numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dashboard.live import SEED
from sim.experiment.size.question import load_question
from sim.experiment.size.size import size
from sim.experiment.size.words import sizing_json
from sim.experiment.workers import usable_cores
from sim.scenario.writing import resolved

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.jobs import Job
    from sim.experiment.size.question import Question
    from sim.scenario import Scenario

FRESH: Final = (100, 200, 400)
"""Numbers of fresh seasons that may have to confirm a plan."""
SEARCH: Final = 50
CONFIDENCE: Final = 0.95


def sizing(question: Question, fresh: int) -> Callable[[Job], None]:
    """Work for a job that publishes the object that `peakwise size --json` prints."""

    def work(job: Job) -> None:
        found = size(
            question,
            seed=SEED,
            workers=usable_cores(),
            search=SEARCH,
            fresh=fresh,
            confidence=CONFIDENCE,
            progress=job.report,
        )
        job.publish(sizing_json(found))

    return work


def usual_plan(scenario: Scenario) -> str | None:
    """A plan for a season that has none, as the value of its setting `plan`; None: no one to size.

    The people who come for the season (or else all), and the backorder area, are to ship 95% of the
    orders on time in 9 of 10 seasons.
    """
    tree = resolved(scenario)
    levers = [
        f"people.{team}.cohorts.{cohort['name']}.people: 0 to {_twice(cohort['people'])}"
        for team, cohort in _cohorts(tree)
        if "from" in cohort
    ] or [
        f"people.{team}.cohorts.{cohort['name']}.people: 1 to {_twice(cohort['people'])}"
        for team, cohort in _cohorts(tree)
    ]
    if not levers:
        return None
    targets = "on_time_ship_rate: at least 95% in 9 of 10 seasons"
    return f"{{levers: {{{', '.join(levers)}}}, targets: {{{targets}}}}}"


@lru_cache(maxsize=8)
def load(source: str, settings: tuple[str, ...]) -> Question:
    """The question of a season's plan.

    Raises:
        ScenarioError: The season has no plan, or something is wrong with it.
    """
    return load_question(source, settings)


def _cohorts(tree: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (team, cohort)
        for team, settings in (tree.get("people") or {}).items()
        if isinstance(settings, dict)
        for cohort in settings.get("cohorts", [])
    ]


def _twice(people: int) -> int:
    return max(4, 2 * int(people))
