"""Results as tables for a reader at a terminal of 80 columns or more.

They are made from the object that `--json` prints, so that screen and file cannot disagree.
"""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any, Final

from rich import box
from rich.table import Table

from sim.cli.figures import Form, form_of
from sim.experiment.statistics import FEWEST_FOR_A_CLAIM
from sim.results import KPIS, LINES, find_kpi

Answer = Mapping[str, Any]
"""The object that `--json` prints."""

ROUGH: Final = "*"
"""Stands behind a half-width that is not to be trusted."""

_FIGURE_WIDTH: Final = 11
_LABEL_WIDTHS: Final = (18, 48)
"""Narrowest and widest column of labels, with the margins of the table."""
_SPELLED_OUT: Final = frozenset({"hours", "days", "positions", "parcels"})


def headline() -> list[str]:
    """Names of the KPIs of the short table."""
    return [name for name, kpi in KPIS.items() if kpi.headline]


def figure_tables(
    answer: Answer, names: Sequence[str], currency: str, width: int
) -> Iterator[Table]:
    """Policies as columns, figures as rows; more than one table where the policies do not fit."""
    rows = list(_rows(answer, names, currency))
    yield from _side_by_side(answer, rows, width)


def profit_tables(answer: Answer, currency: str, width: int) -> Iterator[Table]:
    """The profit and loss line by line, without lines that are zero under every policy."""
    names = [
        name
        for name in LINES
        if any(figures.get(name, {}).get("mean") for figures in answer["policies"].values())
    ]
    rows = list(_rows(answer, [*names, "season_profit"], currency))
    form = form_of([mean for _, _, figures in rows for mean in _means(figures)], "money", currency)
    one_form = [(name, form, figures) for name, _, figures in rows]
    for table in _side_by_side(answer, one_form, width):
        table.rows[-2].end_section = True
        yield table


def difference_table(answer: Answer, kpi: str, currency: str) -> Table:
    """One row per policy: its paired difference to the baseline, and what that is worth."""
    rows = [row for row in answer["comparisons"] if row["kpi"] == kpi]
    ends = [row[end] for row in rows for end in ("difference", "low", "high")]
    form = form_of(ends, KPIS[kpi].unit, currency)
    table = _plain_table()
    table.add_column(f"{KPIS[kpi].label} against {rows[0]['baseline']}")
    for header in ("On average", "Known to lie between"):
        table.add_column(header, justify="right", no_wrap=True)
    table.add_column("Verdict")
    for row in rows:
        between = f"{form.write(row['low'], sign=True)} and {form.write(row['high'], sign=True)}"
        difference = form.write(row["difference"], sign=True)
        table.add_row(row["policy"], difference, between, row["verdict"])
    return table


def label(name: str) -> str:
    """Plain words for a figure, with its unit where the number does not show it.

    >>> label("cycle_time_mean")
    'Order to carrier, mean (hours)'
    >>> label("utilization:pick_pack")
    'Utilization: pick_pack'
    """
    if name in LINES:
        return LINES[name]
    kpi, (_, _, part) = find_kpi(name), name.partition(":")
    unit = f" ({kpi.unit})" if kpi.unit in _SPELLED_OUT else ""
    return f"{kpi.label}{unit}" + (f": {part}" if part else "")


_Row = tuple[str, Form, Mapping[str, Mapping[str, Any]]]
"""Name, how its numbers are written, and the figure of each policy that has it."""


def _rows(answer: Answer, names: Sequence[str], currency: str) -> Iterator[_Row]:
    """Those of the names that the answer has, each followed by its teams or classes."""
    policies = answer["policies"]
    present = {name: None for figures in policies.values() for name in figures}
    for name in (full for name in names for full in present if full.partition(":")[0] == name):
        figures = {policy: own[name] for policy, own in policies.items() if name in own}
        unit = "money" if name in LINES else find_kpi(name).unit
        yield name, form_of(_means(figures), unit, currency), figures


def _means(figures: Mapping[str, Mapping[str, Any]]) -> list[float | None]:
    return [figure["mean"] for figure in figures.values()]


def _side_by_side(answer: Answer, rows: Sequence[_Row], width: int) -> Iterator[Table]:
    """The policies in as many tables as the width of the terminal asks for."""
    columns = {
        fill(policy, _FIGURE_WIDTH, break_long_words=False): [
            _cell(form, figures.get(policy)) for _, form, figures in rows
        ]
        for policy in answer["policies"]
    }
    least, most = _LABEL_WIDTHS
    for shown in _fitting(columns, width - least):
        label_width = min(most, max(least, width - sum(_width(h, columns[h]) + 1 for h in shown)))
        table = _plain_table()
        table.add_column("", max_width=label_width - 2)
        for header in shown:
            table.add_column(header, justify="right", min_width=_FIGURE_WIDTH, no_wrap=True)
        for number, (name, _, _) in enumerate(rows):
            table.add_row(label(name), *(columns[header][number] for header in shown))
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


def _plain_table() -> Table:
    return Table(header_style="bold", box=box.SIMPLE_HEAD, padding=0)
