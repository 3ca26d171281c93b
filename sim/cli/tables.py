"""Results as tables for a reader at a terminal of 80 columns or more.

They are made from the object that `--json` prints, so that screen and file cannot disagree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any, Final

from rich import box
from rich.table import Table

from sim.experiment.statistics import FEWEST_FOR_A_CLAIM
from sim.report.forms import Form, form_of
from sim.report.labels import label, unit_of
from sim.results import KPIS, LINES

Answer = Mapping[str, Any]
"""The object that `--json` prints."""

Figures = Mapping[str, Mapping[str, Any]]
"""One figure of every policy."""

ROUGH: Final = "*"
"""Stands behind an interval that is not to be trusted."""

_FIGURE_WIDTH: Final = 11
_LABEL_WIDTHS: Final = (18, 48)
"""Narrowest and widest column of labels, with the margins of the table."""
_TOTAL: Final = "season_profit"


def headline() -> list[str]:
    """Names of the KPIs of the short table."""
    return [name for name, kpi in KPIS.items() if kpi.headline]


def figure_tables(
    answer: Answer, names: Sequence[str], currency: str, width: int
) -> Iterator[Table]:
    """Policies as columns, figures as rows; more than one table where the policies do not fit."""
    rows = []
    for name, figures in _figures(answer, names):
        form = _form(name, figures, currency)
        is_money = unit_of(name) == "money"
        rows.append(
            Row(
                f"{label(name)} ({form.unit})" if is_money and form.unit else label(name),
                form.bare() if is_money else form,
                figures,
            )
        )
    yield from _side_by_side(answer, "", rows, width)


def profit_tables(answer: Answer, currency: str, width: int) -> Iterator[Table]:
    """The profit and loss line by line, without lines that are zero under every policy."""
    lines = [
        (name, figures)
        for name, figures in _figures(answer, [*LINES, _TOTAL])
        if any(figure["mean"] for figure in figures.values())
    ]
    widest = max(lines, key=lambda line: max(abs(f["mean"] or 0.0) for f in line[1].values()))
    form = _form(*widest, currency)
    rows = [Row(label(name), form.bare(), figures) for name, figures in lines]
    for table in _side_by_side(answer, f"Profit and loss ({form.unit})", rows, width):
        table.rows[-2].end_section = True
        yield table


def difference_table(answer: Answer, kpi: str, currency: str) -> Table:
    """One row per policy: its paired difference to the baseline, and what that is worth."""
    rows = [row for row in answer["comparisons"] if row["kpi"] == kpi]
    ends = [row[end] for row in rows for end in ("difference", "low", "high")]
    form = form_of(ends, KPIS[kpi].unit, currency)
    table = plain_table()
    table.add_column(f"{KPIS[kpi].label} against {rows[0]['baseline']}")
    for header in ("On average", "Known to lie between"):
        table.add_column(header, justify="right", no_wrap=True)
    table.add_column("Verdict")
    for row in rows:
        between = f"{form.write(row['low'], sign=True)} and {form.write(row['high'], sign=True)}"
        between += ROUGH * ("flag" in row and row["low"] != row["high"])
        difference = form.write(row["difference"], sign=True)
        table.add_row(row["policy"], difference, between, row["verdict"])
    return table


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table before it is laid out."""

    label: str
    form: Form
    """How its numbers are written."""
    figures: Figures
    """The figure of each policy that has it."""


def _figures(answer: Answer, names: Sequence[str]) -> Iterator[tuple[str, Figures]]:
    """Those of the names that the answer has, each followed by its teams or classes."""
    policies = answer["policies"]
    present = {name: None for figures in policies.values() for name in figures}
    for name in (full for name in names for full in present if full.partition(":")[0] == name):
        yield name, {policy: own[name] for policy, own in policies.items() if name in own}


def _form(name: str, figures: Figures, currency: str) -> Form:
    means, half_widths = (
        [figure[key] for figure in figures.values()] for key in ("mean", "half_width")
    )
    return form_of(means, unit_of(name), currency, half_widths)


def _side_by_side(answer: Answer, heading: str, rows: Sequence[Row], width: int) -> Iterator[Table]:
    """The policies in as many tables as the width of the terminal asks for."""
    columns = {
        fill(policy, _FIGURE_WIDTH, break_long_words=False): [
            _cell(row.form, row.figures.get(policy)) for row in rows
        ]
        for policy in answer["policies"]
    }
    least, most = _LABEL_WIDTHS
    for shown in _fitting(columns, width - least):
        label_width = min(most, max(least, width - sum(_width(h, columns[h]) + 1 for h in shown)))
        table = plain_table()
        table.add_column(heading, max_width=label_width - 2)
        for header in shown:
            table.add_column(header, justify="right", min_width=_FIGURE_WIDTH, no_wrap=True)
        for number, row in enumerate(rows):
            table.add_row(row.label, *(columns[header][number] for header in shown))
        yield table


def _fitting(columns: Mapping[str, Sequence[str]], room: int) -> Iterator[list[str]]:
    """Headers of columns that fit side by side; at least one at a time."""
    shown: list[str] = []
    left = room
    for header, cells in columns.items():
        needed = _width(header, cells) + 1
        if shown and needed > left:
            yield shown
            shown, left = [], room
        shown.append(header)
        left -= needed
    yield shown


def _width(header: str, cells: Sequence[str]) -> int:
    return max(_FIGURE_WIDTH, *map(len, [*header.splitlines(), *cells]))


def _cell(form: Form, figure: Mapping[str, Any] | None) -> str:
    if figure is None:
        return form.write(None)
    return form.write_known(figure["mean"], figure["half_width"]) + ROUGH * is_rough(figure)


def is_rough(figure: Mapping[str, Any]) -> bool:
    """Whether a half-width is not to be trusted, though there are enough seasons for others."""
    return bool(figure["half_width"]) and "flag" in figure and figure["n"] >= FEWEST_FOR_A_CLAIM


def plain_table() -> Table:
    """An empty table in the one style that all answers have."""
    return Table(header_style="bold", box=box.SIMPLE_HEAD, padding=0)
