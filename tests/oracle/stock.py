"""Shelf, waiting lines and backorder area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.things import Item, Line, Order


@dataclass
class Area:
    """The backorder area; capacity None: there is no such block in the scenario."""

    capacity: int | None
    when_full: str
    used: int = 0

    def stage(self, line: Line, units: int) -> None:
        """Bring a batch of units to the area, or leave it in general storage."""
        if self.capacity is None:
            line.in_general += units
            return
        footprint = units * line.item.volume
        room = self.used + footprint <= self.capacity
        if room or self.when_full != "general_storage":
            line.in_area += units
            self.used += footprint
        else:
            line.in_general += units

    def clear(self, line: Line) -> None:
        """Take the line's units out: they were picked, or the order was cancelled."""
        self.used -= line.in_area * line.item.volume
        line.in_area = line.in_general = 0


class Stock:
    """All units in the building."""

    def __init__(self, items: list[Item], area: Area, by_class: bool) -> None:
        self.items, self.area, self.by_class = items, area, by_class
        self.now: Callable[[], int] = lambda: 0
        self.when_whole: Callable[[Line], None] = lambda _line: None
        self.when_on_shelf: Callable[[Item], None] = lambda _item: None

    @property
    def committed(self) -> int:
        """Space in use, plus the space of the units that are still to come."""
        return self.area.used + sum(item.backorders * item.volume for item in self.items)

    def reserve(self, line: Line) -> None:
        """Reserve what is free; the rest of the line joins the SKU's queue."""
        item = line.item
        line.reserved = min(item.free, line.units)
        item.free -= line.reserved
        item.position -= line.units
        if not line.missing:
            line.whole_at = self.now()
        else:
            item.queues[line.order.class_ if self.by_class else 0].append(line)

    def give_away(self, item: Item) -> None:
        """A free unit leaves as a gift."""
        item.free -= 1
        item.position -= 1

    def put_away(self, item: Item, units: int) -> None:
        """Serve the waiting lines first, then fill the shelf."""
        for queue in item.queues:
            while units and queue:
                line = queue[0]
                taken = min(units, line.missing)
                units -= taken
                line.reserved += taken
                self.area.stage(line, taken)
                if not line.missing:
                    queue.popleft()
                    line.whole_at = self.now()
                    self.when_whole(line)
        item.free += units
        if item.free > 0:
            self.when_on_shelf(item)

    def release(self, order: Order) -> list[tuple[Item, int]]:
        """Give back all that a cancelled order holds; return the units it still waited for."""
        return [pair for line in order.goods for pair in self.release_line(line)]

    def release_line(self, line: Line) -> list[tuple[Item, int]]:
        """Give back what one line holds; return the units it still waited for, if any."""
        waited = [(line.item, line.missing)] * bool(line.missing)
        for queue in line.item.queues:
            if line in queue:
                queue.remove(line)
        line.item.position += line.units
        held, line.reserved = line.reserved, 0
        self.area.clear(line)
        self.put_away(line.item, held)
        return waited

    def exchange(self, line: Line, item: Item) -> list[tuple[Item, int]]:
        """Another item takes the place of a line's; return the units the line waited for."""
        waited = self.release_line(line)
        line.item, line.exchanged = item, True
        item.free -= line.units
        item.position -= line.units
        line.reserved, line.whole_at = line.units, self.now()
        self.area.stage(line, line.units)
        self.when_whole(line)
        return waited
