"""Write a cleaned history in the form that `demand.history` replays order by order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from numpy.typing import NDArray

    from sim.history.cleaning import CleanHistory
    from sim.history.mix import ProductMix


@dataclass(frozen=True, slots=True)
class Replay:
    """A history written for replay."""

    file: Path
    """The file: `order, placed_at, sku, quantity`, and `class` if orders have classes."""
    orders: int
    """Orders in it."""
    lines: int
    """Lines in it."""
    units: int
    """Units in it."""
    merged: int
    """Lines that had to join another of their order, as it held every product of the season."""


def write_replay(
    history: CleanHistory,
    path: str | Path,
    mix: ProductMix | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Replay:
    """Write the orders of some days of a history.

    Args:
        history: The demand.
        path: File to write.
        mix: Products of the season. Products that have a stand-in are written as it; a second one
            with the same stand-in in one order takes the next stand-in that the order does not hold
            yet, so that the number of lines is kept. None: the codes of the history.
        start: First day; the history's when left out.
        end: Last day, inclusive.
    """
    import pandas as pd

    lines = history.lines
    day = lines["placed_at"].dt.normalize()
    inside = pd.Series(True, index=lines.index)
    if start is not None:
        inside &= day >= pd.Timestamp(start)
    if end is not None:
        inside &= day <= pd.Timestamp(end)
    lines = lines[inside]
    sku = lines["sku"] if mix is None else pd.Series(_stand_ins(lines, mix), index=lines.index)
    table = pd.DataFrame(
        {
            "order": lines["order"],
            "placed_at": lines["placed_at"].dt.strftime("%Y-%m-%dT%H:%M"),
            "sku": sku,
            "quantity": lines["quantity"],
        }
    )
    if "class" in lines:
        table["class"] = lines["class"]
    keys = [name for name in table.columns if name != "quantity"]
    written = table.groupby(keys, sort=False, as_index=False, observed=True)["quantity"].sum()
    written = written[list(table.columns)]
    file = Path(path)
    written.to_csv(file, index=False, lineterminator="\n")
    orders, units = int(written["order"].nunique()), int(written["quantity"].sum())
    return Replay(file, orders, len(written), units, len(table) - len(written))


def _stand_ins(lines: pd.DataFrame, mix: ProductMix) -> NDArray[np.object_]:
    """Product of the season for each line; distinct within an order as far as there are enough."""
    names = np.array([product.sku for product in mix.products], object)
    pooled = [number for number, product in enumerate(mix.products) if product.stands_for > 1]
    number_of = {product.sku: number for number, product in enumerate(mix.products)}
    other = pooled[0] if pooled else 0
    codes = np.array(
        [number_of.get(mix.product_of.get(str(sku), ""), other) for sku in lines["sku"]], np.int64
    )
    if pooled:
        place = {number: index for index, number in enumerate(pooled)}
        for rows in lines.groupby("order", sort=False, observed=True).indices.values():
            _part(codes, np.asarray(rows, np.intp), pooled, place)
    return names[codes]


def _part(
    codes: NDArray[np.int64],
    rows: NDArray[np.intp],
    pooled: list[int],
    place: dict[int, int],
) -> None:
    """Move lines of one order that meet on a stand-in to the next free one."""
    held = set()
    for row in rows:
        code = int(codes[row])
        if code in held and code in place:
            for step in range(1, len(pooled)):
                other = pooled[(place[code] + step) % len(pooled)]
                if other not in held:
                    code = other
                    break
        codes[row] = code
        held.add(code)
