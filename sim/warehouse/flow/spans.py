"""Reading the spans of time that are stamped on customers."""

from __future__ import annotations

from sim.demand.spans import unpacked
from sim.warehouse.compiled import compiled

span = compiled(unpacked)
