"""Bugs in what shoppers buy because it was recommended, for the laws of units."""

from tests.laws.planting import Bug

EXTRAS = "warehouse.flow.extras"

OF_EXTRAS = (
    Bug(
        "drained means empty",
        EXTRAS,
        'sku["reserved"] -= 1',
        'sku["reserved"] -= 0',
        "recommended",
    ),
    Bug(
        "units are conserved",
        EXTRAS,
        'sku["shipped"] += 1',
        'sku["shipped"] += 2',
        "recommended",
    ),
    Bug(
        "the inventory position is as recomputed",
        EXTRAS,
        'sku["position"] -= 1',
        'sku["position"] -= 0',
        "recommended",
    ),
)
