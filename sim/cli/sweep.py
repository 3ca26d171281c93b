"""`peakwise sweep`: which policy wins as settings change, and where that turns."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from sim.cli import options
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.table import Table

    from sim.cli.tables import Answer
    from sim.experiment.axes import Axis
    from sim.experiment.variants import Variants
    from sim.scenario import Scenario

_WORK: Final = 120.0
"""Seconds of work that a sweep without --replications should not go far beyond."""
_FEWEST, _MOST = 10, 20


def sweep(
    context: typer.Context,
    season: options.Season,
    over: Annotated[
        list[str],
        typer.Option(
            metavar="PATH=VALUES",
            help="Vary a setting: demand.scale=0.8..1.2/5 (from, to, steps), or a list of values"
            " a,b,c. Repeat it for a grid.",
            show_default=False,
        ),
    ],
    sample: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=2,
            help="Instead of the grid, N points that fill the ranges (Latin hypercube).",
            show_default=False,
        ),
    ] = None,
    kpi: options.Kpi = "season_profit",
    policies: options.Policies = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            metavar="N",
            min=1,
            help="Seasons to simulate at each point. Every point meets the same ones.",
            show_default="10 to 20, by the size of the map",
        ),
    ] = None,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    out_folder: options.Out = None,
    html: options.Html = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Sweep settings over a range, a list or a grid: which policy wins where."""
    from sim.cli.answer import print_json
    from sim.cli.figure import check_page, write_page
    from sim.cli.study import end, known_policies, say_cost
    from sim.cli.variants import known_kpi, simulate_variants
    from sim.cli.work import working
    from sim.experiment.axes import grid, latin_hypercube
    from sim.experiment.sweep import sweep_of
    from sim.experiment.sweep_words import sweep_json
    from sim.experiment.variants import load_variants, settled
    from sim.scenario import load_policies
    from sim.scenario.effects import effects_json

    check_page(html)
    axes = _axes(over)
    known_kpi(kpi)
    chosen = known_policies(season, policies or (), settings or ())
    season_under = load_policies(season, settings or ())
    if sample is None:
        points = grid(axes)
    else:
        axes = settled(season, axes, settings or ())
        points = latin_hypercube(axes, sample, seed)
    variants = load_variants(season, points, settings or (), chosen)
    seasons = replications or _seasons(variants)
    say_cost(variants.scenarios, seasons, workers, quiet)
    with working(
        context, season_under, out_folder, workers, quiet, wanted=seasons, cluster=cluster
    ) as work:
        study = simulate_variants(variants, seasons, seed, work)
        answer = sweep_json(sweep_of(study, variants, axes, sampled=sample is not None, kpi=kpi))
        answer["assumed_effects"] = effects_json({name: season_under[name] for name in chosen})
        work.finish(answer)
    if as_json:
        print_json(answer)
    else:
        print_sweep(answer, next(iter(season_under.values())))
    write_page(html, "sweep", answer, next(iter(season_under.values())))
    end(study, said=False)


def _axes(texts: "Sequence[str]") -> "tuple[Axis, ...]":
    """The axes, with everything that is wrong with them."""
    from sim.experiment.axes import read_axis

    axes: list[Axis] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            axes.append(read_axis(text))
        except ScenarioError as error:
            problems.extend(error.problems)
    paths = [axis.path for axis in axes]
    problems += [
        Problem("", "is varied twice", "keep one of them", f"--over {path}")
        for path in dict.fromkeys(paths)
        if paths.count(path) > 1
    ]
    if problems:
        raise ScenarioError(problems)
    return tuple(axes)


def _seasons(variants: "Variants") -> int:
    """As many seasons as the work allows, but enough for a claim."""
    from sim.experiment.season import seconds_of_work

    one = seconds_of_work(variants.scenarios, 1)
    return min(_MOST, max(_FEWEST, int(_WORK / one))) if one else _MOST


def print_sweep(answer: "Answer", scenario: "Scenario") -> None:
    """Print the verdict, and a map of winners or a list of points."""
    from sim.cli.console import out, say
    from sim.cli.effects import say_effects
    from sim.experiment.figures import counted

    say(answer["scenario"], "bold")
    out.line()
    say(answer["verdict"])
    several = len(answer["points"][0]["policies"]) > 1
    is_map = several and len(answer["paths"]) in {2, 3} and not answer["sampled"]
    for table in _maps(answer) if is_map else [_list(answer, scenario.currency)]:
        out.print(table)
    if is_map:
        say(_legend(answer))
    sure = f"{100 * answer['confidence']:g}% confidence"
    seasons = counted(answer["replications"], "season")
    say(
        f"{seasons} at each point (seed {answer['seed']}), the same at all."
        f" All named winners together hold with {sure}; nothing is claimed in between.",
        "dim",
    )
    say_effects(answer)


def _list(answer: "Answer", currency: str) -> "Table":
    """One row per point."""
    from sim.cli.tables import plain_table
    from sim.report.forms import form_of
    from sim.results import find_kpi

    kpi, points = find_kpi(answer["kpi"]), answer["points"]
    means = [each["mean"] for point in points for each in point["policies"].values()]
    form = form_of(means, kpi.unit, currency)
    table = plain_table()
    for path in answer["paths"]:
        table.add_column(path.rpartition(".")[2], justify="right")
    for policy in points[0]["policies"]:
        table.add_column(policy, justify="right")
    table.add_column("Best")
    table.title = f"{kpi.label}{f' ({form.unit})' if form.unit else ''}"
    table.title_justify = "left"
    for point in points:
        figures = [form.bare().write(each["mean"]) for each in point["policies"].values()]
        table.add_row(*point["values"].values(), *figures, _winner(point))
    return table


def _winner(point: dict[str, Any]) -> str:
    if point["winner"] or len(point["candidates"]) < 2:
        return str(point["winner"] or "")
    return "undecided"


def _maps(answer: "Answer") -> "Iterator[Table]":
    """One map of letters; with three settings, one for each value of the first."""
    from sim.cli.tables import plain_table

    *pages, rows, columns = answer["paths"]
    values = {
        path: dict.fromkeys(point["values"][path] for point in answer["points"])
        for path in answer["paths"]
    }
    letters = _letters(answer)
    cells = {tuple(point["values"].values()): _cell(point, letters) for point in answer["points"]}
    for page in values[pages[0]] if pages else ("",):
        table = plain_table()
        table.title = f"{pages[0]} = {page}" if pages else None
        table.title_justify = "left"
        table.add_column(f"{rows} ↓  {columns} →")
        for value in values[columns]:
            table.add_column(value, justify="center", no_wrap=True)
        for row in values[rows]:
            at = [(page, row, column) if pages else (row, column) for column in values[columns]]
            table.add_row(row, *(cells[place] for place in at))
        yield table


def _cell(point: dict[str, Any], letters: dict[str, str]) -> str:
    candidates = point["candidates"]
    return "/".join(letters[name] for name in candidates) if len(candidates) < 3 else "?"


def _letters(answer: "Answer") -> dict[str, str]:
    return {name: chr(ord("A") + n) for n, name in enumerate(answer["points"][0]["policies"])}


def _legend(answer: "Answer") -> str:
    names = ", ".join(f"{letter} {name}" for name, letter in _letters(answer).items())
    return f"{names}. A/B: one of the two is best, undecided which; ?: three or more may be."
