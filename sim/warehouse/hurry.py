"""Deliveries that a supplier hurries because an agent asks for it: so many a calendar week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.supplier import supplier_of
from sim.warehouse.words import NEVER

if TYPE_CHECKING:
    from sim.scenario.suppliers import ExpediteOnRequest
    from sim.warehouse.run import Run
    from sim.warehouse.supplier import Delivery


class Requests:
    """What suppliers have left of their capacity to hurry deliveries on request."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._supplier_of = [supplier_of(run.scenario, each) for each in run.scenario.products]
        self._skus = range(len(self._supplier_of))
        self._used: dict[str, tuple[int, int]] = {}
        """Requests by supplier: the day on which their week began, and how many."""
        desk = run.scenario.support
        offered = desk is not None and any(each.offer == "expedite" for each in desk.solutions)
        self.possible = [offered and self._terms(sku) is not None for sku in self._skus]
        """Whether deliveries of each product can ever be hurried."""

    def possible_from(self, sku: int, part: Delivery | None) -> int:
        """From when on this delivery, the next one, can be hurried; NEVER if it cannot."""
        name, terms = self._supplier_of[sku], self._terms(sku)
        if name is None or terms is None or part is None or part.hurried:
            return NEVER
        monday, (week, used) = self._monday(), self._used.get(name, (0, 0))
        if week != monday or used < terms.per_week:
            return 0
        return self.run.times.midnight(monday + 7)

    def hurry(self, sku: int, part: Delivery) -> None:
        """The time that is left until the delivery shrinks, in truth and as the shop believes."""
        name, terms, now = self._supplier_of[sku], self._terms(sku), self.run.clock.time
        if name is None or terms is None:
            message = "a supplier that hurries nothing was asked to"
            raise ValueError(message)
        monday, (week, used) = self._monday(), self._used.get(name, (0, 0))
        self._used[name] = (monday, used + 1 if week == monday else 1)
        factor = round(terms.lead_time_factor * 1000)
        part.hurried = True
        part.due_at = _nearer(now, part.due_at, factor)
        part.believed_at = _nearer(now, part.believed_at, factor)

    def put_off(self, sku: int) -> list[int]:
        """Products to be hurried next week only, since this one was: none, or all of a supplier."""
        name, terms = self._supplier_of[sku], self._terms(sku)
        if name is None or terms is None or self._used[name][1] < terms.per_week:
            return []
        return [other for other in self._skus if self._supplier_of[other] == name]

    def _terms(self, sku: int) -> ExpediteOnRequest | None:
        name = self._supplier_of[sku]
        return None if name is None else self.run.scenario.suppliers[name].expedite_on_request

    def _monday(self) -> int:
        """Number of the day on which the present calendar week begins."""
        today = self.run.times.day(self.run.clock.time)
        return today - self.run.times.weekday(today)


def _nearer(now: int, at: int, per_mille: int) -> int:
    """An instant whose distance from now shrinks by a factor, rounded half up; exact in Python."""
    return now + (max(0, at - now) * per_mille + 500) // 1000
