"""From the ledger to figures: timelines, KPIs, profit and loss."""

from sim.results.kpi import Kpi
from sim.results.profit import LINES
from sim.results.registry import KPIS, find_kpi, kpis
from sim.results.tables import tables

__all__ = ["KPIS", "LINES", "Kpi", "find_kpi", "kpis", "tables"]
