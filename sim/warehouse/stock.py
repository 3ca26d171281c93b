"""The stock of each product, as the actors of the business read and write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.warehouse.state import Table


class Stock:
    """Fields of `state.sku` by product: `stock.position[sku] += 20`.

    The memory is that of the order flow, and each item a plain Python number: reading it takes a
    fifth of what `state.sku[sku]["position"]` does. Meanings are those of the fields of `SKU`.
    """

    __slots__ = (
        "armed",
        "at_dock",
        "backorders",
        "free",
        "hurry_from",
        "news_at",
        "noted_at",
        "on_level",
        "on_order",
        "pipeline_n",
        "position",
        "trigger",
        "withdraw",
    )

    armed: memoryview[int]
    at_dock: memoryview[int]
    backorders: memoryview[int]
    free: memoryview[int]
    hurry_from: memoryview[int]
    news_at: memoryview[int]
    noted_at: memoryview[int]
    on_level: memoryview[int]
    on_order: memoryview[int]
    pipeline_n: memoryview[int]
    position: memoryview[int]
    trigger: memoryview[int]
    withdraw: memoryview[int]

    def __init__(self, skus: Table) -> None:
        for name in self.__slots__:
            column: Any = skus[name]
            setattr(self, name, memoryview(column))
