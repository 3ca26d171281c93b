"""`peakwise warm-up`: how much of the beginning a season should leave out."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import options

if TYPE_CHECKING:
    from sim.experiment.warm_up import WarmUp
    from sim.scenario import Scenario


def warm_up(
    season: options.Season,
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="POLICY",
            help="One of the policies that the scenario names.",
            show_default="the season as it is written",
        ),
    ] = None,
    replications: Annotated[
        int,
        typer.Option("--replications", "-n", metavar="N", min=1, help="Runs that are averaged."),
    ] = 20,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    workers: options.Workers = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Say how long a season without a known opening takes to forget that it began empty."""
    from sim.cli.answer import print_json
    from sim.cli.console import out, progress_bar, say
    from sim.cli.study import compile_once, one_policy
    from sim.experiment.warm_up import find_warm_up

    (scenario,) = one_policy(season, policy, settings or ()).values()
    found = None
    if scenario.season.start is None or scenario.season.warm_up:
        compile_once(quiet)
        with progress_bar("Simulating runs", replications, quiet) as report:
            found = find_warm_up(scenario, replications, seed, workers, report)
    answer = _answer(scenario, found, seed)
    if as_json:
        print_json(answer)
        return
    say(answer["scenario"], "bold")
    out.line()
    say(answer["verdict"])
    if found is not None:
        say(
            f"MSER-5 on the backlog and the open backorders, averaged over {replications} runs"
            f" (seed {seed}).",
            "dim",
        )


def _answer(scenario: "Scenario", found: "WarmUp | None", seed: int) -> dict[str, Any]:
    """The object that `--json` prints; `needed_days` is None where it is unknown."""
    from sim.experiment.json_result import SCHEMA
    from sim.history.weeks import DAY

    needed = None if found is None or found.needed_ms is None else found.needed_ms / DAY
    return {
        "schema": SCHEMA,
        "scenario": scenario.name,
        "seed": seed,
        "replications": 0 if found is None else found.replications,
        "written_days": scenario.season.warm_up / DAY,
        "needed_days": 0.0 if found is None else needed,
        "verdict": _verdict(found),
    }


def _verdict(found: "WarmUp | None") -> str:
    from sim.report.explain.phrases import span

    if found is None:
        return (
            "This season has dates and opens from the position that the scenario states, so it"
            " needs no warm-up: everything from its first day on counts."
        )
    if found.needed_ms is None:
        return (
            "The run is too short to tell: it has not settled by its half. Make season.length"
            " longer, and ask again."
        )
    leaves = span(found.written_ms) if found.written_ms else "nothing"
    left = f"the scenario leaves out {leaves}"
    if not found.needed_ms:
        return f"The beginning looks like the rest; {left}: enough."
    shows = f"The beginning shows for {span(found.needed_ms)}; {left}"
    if found.written_ms >= found.needed_ms:
        return f"{shows}: enough."
    return f"{shows}. Set season.warm_up to {span(found.needed_ms).removeprefix('about ')} or more."
