"""A season in sentences that a client can check, with every assumption and its source."""

from sim.report.explain.explanation import Explanation, Paragraph, explain
from sim.report.explain.origins import Origin

__all__ = ["Explanation", "Origin", "Paragraph", "explain"]
