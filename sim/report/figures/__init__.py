"""Interactive figures of answers: one function for each command that has one.

All take the object that `--json` prints, so that a command, a kept run, a report and the dashboard
draw the same picture. Colors of policies are those of `Brand`, apart for color-blind eyes, and no
color says what no word beside it says.
"""

from sim.report.figures.draw import DRAWN, figure_of, figure_page, write_figure

__all__ = ["DRAWN", "figure_of", "figure_page", "write_figure"]
