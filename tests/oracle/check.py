"""One season through the oracle and the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from sim.demand.order_book import OrderBook
from sim.demand.sample import sample_orders
from sim.scenario.scenario import Scenario
from tests.oracle.compare import first_difference
from tests.oracle.oracle import Records, oracle
from tests.oracle.seasons import RandomSeason, on_the_tick

FEW_ROWS = 8


@dataclass
class Outcome:
    """What a season showed."""

    records: Records
    difference: str | None
    """What the two say differently; None if nothing."""
    handbacks: set[int] = field(default_factory=set)
    """Reasons for which the order flow returned to the business."""


def checked(season: RandomSeason) -> Outcome:
    """Run a season through both, and compare all that they say."""
    scenario = scenario_of(season)
    book = book_of(season, scenario)
    records = oracle(scenario, book, season.seed, 0)
    handbacks: set[int] = set()
    return Outcome(records, difference(season, scenario, book, records, handbacks), handbacks)


def scenario_of(season: RandomSeason) -> Scenario:
    """The scenario that the mapping of a season describes."""
    return Scenario.model_validate(season.scenario)


def book_of(season: RandomSeason, scenario: Scenario) -> OrderBook:
    """The customers of a season."""
    book = sample_orders(scenario, season.seed, 0)
    return on_the_tick(book) if season.ticked else book


def difference(
    season: RandomSeason,
    scenario: Scenario,
    book: OrderBook,
    records: Records,
    handbacks: set[int] | None = None,
) -> str | None:
    """What the engine says differently from the oracle's records."""
    # Imported here: the mutants put other engines in its place.
    from sim.warehouse import simulate
    from sim.warehouse.allocate import FIRST_ROWS

    rows = FEW_ROWS if season.cramped else FIRST_ROWS
    notes = set() if handbacks is None else handbacks
    with mock.patch("sim.warehouse.allocate.FIRST_ROWS", rows), _noted(notes):
        return first_difference(records, simulate(scenario, book, season.seed, 0))


@contextmanager
def _noted(handbacks: set[int]) -> Iterator[None]:
    """Note why the flow returns, on its way to the business."""
    from sim.warehouse import flow

    call, advance = flow.call, flow.ADVANCE

    def noting(op: int, *arguments: Any) -> int:
        reason = int(call(op, *arguments))
        if op == advance:
            handbacks.add(reason)
        return reason

    with mock.patch.object(flow, "call", noting):
        yield
