"""From the ledger to figures: timelines, KPIs, profit and loss."""

from sim.results.kpi import KPIS, Kpi, find_kpi
from sim.results.profit import LINES
from sim.results.season import kpis
from sim.results.tables import tables

__all__ = ["KPIS", "LINES", "Kpi", "find_kpi", "kpis", "tables"]
