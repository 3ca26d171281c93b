"""What the rows of a ledger add up to: counts, and sums of units and of time, in one pass."""

from sim.warehouse.counts.read import Counts, Terms, count
from sim.warehouse.counts.seen import day_edges

__all__ = ["Counts", "Terms", "count", "day_edges"]
