"""Products of an export that the season does not list by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sim.history.mix import STAND_IN, FittedProduct, ProductMix
from sim.history.problems import refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.history.cleaning import CleanHistory

_SHOWN: Final = 5


def as_season_products(history: CleanHistory, skus: Sequence[str]) -> ProductMix:
    """Which product of the season stands for each product of an export.

    A product of the same code, or else one of the season's stand-ins (as `fit` names them): the
    others, most popular first, are cut into groups of about equal numbers of lines, one for each.

    Raises:
        HistoryError: there are others, and no stand-ins.
    """
    lines = history.lines["sku"].value_counts()
    own = set(skus)
    stand_ins = [sku for sku in skus if sku.startswith(STAND_IN)]
    others = lines[[sku not in own for sku in lines.index]]
    if len(others) and not stand_ins:
        _refuse_unknown(history, others.index.tolist(), others.sum() / lines.sum())
    product_of = {sku: sku for sku in lines.index if sku in own}
    if len(others):
        middle = (np.cumsum(others) - others / 2) / others.sum()
        groups = np.minimum((middle * len(stand_ins)).astype(int), len(stand_ins) - 1)
        product_of |= {sku: stand_ins[group] for sku, group in groups.items()}
    return ProductMix(tuple(_product(sku, sku in stand_ins) for sku in skus), product_of)


def _product(sku: str, stands_in: bool) -> FittedProduct:
    return FittedProduct(sku, sku, 0, 0.0, 0.0, float("nan"), 2 if stands_in else 1)


def _refuse_unknown(history: CleanHistory, unknown: list[str], share: float) -> None:
    shown = ", ".join(unknown[:_SHOWN]) + (", …" if len(unknown) > _SHOWN else "")
    count = f"{len(unknown)} products" if len(unknown) > 1 else "a product"
    message = f"has {count} that the season does not list, on {share:.1%} of its lines: {shown}"
    hint = "add them to products, or fit the season to this file: peakwise fit"
    refuse(message, hint, file=history.file)
