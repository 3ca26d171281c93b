"""`peakwise sensitivity`: which few inputs decide the answer."""

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from sim.cli import options
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.cli.tables import Answer
    from sim.experiment import Study
    from sim.experiment.contest import Contest, Simulate
    from sim.experiment.inputs import Input
    from sim.experiment.variants import Variants
    from sim.scenario import Scenario

_SEASONS: Final = {"tornado": 12, "morris": 2, "sobol": 2}


def sensitivity(
    context: typer.Context,
    season: options.Season,
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH=FROM..TO",
            help="An input and its range. May be repeated.",
            show_default="every number under `assumption`, or fitted to a history",
        ),
    ] = None,
    swing: Annotated[
        str,
        typer.Option(metavar="SHARE", help="How far assumptions are moved, down and up."),
    ] = "25%",
    method: Annotated[
        Literal["tornado", "morris", "sobol"],
        typer.Option(help="One input at a time, or all at once (needs SALib)."),
    ] = "tornado",
    between: options.Between = None,
    kpi: options.Kpi = "season_profit",
    top: Annotated[
        int, typer.Option(metavar="N", min=1, help="Inputs that are followed up in more seasons.")
    ] = 6,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-n",
            metavar="N",
            min=1,
            help="Seasons to simulate at each value.",
            show_default="12; 2 for morris and sobol",
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
    """Move every assumption through its range: which few decide between the two best policies."""
    from sim.cli.answer import print_json
    from sim.cli.figure import check_page, write_page
    from sim.cli.variants import known_kpi, simulate_whole
    from sim.cli.work import working
    from sim.experiment.contest import Contest
    from sim.experiment.inputs import assumed_inputs, given_inputs, movable_together
    from sim.scenario import load_policies
    from sim.scenario.effects import effects_json

    check_page(html)
    known_kpi(kpi)
    changes, share = tuple(settings or ()), _share(swing)
    policies = load_policies(season, changes)
    seasons = replications or _SEASONS[method]
    inputs, fixed = (given_inputs(over), []) if over else assumed_inputs(season, changes, share)
    if not inputs:
        hint = "name some with --over PATH=FROM..TO"
        raise ScenarioError(Problem("", "has no number under `assumption`", hint, season))

    if method != "tornado" and not over:
        inputs, more = movable_together(season, inputs, changes)
        fixed += more
    scenario = next(iter(policies.values()))
    about = {"scenario": scenario.name, "seed": seed}
    with working(
        context, policies, out_folder, workers, quiet, wanted=seasons, cluster=cluster
    ) as work:

        def simulate(variants: "Variants", count: int) -> "Study":
            return simulate_whole(variants, count, seed, work)

        pair = _pair(season, between, changes, kpi, simulate)
        contest = Contest(season, pair, simulate, changes, kpi)
        _say_cost(contest, len(inputs), method, (top, seasons), workers, quiet)
        if method == "tornado":
            answer = _tornado(contest, inputs, top, seasons, scenario.currency, about)
        else:
            answer = _global(contest, inputs, method, seasons, seed, about)
        answer["not_moved"] = fixed
        answer["assumed_effects"] = effects_json({name: policies[name] for name in pair})
        work.finish(answer)
    if as_json:
        print_json(answer)
    else:
        print_sensitivity(answer, scenario)
    write_page(html, "sensitivity", answer, scenario)


def _share(text: str) -> float:
    from sim.experiment.axes import read_amount

    amount = read_amount(text)
    if amount is None or amount.unit != "%" or not 0 < amount.number < 100:
        raise ScenarioError(Problem("", "is no share", "write e.g. 25%", f"--swing {text}"))
    return amount.number / 100


def _pair(
    season: str,
    between: tuple[str, str] | None,
    changes: tuple[str, ...],
    kpi: str,
    simulate: "Simulate",
) -> tuple[str, str]:
    """The two policies: those that were named, or the two that are ahead as written."""
    from sim.cli.study import known_policies
    from sim.cli.variants import two_of
    from sim.experiment.best import compare_with_best
    from sim.experiment.variants import load_variants
    from sim.results import find_kpi

    names = known_policies(season, between or (), changes)
    if len(names) > 2:
        variants = load_variants(season, [{}], changes)
        values = variants.at(simulate(variants, 10), 0, kpi)
        names = compare_with_best(values, find_kpi(kpi).better != "lower").ranking
    return two_of(names)


def _say_cost(
    contest: "Contest",
    inputs: int,
    method: str,
    sizes: tuple[int, int],
    workers: int | None,
    quiet: bool,
) -> None:
    """Say what the whole study may take: as many policies and seasons as it comes to."""
    from sim.cli.study import say_cost
    from sim.experiment.global_sensitivity import points_of
    from sim.experiment.tornado import SCREENED
    from sim.scenario import load_policies

    top, seasons = sizes
    if method == "tornado":
        runs = (2 * inputs + 1) * min(SCREENED, seasons) + (2 * min(top, inputs) + 1) * seasons
    else:
        runs = points_of("morris" if method == "morris" else "sobol", inputs) * seasons
    policies = load_policies(contest.season, contest.settings)
    pair = {name: policies[name] for name in contest.policies}
    say_cost(pair, runs, workers, quiet)


def _tornado(
    contest: "Contest",
    inputs: "Sequence[Input]",
    top: int,
    seasons: int,
    currency: str,
    about: dict[str, Any],
) -> dict[str, Any]:
    from sim.experiment.tornado import find_tornado
    from sim.experiment.tornado_words import tornado_in_words, tornado_json

    found = find_tornado(contest, inputs, top, seasons)
    return tornado_json(found, tornado_in_words(found, currency), about)


def _global(
    contest: "Contest",
    inputs: "Sequence[Input]",
    method: Literal["morris", "sobol"],
    seasons: int,
    seed: int,
    about: dict[str, Any],
) -> dict[str, Any]:
    from sim.experiment.global_sensitivity import influences
    from sim.experiment.influence_words import influences_json

    found = influences(contest, inputs, method, seasons, seed)
    return influences_json(found, contest, method, {**about, "replications": seasons})


def print_sensitivity(answer: "Answer", scenario: "Scenario") -> None:
    """Print the verdict, and a table of the inputs."""
    from sim.cli.console import out, say
    from sim.cli.effects import say_effects
    from sim.cli.sensitivity_tables import influence_table, tornado_table
    from sim.experiment.figures import counted

    say(answer["scenario"], "bold")
    out.line()
    say(answer["verdict"])
    seasons = counted(answer["replications"], "season")
    if answer["method"] == "tornado":
        out.print(tornado_table(answer, scenario.currency))
        say(
            f"{seasons} at each end (seed {answer['seed']}), the same at all."
            " What is said of the ends holds together with 95% confidence.",
            "dim",
        )
    else:
        out.print(influence_table(answer, scenario.currency))
        say(f"{seasons} at each point (seed {answer['seed']}).", "dim")
    if answer["not_moved"]:
        say(f"Not moved, as they only change together: {', '.join(answer['not_moved'])}.", "dim")
    say_effects(answer)
