"""From an answer to its figure, and to a page that holds it."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.figures import counted
from sim.report.brand import Brand
from sim.report.clean import clean
from sim.report.figures.look import CONFIG
from sim.report.whole import whole_file
from sim.scenario.effects import effects_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DRAWN: Final[Mapping[str, tuple[str, str]]] = {
    "breakeven": ("sim.report.figures.breakeven", "breakeven_chart"),
    "fates": ("sim.report.figures.fates", "fate_sankey"),
    "sensitivity": ("sim.report.figures.sensitivity", "sensitivity_chart"),
    "sweep": ("sim.report.figures.crossover", "crossover_map"),
}
"""Commands whose answer is drawn, and the function that draws it."""
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family: {font}, system-ui, sans-serif; max-width: 75rem;
  margin: 2rem auto; padding: 0 1.5rem">
<h1 style="color: {accent}; font-size: 1.5rem">{title}</h1>
<p>{verdict}</p>
{figure}
<p style="color: #59636e">{seasons}</p>
</body>
</html>
"""


def figure_of(
    command: str, answer: Mapping[str, Any], currency: str, brand: Brand | None = None
) -> Any:
    """The figure of an answer.

    Args:
        command: Which of `DRAWN` gave the answer.
        answer: The object that its `--json` prints.
        currency: Of the scenario, as `USD`.
        brand: Colors and font; None: Peakwise's own.

    Returns:
        A `plotly.graph_objects.Figure`.
    """
    module, name = DRAWN[command]
    return getattr(import_module(module), name)(answer, currency, brand or Brand())


def figure_page(
    command: str, answer: Mapping[str, Any], currency: str, brand: Brand | None = None
) -> str:
    """A page with the verdict and the figure. It needs no network, and loads nothing."""
    look = brand or Brand()
    figure = figure_of(command, answer, currency, look)
    return _PAGE.format(
        title=escape(clean(answer["scenario"])),
        verdict=escape(clean(answer["verdict"])),
        font=escape(look.font),
        accent=look.accent,
        # A name of its own for the figure would be random: the same answer is the same file.
        figure=figure.to_html(full_html=False, include_plotlyjs=True, config=CONFIG, div_id="fig"),
        seasons=escape(_seasons(answer)),
    )


def write_figure(path: Path, command: str, answer: Mapping[str, Any], currency: str) -> None:
    """Write the page of an answer; a file of that name is replaced by a whole one.

    Raises:
        OSError: The file cannot be written.
    """
    with whole_file(path) as draft:
        draft.write_text(figure_page(command, answer, currency), encoding="utf-8")


def _seasons(answer: Mapping[str, Any]) -> str:
    """How the answer came about, and what it assumes of people."""
    seasons = f"{counted(answer['replications'], 'simulated season')} each, seed {answer['seed']}."
    effects = effects_in_words(answer.get("assumed_effects", []))
    if not effects:
        return seasons
    return f"{seasons} Assumed effects, without a source: {'; '.join(map(clean, effects))}."
