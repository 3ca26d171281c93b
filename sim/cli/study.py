"""What the commands that simulate share: policies, progress, and the end after Ctrl-C."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer

from sim.cli.console import Report, complain, err, progress_bar
from sim.cli.exits import INTERRUPTED
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.cli.work import Work
    from sim.experiment import Study
    from sim.scenario import Scenario


def one_policy(season: str, policy: str | None, settings: Sequence[str]) -> "dict[str, Scenario]":
    """The season under one of its policies, or as it is written."""
    from sim.scenario import load_policies, load_scenario
    from sim.scenario.loading import BASELINE

    if policy is None:
        return {BASELINE: load_scenario(season, settings)}
    policies = load_policies(season, settings)
    return {policy: policies[known_policy(policy, policies)]}


def known_policy(name: str, policies: "Mapping[str, Scenario]") -> str:
    """The name, if the season has a policy of that name.

    Raises:
        ScenarioError: it has not.
    """
    if name in policies:
        return name
    close = get_close_matches(name, policies, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(policies)}"
    raise ScenarioError(Problem("", f"there is no policy called {name!r}", hint))


def known_policies(season: str, names: Sequence[str], settings: Sequence[str]) -> tuple[str, ...]:
    """The names, if the season has policies of these names; all of them if none is given."""
    from sim.scenario import load_policies

    policies = load_policies(season, settings)
    return tuple(dict.fromkeys(known_policy(name, policies) for name in names or policies))


def simulate_all(
    policies: "Mapping[str, Scenario]",
    replications: int,
    seed: int,
    work: "Work",
) -> "Study":
    """Simulate every season under every policy; the first time on a machine, compile before.

    Ctrl-C ends it with the seasons that are finished, if there is one.
    """
    from sim.experiment import replicate

    return simulate(
        lambda report: replicate(policies, replications, seed, progress=report, **work.how),
        replications,
        work.quiet,
    )


def simulate(run: "Callable[[Report], Study]", seasons: int, quiet: bool) -> "Study":
    """Run a study of at most so many seasons, with progress; after Ctrl-C, what is finished."""
    from sim.experiment import StudyInterrupted, keep_freed_memory

    keep_freed_memory()
    compile_once(quiet)
    with progress_bar("Simulating seasons", seasons, quiet) as report:
        try:
            return run(report)
        except StudyInterrupted as stop:
            if stop.study is None:
                raise
            return stop.study


def say_cost(
    scenarios: "Mapping[str, Scenario]",
    seasons: int,
    workers: int | None,
    quiet: bool,
    times: int = 1,
) -> None:
    """Say on stderr what a study may take, before it begins.

    Args:
        scenarios: What is simulated.
        seasons: Of each at most.
        workers: Processes; None: one per core.
        quiet: Say nothing.
        times: At so many values of a setting.
    """
    from sim.experiment.figures import counted
    from sim.experiment.season import seconds_of_work
    from sim.experiment.workers import usable_cores

    cores = workers or usable_cores()
    took = times * seconds_of_work(scenarios, seasons) / cores
    if quiet or not took:
        return
    number = times * len(scenarios)
    each = f" of each of {number} variants" if number > 1 else ""
    time, on = in_words(took), counted(cores, "core")
    complain(f"At most {counted(seasons, 'season')}{each}: some {time} on {on}.")


def in_words(seconds: float) -> str:
    """A duration as people say it.

    >>> in_words(3.2), in_words(48), in_words(400), in_words(9000)
    ('5 s', '50 s', '7 min', '2.5 h')
    """
    if seconds < 100:
        return f"{max(5, 5 * round(seconds / 5))} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def compile_once(quiet: bool) -> None:
    """Compile the order flow if this machine has not yet, and say so: it takes a while."""
    from sim.warehouse.compiled import is_compiled, warm_up

    if is_compiled():
        return
    if not quiet:
        err.print("Compiling the order flow once for this machine (about 20 s) ...")
    warm_up()


def end(study: "Study", said: bool) -> None:
    """End the command; after Ctrl-C with its exit code, and with the reason unless it was said."""
    if study.wanted is None:
        return
    if not said:
        complain(f"Interrupted after {study.replications} of {study.wanted} seasons.")
    raise typer.Exit(INTERRUPTED)
