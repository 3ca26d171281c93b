"""One run: the actors of the business, the order flow between their events, and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse import flow
from sim.warehouse.carrier import Carrier
from sim.warehouse.garbage import left_for_later
from sim.warehouse.laws import check_laws
from sim.warehouse.ledger import Ledger
from sim.warehouse.opening import opening_stock
from sim.warehouse.pipeline import Pipeline
from sim.warehouse.queues import queue_names
from sim.warehouse.receiving import Dock
from sim.warehouse.replenishment import Replenishment
from sim.warehouse.roster import Roster, roster, staffed
from sim.warehouse.run import Run, Times
from sim.warehouse.season import Season
from sim.warehouse.setup import set_up, stock_up
from sim.warehouse.shifts import Shifts
from sim.warehouse.storefront import Storefront
from sim.warehouse.support import places
from sim.warehouse.words import DRAINED, HURRY, NEVER, NONE, NOTES, REORDER, REVIEW, WITHDRAW

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.demand.order_book import OrderBook
    from sim.scenario.scenario import Scenario


def simulate(
    scenario: Scenario, book: OrderBook, seed: int, replication: int = 0, *, check: bool = True
) -> Ledger:
    """Run one season.

    The result depends on nothing but the arguments.

    Args:
        scenario: The season, under one policy.
        book: Its would-be buyers, see `sim.demand.sample_orders`.
        seed: Seed of the study, for what belongs to the business.
        replication: Number of the simulated season.
        check: Check the laws of the end state.

    Raises:
        LawBroken: A law that must always hold did not.
    """
    times = Times.of(scenario)
    people = roster(scenario.people, times, seed, replication, places(scenario))
    state = set_up(scenario, book, times, people)
    run = Run(scenario, book, seed, replication, times, state)
    with left_for_later():
        ledger = _Business(run, people).run_season()
    state.release()
    if check:
        check_laws(ledger)
    return ledger


class _Business:
    """The actors of one run."""

    def __init__(self, run: Run, people: Roster) -> None:
        self.run, self.people = run, people
        self.opening = opening_stock(run)
        stock_up(run.state, self.opening.tolist())
        self.season = Season(run)
        self.pipeline = Pipeline(run, Dock(run))
        self.storefront = Storefront(run, self.pipeline)
        self.replenishment = Replenishment(run, self.pipeline)
        self.carrier = Carrier(run)
        self.shifts = Shifts(run, people)
        self.handbacks = 0
        self._at_reviews = NEVER
        """The instant at whose reviews the flow stands: one changes nothing that is its business
        before the next."""

    def run_season(self) -> Ledger:
        """Take the next event of the business, let the flow run up to it, and let it happen."""
        clock, state = self.run.clock, self.run.state
        drained = False
        while not self.season.capped:
            time, rank = clock.next_key()
            if rank < 0 or (rank == REVIEW and time == self._at_reviews):  # or a process starts
                clock.step()
                continue
            reason = flow.advance(state, time, rank)
            self.handbacks += 1
            if reason == DRAINED:
                drained = True
                break
            if reason in (REORDER, NOTES, WITHDRAW, HURRY):
                clock.catch_up(int(state.c["now"]))
                self._decide(reason)
            else:
                self._at_reviews = time if rank == REVIEW else NEVER
                clock.step()
        clock.catch_up(int(state.c["now"]))
        self.season.mark()
        return self._ledger(drained=drained)

    def _decide(self, reason: int) -> None:
        """The order flow handed a decision back."""
        if reason in (REORDER, NOTES):
            self._at_reviews = self.run.clock.time if reason == NOTES else NEVER
            self.replenishment.notes()
        elif reason == WITHDRAW:
            self.pipeline.withdraw()
        else:
            self.pipeline.hurry()

    def _ledger(self, *, drained: bool) -> Ledger:
        run, state = self.run, self.run.state
        n_spaces, n_docks = int(state.c["space_n"]), int(state.c["dock_n"])
        bought, delivered = self.pipeline.tables()
        return Ledger(
            scenario=run.scenario,
            book=run.book,
            seed=run.seed,
            replication=run.replication,
            window=(run.times.start, run.times.end),
            drained_at=run.clock.time,
            drained=drained,
            orders=state.order,
            lines=state.line,
            waits=state.wait[: int(state.c["wait_n"])],
            parcels=_used_parcels(run),
            back=state.back,
            extra=state.extra,
            care=state.care,
            messages=state.message,
            care_plan=state.care_plan,
            opening=self.opening,
            marks=self.season.marks(),
            purchase_orders=bought,
            deliveries=delivered,
            docks=state.dock[:n_docks],
            shifts=self.shifts.table(run.clock.time),
            people=self.people.people,
            teams=tuple(name for name, _ in staffed(run.scenario.people)),
            queues=queue_names(run.scenario),
            space=state.space[:n_spaces],
            contacts=state.contact[: int(state.c["contact_n"])],
            desk=state.desk,
            days=self.season.days(),
            charges=self.season.charges,
            handbacks=self.handbacks,
        )


def _used_parcels(run: Run) -> NDArray[np.void]:
    """Parcels that were formed; orders that never arrived have an empty one."""
    state = run.state
    state.parcel["order"][int(state.c["next_order"]) : len(state.order)] = NONE
    return state.parcel[: int(state.c["parcel_n"])]
