"""The answer of `run` and `compare` on stdout: the verdict first, then the figures behind it."""

import json
from typing import TYPE_CHECKING

import typer

from sim.cli.console import out, say
from sim.cli.effects import say_effects
from sim.cli.risk import risk_tables
from sim.cli.tables import (
    ROUGH,
    Answer,
    difference_table,
    figure_tables,
    headline,
    is_rough,
    profit_tables,
)
from sim.experiment.statistics import FEWEST_FOR_A_CLAIM
from sim.report.explain.origins import origins
from sim.results import KPIS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.table import Table

    from sim.report.explain.origins import Origin
    from sim.scenario import Scenario


def print_json(answer: object) -> None:
    """Print one object; unknown values are null, since JSON has no nan."""
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False))


def print_comparison(
    answer: Answer, policies: "Mapping[str, Scenario]", every_figure: bool
) -> None:
    """Print the verdict, the figures of every policy, and the paired differences."""
    scenario = next(iter(policies.values()))
    _print_verdict(answer, scenario)
    names = list(KPIS) if every_figure else headline()
    _print_tables(figure_tables(answer, names, scenario.currency, out.width))
    if every_figure:
        _print_tables(profit_tables(answer, scenario.currency, out.width))
        _print_tables(risk_tables(answer, scenario.currency))
    if answer["comparisons"]:
        out.print(difference_table(answer, "season_profit", scenario.currency))
    _print_method(answer)
    _print_origins(answer, policies, every_figure)


def print_run(answer: Answer, policies: "Mapping[str, Scenario]", every_figure: bool) -> None:
    """Print the figures of one policy, and its profit and loss line by line."""
    (scenario,) = policies.values()
    _print_verdict(answer, scenario)
    names = list(KPIS) if every_figure else headline()
    _print_tables(figure_tables(answer, names, scenario.currency, out.width))
    _print_tables(profit_tables(answer, scenario.currency, out.width))
    _print_tables(risk_tables(answer, scenario.currency))
    _print_method(answer)
    _print_origins(answer, policies, every_figure)


def _print_verdict(answer: Answer, scenario: "Scenario") -> None:
    """What was asked, and the answer in words, before any figure."""
    say(scenario.name, "bold")
    if scenario.question:
        say(scenario.question, "italic")
    out.line()
    if "replications_wanted" in answer:
        seasons = f"{answer['replications']:,} of {answer['replications_wanted']:,} seasons"
        say(f"Interrupted: this is a partial answer, after {seasons}.", "bold")
    say(answer["verdict"])
    if "precision" in answer:
        say(answer["precision"]["verdict"])
    if answer["risk"]["verdict"]:
        say(answer["risk"]["verdict"])


def _print_tables(tables: "Iterable[Table]") -> None:
    for table in tables:
        out.print(table)


def _print_method(answer: Answer) -> None:
    """How the figures came about, and how far they can be trusted."""
    seasons, seed = answer["replications"], answer["seed"]
    if seasons == 1:
        say(f"One simulated season (seed {seed}): it says nothing about others.", "dim")
        return
    say(
        f"Means over {seasons} simulated seasons (seed {seed}). Behind ±: how well the mean is"
        " known, with 95% confidence. Single seasons differ by more.",
        "dim",
    )
    figures = [figure for own in answer["policies"].values() for figure in own.values()]
    profit = [row for row in answer["comparisons"] if row["kpi"] == "season_profit"]
    if seasons < FEWEST_FOR_A_CLAIM:
        say(f"With fewer than {FEWEST_FOR_A_CLAIM} seasons every ± is rough.", "dim")
    if any(map(is_rough, figures)) or any("flag" in row for row in profit):
        say(f"{ROUGH} Rough: few, rare or very uneven values. --json says which.", "dim")


def _print_origins(answer: Answer, policies: "Mapping[str, Scenario]", in_full: bool) -> None:
    """What the season itself calls an assumption; in full, also its sources and notes."""
    say_effects(answer)
    found = origins(policies)
    assumed = [_place(origin) for origin in found if origin.kind == "assumption"]
    if assumed:
        say(f"Assumptions, not facts: {', '.join(assumed)}.", "dim")
    told = [origin for origin in found if origin.text]
    if told and not in_full:
        say("--all shows where the other figures come from.", "dim")
    for origin in told if in_full else ():
        say(f"{_place(origin)}: {origin.kind}: {origin.text}", "dim")


def _place(origin: "Origin") -> str:
    return f"{origin.place} ({', '.join(origin.policies)})" if origin.policies else origin.place
