"""Policies against each other."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.picture import Picture, plain
from dashboard.look import color, marker
from sim.experiment.figures import amount
from sim.report.labels import label

if TYPE_CHECKING:
    from sim.experiment import Comparison, Study

_GRID = "rgba(128,128,128,0.25)"


def differences(found: Comparison, kpi: str = "season_profit") -> Picture:
    """How each policy differs from the baseline, with the range in which the mean lies."""
    study = found.study
    unit, currency = study.unit(kpi), study.currency()
    drawn, rows, told = go.Figure(), [], []
    for row in found.rows:
        if row.kpi != kpi:
            continue
        known, number = row.difference.interval, study.policies.index(row.policy)
        text = amount(known.mean, unit, currency, sign=True)
        ends = [amount(end, unit, currency, sign=True) for end in (known.low, known.high)]
        told.append(f"{row.policy} {text}, between {ends[0]} and {ends[1]}")
        rows.append((row.policy, known.mean, known.low, known.high, row.verdict))
        drawn.add_scatter(
            x=[known.mean],
            y=[escape(row.policy)],
            error_x={
                "array": [known.high - known.mean],
                "arrayminus": [known.mean - known.low],
                "thickness": 3,
                "width": 8,
                "color": color(number),
            },
            mode="markers+text",
            text=[text],
            textposition="top center",
            marker={"size": 13, "color": color(number), "symbol": marker(number)},
            name=escape(row.policy),
            hovertemplate=f"{text}<br>{ends[0]} to {ends[1]}<extra></extra>",
        )
    drawn.add_vline(x=0, line={"color": "gray", "width": 2})
    drawn.update_xaxes(
        title=f"{label(kpi)} against {escape(found.baseline)}", gridcolor=_GRID, zeroline=False
    )
    drawn.update_yaxes(autorange="reversed", automargin=True)
    drawn.update_layout(showlegend=False, height=110 + 62 * len(rows))
    columns = ["policy", "difference", "low", "high", "verdict"]
    alt = f"{label(kpi)} against {found.baseline}: {'; '.join(told)}."
    return Picture("differences", plain(drawn), alt, pd.DataFrame(rows, columns=columns))


def trade(study: Study, across: str, up: str = "season_profit") -> Picture:
    """Two figures of every policy against each other, with how well each is known."""
    drawn, rows, told = go.Figure(), [], []
    currency = study.currency()
    for number, policy in enumerate(study.policies):
        x, y = study.interval(policy, across), study.interval(policy, up)
        texts = [
            amount(known.mean, study.unit(kpi), currency) for known, kpi in ((x, across), (y, up))
        ]
        told.append(f"{policy} {texts[0]} and {texts[1]}")
        rows.append((policy, x.mean, x.half_width, y.mean, y.half_width))
        drawn.add_scatter(
            x=[x.mean],
            y=[y.mean],
            error_x={"array": [x.half_width], "color": color(number), "thickness": 1.5},
            error_y={"array": [y.half_width], "color": color(number), "thickness": 1.5},
            mode="markers",
            marker={"size": 15, "color": color(number), "symbol": marker(number)},
            name=escape(policy),
            hovertemplate=f"{texts[0]}<br>{texts[1]}<extra>{escape(policy)}</extra>",
        )
    share = ".0%" if study.unit(across) == "share" else None
    drawn.update_xaxes(title=label(across), gridcolor=_GRID, tickformat=share, zeroline=False)
    drawn.update_yaxes(title=label(up), gridcolor=_GRID, zeroline=False)
    drawn.update_layout(height=420)
    columns = ["policy", across, f"± {across}", up, f"± {up}"]
    alt = f"{label(up)} against {label(across)}: {'; '.join(told)}."
    return Picture(f"{up}-{across}", plain(drawn), alt, pd.DataFrame(rows, columns=columns))


def seasons(study: Study, kpi: str = "season_profit") -> Picture:
    """Every simulated season as a point: how much seasons differ, policy by policy."""
    drawn, rows = go.Figure(), []
    for number, policy in enumerate(study.policies):
        values = study.series(policy, kpi)
        rows += [(policy, place, value) for place, value in enumerate(values.tolist(), 1)]
        drawn.add_box(
            x=values,
            name=escape(policy),
            boxpoints="all",
            jitter=0.5,
            pointpos=0,
            marker={"color": color(number), "symbol": marker(number), "size": 6},
            line={"color": color(number)},
            fillcolor="rgba(0,0,0,0)",
        )
    drawn.update_xaxes(title=label(kpi), gridcolor=_GRID, zeroline=False)
    drawn.update_yaxes(autorange="reversed", automargin=True)
    drawn.update_layout(showlegend=False, height=110 + 62 * len(study.policies))
    data = pd.DataFrame(rows, columns=["policy", "season", kpi])
    unit, currency = study.unit(kpi), study.currency()
    middle = "; ".join(
        f"{policy} half of them below {amount(part[kpi].median(), unit, currency)}"
        for policy, part in data.groupby("policy", sort=False)
    )
    alt = f"{label(kpi)} of every simulated season: {middle}."
    return Picture(f"{kpi}-by-season", plain(drawn), alt, data)
