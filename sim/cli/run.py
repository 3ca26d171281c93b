"""`peakwise run`: what one policy brings, with its profit and loss."""

from typing import Annotated

import typer

from sim.cli import options


def run(
    context: typer.Context,
    season: options.Season,
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="POLICY",
            help="One of the policies that the scenario names.",
            show_default="the season as it is written",
        ),
    ] = None,
    replications: options.Replications = 20,
    precision: options.Precision = None,
    budget: options.Budget = None,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    every_figure: options.EveryFigure = False,
    out_folder: options.Out = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Simulate one policy of a season: service, space, people, and the profit line by line."""
    from sim.cli.answer import print_json, print_run
    from sim.cli.precision import simulate_for, wanted_precision
    from sim.cli.study import end, one_policy
    from sim.cli.work import working
    from sim.experiment import json_result
    from sim.experiment.median import median_tables

    policies = one_policy(season, policy, settings or ())
    wanted = wanted_precision(precision or (), replications, budget)
    with working(
        context,
        policies,
        out_folder,
        workers,
        quiet,
        wanted=wanted.budget,
        looks=wanted.looks,
        cluster=cluster,
    ) as work:
        study, reached = simulate_for(policies, wanted, seed, work)
        answer = json_result(study, reached=reached)
        work.finish(answer, lambda: median_tables(study))
    if as_json:
        print_json(answer)
    else:
        print_run(answer, policies, every_figure)
    end(study, said=not as_json)
