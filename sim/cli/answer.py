"""The answer of `run` and `compare` on stdout: the verdict first, then the figures behind it."""

import json
from typing import TYPE_CHECKING

import typer
from rich.padding import Padding
from rich.text import Text

from sim.cli.console import out
from sim.cli.tables import Answer, difference_table, figure_tables, headline
from sim.results import KPIS, LINES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario import Scenario

_WIDEST_PROSE = 100


def print_json(answer: object) -> None:
    """Print one object; unknown values are null, since JSON has no nan."""
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False))


def print_comparison(
    answer: Answer, policies: "Mapping[str, Scenario]", every_figure: bool
) -> None:
    """Print the verdict, the figures of every policy, and the paired differences."""
    scenario = next(iter(policies.values()))
    _say(scenario.name, "bold")
    if scenario.question:
        _say(scenario.question, "italic")
    out.line()
    _say(answer["verdict"])
    out.line()
    _print_figures(answer, scenario.currency, every_figure)
    if answer["comparisons"]:
        out.print(difference_table(answer, "season_profit", scenario.currency))
        out.line()
    _print_method(answer)


def print_run(answer: Answer, scenario: "Scenario", every_figure: bool) -> None:
    """Print the figures of one policy, and its profit and loss line by line."""
    _say(scenario.name, "bold")
    out.line()
    _print_figures(answer, scenario.currency, every_figure)
    if not every_figure:
        for table in figure_tables(answer, [*LINES, "season_profit"], scenario.currency, out.width):
            out.print(table)
    _print_method(answer)


def _print_figures(answer: Answer, currency: str, every_figure: bool) -> None:
    names = [*KPIS, *LINES] if every_figure else headline()
    for table in figure_tables(answer, names, currency, out.width):
        out.print(table)


def _print_method(answer: Answer) -> None:
    seasons, seed = answer["replications"], answer["seed"]
    _say(
        f"Means over {seasons} simulated seasons (seed {seed}). After ±: how well the mean is"
        " known, with 95% confidence. Single seasons differ by more.",
        "dim",
    )


def _say(text: str, style: str = "") -> None:
    """Print prose as it is, in lines that can be read."""
    width = min(out.width, _WIDEST_PROSE)
    out.print(Padding(Text(text, style), 0, expand=False), width=width)
