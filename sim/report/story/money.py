"""Where the money comes from: from one policy to the other, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.figures import money
from sim.report.clean import said
from sim.report.content import Cell, Chart, Section, Series, Table, words
from sim.report.forms import Form, form_of
from sim.report.labels import spoken
from sim.report.source import number
from sim.results import LINES

if TYPE_CHECKING:
    from sim.report.source import Source

_SHOWN = 7
_REST = "All other lines"


def section(source: Source) -> Section:
    """The profit and loss under every policy; between two, a bridge."""
    steps = _steps(source)
    return Section(
        key="money",
        title="Where the money comes from",
        message=_message(source, steps),
        chart=_bridge(source, source.leader, source.other, steps) if source.other else None,
        table=_profit_and_loss(source),
        notes=(
            "Season profit is the sum of the lines; income is positive, cost negative.",
            "Means over the simulated seasons. Customer value beyond the season is not in it.",
        ),
    )


def _steps(source: Source) -> dict[str, float]:
    """What each line adds to the leader's profit over the other's, the largest first."""
    if source.other is None:
        return {}
    found = {
        name: (source.mean(source.leader, name) or 0.0) - (source.mean(source.other, name) or 0.0)
        for name in LINES
    }
    return dict(sorted(found.items(), key=lambda each: -abs(each[1])))


def _message(source: Source, steps: dict[str, float]) -> str:
    if not steps:
        profit = money(source.mean(source.leader, "season_profit") or 0.0, source.currency)
        return f"Line by line, the season leaves {profit}."
    more = next((name for name, value in steps.items() if value > 0), None)
    less = next((name for name, value in steps.items() if value < 0), None)
    if more is None and less is None:
        return f"{source.leader} and {source.other} come out the same, line by line."
    parts = []
    if more is not None:
        parts.append(f"{spoken(more)} ({money(steps[more], source.currency)} more)")
    if less is not None:
        parts.append(f"{spoken(less)} ({money(-steps[less], source.currency)})")
    lead = money(sum(steps.values()), source.currency)
    ways = (
        ("most comes from", "most goes to")
        if len(parts) == 2
        else (("it comes from",) if more is not None else ("it is least in",))
    )
    told = ", ".join(f"{way} {part}" for way, part in zip(ways, parts, strict=True))
    return f"{source.lead} earns {lead} more than {source.rival}: {told}."


def _bridge(source: Source, leader: str, other: str, steps: dict[str, float]) -> Chart:
    shown = dict(list(steps.items())[:_SHOWN])
    rest = sum(value for name, value in steps.items() if name not in shown)
    bars = {
        other: source.mean(other, "season_profit"),
        **{LINES[name]: value for name, value in shown.items() if value},
        **({_REST: rest} if rest else {}),
        leader: source.mean(leader, "season_profit"),
    }
    values = tuple(bars.values())
    form = form_of(values, "money", source.currency)
    last = len(bars) - 1
    texts = tuple(
        form.write(value, sign=place not in {0, last}) for place, value in enumerate(values)
    )
    told = "; ".join(f"{name} {text}" for name, text in zip(bars, texts, strict=True))
    return Chart(
        kind="waterfall",
        categories=tuple(bars),
        series=(Series("Season profit", values, texts=texts),),
        form=form,
        axis="Season profit",
        alt=f"From the profit of {said(other)} to that of {said(leader)}: {told}.",
        totals=frozenset({0, last}),
        colors=(source.color(other), *(None,) * (last - 1), source.color(leader)),
    )


def _in_thousands(form: Form) -> Form:
    """Small lines show beside large ones."""
    return Form(form.before, "k", 1e-3) if form.after == "M" else form


def _profit_and_loss(source: Source) -> Table:
    names = [name for name in LINES if any(source.mean(p, name) for p in source.policies)]
    all_names = [*names, "season_profit"]
    form = _in_thousands(source.form(*all_names))
    rows: list[tuple[Cell, ...]] = []
    for name in all_names:
        title = LINES.get(name, "Season profit")
        cells = [words(title)]
        cells += [number(source.mean(p, name), form) for p in source.policies]
        rows.append(tuple(cells))
    return Table(
        "profit_and_loss",
        ("", *source.policies),
        tuple(rows),
        frozenset({len(rows) - 1}),
        brief=0,
    )
