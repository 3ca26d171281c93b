"""The command itself: its subcommands, its help, and what happens around every call."""

import io
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from sim import __version__
from sim.cli.backtest import backtest
from sim.cli.breakeven import breakeven
from sim.cli.check import check
from sim.cli.compare import compare
from sim.cli.dashboard import dashboard
from sim.cli.diff import diff
from sim.cli.doctor import doctor
from sim.cli.exits import BROKEN_PIPE, as_exit_code, discard_output
from sim.cli.explain import explain
from sim.cli.fates import fates
from sim.cli.fit import fit
from sim.cli.new import new
from sim.cli.report import report
from sim.cli.run import run
from sim.cli.runs import runs
from sim.cli.schema import schema
from sim.cli.sensitivity import sensitivity
from sim.cli.show import show
from sim.cli.size import size
from sim.cli.sweep import sweep
from sim.cli.validate import validate
from sim.cli.warm_up import warm_up


class _Command(TyperCommand):
    """Shows its switches without a type: planners do not ask for a `<bool>`."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _without_types(super().get_params(ctx))


class _Peakwise(TyperGroup):
    """Runs a subcommand so that every failure ends with a clear line and its exit code."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _without_types(super().get_params(ctx))

    def invoke(self, ctx: Any) -> Any:
        with as_exit_code():
            return super().invoke(ctx)


def _without_types(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
    return parameters


app = typer.Typer(
    cls=_Peakwise,
    name="peakwise",
    help="Sell on backorder, or show “out of stock”? Simulate the season and see which pays.",
    epilog="Start with: [bold]peakwise compare holiday[/bold]",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_ANSWER = "Answer"
_KEPT = "Runs that were kept"
_WRITE = "Write a season"

app.command(cls=_Command, rich_help_panel=_ANSWER)(compare)
app.command(cls=_Command, rich_help_panel=_ANSWER)(run)
app.command(cls=_Command, rich_help_panel=_ANSWER)(fates)
app.command(cls=_Command, rich_help_panel=_ANSWER)(size)
app.command(cls=_Command, rich_help_panel=_ANSWER)(sweep)
app.command(cls=_Command, rich_help_panel=_ANSWER)(breakeven)
app.command(cls=_Command, rich_help_panel=_ANSWER)(sensitivity)
app.command(cls=_Command, rich_help_panel=_ANSWER)(backtest)
app.command(cls=_Command, rich_help_panel=_ANSWER)(dashboard)
app.command(cls=_Command, rich_help_panel=_KEPT)(runs)
app.command(cls=_Command, rich_help_panel=_KEPT)(show)
app.command(cls=_Command, rich_help_panel=_KEPT)(diff)
app.command(cls=_Command, rich_help_panel=_KEPT)(report)
app.command(cls=_Command, rich_help_panel=_WRITE)(new)
app.command(cls=_Command, rich_help_panel=_WRITE)(fit)
app.command(cls=_Command, rich_help_panel=_WRITE)(check)
app.command(cls=_Command, rich_help_panel=_WRITE)(explain)
app.command(cls=_Command, rich_help_panel=_WRITE)(schema)
app.command("warm-up", cls=_Command, rich_help_panel=_WRITE)(warm_up)
app.command(cls=_Command, rich_help_panel="Help")(validate)
app.command(cls=_Command, rich_help_panel="Help")(doctor)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"peakwise {__version__}")
        raise typer.Exit


@app.callback()
def peakwise(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Hold the options that stand before a subcommand; the help text is the application's."""


def main() -> None:
    """Run the command as the shell calls it.

    A Windows pipe writes cp1252 by default and would fail on a check mark, so the first thing is
    to make both streams UTF-8.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(prog_name="peakwise")
    finally:
        _flush()


def _flush() -> None:
    """Hand over what is still buffered; a reader who has gone is no error worth a message."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        sys.exit(BROKEN_PIPE)
