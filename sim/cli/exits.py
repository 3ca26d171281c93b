"""What the command says, and with which exit code it ends, when something goes wrong."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer

from sim.cli.console import complain
from sim.errors import LawBroken, ScenarioError, SimulationError

UNEXPECTED: Final = 1
BAD_INPUT: Final = 2
MISSING_EXTRA: Final = 3
DISAGREES: Final = 4
LAW_BROKEN: Final = 70
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141

_UsageError: Final[type[Any]] = typer.BadParameter.__bases__[0]
"""What Typer raises for options that it cannot use; it exports only this kind of it."""


@contextmanager
def as_exit_code() -> Iterator[None]:
    """Turn what a subcommand raises into lines on stderr and the documented exit code."""
    try:
        yield
    except _UsageError as error:
        command = error.ctx.command_path if error.ctx else "peakwise"
        complain(f"{command}: {_sentence(error.format_message())}; see {command} --help")
        raise typer.Exit(BAD_INPUT) from None
    except ScenarioError as error:
        complain(*map(str, error.problems))
        raise typer.Exit(BAD_INPUT) from None
    except LawBroken as error:
        complain(
            str(error),
            "No result is shown, since it would be wrong. Please report this line together with"
            " the scenario and the seed.",
        )
        raise typer.Exit(LAW_BROKEN) from None
    except SimulationError as error:
        complain(str(error))
        raise typer.Exit(UNEXPECTED) from None
    except ModuleNotFoundError as error:
        complain(f"The package {error.name} is missing. Install it: pip install {error.name}")
        raise typer.Exit(MISSING_EXTRA) from None
    except KeyboardInterrupt:
        complain("Interrupted.")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        discard_output()
        raise typer.Exit(BROKEN_PIPE) from None
    except OSError as error:
        if error.filename is None:
            raise
        complain(f"{error.filename}: {error.strerror}")
        raise typer.Exit(BAD_INPUT) from None


def _sentence(message: str) -> str:
    """Typer's message inside one line of ours."""
    text = " ".join(message.split()).rstrip(".?").replace("Input should be", "must be")
    text = text.replace(". Did you mean", "; did you mean")
    return text[:1].lower() + text[1:]


def discard_output() -> None:
    """Send what is still buffered nowhere: Python would complain about the closed pipe at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
