"""Levels over time, recomputed from all orders and people at every instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.things import CANCELLED, LOST

if TYPE_CHECKING:
    from tests.oracle.shop import Shop
    from tests.oracle.stock import Stock
    from tests.oracle.things import Item, Order
    from tests.oracle.work import Floor

Integrals = dict[str, int]


class Levels:
    """Integrals of levels over time: the level that an instant leaves, times how long it holds."""

    def __init__(self, stock: Stock, shop: Shop, floor: Floor) -> None:
        self.stock, self.shop, self.floor = stock, shop, floor
        self.since = 0
        self.level: Integrals = {}
        self.total: Integrals = {}

    def settle(self, now: int) -> None:
        """Bring the integrals up to date; nothing may have changed since the last `look`."""
        for name, level in self.level.items():
            self.total[name] = self.total.get(name, 0) + level * (now - self.since)
        self.since = now

    def look(self) -> None:
        """Note the levels that hold from now on."""
        for item in self.stock.items:
            self.level[f"sku {item.id} free_time"] = item.free
            self.level[f"sku {item.id} backorder_time"] = item.backorders
            self.level[f"sku {item.id} stockout_time"] = int(item.free == 0)
            self.level[f"sku {item.id} held_time"] = self.held(item)
        inside = [order for order in self.shop.orders if _in_system(order)]
        self.level["counter in_system_time"] = len(inside)
        picking = [tasks for key, tasks in self.floor.queues.items() if key[0] == "pick"]
        self.level["counter backlog_time"] = sum(len(tasks) for tasks in picking)
        for number, team in enumerate(self.floor.teams):
            self.level[f"team {number} busy_time"] = sum(x.task is not None for x in team.people)
            present = sum(person.on_duty for person in team.people)
            self.level[f"team {number} duty_time"] = present

    def held(self, item: Item) -> int:
        """Units in the building."""
        return item.free + item.at_dock + self._promised(item)

    def _promised(self, item: Item) -> int:
        """Units of accepted orders that are in the building."""
        units = 0
        for order in self.shop.orders:
            if order.accepted_at < 0 or order.status == CANCELLED:
                continue
            for line in order.kept:
                if line.item is item and line.parcel and line.parcel.shipped_at < 0:
                    units += line.reserved
        return units


def _in_system(order: Order) -> bool:
    return order.accepted_at >= 0 and order.ended_at < 0 and order.status != LOST
