"""What the answer hangs on, as jobs: what `peakwise sensitivity` and `peakwise sweep` answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.live import SEED
from sim.experiment import replicate
from sim.experiment.axes import grid, read_axis
from sim.experiment.contest import Contest
from sim.experiment.inputs import assumed_inputs
from sim.experiment.sweep import sweep_of
from sim.experiment.sweep_words import sweep_json
from sim.experiment.tornado import SCREENED, find_tornado
from sim.experiment.tornado_words import tornado_in_words, tornado_json
from sim.experiment.variants import load_variants
from sim.experiment.workers import local_pool, usable_cores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.jobs import Job
    from dashboard.levers import Lever
    from sim.experiment import Study
    from sim.experiment.variants import Variants
    from sim.scenario import Scenario

FOLLOWED: Final = 6
"""Inputs of a tornado that are followed up."""
SEASONS: Final = 12
"""Seasons at each end of these."""
SWEPT: Final = 10
"""Seasons at each point of a sweep."""
_VALUES: Final = 5


def deciding(
    source: str, settings: tuple[str, ...], pair: tuple[str, str], scenario: Scenario
) -> Callable[[Job], None]:
    """Work for a job that publishes the object of `peakwise sensitivity --json`."""

    def work(job: Job) -> None:
        inputs, fixed = assumed_inputs(source, settings)
        total, before = SCREENED + SEASONS, 0

        def simulate(variants: Variants, seasons: int) -> Study:
            nonlocal before
            start = before
            study = _simulate(variants, seasons, lambda done: job.report(start + done, total))
            before += seasons
            return study

        contest = Contest(source, pair, simulate, settings)
        found = find_tornado(contest, inputs, FOLLOWED, SEASONS)
        about = {"scenario": scenario.name, "seed": SEED}
        answer = tornado_json(found, tornado_in_words(found, scenario.currency), about)
        job.publish({**answer, "not_moved": fixed})

    return work


def sweeping(source: str, settings: tuple[str, ...], axes: Sequence[str]) -> Callable[[Job], None]:
    """Work for a job that publishes the object of `peakwise sweep --json`.

    Args:
        source: Name of a shipped season, or path of a file.
        settings: Changes throughout.
        axes: What is varied, as with `--over`.
    """

    def work(job: Job) -> None:
        read = tuple(map(read_axis, axes))
        variants = load_variants(source, grid(read), settings)
        study = _simulate(variants, SWEPT, lambda done: job.report(done, SWEPT))
        swept = sweep_of(study, variants, read, sampled=False, kpi="season_profit")
        job.publish(sweep_json(swept))

    return work


def axis_of(lever: Lever) -> str:
    """Some values of a lever, the lowest and the highest among them, as with `--over`.

    >>> from dashboard.levers import Lever
    >>> axis_of(Lever("a.b", "A", tuple(map(str, range(9))), "3", ""))
    'a.b=0,2,4,6,8'
    """
    last = len(lever.values) - 1
    chosen = dict.fromkeys(round(last * at / (_VALUES - 1)) for at in range(_VALUES))
    return f"{lever.path}={','.join(lever.values[at] for at in chosen)}"


def _simulate(variants: Variants, seasons: int, report: Callable[[int], None]) -> Study:
    how: dict[str, Any] = {"executor": local_pool(usable_cores())}
    report(0)
    return replicate(
        variants.scenarios, seasons, SEED, progress=lambda done, _: report(done), **how
    )
