"""Many seasons instead of one: replicate, compare, and say how sure the answer is."""

from sim.experiment.compare import compare
from sim.experiment.comparison import Comparison, PolicyDifference
from sim.experiment.json_result import json_result
from sim.experiment.memory import keep_freed_memory
from sim.experiment.replicate import StudyInterrupted, replicate
from sim.experiment.statistics import Interval, PairedDifference, mean_interval, paired_difference
from sim.experiment.study import Study

__all__ = [
    "Comparison",
    "Interval",
    "PairedDifference",
    "PolicyDifference",
    "Study",
    "StudyInterrupted",
    "compare",
    "json_result",
    "keep_freed_memory",
    "mean_interval",
    "paired_difference",
    "replicate",
]
