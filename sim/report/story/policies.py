"""The policies side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.clean import said
from sim.report.content import Cell, Section, Table, words
from sim.report.forms import form_of
from sim.report.labels import label, unit_of
from sim.results import KPIS, LINES

if TYPE_CHECKING:
    from sim.report.source import Source

_BRIEF = 10


def section(source: Source) -> Section | None:
    """Headline figures of every policy, and every KPI for whom wants them."""
    if len(source.policies) < 2:
        return None
    names = [name for name, kpi in KPIS.items() if kpi.headline and _told(source, name)]
    table = Table(
        "side_by_side",
        ("", *source.policies),
        tuple((words(label(name)), *_row(source, name)) for name in names),
        brief=_BRIEF,
    )
    return Section(
        key="policies",
        title="Side by side",
        message=_message(source),
        table=table,
        notes=("Behind ±: how well the mean is known, with 95% confidence.",),
        more=(every_kpi(source),),
    )


def _told(source: Source, kpi: str) -> bool:
    """Whether a KPI says anything under some policy."""
    return any(source.mean(policy, kpi) for policy in source.policies)


def _row(source: Source, kpi: str) -> list[Cell]:
    form = source.form(kpi)
    return [source.known(policy, kpi, form) for policy in source.policies]


def _message(source: Source) -> str:
    parts = [f"{source.lead} earns the most on average"]
    for kpi, says in (
        ("fill_rate", "serves most units at once"),
        ("on_time_ship_rate", "ships most reliably on time"),
        ("lost_orders", "loses the fewest orders"),
    ):
        best = _best(source, kpi)
        if best is not None:
            parts.append(f"{said(best)} {says}")
    return f"{'; '.join(parts)}."


def _best(source: Source, kpi: str) -> str | None:
    known = {p: source.mean(p, kpi) for p in source.policies}
    values = {policy: value for policy, value in known.items() if value is not None}
    if len(values) < 2 or len(set(values.values())) == 1:
        return None
    choose = min if KPIS[kpi].better == "lower" else max
    return choose(values, key=lambda policy: values[policy])


def every_kpi(source: Source) -> Table:
    """Every figure of every policy with its interval: one row each."""
    rows = []
    for policy in source.policies:
        for name, figure in source.answer["policies"][policy].items():
            if name in LINES or figure["mean"] is None:
                continue
            form = form_of([figure["mean"]], unit_of(name), source.currency, [figure["half_width"]])
            rows.append(
                (
                    words(policy),
                    words(name),
                    words(label(name)),
                    Cell(figure["mean"], form.write(figure["mean"]), form.excel),
                    Cell(figure["half_width"], form.write(figure["half_width"]), form.excel),
                    Cell(figure["n"], f"{figure['n']:,}", "0"),
                )
            )
    columns = ("Policy", "KPI", "Meaning", "Mean", "± (95%)", "Seasons")
    return Table("every_kpi", columns, tuple(rows))
