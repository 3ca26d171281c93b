"""`peakwise compare`: which policy wins this season, by how much, and how sure that is."""

from typing import Annotated

import typer

from sim.cli import options


def compare(
    context: typer.Context,
    season: options.Season,
    replications: options.Replications = 20,
    precision: options.Precision = None,
    budget: options.Budget = None,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            metavar="POLICY",
            help="The policy that the others are compared with.",
            show_default="the first",
        ),
    ] = None,
    every_figure: options.EveryFigure = False,
    out_folder: options.Out = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Compare the policies of a season: which one wins, by how much, and how sure that is."""
    from sim.cli.answer import print_comparison, print_json
    from sim.cli.precision import simulate_for, wanted_precision
    from sim.cli.study import end, known_policy
    from sim.cli.work import working
    from sim.experiment import compare as compare_policies
    from sim.experiment import json_result
    from sim.experiment.median import median_tables
    from sim.scenario import load_policies

    policies = load_policies(season, settings or ())
    if baseline is not None:
        known_policy(baseline, policies)
    wanted = wanted_precision(precision or (), replications, budget)
    against = baseline or next(iter(policies))
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
        study, reached = simulate_for(policies, wanted, seed, work, against)
        answer = json_result(study, compare_policies(study, baseline), reached)
        work.finish(answer, lambda: median_tables(study))
    if as_json:
        print_json(answer)
    else:
        print_comparison(answer, policies, every_figure)
    end(study, said=not as_json)
