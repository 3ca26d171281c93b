"""The law of money: checked whenever a profit and loss is made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import LawBroken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.results.view import View


def check_money(view: View, lines: Mapping[str, float], figures: Mapping[str, float]) -> None:
    """Check that the lines sum to the total, and that revenue is shipped × price − what went back.

    Sales are worked out anew, from what the order flow counted as shipped.

    Args:
        view: The run.
        lines: Every line that was computed.
        figures: What is answered: lines, `revenue` and `season_profit`.

    Raises:
        LawBroken: With the law's name and the figure that broke it.
    """
    _require(math.fsum(lines.values()), figures, "season_profit", "the lines sum to the total")
    price = np.array([product.price for product in view.scenario.products])
    units = view.ledger.final_skus["shipped"] - view.counts.of_sku["not_charged"]
    law = "revenue is what was shipped at its price, less discounts and refunds"
    _require(math.fsum(units * price), figures, "gross_sales", law)
    back = figures["discounts"] + figures["refunds"]
    _require(math.fsum(units * price) + back, figures, "revenue", law)
    if not -figures["gross_sales"] * (1 + 1e-9) <= back <= 0:
        raise LawBroken(law, f"discounts and refunds {back}")


def _require(wanted: float, figures: Mapping[str, float], name: str, law: str) -> None:
    """Raise if a figure is not as wanted, but for the order of summation."""
    if not math.isclose(figures[name], wanted, rel_tol=1e-9, abs_tol=1e-6):
        raise LawBroken(law, f"{name} {figures[name]} instead of {wanted}")
