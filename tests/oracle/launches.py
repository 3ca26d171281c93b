"""Products that are launched: what is known of them, and their first deliveries."""

from __future__ import annotations

from tests.oracle.facts import Facts, ms_of_quantile
from tests.oracle.things import Delivery, Item, PurchaseOrder


def first_deliveries(facts: Facts, items: list[Item], number: int) -> list[PurchaseOrder]:
    """The first deliveries of launched products, as purchase orders numbered from `number` on."""
    orders = []
    for item, product in zip(items, facts.scenario.products, strict=True):
        if product.launch is None:
            continue
        late = _slip(facts, product) if product.launch.slips else 0
        part = Delivery(product.launch.units, item.released + late, item.released)
        order = PurchaseOrder(number, item, part.units, -1, item.released, [part])
        order.launches = True
        orders.append(order)
        number += 1
    return orders


def _slip(facts: Facts, product) -> int:
    name = facts.supplier_of(product)
    slips = facts.scenario.suppliers[name].slips if name else None
    if slips is None:
        return 0
    draws = facts.uniforms("launch", name, product.sku)
    if next(draws) >= slips.share:
        return 0
    return ms_of_quantile(slips.by, next(draws))
