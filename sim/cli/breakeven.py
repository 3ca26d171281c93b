"""`peakwise breakeven`: at which value of a setting two policies earn the same."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike
    from rich.table import Table

    from sim.cli.tables import Answer
    from sim.scenario import Scenario


def breakeven(
    context: typer.Context,
    season: options.Season,
    over: Annotated[
        str,
        typer.Option(
            metavar="PATH=FROM..TO",
            help="The setting and the range to search, as in costs.payment_fee=1%..4%.",
            show_default=False,
        ),
    ],
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="The two policies.", show_default="the first two"),
    ] = None,
    kpi: options.Kpi = "season_profit",
    replications: options.Replications = 20,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    out_folder: options.Out = None,
    html: options.Html = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Find the value of one setting at which two policies come out the same, with an interval."""
    from sim.cli.answer import print_json
    from sim.cli.figure import check_page, write_page
    from sim.cli.study import known_policies, say_cost
    from sim.cli.variants import known_kpi, simulate_whole, two_of
    from sim.cli.work import working
    from sim.experiment.axes import read_axis
    from sim.experiment.breakeven import MOST_POINTS, find_breakeven
    from sim.experiment.breakeven_words import breakeven_in_words, breakeven_json
    from sim.experiment.kept import LOST, kept_at, kept_in_words
    from sim.experiment.statistics import mean_interval
    from sim.experiment.variants import load_variants, settled
    from sim.scenario import load_policies
    from sim.scenario.effects import effects_json

    check_page(html)
    axis = read_axis(over)
    known_kpi(kpi)
    if axis.ends is None:
        raise ScenarioError(Problem("", "is no range", "write PATH=FROM..TO", f"--over {over}"))
    changes = tuple(settings or ())
    first, second = pair = two_of(known_policies(season, between or (), changes))
    (axis,) = settled(season, [axis], changes)

    policies = load_policies(season, changes)
    scenario = policies[first]
    both = {name: policies[name] for name in pair}
    say_cost(both, replications, workers, quiet, times=MOST_POINTS)
    with working(
        context, policies, out_folder, workers, quiet, wanted=replications, cluster=cluster
    ) as work:
        lost: dict[str, tuple[float, float]] = {}

        def simulate(values: "Sequence[str]") -> "list[tuple[ArrayLike, ArrayLike]]":
            points = [{axis.path: value} for value in values]
            variants = load_variants(season, points, changes, pair)
            study = simulate_whole(variants, replications, seed, work)
            for point, value in enumerate(values):
                at = variants.at(study, point, LOST)
                lost[value] = mean_interval(at[first]).mean, mean_interval(at[second]).mean
            found = (variants.at(study, point, kpi) for point in range(len(values)))
            return [(each[first], each[second]) for each in found]

        found = find_breakeven(axis, simulate)
        better = "earns more" if kpi == "season_profit" else "has the higher figure"
        verdict = breakeven_in_words(found, pair, better)
        kept = kept_at(found, pair, lost) if kpi == "season_profit" else None
        if kept is not None:
            verdict = f"{verdict} {kept_in_words(kept)}"
        about = {
            "scenario": scenario.name,
            "seed": seed,
            "replications": replications,
            "kpi": kpi,
            "assumed_effects": effects_json(both),
        }
        answer = breakeven_json(found, pair, verdict, about, kept)
        work.finish(answer)
    if as_json:
        print_json(answer)
    else:
        print_breakeven(answer, scenario)
    write_page(html, "breakeven", answer, scenario)


def print_breakeven(answer: "Answer", scenario: "Scenario") -> None:
    """Print the verdict, and the difference at every value that was simulated."""
    from sim.cli.console import out, say
    from sim.cli.effects import say_effects
    from sim.experiment.figures import counted

    say(answer["scenario"], "bold")
    out.line()
    say(answer["verdict"])
    out.print(_table(answer, scenario.currency))
    seasons = counted(answer["replications"], "season")
    say(
        f"{seasons} at each value (seed {answer['seed']}), the same at all."
        " The interval takes it that the lead changes once in the range.",
        "dim",
    )
    say_effects(answer)


def _table(answer: "Answer", currency: str) -> "Table":
    from sim.cli.tables import plain_table
    from sim.report.forms import form_of
    from sim.results import find_kpi

    kpi, rows = find_kpi(answer["kpi"]), answer["values"]
    form = form_of([each["difference"] for each in rows], kpi.unit, currency)
    first, second = answer["policies"]
    table = plain_table()
    table.add_column(answer["path"].rpartition(".")[2], justify="right")
    table.add_column(f"{kpi.label}, {first} − {second}", justify="right")
    table.add_column("Known to lie between", justify="right", no_wrap=True)
    table.add_column("Higher")
    for each in rows:
        between = f"{form.write(each['low'], sign=True)} and {form.write(each['high'], sign=True)}"
        difference = form.write(each["difference"], sign=True)
        table.add_row(each["value"], difference, between, each["ahead"] or "cannot be told")
    return table
