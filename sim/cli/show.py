"""`peakwise show`: the answer of a run that was kept, without simulating anything."""

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.exits import BAD_INPUT

if TYPE_CHECKING:
    from sim.cli.tables import Answer
    from sim.experiment.store import Run
    from sim.scenario import Scenario


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help="The folder of a run, or its name in the folder runs.",
            show_default=False,
        ),
    ],
    every_figure: options.EveryFigure = False,
    html: options.Html = None,
    as_json: options.Json = False,
) -> None:
    """Print the answer of a run again, in the words of the command that made it."""
    from sim.cli.answer import print_json
    from sim.cli.console import complain
    from sim.cli.figure import check_drawn, check_page, write_page
    from sim.experiment.store import find_run

    check_page(html)
    run = find_run(name)
    if run.answer is None:
        complain(_state(run))
        raise typer.Exit(BAD_INPUT)
    if html is not None:
        check_drawn(run.command, html)
    if as_json:
        print_json(run.answer)
    else:
        _print(run, run.answer, every_figure)
    write_page(html, run.command, run.answer, run.scenario())
    complain(f"Made by: {command_of(run)}" if run.finished else _state(run))


def command_of(run: "Run") -> str:
    """The command that makes the run again."""
    return shlex.join(["peakwise", *run.arguments])


def _state(run: "Run") -> str:
    from sim.experiment.figures import counted

    return (
        f"{run.folder}: is not finished (it keeps {counted(run.seasons, 'simulated season')});"
        f" go on with: {command_of(run)} --out {shlex.quote(str(run.folder))}"
    )


def _print(run: "Run", answer: "Answer", every_figure: bool) -> None:
    from sim.cli import answer as either

    if run.command == "run":
        either.print_run(answer, run.scenarios, every_figure)
    elif run.command == "compare":
        either.print_comparison(answer, run.scenarios, every_figure)
    else:
        _print_further(run.command, answer, run.scenario())


def _print_further(command: str, answer: "Answer", scenario: "Scenario") -> None:
    from sim.cli.backtest import print_backtest
    from sim.cli.breakeven import print_breakeven
    from sim.cli.fates import print_fates
    from sim.cli.sensitivity import print_sensitivity
    from sim.cli.size_tables import print_sizing
    from sim.cli.sweep import print_sweep

    {
        "backtest": lambda tested, _: print_backtest(tested),
        "breakeven": print_breakeven,
        "fates": print_fates,
        "sensitivity": print_sensitivity,
        "size": lambda sizing, _: print_sizing(sizing),
        "sweep": print_sweep,
    }[command](answer, scenario)
