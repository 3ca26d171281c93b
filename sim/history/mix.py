"""What is bought: the top products one by one, the rest as stand-ins of equal weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sim.history.daily import Floats, Ints

STAND_IN: Final = "REST-"
"""How the code of a stand-in begins."""
_ROUNDS: Final = 40
_HALVINGS: Final = 50
_HIGHEST_CHANCE: Final = 0.999


@dataclass(frozen=True, slots=True)
class FittedProduct:
    """A product of the season: one of the shop's, or the stand-in of several."""

    sku: str
    """Product code, or the name of the stand-in."""
    name: str
    """What it is called."""
    lines: int
    """Order lines of the history."""
    line_share: float
    """Share of all lines."""
    weight: float
    """Weight with which a line is drawn. Differs from `line_share` where orders are long: the lines
    of an order are different products, which holds the popular ones back."""
    price: float
    """Median price of a unit over the lines; nan if unknown."""
    stands_for: int
    """Products behind it; 1 for a product of its own."""


@dataclass(frozen=True, eq=False)
class ProductMix:
    """The products of the season."""

    products: tuple[FittedProduct, ...]
    """Most popular first, then the stand-ins."""
    product_of: Mapping[str, str]
    """Product of the season for each product code of the history."""


def fit_mix(
    lines: pd.DataFrame,
    names: Mapping[str, str],
    lines_per_order: Mapping[int, float],
    top: int,
    stand_ins: int,
    available: Mapping[str, float],
) -> ProductMix:
    """Split the lines among products.

    The `top` products by lines stand for themselves. The others, in order of popularity, are cut
    into `stand_ins` groups with about equal numbers of lines; each group becomes one product. That
    keeps all demand, but a stand-in's demand is smoother than that of the products behind it.

    Args:
        lines: Order lines: `sku`, `price`.
        names: Product names.
        lines_per_order: Weight by number of lines, to find the weights of the draw.
        top: Products that stand for themselves.
        stand_ins: Groups for the rest.
        available: Share of the days on which a product could be bought, where some are known to be
            missing: a product out of stock half the time would have had twice the lines.
    """
    grouped = lines.groupby("sku", observed=True)
    table = grouped.agg(lines=("price", "size"), price=("price", "median"))
    in_stock = [available.get(str(sku), 1.0) for sku in table.index]
    table["wanted"] = table["lines"] / np.array(in_stock)
    table = table.sort_values(["wanted", "lines"], ascending=False, kind="stable")
    groups = _groups(table["wanted"].to_numpy(), top, stand_ins)
    wanted = np.bincount(groups, table["wanted"])
    shares = wanted / wanted.sum()
    weights = drawing_weights(shares, lines_per_order)
    products = []
    product_of: dict[str, str] = {}
    for number in range(len(shares)):
        members = table[groups == number]
        product = _product(members, number, top, float(shares[number]), float(weights[number]))
        if product.stands_for == 1:
            product = replace(product, name=names.get(product.sku, product.sku))
        products.append(product)
        product_of.update(dict.fromkeys(members.index, product.sku))
    return ProductMix(tuple(products), product_of)


def drawing_weights(shares: Floats, lines_per_order: Mapping[int, float]) -> Floats:
    """Weights such that products appear with the given shares of lines.

    The lines of an order are drawn without repetition in proportion to the weights of what is left.
    With n lines a product of weight w is in the order with a chance of about 1 - exp(-w t), where t
    makes the chances add up to n (Rosén 1972). The weights are found by fixed-point iteration; no
    product can be in more than every order, and so a share beyond that is cut.
    """
    numbers = np.array(list(lines_per_order), float)
    chance = np.array(list(lines_per_order.values()), float)
    chance /= chance.sum()
    wanted = np.minimum(shares / shares.sum() * (chance @ numbers), _HIGHEST_CHANCE)
    weights: Floats = wanted / wanted.sum()
    if numbers.max() <= 1:
        return weights
    for _ in range(_ROUNDS):
        held = chance @ _inclusion(weights, numbers)
        weights = weights * wanted / held
        weights /= weights.sum()
    return weights


def _inclusion(weights: Floats, numbers: Floats) -> Floats:
    """Chance of each product to be in an order of each length, shape (lengths, products)."""
    few = np.minimum(numbers, len(weights) * 0.999)[:, None]
    low = np.zeros_like(few)
    high = np.full_like(few, 60.0 / weights.min())
    for _ in range(_HALVINGS):
        middle = np.sqrt(np.maximum(low, 1e-12) * high)
        short = -np.expm1(-middle * weights).sum(axis=1, keepdims=True) < few
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    chances: Floats = -np.expm1(-high * weights)
    return chances


def _groups(wanted: Floats, top: int, stand_ins: int) -> Ints:
    """Number of the season's product for each product, most popular first."""
    count = len(wanted)
    if count <= top + stand_ins:
        return np.arange(count)
    rest = wanted[top:]
    # The middle of each product's stretch decides, so that no group stays empty at the ends.
    middle = (np.cumsum(rest) - rest / 2) / rest.sum()
    cut = np.minimum((middle * stand_ins).astype(int), stand_ins - 1)
    _, packed = np.unique(cut, return_inverse=True)
    return np.concatenate([np.arange(top), top + packed])


def _product(
    members: pd.DataFrame, number: int, top: int, share: float, weight: float
) -> FittedProduct:
    count = int(members["lines"].sum())
    price = float(np.average(members["price"], weights=members["lines"]))
    if len(members) == 1:
        sku = str(members.index[0])
        return FittedProduct(sku, sku, count, share, weight, price, 1)
    sku = f"{STAND_IN}{number - top + 1:03d}"
    name = f"Stand-in for {len(members)} products"
    return FittedProduct(sku, name, count, share, weight, price, len(members))
