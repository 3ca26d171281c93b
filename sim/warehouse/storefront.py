"""The storefront over time: changes of policy by date, and the age of what the shop knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.launches import takes_pre_orders
from sim.warehouse.words import ALERTS, BACKORDER, CHANGE, HYBRID, NEVER, OUT_OF_STOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    import simpy

    from sim.scenario.products import Product
    from sim.scenario.scenario import Scenario
    from sim.scenario.storefront import PolicyChange
    from sim.warehouse.pipeline import Pipeline
    from sim.warehouse.run import Run

    Process = Generator[simpy.Event, None, None]

MODES = {
    "backorder": BACKORDER,
    "out_of_stock": OUT_OF_STOCK,
    "alerts": ALERTS,
    "hybrid": HYBRID,
}
"""Number of each storefront policy in the order flow."""


POLICY, SNAPSHOT = 0, 2
"""Kinds of events among simultaneous changes."""


class Storefront:
    """Writes the shop's policies and beliefs into the order flow."""

    def __init__(self, run: Run, pipeline: Pipeline) -> None:
        self.run, self.pipeline = run, pipeline
        front, goods = run.scenario.storefront, run.scenario.products
        self._policy = [MODES[each.when_short or front.when_short] for each in goods]
        """What each product's policy is, beside pre-orders."""
        self._ahead = {sku for sku, each in enumerate(goods) if takes_pre_orders(each)}
        """Products whose first delivery is still to come, and that are sold until then."""
        pipeline.when_launched = self._launched
        for number, change in enumerate(run.scenario.storefront.changes):
            run.clock.process(self._change(number, change))
        if not pipeline.live:
            run.clock.process(self._refresh(front.quote.information_age, self._tell_dates))
        if front.stock_information_age:
            run.clock.process(self._refresh(front.stock_information_age, self._show_stock))

    def _change(self, number: int, change: PolicyChange) -> Process:
        """One change of policy takes effect."""
        yield self.run.clock.at(max(0, self.run.times.ms(change.at)), CHANGE, POLICY, number)
        for sku, product in enumerate(self.run.scenario.products):
            if change.skus and product.sku not in change.skus:
                continue
            row = self.run.state.sku[sku]
            if change.when_short is not None:
                self._policy[sku] = MODES[change.when_short]
                if sku not in self._ahead:
                    row["mode"] = self._policy[sku]
            if change.cap_units is not None:
                row["cap_units"] = NEVER if change.cap_units == "none" else change.cap_units

    def _launched(self, sku: int) -> None:
        """The first delivery of a product arrives: from now on its policy holds."""
        self._ahead.discard(sku)
        self.run.state.sku[sku]["mode"] = self._policy[sku]

    def _refresh(self, age: int, look: Callable[[], None]) -> Process:
        """The shop looks once in a while."""
        time = 0
        while True:
            yield self.run.clock.at(time, CHANGE, SNAPSHOT)
            look()
            time += age

    def _tell_dates(self) -> None:
        """Quotes are made from the queue and the arrival dates of now."""
        rows = self.run.state.sku
        rows["known_backorders"] = rows["backorders"]
        self.pipeline.tell_shop()

    def _show_stock(self) -> None:
        """Shoppers see what is free now."""
        rows = self.run.state.sku
        rows["shown"] = rows["free"]


def mode_of(scenario: Scenario, product: Product) -> int:
    """How a product is sold at the start of the run when it is short."""
    if takes_pre_orders(product):
        return BACKORDER
    return MODES[product.when_short or scenario.storefront.when_short]
