"""How long orders took under each policy, and why orders were cancelled."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import plotly.graph_objects as go

from dashboard.charts.picture import Picture, plain
from dashboard.look import color, marker
from sim.experiment.figures import amount

if TYPE_CHECKING:
    from sim.experiment.waiting import Waiting

_GRID: Final = "rgba(128,128,128,0.25)"
_TICKS: Final = {
    1: "1 h",
    3: "3 h",
    8: "8 h",
    24: "1 day",
    72: "3 days",
    168: "1 week",
    336: "2 weeks",
    720: "30 days",
    1440: "60 days",
}
_TOLD: Final = (0.5, 0.9, 0.99)
_MARKERS: Final = 8
"""Of a line, so that it is told apart without its color."""


def times(found: Waiting) -> Picture:
    """Within which time which share of the orders was with the carrier."""
    drawn, told = go.Figure(), []
    for number, policy in enumerate(found.times):
        hours = found.times[policy]
        drawn.add_scatter(
            x=hours,
            y=hours.index,
            mode="lines+markers",
            name=escape(str(policy)),
            line={"color": color(number), "width": 2},
            marker={
                "color": color(number),
                "symbol": marker(number),
                "size": 9,
                "maxdisplayed": _MARKERS,
            },
            hovertemplate="%{y:.1%} within %{x:,.1f} hours",
        )
        within = [f"{share:.0%} within {amount(hours[share], 'hours', None)}" for share in _TOLD]
        told.append(f"{policy} {', '.join(within)}")
    drawn.update_xaxes(
        title="Time from order to carrier",
        type="log",
        tickvals=list(_TICKS),
        ticktext=list(_TICKS.values()),
        gridcolor=_GRID,
    )
    drawn.update_yaxes(
        title="Orders that were shipped", tickformat=".0%", range=[0, 1.02], gridcolor=_GRID
    )
    drawn.update_layout(height=420)
    data = found.times.add_suffix(" (hours)").reset_index()
    alt = f"Order to carrier, by share of orders: {'; '.join(told)}."
    return Picture("waiting-times", plain(drawn), alt, data)


def causes(found: Waiting) -> Picture:
    """Cancelled orders by their cause."""
    drawn, told = go.Figure(), []
    for number, policy in enumerate(found.cancelled):
        orders = found.cancelled[policy]
        drawn.add_bar(
            x=orders,
            y=orders.index,
            orientation="h",
            name=escape(str(policy)),
            marker={"color": color(number)},
            hovertemplate="%{x:,.0f} orders",
        )
        most = f", most because {orders.idxmax()}" if orders.sum() else ""
        told.append(f"{policy} {orders.sum():,} orders{most}")
    drawn.update_xaxes(title="Orders cancelled in the season", gridcolor=_GRID, zeroline=False)
    drawn.update_yaxes(automargin=True)
    rows = max(1, found.cancelled.size)
    drawn.update_layout(barmode="group", height=150 + 22 * rows, legend_traceorder="reversed")
    data = found.cancelled.rename_axis("cause").reset_index()
    return Picture("cancelled-orders", plain(drawn), f"Cancelled: {'; '.join(told)}.", data)
