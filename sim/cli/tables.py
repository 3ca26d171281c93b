"""Results as tables for a reader at a terminal of 80 columns or more.

They are made from the object that `--json` prints, so that screen and file cannot disagree.
"""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any, Final

from rich import box
from rich.table import Table

from sim.cli.figures import form_of
from sim.results import KPIS, LINES, find_kpi

Answer = Mapping[str, Any]
"""The object that `--json` prints."""

_LABEL_WIDTH: Final = 21
_FIGURE_WIDTH: Final = 11
_SPELLED_OUT: Final = frozenset({"hours", "days", "positions", "parcels"})


def headline() -> list[str]:
    """Names of the KPIs of the short table."""
    return [name for name, kpi in KPIS.items() if kpi.headline]


def known_figures(answer: Answer, names: Sequence[str]) -> list[str]:
    """Those of the names that the answer has, each followed by its teams or classes."""
    present = {name: None for figures in answer["policies"].values() for name in figures}
    return [full for name in names for full in present if full.partition(":")[0] == name]


def figure_tables(
    answer: Answer, names: Sequence[str], currency: str, width: int
) -> Iterator[Table]:
    """Policies as columns, figures as rows; more than one table where the policies do not fit."""
    policies = list(answer["policies"])
    fitting = max(1, (width - _LABEL_WIDTH) // (_FIGURE_WIDTH + 1))
    for first in range(0, len(policies), fitting):
        yield _figure_table(answer, names, policies[first : first + fitting], currency)


def _figure_table(
    answer: Answer, names: Sequence[str], policies: Sequence[str], currency: str
) -> Table:
    table = _plain_table()
    table.add_column("", max_width=_LABEL_WIDTH if len(policies) > 1 else None)
    for policy in policies:
        header = fill(policy, _FIGURE_WIDTH, break_long_words=False)
        table.add_column(header, justify="right", min_width=_FIGURE_WIDTH, no_wrap=True)
    for name in known_figures(answer, names):
        every = [figures.get(name, {}) for figures in answer["policies"].values()]
        form = form_of([figure.get("mean") for figure in every], unit(name), currency)
        shown = [answer["policies"][policy].get(name, {}) for policy in policies]
        cells = [form.write_known(cell.get("mean"), cell.get("half_width")) for cell in shown]
        table.add_row(label(name), *cells)
    return table


def difference_table(answer: Answer, kpi: str, currency: str) -> Table:
    """One row per policy: its paired difference to the baseline, and what that is worth."""
    rows = [row for row in answer["comparisons"] if row["kpi"] == kpi]
    ends = [row[end] for row in rows for end in ("difference", "low", "high")]
    form = form_of(ends, KPIS[kpi].unit, currency)
    table = _plain_table(f"{KPIS[kpi].label}, against {rows[0]['baseline']}")
    table.add_column("", min_width=_LABEL_WIDTH - 1)
    table.add_column("On average", justify="right", no_wrap=True)
    table.add_column("Known to lie between", justify="right", no_wrap=True)
    table.add_column("So", ratio=1)
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
    measured = f" ({kpi.unit})" if kpi.unit in _SPELLED_OUT else ""
    return f"{kpi.label}{measured}" + (f": {part}" if part else "")


def unit(name: str) -> str:
    """Unit of a KPI or of a line of the profit and loss."""
    return "money" if name in LINES else find_kpi(name).unit


def _plain_table(title: str | None = None) -> Table:
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        expand=False,
    )
