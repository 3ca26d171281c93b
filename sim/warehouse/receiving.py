"""The dock: goods that arrive are put away at once, or become work of the receiving team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse import flow
from sim.warehouse.words import CROSS_DOCK, NONE, RECEIVE

if TYPE_CHECKING:
    from sim.warehouse.run import Run


class Dock:
    """Receives deliveries."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.staffed = run.scenario.people.receiving is not None
        self.terms = run.scenario.receiving
        work = self.terms.work
        self._per_unit_promised = (
            work.per_unit if work.per_unit_cross_dock is None else work.per_unit_cross_dock
        )
        self._cross_docking: list[list[tuple[int, int]]] = [[] for _ in run.scenario.products]
        """Task and units of what may still be under way, by product."""

    def arrive(self, sku: int, units: int) -> None:
        """Goods arrive now.

        Units that are already promised are worked first, as a task of their own; the work of the
        delivery as such goes with the first task.
        """
        run, now = self.run, self.run.clock.time
        if not self.staffed:
            flow.receive(run.state, now, sku, units)
            return
        once, work = self.terms.work.per_delivery, self.terms.work
        promised = min(units, self._promised(sku)) if self.terms.cross_dock else 0
        if promised:
            content = once + self._per_unit_promised * promised
            task = flow.dock(run.state, now, sku, promised, CROSS_DOCK, content)
            self._cross_docking[sku].append((task, promised))
            once = 0
        if units > promised:
            content = once + work.per_unit * (units - promised)
            flow.dock(run.state, now, sku, units - promised, RECEIVE, content)

    def _promised(self, sku: int) -> int:
        """Units that customers wait for and that no cross-dock task brings already."""
        waiting = self.run.stock.backorders[sku]
        if not waiting:
            return 0
        put_away_at = self.run.state.dock["put_away_at"]
        under_way = [entry for entry in self._cross_docking[sku] if put_away_at[entry[0]] == NONE]
        self._cross_docking[sku] = under_way
        return max(0, waiting - sum(units for _, units in under_way))
