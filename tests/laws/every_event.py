"""Recompute everything after every single event: `python -m tests.laws.every_event SEED...`.

Run with `NUMBA_DISABLE_JIT=1`: the loop of the flow is then plain Python, and can be watched from
inside. The seasons are those of the oracle; each seed prints how many events were looked at.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.demand import OrderBook, sample_orders
from sim.scenario.scenario import Scenario
from sim.warehouse.clock import Clock
from sim.warehouse.laws import check_laws
from sim.warehouse.ledger import Ledger
from sim.warehouse.roster import roster
from sim.warehouse.run import Run, Times
from sim.warehouse.setup import set_up
from sim.warehouse.simulation import _Business
from sim.warehouse.support import places
from sim.warehouse.words import NONE, PICKING, WAITING
from tests.laws.audit import WAYS, Facts, audit
from tests.oracle.seasons import on_the_tick, random_season

if TYPE_CHECKING:
    from collections.abc import Iterator

loop = importlib.import_module("sim.warehouse.flow.advance")  # the package names a function so

HELD = ("free", "at_dock", "reserved", "staged", "picked")


class Watch:
    """Looks at a run after every event, and integrates its levels by itself."""

    def __init__(self, business: _Business) -> None:
        self.business, self.state = business, business.run.state
        self.events = 0
        self.now = 0
        self.status: list[int] = self.state.order["status"].tolist()
        self.times = np.full((5, int(self.state.c["n_parcels"])), NONE)
        self.opening = self._held()
        self.waiting: dict[int, int] = {}
        self.levels = self._levels()
        self.sums: dict[str, Any] = {name: level * 0 for name, level in self.levels.items()}
        self.book = (self.state.book.tobytes(), self.state.book_line.tobytes())

    def look(self) -> None:
        """After an event: everything is as recomputed, and came about along legal ways."""
        self.events += 1
        now = int(self.state.c["now"])
        assert now >= self.now, "time never runs backwards"
        for name, level in self.levels.items():
            self.sums[name] = self.sums[name] + level * (now - self.now)
        self.now, self.levels = now, self._levels()
        audit(self.state)
        self._conserved()
        status = self.state.order["status"].tolist()
        for before, after in zip(self.status, status, strict=True):
            legal = before == after or after in WAYS[before]
            assert legal or self._handed_over(before, after), (before, after)
        self.status = status
        self._served_in_turn()
        self._stamped(now)

    def _handed_over(self, before: int, after: int) -> bool:
        """An order may be placed and given to the third party in one event."""
        given = self.state.c["third_party"] and WAITING in WAYS[before]
        return bool(given and after == PICKING)

    def _conserved(self) -> None:
        """No unit appears or vanishes, and what is on order is what suppliers owe."""
        sku = self.state.sku
        total = self._held() + sku["shipped"] + sku["given"] + sku["written_off"]
        came = self.opening + sku["received"] + sku["returned"]
        assert (total == came).all(), "units are conserved"
        owed = np.zeros(len(sku), np.int64)
        for order in self.business.pipeline.orders:
            owed[order.sku] += sum(p.units for p in order.deliveries if p.received_at == NONE)
        assert (sku["on_order"] == owed).all(), "on order"

    def _stamped(self, now: int) -> None:
        """Times are written once, at the instant at which they happen, one after the other."""
        names = ("ready_at", "started_at", "picked_at", "packed_at", "shipped_at")
        arrived, used = int(self.state.c["next_order"]), int(self.state.c["parcel_n"])
        times = np.full((len(names), int(self.state.c["n_parcels"])), NONE)
        times[:, : len(self.state.parcel)] = [self.state.parcel[name] for name in names]
        times[:, arrived : len(self.state.order)] = NONE
        times[:, used:] = NONE
        new = times != self.times
        assert (self.times[new] == NONE).all(), "a time was changed"
        assert (times[new] == now).all(), "timestamps"
        for i in np.flatnonzero(new[1]):
            self._started_in_turn(int(i))
        self.times = times

    def _served_in_turn(self) -> None:
        """A line that got units is ahead of all that still wait in its list."""
        facts = Facts(self.state)
        accepted = facts.orders["accepted_at"][facts.owner]
        waits = facts.missing > 0
        for j, reserved in self.waiting.items():
            if facts.reserved[j] > reserved:
                peers = waits & (facts.sku == facts.sku[j])
                if self.state.c["n_lists"] > 1:
                    classes = self.state.book["class_"][facts.owner]
                    peers &= classes == classes[j]
                assert (accepted[peers] >= accepted[j]).all(), "lines first in, first out"
        self.waiting = {int(j): int(facts.reserved[j]) for j in np.flatnonzero(waits)}

    def _started_in_turn(self, i: int) -> None:
        """A parcel that was started is ahead of all that still wait in its queue."""
        parcels = self.state.parcel
        used = self.times[0] != NONE
        peers = used & (parcels["queue"] == parcels[i]["home"]) & (parcels["started_at"] == NONE)
        assert (parcels["ready_at"][peers] >= parcels[i]["ready_at"]).all(), "tasks in turn"

    def _held(self) -> Any:
        return sum(self.state.sku[name].astype(np.int64) for name in HELD)

    def _levels(self) -> dict[str, Any]:
        c, sku, team = self.state.c, self.state.sku, self.state.team
        return {
            "in_system_time": int(c["in_system"]),
            "backlog_time": int(c["backlog"]),
            "held_time": self._held(),
            "free_time": sku["free"].copy(),
            "backorder_time": sku["backorders"].copy(),
            "stockout_time": (sku["free"] == 0).astype(np.int64),
            "busy_time": team["busy"].copy(),
            "duty_time": team["on_duty"].copy(),
        }

    def close(self, ledger: Ledger) -> None:
        """After the run: integrals are those of the levels, L = lambda W, the book is untouched."""
        self.look()
        marks = ledger.marks
        for table in (marks.counters[-1], marks.skus[-1], marks.teams[-1]):
            for name in set(table.dtype.names) & set(self.sums):
                assert np.array_equal(table[name], self.sums[name]), name
        people = self.state.person
        in_hand = np.where(people["task"] != NONE, self.now - people["task_from"], 0)
        worked = np.bincount(people["team"], people["busy_ms"] + in_hand, len(self.state.team))
        assert (worked == self.sums["busy_time"]).all(), "busy time"
        assert self.book == (ledger.book.orders.tobytes(), ledger.book.lines.tobytes())


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Look after every event of the flow, and after every event of the business."""
    happen, step = loop._happen, Clock.step

    def happen_watched(*arguments: Any) -> bool:
        done: bool = happen(*arguments)
        watch.look()
        return done

    def step_watched(clock: Clock) -> None:
        step(clock)
        watch.look()

    loop._happen, Clock.step = happen_watched, step_watched
    try:
        yield
    finally:
        loop._happen, Clock.step = happen, step


def watched(scenario: Scenario, book: OrderBook, seed: int) -> int:
    """Simulate a season under watch. Returns how many events were looked at."""
    times = Times.of(scenario)
    people = roster(scenario.people, times, seed, 0, places(scenario))
    state = set_up(scenario, book, times, people)
    business = _Business(Run(scenario, book, seed, 0, times, state), people)
    watch = Watch(business)
    with watching(watch):
        ledger = business.run_season()
    watch.close(ledger)
    check_laws(ledger)
    return watch.events


def main() -> None:
    """Watch the random seasons whose numbers are given."""
    for number in map(int, sys.argv[1:]):
        season = random_season(number)
        scenario = Scenario.model_validate(season.scenario)
        book = sample_orders(scenario, season.seed, 0)
        book = on_the_tick(book) if season.ticked else book
        sys.stdout.write(f"{number} {watched(scenario, book, season.seed)}\n")


if __name__ == "__main__":
    main()
