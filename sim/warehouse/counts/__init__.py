"""What the rows of a ledger add up to: counts, and sums of units and of time, in one pass."""

from sim.warehouse.counts.read import Counts, Terms, count

__all__ = ["Counts", "Terms", "count"]
