"""`--html FILE`: the figure of an answer as a page of its own."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario import Scenario


def check_page(file: Path | None) -> None:
    """Refuse a name that is no page, and a folder that does not exist, before anything is run.

    Raises:
        ScenarioError: Which of the two it is.
    """
    where = f"--html {file}"
    if file is not None and file.suffix.lower() != ".html":
        raise ScenarioError(Problem("", "is no page", "end its name in .html", where))
    if file is not None and not file.resolve().parent.is_dir():
        raise ScenarioError(Problem("", "its folder does not exist", "make it", where))


def check_drawn(command: str, file: Path) -> None:
    """Refuse a figure of an answer that has none.

    Raises:
        ScenarioError: It has none.
    """
    from sim.report.figures import DRAWN

    if command not in DRAWN:
        hint = "peakwise report RUN --to FILE writes a page with all charts of a comparison"
        where = f"--html {file}"
        raise ScenarioError(Problem("", f"the answer of {command} has no figure", hint, where))


def write_page(
    file: Path | None, command: str, answer: "Mapping[str, Any]", scenario: "Scenario"
) -> None:
    """Write the figure of an answer, if a file was named, and say so."""
    from sim.cli.console import complain
    from sim.report.figures import write_figure

    if file is not None:
        write_figure(file, command, answer, scenario.currency)
        complain(f"Figure written to {file}")
