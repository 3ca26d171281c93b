"""Levels over time, recomputed from all orders and people at every instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.things import CANCELLED, LOST

if TYPE_CHECKING:
    from tests.oracle.shop import Shop
    from tests.oracle.stock import Stock
    from tests.oracle.things import Order
    from tests.oracle.work import Floor

Integrals = dict[str, int]


class Levels:
    """Integrals of levels over time: the level that an instant leaves, times how long it holds."""

    def __init__(self, stock: Stock, shop: Shop, floor: Floor) -> None:
        self.stock, self.shop, self.floor = stock, shop, floor
        self.since = 0
        self.total: Integrals = {}

    def leave(self, now: int) -> None:
        """Bring the integrals up to `now`; everything before it has happened."""
        for name, level in self._levels().items():
            self.total[name] = self.total.get(name, 0) + level * (now - self.since)
        self.since = now

    def held(self) -> list[int]:
        """Units of each SKU in the building."""
        held = [item.free + item.at_dock for item in self.stock.items]
        for order in self.shop.orders:
            if order.accepted_at >= 0 and order.status != CANCELLED:
                for line in order.goods:
                    if line.parcel and line.parcel.shipped_at < 0:
                        held[line.item.id] += line.reserved
        return held

    def _levels(self) -> Integrals:
        """The levels that hold just now."""
        level = {}
        for item, held in zip(self.stock.items, self.held(), strict=True):
            level[f"sku {item.id} free_time"] = item.free
            level[f"sku {item.id} backorder_time"] = item.backorders
            level[f"sku {item.id} stockout_time"] = int(item.free == 0)
            level[f"sku {item.id} held_time"] = held
        inside = [order for order in self.shop.orders if _in_system(order)]
        level["counter in_system_time"] = len(inside)
        picking = [tasks for key, tasks in self.floor.queues.items() if key[0] == "pick"]
        level["counter backlog_time"] = sum(len(tasks) for tasks in picking)
        for number, team in enumerate(self.floor.teams):
            level[f"team {number} busy_time"] = sum(x.task is not None for x in team.people)
            level[f"team {number} duty_time"] = sum(person.on_duty for person in team.people)
        return level


def _in_system(order: Order) -> bool:
    return order.accepted_at >= 0 and order.ended_at < 0 and order.status != LOST
