"""What the rows of a ledger add up to: counts, and sums of units and of time, in one pass."""

from sim.warehouse.counts.read import Counts, Terms, count
from sim.warehouse.counts.rows import SLOW

__all__ = ["SLOW", "Counts", "Terms", "count"]
