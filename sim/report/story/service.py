"""What customers get: at once, on time, and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.content import Chart, Section, Series, Table, words
from sim.report.labels import label

if TYPE_CHECKING:
    from sim.report.source import Source

_SHARES = ("fill_rate", "on_time_ship_rate", "otif")
_OTHERS = (
    "cycle_time_p90",
    "backorder_wait_p90",
    "slipped_orders",
    "contacts_per_order",
    "support_service_level",
    "asa",
    "abandonment_rate",
    "satisfaction",
)


def section(source: Source) -> Section | None:
    """Service under every policy."""
    names = [name for name in _SHARES if any(source.mean(p, name) for p in source.policies)]
    if not names:
        return None
    told = names + [n for n in _OTHERS if any(source.mean(p, n) for p in source.policies)]
    rows = tuple(
        (words(label(name)), *(source.known(p, name) for p in source.policies)) for name in told
    )
    form = source.form(*names)
    return Section(
        key="service",
        title="Service",
        message=_message(source),
        chart=Chart(
            kind="column",
            categories=tuple(label(name) for name in names),
            series=tuple(
                Series(
                    p,
                    tuple(source.mean(p, name) for name in names),
                    source.color(p),
                    tuple(form.write(source.mean(p, name)) for name in names),
                )
                for p in source.policies
            ),
            form=form,
            axis="Share",
            alt=f"{', '.join(map(label, names))}, by policy; the table has the figures.",
        ),
        table=Table("service", ("", *source.policies), rows, message=_waiting(source)),
        notes=("Each share has its own denominator: see the KPI reference.",),
    )


def _message(source: Source) -> str:
    for kpi, says in (
        ("on_time_ship_rate", "ships {} of its orders on time"),
        ("fill_rate", "serves {} of the units at once"),
    ):
        mine = source.mean(source.leader, kpi)
        if mine is not None:
            form = source.form(kpi)
            told = f"{source.lead} {says.format(form.write(mine))}"
            if source.other is None or (its := source.mean(source.other, kpi)) is None:
                return f"{told}."
            return f"{told}, {source.rival} {form.write(its)}."
    return f"{source.lead} has no orders to ship."


def _waiting(source: Source) -> str:
    """How long an order takes, which a share does not show."""
    told = source.known(source.leader, "cycle_time_p90")
    if told.value is None:
        return "The measures of service, side by side."
    return f"Under {source.lead}, 9 of 10 orders reach the carrier within {told.text} hours."
