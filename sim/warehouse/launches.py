"""Products that are launched: release, first delivery, and pre-orders until it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.randomness import uniforms
from sim.warehouse.run import drawn_ms

if TYPE_CHECKING:
    from sim.scenario.launch import Launch
    from sim.scenario.products import Product
    from sim.warehouse.run import Run, Times

FIRST_DELIVERY = -2
"""Number of a launch's first delivery among the orders of its supplier and product."""


def release_of(product: Product, times: Times) -> int:
    """When the product is released, as announced; 0 if it is there from the start of the run."""
    return 0 if product.launch is None else times.ms(product.launch.released)


def takes_pre_orders(product: Product) -> bool:
    """Whether it is sold on backorder until the first delivery arrives."""
    return product.launch is not None and product.launch.pre_order


def slip_of(run: Run, launch: Launch, supplier: str | None, sku: str) -> int:
    """How much later than announced the first delivery comes, in ms."""
    slips = None if supplier is None else run.scenario.suppliers[supplier].slips
    if slips is None or not launch.slips:
        return 0
    numbers = uniforms(run.seed, run.replication, "launch", str(supplier), sku)
    happens, late = next(numbers), next(numbers)
    return drawn_ms(slips.by, [late])[0] if happens < slips.share else 0
