"""Whether the winner stays the winner once lost customers are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.best import compare_with_best
from sim.experiment.figures import listed

if TYPE_CHECKING:
    from sim.experiment.best import Best
    from sim.experiment.study import Study

KPI = "profit_with_customer_value"


def with_customer_value(study: Study, best: Best, confidence: float) -> str:
    """One sentence on the winner by profit and customer value together.

    Nothing is said of a study whose policies do not all state what a customer is worth.

    Args:
        study: What was simulated.
        best: Which policies may be the best by season profit alone.
        confidence: With which the statement holds.
    """
    values = {name: series[KPI] for name, series in study.values.items() if KPI in series}
    if len(values) < 2 or any(np.isnan(series).any() for series in values.values()):
        return ""
    both = compare_with_best(values, confidence=study.claim_level(confidence))
    opening = "Counting customer value as well"
    if both.winner is None:
        return f"{opening}, {listed(list(both.candidates))} are too close to call."
    if best.winner == both.winner:
        return f"{opening}, {both.winner} stays the best."
    instead = "" if best.winner is None else f" instead of {best.winner}"
    return f"{opening}, {both.winner} is the best{instead}."
