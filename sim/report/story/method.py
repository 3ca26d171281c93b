"""How the numbers were made, and why they may be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.figures import counted
from sim.report.content import Section, Table, words
from sim.scenario.shipped import shipped_folder

if TYPE_CHECKING:
    from sim.report.source import Source


def section(source: Source) -> Section:
    """Method, validation and provenance."""
    cases = len(list((shipped_folder() / "validation").glob("*.yaml")))
    rows = tuple((words(name), words(value)) for name, value in source.provenance.items())
    return Section(
        key="method",
        title="Method and validation",
        message=(
            "Every policy met the same customers, order by order; conservation laws were checked "
            "in every season."
        ),
        points=(
            "Each order, delivery, shift and parcel is an event (discrete-event simulation).",
            f"{counted(source.study.replications, 'season')} were drawn; each has its own demand, "
            "forecast error, lead times and customers.",
            "Differences are paired season by season, and corrected for the number of policies.",
            "Units, money, queues and space are balanced after every season, or the run stops.",
            f"{cases} systems with known answers are simulated by peakwise validate, and agree.",
        ),
        table=Table("provenance", ("What", "Value"), rows),
        notes=("The same command gives the same bytes, whatever the number of workers.",),
    )
