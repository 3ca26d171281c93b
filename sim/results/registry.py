"""The registry of KPIs, and all of them for one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.results.profit import LINES
from sim.results.themes import (
    alerts,
    care,
    forecast_value,
    inventory,
    launches,
    money,
    orders,
    people,
    picking,
    promises,
    retention,
    returns,
    solutions,
    space,
    splits,
    support,
    third_party,
    waits,
    wrapping,
)
from sim.results.view import View

if TYPE_CHECKING:
    from collections.abc import Collection

    from sim.results.kpi import Kpi
    from sim.warehouse.ledger import Ledger

THEMES = (
    money,
    orders,
    promises,
    waits,
    alerts,
    care,
    picking,
    space,
    splits,
    people,
    support,
    solutions,
    inventory,
    launches,
    third_party,
    wrapping,
    returns,
    retention,
    forecast_value,
)
"""In the order of screens and reference pages."""

_THEME_OF = dict.fromkeys(LINES, money)
_THEME_OF |= {kpi.name: theme for theme in THEMES for kpi in theme.KPIS}

KPIS: dict[str, Kpi] = {kpi.name: kpi for theme in THEMES for kpi in theme.KPIS}
"""All KPIs by name. Lines of the profit and loss are KPIs too, see `profit.LINES`."""


def find_kpi(name: str) -> Kpi:
    """Return the KPI behind a name, which may carry a suffix `:team`.

    Raises:
        KeyError: if there is no such KPI.
    """
    return KPIS[name.partition(":")[0]]


def kpis(ledger: Ledger, names: Collection[str] | None = None) -> dict[str, float]:
    """Return the KPIs of a run by name; what has no denominator is nan.

    Args:
        ledger: The run.
        names: Those that are needed: themes without any of them are left out. None: all.

    Raises:
        KeyError: There is no such KPI.
    """
    wanted = None if names is None else {_THEME_OF[name.partition(":")[0]] for name in names}
    view, found = View(ledger), {}
    for theme in THEMES:
        if wanted is None or theme in wanted:
            found.update(theme.figures(view))
    return found
