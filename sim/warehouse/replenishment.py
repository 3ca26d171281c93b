"""When to buy and how much: continuous and periodic rules, and the person who reads the note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.warehouse.launches import release_of
from sim.warehouse.targets import Levels, Targets
from sim.warehouse.words import CHANGE, NEVER, NONE, REVIEW

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    import simpy

    from sim.warehouse.pipeline import Pipeline
    from sim.warehouse.run import Run

    Process = Generator[simpy.Event, None, None]

RENEWAL, STOP = 3, 4
"""Kinds of events among simultaneous changes."""
PERIODIC, NOTE, LAST_LOOK = 0, 1, 2
"""Kinds of events among simultaneous reviews."""


class Replenishment:
    """Decides on purchase orders by the scenario's rule."""

    def __init__(self, run: Run, pipeline: Pipeline) -> None:
        self.run, self.pipeline = run, pipeline
        self.rule = run.scenario.replenishment
        self.targets = Targets(run)
        stop = self.rule.stop_at
        self.stop_at = run.times.end if stop is None else max(0, run.times.ms(stop))
        self.continuous = self.rule.rule in {"reorder_point", "min_max", "base_stock"}
        self.levels: list[Levels] = []
        self._released = [release_of(each, run.times) for each in run.scenario.products]
        """When the rule begins to buy each product: at its launch, if it has one."""
        self._reads = (0, 0)
        """The reader's present or next hours."""
        run.state.sku["armed"] = 0
        run.state.c["note_delay"] = self.rule.notification.delay
        run.state.sku["on_level"] = self.rule.basis == "level" and self.rule.rule != "base_stock"
        if self.rule.rule == "none":
            return
        self._renew(0)
        run.clock.process(self._stop())
        if self.targets.are_computed:
            run.clock.process(self._renewals())
        if self.continuous:
            run.state.sku["armed"] = [released <= 0 for released in self._released]
            run.clock.process(self._first_look())
            for sku, released in enumerate(self._released):
                if released > 0:
                    run.clock.call_at(released, partial(self._release, sku), REVIEW, NOTE, sku)
        else:
            run.clock.process(self._reviews())

    def notes(self) -> None:
        """The order flow saw reorder points crossed, and has sent a note for each such product."""
        stock = self.run.stock
        noted = np.flatnonzero(self.run.state.sku["noted_at"] != NONE).tolist()
        for at, sku in sorted((stock.noted_at[sku], sku) for sku in noted):
            stock.noted_at[sku] = NONE
            self._note(sku, at)
        self.run.state.c["notes_by"] = NEVER

    # --- the numbers -----------------------------------------------------------------------

    def _renew(self, now: int) -> None:
        """Take over reorder points and quantities; computed ones follow the forecast."""
        self.levels = self.targets.levels(now)
        if self.continuous:
            self.run.state.sku["trigger"] = [self._trigger(levels) for levels in self.levels]

    def _trigger(self, levels: Levels) -> int:
        """The rule buys when its basis is at or below this."""
        if self.rule.rule == "base_stock":
            return levels.high - 1
        return levels.low - (self.rule.trigger == "below")

    def _basis(self, sku: int) -> int:
        stock = self.run.stock
        if stock.on_level[sku]:
            return stock.free[sku] + stock.at_dock[sku] - stock.backorders[sku]
        return stock.position[sku]

    def _wanted(self, sku: int) -> int:
        """Units to buy now by the rule, 0 if it does not call for any."""
        position, basis = self.run.stock.position[sku], self._basis(sku)
        if self.run.clock.time >= self.stop_at:
            return max(0, -position)
        levels = self.levels[sku]
        trigger = self._trigger(levels)
        if basis > trigger:
            return 0
        if self.rule.rule == "base_stock":
            return levels.high - position
        if self.rule.rule != "reorder_point":
            return max(0, levels.high - basis)
        batches = 1
        if self.rule.multiples and levels.batch:
            batches = max(1, (trigger - position) // levels.batch + 1)
        return batches * levels.batch

    # --- who decides when ------------------------------------------------------------------

    def _note(self, sku: int, sent_at: int) -> None:
        """A person reads the note, and buys what is needed by then."""
        self.run.stock.armed[sku] = 0
        acts_at = self._read_at(sent_at) + self.rule.notification.delay
        if acts_at > sent_at:
            self.run.clock.call_at(acts_at, partial(self._act, sku), REVIEW, NOTE, sku)
        else:
            self._act(sku)

    def _read_at(self, sent_at: int) -> int:
        """When a note is read that was sent after all that were asked for before."""
        hours, times = self.rule.notification.read, self.run.times
        if hours is None:
            return sent_at
        if sent_at >= self._reads[1]:
            opens, closes = times.calendar.next_span(sent_at - times.start, hours, times.closed)
            self._reads = (opens + times.start, closes + times.start)
            self.run.state.c["reads_from"] = self._reads[0]
        return max(sent_at, self._reads[0])

    def _act(self, sku: int) -> None:
        self.run.stock.armed[sku] = 1
        self.pipeline.buy(sku, self._wanted(sku))

    def _look(self, skus: Iterable[int] | None = None) -> None:
        """Look at products, or at all, without waiting for demand."""
        stock, now = self.run.stock, self.run.clock.time
        self.notes()  # that were sent before
        for sku in range(len(self.levels)) if skus is None else skus:
            if stock.armed[sku] and self._basis(sku) <= stock.trigger[sku]:
                self._note(sku, now)

    def _release(self, sku: int) -> None:
        """A product is released: from now on the rule looks at it."""
        self.run.stock.armed[sku] = 1
        self._look([sku])

    def _first_look(self) -> Process:
        """The opening position may already be at or below the reorder point."""
        yield self.run.clock.at(0, REVIEW, NOTE, 0)
        self._look()

    def _renewals(self) -> Process:
        """Computed numbers follow the forecast; a raised reorder point may call for an order."""
        time = self.rule.update
        while time < self.stop_at:
            yield self.run.clock.at(time, CHANGE, RENEWAL)
            self._renew(time)
            if self.continuous:
                self._look()
            time += self.rule.update

    def _reviews(self) -> Process:
        """Look at all products once per review period."""
        period = self.rule.review_period or NEVER
        time = self.rule.first_review
        while True:
            yield self.run.clock.at(time, REVIEW, PERIODIC)
            for sku, released in enumerate(self._released):
                if released <= time:
                    self.pipeline.buy(sku, self._wanted(sku))
            time += period

    def _stop(self) -> Process:
        """From now on only open backorders are bought, however low the stock is."""
        yield self.run.clock.at(self.stop_at, CHANGE, STOP)
        self.run.state.sku["trigger"] = -1
        self.run.state.sku["on_level"] = 0
        if self.continuous:
            yield self.run.clock.at(self.stop_at, REVIEW, LAST_LOOK)
            self._look()
