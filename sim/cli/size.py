"""`peakwise size`: the cheapest plan that meets every target, and how sure that is."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.exits import INTERRUPTED

if TYPE_CHECKING:
    from sim.cli.work import Work
    from sim.experiment.size.question import Question
    from sim.experiment.size.size import Sizing


def size(
    context: typer.Context,
    season: options.Season,
    replications: Annotated[
        int,
        typer.Option(
            "--replications",
            "-n",
            metavar="N",
            min=20,
            max=1000,
            help="Fresh seasons that have to confirm the plan.",
        ),
    ] = 200,
    search: Annotated[
        int,
        typer.Option(
            "--search",
            metavar="N",
            min=10,
            max=1000,
            help="Seasons that the search looks at. Every plan meets the same ones.",
        ),
    ] = 50,
    confidence: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            min=0.5,
            max=0.999,
            help="How sure the answer is to be that the plan meets every target.",
        ),
    ] = 0.95,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    out_folder: options.Out = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Size people, space and stock: the cheapest plan that meets every target of `plan`."""
    from sim.cli.answer import print_json
    from sim.cli.size_tables import print_sizing
    from sim.cli.work import working
    from sim.experiment.size.question import load_question
    from sim.experiment.size.words import sizing_json
    from sim.scenario import load_policies
    from sim.scenario.effects import effects_json

    question = load_question(season, settings or ())
    _check_enough(question, replications, confidence)
    policies = load_policies(season, settings or ())
    with working(
        context,
        policies,
        out_folder,
        workers,
        quiet,
        wanted=replications,
        cluster=cluster,
        further=question.written,
    ) as work:
        sizing = _sized(question, (search, replications, confidence), seed, work)
        answer = sizing_json(sizing)
        answer["assumed_effects"] = effects_json({question.season.name: question.season})
        work.finish(answer)
    if as_json:
        print_json(answer)
    else:
        print_sizing(answer)
    if sizing.status == "interrupted":
        raise typer.Exit(INTERRUPTED)


def _sized(
    question: "Question", seasons: tuple[int, int, float], seed: int, work: "Work"
) -> "Sizing":
    """Size with progress on stderr."""
    from sim.cli.console import progress_bar
    from sim.cli.study import compile_once
    from sim.experiment import keep_freed_memory
    from sim.experiment.size.size import expected_runs, size

    search, fresh, confidence = seasons
    keep_freed_memory()
    compile_once(work.quiet)
    total = expected_runs(question, search, fresh)
    with progress_bar("Simulating seasons", total, work.quiet) as report:
        return size(
            question,
            seed=seed,
            search=search,
            fresh=fresh,
            confidence=confidence,
            progress=report,
            **work.how,
        )


def _check_enough(question: "Question", fresh: int, confidence: float) -> None:
    """Refuse targets that so few seasons cannot confirm, whatever they bring.

    Raises:
        ScenarioError: every such target.
    """
    from sim.errors import Problem, ScenarioError
    from sim.experiment.size.size import fewest_fresh

    problems = []
    for goal in question.goals:
        needed = fewest_fresh(goal.share, confidence)
        if needed > fresh:
            message = f"{fresh} fresh seasons cannot confirm it, even if all keep it"
            hint = f"ask for at least --replications {needed}"
            problems.append(Problem(f"plan.targets.{goal.name}", message, hint))
    if problems:
        raise ScenarioError(problems)
