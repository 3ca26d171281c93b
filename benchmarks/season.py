"""Seasons of one million orders, or smaller ones, and what a run of one consists of."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sim import load_scenario, sample_orders, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.scenario import Scenario

YEAR = Path(__file__).with_name("year.yaml")
FULL = 1_000_000
SEED = 1

_SIZES = (
    "demand.scale=1",
    "storefront.caps.units_per_sku=1500 units",
    "alerts.per_hour=500",
    "backorder_area.positions=150 shelves of 80 liters",
    "suppliers.local.capacity=6000 units per day",
    "people.pack_stations=60",
    "carrier.capacity=9000",
    "carrier.capacity_by_weekday.sat=4000",
)
"""What grows with the shop, as it stands in the file; so do the headcounts."""
_TEAMS = ("pick_pack", "backorder_team", "receiving", "support")


def year(orders: int = FULL) -> Scenario:
    """The year with about this many orders, in a shop that is as much smaller or larger."""
    return smaller(YEAR, _SIZES, orders / FULL)


def smaller(path: Path, sizes: Sequence[str], factor: float, *changes: str) -> Scenario:
    """A season in a shop that is as much smaller (or larger): its demand, people, and `sizes`.

    Args:
        path: The scenario file.
        sizes: Settings that grow with the shop, as they stand in the file.
        factor: Size of the shop, relative to the file.
        changes: Further overrides.
    """
    scenario = load_scenario(path, changes)
    if factor == 1:
        return scenario
    teams = ((name, getattr(scenario.people, name)) for name in _TEAMS)
    heads = [
        f"people.{name}.cohorts.{number}.people={cohort.people}"
        for name, team in teams
        if team is not None
        for number, cohort in enumerate(team.cohorts)
    ]
    scaled = [_times(size, factor) for size in (*sizes, *heads)]
    return load_scenario(path, [*scaled, *changes])


def warm_up(orders: int = 1000) -> None:
    """Import everything, load the compiled flow, and touch every part once."""
    from sim.experiment import keep_freed_memory
    from sim.results import kpis
    from sim.results.tables import tables

    keep_freed_memory()  # as the command line and the workers do
    scenario = year(orders)
    ledger = simulate(scenario, sample_orders(scenario, SEED, 1000), SEED, 1000)
    kpis(ledger)
    dict(tables(ledger))


@contextmanager
def weighed_states() -> Iterator[list[int]]:
    """Collect the bytes of all arrays of a run, its order book included, as each run ends."""
    from sim.warehouse.allocate import State
    from sim.warehouse.state import TABLES

    weights: list[int] = []
    release = State.release

    def weigh(state: State) -> None:
        weights.append(sum(getattr(state, name).nbytes for name in TABLES))
        release(state)

    State.release = weigh  # type: ignore[method-assign]
    try:
        yield weights
    finally:
        State.release = release  # type: ignore[method-assign]


def _times(size: str, factor: float) -> str:
    """One override with its number multiplied; whole numbers stay whole and above 0."""
    path, value = size.split("=")
    number, _, unit = value.partition(" ")
    scaled = float(number) * factor
    text = f"{scaled:.6f}" if path == "demand.scale" else str(max(1, round(scaled)))
    return f"{path}={text} {unit}".strip()
