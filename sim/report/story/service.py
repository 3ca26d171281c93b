"""What customers get: at once, on time, and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.figures import amount
from sim.report.content import Chart, Section, Series, Table, words
from sim.report.labels import label, unit_of

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
                Series(p, tuple(source.mean(p, name) for name in names), source.color(p))
                for p in source.policies
            ),
            form=form,
            axis="Share",
            alt=f"{', '.join(map(label, names))}, by policy; the table has the figures.",
        ),
        table=Table("service", ("", *source.policies), rows),
        notes=("Each share has its own denominator: see the KPI reference.",),
    )


def _message(source: Source) -> str:
    parts = [_of(source, source.leader)]
    if source.other is not None:
        parts.append(_of(source, source.other))
    return f"{'; '.join(parts)}."


def _of(source: Source, policy: str) -> str:
    for kpi, says in (
        ("on_time_ship_rate", "ships {} of its orders on time"),
        ("fill_rate", "serves {} of the units at once"),
    ):
        value = source.mean(policy, kpi)
        if value is not None:
            return f"{policy} {says.format(amount(value, unit_of(kpi), None))}"
    return f"{policy} has no orders to ship"
