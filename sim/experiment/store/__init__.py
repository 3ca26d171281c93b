"""Runs on disk: a study is a folder that grows while it runs, and can be read ever after.

`Keeper` writes a run, `open_run` reads one::

    run = open_run("runs/holiday")
    print(run.answer["verdict"])
    run.study.series("Backorder", "season_profit")     # by replication
    run.table("orders")                                # the median season, order by order

A run holds JSON, YAML and Parquet, no clock time and no path of the machine, and nothing pickled:
the same study writes the same bytes, interrupted or not.
"""

from sim.experiment.store.asked import Asked
from sim.experiment.store.difference import RunDifference, difference_of
from sim.experiment.store.disk import StoreError
from sim.experiment.store.keeper import Keeper
from sim.experiment.store.reading import Run, find_run, list_runs, open_run

__all__ = [
    "Asked",
    "Keeper",
    "Run",
    "RunDifference",
    "StoreError",
    "difference_of",
    "find_run",
    "list_runs",
    "open_run",
]
